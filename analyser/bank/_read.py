"""A story bank from a file or a folder, by its ending; from a pipe, by what it begins with."""

import sys
from pathlib import Path

import pandas as pd

from analyser import marks, readers, transcripts
from analyser.bank import _columns, _markdown, _notion, _tables
from analyser.errors import InputError

MOST_BYTES = 2_000_000_000
_PIPE = "The standard input"
_BY_ENDING = {
    ".csv": _tables.csv_frame,
    ".tsv": _tables.csv_frame,
    ".xlsx": _tables.xlsx_frame,
    ".jsonl": _tables.jsonl_frame,
    ".ndjson": _tables.jsonl_frame,
    ".json": _tables.jsonl_frame,
    ".zip": _notion.frame,
}
_PAGES = (".md", ".markdown", ".txt")
ENDINGS = (*_BY_ENDING, ".parquet", *_PAGES)


def read(source: str | Path) -> pd.DataFrame:
    """The bank in a file or folder: a row for each story, all its columns as they are; ``-`` is the standard input.

    A row that cannot be read is there all the same, with the reason in the column ``reading_error``. Where a bank
    tells its stories in several columns (Situation, Task, Action, Result), a column ``full_story`` joins them.

    Raises:
        InputError: it is missing, of no kind that is known, broken as a whole, or has no rows.
    """
    file = Path(source)
    frame = _piped() if str(source) == "-" else _folder(file) if _is_folder(file) else _file(file)
    if frame.empty:
        raise InputError(f"{_PIPE if str(source) == '-' else file} holds no stories.")
    return _joined(frame)


def _piped() -> pd.DataFrame:
    """JSONL begins with a bracket, what is packed with its mark; the rest is CSV."""
    if sys.stdin is None:
        raise InputError("There is no standard input to read; name a file.")
    content = sys.stdin.buffer.read(MOST_BYTES)
    if content.startswith((b"PK", b"PAR1")):
        raise InputError("Only CSV and JSONL are read from a pipe; name the file instead.")
    begin = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return (_tables.jsonl_frame if begin in (b"{", b"[") else _tables.csv_frame)(content, _PIPE)


def is_bank(source: str | Path) -> bool:
    """Whether a file is a bank rather than one answer: a table, a folder, or Markdown with several stories.

    Whisper's JSON is a transcript of one answer.

    Raises:
        InputError: it is Markdown or JSON that cannot be read.
    """
    file = Path(source)
    if file.suffix.lower() == ".json" and not _is_folder(file):
        return not transcripts.has_segments(readers.to_text(_content(file), str(file)))
    if _is_folder(file) or file.suffix.lower() in {*_BY_ENDING, ".parquet"}:
        return True
    if file.suffix.lower() not in {".md", ".markdown"}:
        return False
    text = marks.blank(readers.to_text(_content(file), str(file)))
    return len(_markdown.stories(text)) > 1


def _is_folder(file: Path) -> bool:
    try:
        return file.is_dir()
    except (OSError, ValueError):
        return False


def _file(file: Path) -> pd.DataFrame:
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        hint = "save it as .xlsx" if ending == ".xls" else f"banks end in {', '.join(ENDINGS)}, or are folders"
        raise InputError(f"{file}: banks are known by their ending, and {ending or 'none'} is no known one; {hint}.")
    content = _content(file)
    if ending == ".parquet":
        return _tables.parquet_frame(file)
    if ending in _PAGES:
        return _tables.frame_of(_markdown.stories(readers.to_text(content, str(file))))
    return _BY_ENDING[ending](content, str(file))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise InputError(f"{file} is larger than {MOST_BYTES // 1_000_000_000} GB: cut it into several banks.")
        return b"" if file.suffix.lower() == ".parquet" else file.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file or folder.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _folder(folder: Path) -> pd.DataFrame:
    """Every page in the folder and below it, by name; what begins with a dot or an underscore is nobody's story."""
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in _PAGES and file.is_file())
    shown = [file for file in files if not any(part[0] in "._" for part in file.relative_to(folder).parts)]
    if not shown:
        raise InputError(f"{folder} holds no Markdown files (.md); name a file, or a folder that has some.")
    return _tables.frame_of(_page(file, folder) for file in shown)


def _page(file: Path, folder: Path) -> _tables.Record:
    name = file.relative_to(folder).as_posix()
    try:
        return _markdown.page(readers.to_text(_content(file), name), file.stem) | {"file": name}
    except InputError as error:
        return {"title": file.stem, "file": name, _columns.STORY: None, _columns.FAULT: str(error)}


def _joined(frame: pd.DataFrame) -> pd.DataFrame:
    """The bank with a column of whole stories where it tells them in parts; "Story" is then their title."""
    names = _columns.parts(frame.columns)
    told = max((_columns.words(frame[name]) for name in _columns.known(frame.columns, "text")), default=0)
    if not names or told >= sum(_columns.words(frame[name]) for name in names):
        return frame
    rows = frame[names].itertuples(index=False, name=None)
    whole = ["\n".join(cell for cell in row if isinstance(cell, str) and cell.strip()) for row in rows]
    return frame.assign(**{_columns.unique([*frame.columns, _columns.JOINED])[-1]: whole})
