"""A story bank: read from whatever one keeps it in, scored story by story, planned for the interview.

>>> from analyser import bank
>>> scored = bank.score(bank.read("stories.csv"))  # doctest: +SKIP
"""

from analyser.bank._read import read

__all__ = ["read"]
