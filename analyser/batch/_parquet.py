"""Parquet: rows stay in Arrow, so that every column and type comes out as it went in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from analyser.bank import FAULT, HEARD, Heard, Told, tell
from analyser.errors import InputError

_TYPES = {"object": pa.string(), "float64": pa.float64(), "boolean": pa.bool_(), "Int64": pa.int64()}
_AHEAD = 1 << 20  # bytes of a column that are read at once; without it, all of a row group


@dataclass(frozen=True)
class _Rows:
    table: pa.Table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def frame(self) -> pd.DataFrame:
        wanted = {name: self._cells(name) for name in dict.fromkeys(self.table.column_names)}
        return pd.DataFrame(wanted, dtype=object)

    def told(self, text: str, question: str | None) -> list[Told]:
        nothing = [None] * len(self)
        asked = self._cells(question) if question else nothing
        faults = self._cells(FAULT) if FAULT in self.table.column_names else nothing
        return [tell(*row) for row in zip(self._cells(text), asked, faults, strict=True)]

    def written(self, heard: Sequence[Heard]) -> bytes:
        names = self.table.column_names
        table = self.table.select([i for i, name in enumerate(names) if name not in HEARD and name != FAULT])
        for name, kind in HEARD.items():
            table = table.append_column(name, pa.array([row.get(name) for row in heard], _TYPES[kind]))
        sink = pa.BufferOutputStream()
        parquet.write_table(table, sink)
        return bytes(sink.getvalue())

    def _cells(self, name: str) -> list[object]:
        return [_cell(scalar) for scalar in self.table.column(self.table.column_names.index(name))]


def _cell(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:  # said to be text, and is not: the row will say so
        return scalar.as_buffer().to_pybytes()


class Parquet:
    """Parquet files."""

    endings: tuple[str, ...] = (".parquet", ".pq")

    def count(self, file: Path) -> int:
        """How many rows, by the file's own word."""
        with _opened(file) as content:
            return int(content.metadata.num_rows)

    def chunks(self, file: Path, rows: int) -> Iterator[_Rows]:
        """Cut without regard to row groups; of a row group, a little at a time is in memory."""
        with _opened(file) as content:
            waiting = content.schema_arrow.empty_table()
            for batch in content.iter_batches(rows, use_threads=False):
                waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
                while waiting.num_rows >= rows:
                    yield _Rows(waiting.slice(0, rows))
                    waiting = waiting.slice(rows)
            if waiting.num_rows:
                yield _Rows(waiting)


@contextmanager
def _opened(file: Path) -> Iterator[parquet.ParquetFile]:
    try:
        with parquet.ParquetFile(file, buffer_size=_AHEAD, pre_buffer=False) as content:
            yield content
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise InputError(f"{file} is not a Parquet file that can be read: {reason}.") from None
