"""How much is read; here, because the command line tells it without loading anything."""

MAX_WORDS = 20_000  # of an answer
LONGEST_WORD = 12  # characters, on average: a text of words is not longer than this times its words
