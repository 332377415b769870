"""What a kind of data set has to know: how many rows a file has, how to cut it, how to write the rows heard."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd

from analyser.bank import Heard, Told


class Chunk(Protocol):
    """Some rows of a data set, one after the other."""

    def __len__(self) -> int: ...

    def frame(self) -> pd.DataFrame:
        """The rows as a table, to find out which column is which."""

    def told(self, text: str, question: str | None) -> list[Told]:
        """What each row tells."""

    def written(self, heard: Sequence[Heard]) -> bytes:
        """A whole file of the rows, each with what was heard in it."""


class Kind(Protocol):
    """A kind of file; ``endings`` are those that it is known by."""

    endings: tuple[str, ...]

    def count(self, file: Path) -> int:
        """How many rows a file has.

        Raises:
            InputError: it cannot be read.
        """

    def chunks(self, file: Path, rows: int) -> Iterator[Chunk]:
        """A file cut after every so many rows, streaming.

        Raises:
            InputError: it cannot be read on.
        """
