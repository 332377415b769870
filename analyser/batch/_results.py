"""The folder of results: a part for each part of the data set, and a note of what they were made from.

A part is written under another name and renamed when it is complete, so that whatever has its name is whole.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from analyser import strict, writing
from analyser.batch._source import File, Part
from analyser.errors import InputError

NOTE = "_batch.json"  # readers of Parquet folders pass over names that begin with an underscore


class Asked(strict.Strict):
    """What the results depend on, beside the data: which columns, how many rows a part, and who hears."""

    text: str
    question: str | None
    rows: int
    framework: str
    max_words: int | None
    heard_by: str


class Note(strict.Strict):
    """What a folder of results was made from."""

    format: Literal[1] = 1
    files: tuple[File, ...]
    asked: Asked


@dataclass(frozen=True)
class Results:
    """A folder of results whose parts end in ``ending``."""

    folder: Path
    ending: str

    def file(self, part: Part) -> Path:
        """Where a part stands when it is complete."""
        return self.folder / f"part-{part.number:07}{self.ending}"

    def open(self, resume: bool) -> Note | None:
        """The note of what is there already; makes the folder.

        Raises:
            InputError: there are results, and they are not to be resumed; or the folder is somebody else's.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            names = [file.name for file in self.folder.iterdir() if not file.name.startswith(writing.UNFINISHED)]
            note = self.folder / NOTE
            if note.name in names:
                return _read(note, resume)
        except OSError as error:
            raise InputError(f"{self.folder} cannot be used: {error.strerror or error}.") from None
        if names:
            raise InputError(f"{self.folder} holds other files; name a new folder for the results.")
        return None

    def begin(self, note: Note) -> None:
        """Write the note, before the first part."""
        self._whole(self.folder / NOTE, note.model_dump_json(indent=1).encode("utf-8"))

    def write(self, part: Part, content: bytes) -> None:
        """Write a part, whole or not at all.

        Raises:
            InputError: it cannot be written.
        """
        self._whole(self.file(part), content)

    def sweep(self) -> None:
        """Remove what a stopped run left unfinished."""
        for left in self.folder.glob(f"{writing.UNFINISHED}*"):
            left.unlink(missing_ok=True)

    def _whole(self, file: Path, content: bytes) -> None:
        with writing.whole(file) as part:
            part.write_bytes(content)


def _read(file: Path, resume: bool) -> Note:
    if not resume:
        raise InputError(f"{file.parent} holds results already; add --resume to complete them, or name a new folder.")
    try:
        return Note.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise InputError(f"{strict.explain(str(file), error)} Name a new folder for the results.") from None


def refuse_others(folder: Path, before: Note, now: Note) -> None:
    """Whether the folder was made from the same data, in the same way.

    Raises:
        InputError: it was not; the message says what is different.
    """
    pairs = {name: (getattr(before.asked, name), getattr(now.asked, name)) for name in Asked.model_fields}
    different = [f"{_CALLED[name]} {was!r}, not {is_!r}" for name, (was, is_) in pairs.items() if was != is_]
    if before.files != now.files:
        different.append("from data that has changed since, or other data")
    if different:
        raise InputError(f"{folder} was made {'; '.join(different)}. Name a new folder for these results.")


_CALLED = {
    "text": "with the answers' column",
    "question": "with the questions' column",
    "rows": "with --rows",
    "framework": "with --framework",
    "max_words": "with --max-words",
    "heard_by": "by",
}
