"""A story bank: read from whatever one keeps it in, scored story by story, planned for the interview.

>>> from analyser import bank
>>> scored = bank.score(bank.read("stories.csv"))  # doctest: +SKIP
"""

from analyser.bank._columns import Columns, recognise
from analyser.bank._read import is_bank, read
from analyser.bank._review import review
from analyser.bank._score import Options, score
from analyser.bank._write import check, write

__all__ = ["Columns", "Options", "check", "is_bank", "read", "recognise", "review", "score", "write"]
