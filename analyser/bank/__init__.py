"""A story bank: read from whatever one keeps it in, scored story by story, planned for the interview.

>>> from analyser import bank
>>> scored = bank.score(bank.read("stories.csv"))  # doctest: +SKIP
"""

from analyser.bank._columns import FAULT, Columns, recognise
from analyser.bank._heard import HEARD, Heard
from analyser.bank._read import is_bank, read
from analyser.bank._review import review
from analyser.bank._score import Options, Scored, Told, hear, heard_by, score, tell
from analyser.bank._tables import Record, frame_of, json_line
from analyser.bank._write import check, write

# fmt: off
__all__ = [
    "FAULT", "HEARD", "Columns", "Heard", "Options", "Record", "Scored", "Told", "check", "frame_of", "hear",
    "heard_by", "is_bank", "json_line", "read", "recognise", "review", "score", "tell", "write",
]
