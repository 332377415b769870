"""JSONL, plain or packed by gzip: an object a line."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import pandas as pd

from analyser.bank import FAULT, HEARD, Heard, Record, Told, frame_of, json_line, tell
from analyser.errors import InputError

_MARK = b"\xef\xbb\xbf"  # what some programs begin UTF-8 with
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # what UTF-16 begins with

Line = tuple[int, bytes]


@dataclass(frozen=True)
class _Rows:
    lines: list[Line]
    packed: bool

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def records(self) -> list[Record]:
        return [_record(number, line) for number, line in self.lines]

    def frame(self) -> pd.DataFrame:
        return frame_of(self.records)

    def told(self, text: str, question: str | None) -> list[Told]:
        return [tell(row.get(text), row.get(question) if question else None, row.get(FAULT)) for row in self.records]

    def written(self, heard: Sequence[Heard]) -> bytes:
        content = b"".join(_line(row, new) for row, new in zip(self.records, heard, strict=True))
        return gzip.compress(content, mtime=0) if self.packed else content


def _record(number: int, line: bytes) -> Record:
    try:
        return json_line(number, line.decode("utf-8"))
    except UnicodeDecodeError:
        return {"line": line.decode("utf-8", "replace"), FAULT: f"Line {number}: this is not UTF-8; save the file so."}


def _line(record: Record, heard: Heard) -> bytes:
    kept = {name: cell for name, cell in record.items() if name not in HEARD and name != FAULT}
    row = kept | {name: heard.get(name) for name in HEARD}
    # Half a character cannot be written as UTF-8; JSON has an escape for it, which looks like Python's.
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


class Jsonl:
    """JSONL files."""

    endings: tuple[str, ...] = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

    def count(self, file: Path) -> int:
        """How many lines have something in them."""
        with _opened(file) as lines:
            first = next(lines, (1, b""))[1]
            if first.startswith(_WIDE):
                raise InputError(f"{file} is not UTF-8 but UTF-16; save it as UTF-8.")
            if first.lstrip().startswith(b"["):
                raise InputError(f"{file} begins with a list; write an object a line, without brackets around them.")
            return bool(first) + sum(1 for _ in lines)

    def chunks(self, file: Path, rows: int) -> Iterator[_Rows]:
        """Cut after every so many lines that have something in them."""
        with _opened(file) as lines:
            while chunk := list(islice(lines, rows)):
                yield _Rows(chunk, file.suffix == ".gz")


@contextmanager
def _opened(file: Path) -> Iterator[Iterator[Line]]:
    """The lines that have something in them, each with its number."""
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as content:
            yield _filled(content)
    except EOFError:
        raise InputError(f"{file} ends in the middle: its last part is missing.") from None
    except (OSError, zlib.error) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _filled(lines: Iterable[bytes]) -> Iterator[Line]:
    for number, line in enumerate(lines, 1):
        whole = (line.removeprefix(_MARK) if number == 1 else line).removesuffix(b"\n")
        if whole.strip():
            yield number, whole
