"""A data set: its files in order, and the parts that it is cut into."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from analyser.batch._chunk import Chunk, Kind
from analyser.batch._jsonl import Jsonl
from analyser.batch._parquet import Parquet
from analyser.errors import InputError
from analyser.strict import Strict

KINDS: tuple[Kind, ...] = (Parquet(), Jsonl())
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


class File(Strict):
    """A file of a data set as it was when the work began: ``modified`` in nanoseconds."""

    name: str
    size: int
    modified: int
    rows: int


@dataclass(frozen=True)
class Part:
    """The rows of a file from ``start`` on; ``number`` counts through the whole data set."""

    number: int
    file: int
    start: int
    rows: int


@dataclass(frozen=True)
class Source:
    """The files of a data set, all of one kind, below one folder."""

    folder: Path
    files: tuple[File, ...]
    kind: Kind
    ending: str

    @property
    def rows(self) -> int:
        """How many there are in all files."""
        return sum(file.rows for file in self.files)

    def first(self, rows: int) -> Chunk:
        """The first rows there are."""
        file = next(file for file in self.files if file.rows)
        return next(iter(self.kind.chunks(self.folder / file.name, rows)))

    def parts(self, rows: int) -> Iterator[Part]:
        """The data set cut into parts of so many rows; a part never spans two files."""
        cuts = [(i, start) for i, file in enumerate(self.files) for start in range(0, file.rows, rows)]
        for number, (file, start) in enumerate(cuts):
            yield Part(number, file, start, min(rows, self.files[file].rows - start))

    def read(self, parts: Collection[Part], rows: int) -> Iterator[tuple[Part, Chunk]]:
        """The parts, each with its rows; a file of which none is asked for stays closed.

        Raises:
            InputError: a file is no longer what it was, or breaks off.
        """
        for index, wanted in groupby(parts, key=lambda part: part.file):
            by_start = {part.start: part for part in wanted}
            file = self.folder / self.files[index].name
            for i, chunk in enumerate(self.kind.chunks(file, rows)):
                if part := by_start.pop(i * rows, None):
                    if len(chunk) != part.rows:
                        raise _changed(file)
                    yield part, chunk
                if not by_start:
                    break
            if by_start:
                raise _changed(file)


def _changed(file: Path) -> InputError:
    return InputError(f"{file} was changed while it was read; begin anew, with another folder for the results.")


def find(dataset: Path) -> Source:
    """The data set in a file, or in all files of a folder and below it, by name.

    Raises:
        InputError: there is none, it is of several kinds, or a file cannot be read.
    """
    folder, files = _files(dataset)
    endings = {_ending(file) for file in files}
    if len(endings) != 1:
        raise InputError(f"{dataset} has files of several kinds ({', '.join(sorted(endings))}); keep one kind in it.")
    ending = endings.pop()
    kind = next(kind for kind in KINDS if ending in kind.endings)
    source = Source(folder, tuple(_described(file, folder, kind) for file in files), kind, ending)
    if not source.rows:
        raise InputError(f"{dataset} holds no answers.")
    return source


def _files(dataset: Path) -> tuple[Path, list[Path]]:
    try:
        if not dataset.is_dir():
            if not _ending(dataset):
                raise InputError(f"{dataset}: a data set ends in {', '.join(ENDINGS)}, or is a folder of such files.")
            return dataset.parent, [dataset]
        found = sorted(file for file in dataset.rglob("*") if _ending(file) and file.is_file())
    except ValueError as error:  # a NUL in the name
        raise InputError(f"{dataset} cannot be read: {error}.") from None
    files = [file for file in found if not any(part[0] in "._" for part in file.relative_to(dataset).parts)]
    if not files:
        raise InputError(f"{dataset} holds no files that end in {', '.join(ENDINGS)}.")
    if named := next((part for file in files for part in file.relative_to(dataset).parts[:-1] if "=" in part), None):
        raise InputError(
            f"{dataset} keeps a column in the names of its folders ({named}), which would be lost; name one of them."
        )
    return dataset, files


def _ending(file: Path) -> str:
    name = file.name.lower()
    return max((ending for ending in ENDINGS if name.endswith(ending)), key=len, default="")


def _described(file: Path, folder: Path, kind: Kind) -> File:
    try:
        facts = file.stat()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file or folder.") from None
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from None
    name = file.relative_to(folder).as_posix()
    return File(name=name, size=facts.st_size, modified=facts.st_mtime_ns, rows=kind.count(file))
