"""Banks that are tables: CSV, XLSX, Parquet, JSONL. Rows stay in their order, and cells as they are."""

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from analyser import readers
from analyser.bank import _columns
from analyser.errors import InputError

Record = dict[str, object]

_NEVER = "\x1f"  # a sign that no text has: the whole line is one cell
_DELIMITERS = (_NEVER, ",", ";", "\t", "|")
_LOOKED_AT = 50  # rows, to find the delimiter
_LONGEST_CELL = 50_000_000


def csv_frame(content: bytes, name: str) -> pd.DataFrame:
    """A table of text with any delimiter, in any encoding."""
    csv.field_size_limit(_LONGEST_CELL)
    text = readers.to_text(content, name)
    return _with_header(list(_csv_rows(text, _delimiter(text), name)))


def _csv_rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins on; a blank line is no row."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in rows:
            if row:
                yield line, row
            line = rows.line_num + 1
    except csv.Error:
        raise InputError(
            f"{name}, line {line}: a quotation mark opens a cell here and does not close it. "
            'Double the quotation marks inside the cell ("" for ") or save the table as XLSX.'
        ) from None


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _fitness(text, delimiter))


def _fitness(text: str, delimiter: str) -> tuple[bool, bool, float, int]:
    """How well a delimiter fits: a known column in the header, several columns, all rows of one width."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [(len(row), row) for row in islice(reader, _LOOKED_AT) if row]
    except csv.Error:
        return False, False, 0.0, 0
    if not widths:
        return False, False, 0.0, 0
    width, header = widths[0]
    steady = sum(one == width for one, _ in widths) / len(widths)
    told = any(_columns.known(header, "text")) or bool(_columns.parts(header))
    return told, width > 1 and steady >= 0.5, steady, width


def _with_header(rows: Sequence[tuple[int, Sequence[object]]]) -> pd.DataFrame:
    """Rows below their header; a row wider than the header keeps its cells and is told as unreadable."""
    if not rows:
        return pd.DataFrame()
    has_header = _columns.is_heading(rows[0][1])
    header, body = (list(rows[0][1]), rows[1:]) if has_header else ([], rows)
    width = max([len(header), *(len(row) for _, row in body)])
    names = _columns.unique([*header, *[None] * (width - len(header))])
    frame = pd.DataFrame([[*row, *[None] * (width - len(row))] for _, row in body], columns=names, dtype=object)
    if has_header and width > len(header):
        faults = [_too_wide(line, len(row), len(header)) for line, row in body]
        frame[_columns.FAULT] = pd.Series(faults, dtype=object)
    if not has_header:  # the longest texts are the stories
        longest = max(names, key=lambda name: _columns.words(frame[name]))
        frame = frame.rename(columns={longest: _columns.STORY})
    return frame


def _too_wide(line: int, cells: int, columns: int) -> str | None:
    if cells <= columns:
        return None
    return (
        f"Line {line} has {cells} cells below {columns} column names: a story with the delimiter in it "
        "has to stand in quotation marks."
    )


def xlsx_frame(content: bytes, name: str) -> pd.DataFrame:
    """The first sheet that has a column of stories; the first that has anything, if none has."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that concern no story
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [_sheet(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError):
        raise InputError(f"{name} is not an XLSX workbook; open it and save it as XLSX or CSV.") from None
    frames = [frame for frame in sheets if len(frame.columns)]
    telling = (frame for frame in frames if any(_columns.known(frame.columns, "text")) or _columns.parts(frame.columns))
    return next(telling, frames[0] if frames else pd.DataFrame())


def _sheet(cells: Iterable[Sequence[object]]) -> pd.DataFrame:
    rows = [(line, row) for line, row in enumerate(cells, 1)]
    while rows and not _filled(rows[-1][1]):
        rows.pop()
    while rows and not _filled(rows[0][1]):
        rows.pop(0)
    width = max((place for _, row in rows for place, cell in enumerate(row, 1) if cell is not None), default=0)
    return _with_header([(line, list(row[:width])) for line, row in rows])


def _filled(row: Sequence[object]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)


def parquet_frame(file: Path) -> pd.DataFrame:
    """A Parquet file, with its own types."""
    try:
        return pd.read_parquet(file)
    except (OSError, ValueError):  # pyarrow's errors are of these two kinds
        raise InputError(f"{file} is not a Parquet file that can be read; write it anew, or as CSV.") from None


def jsonl_frame(content: bytes, name: str) -> pd.DataFrame:
    """An object a line, or a single list of objects; one object over several lines is a bank of one story."""
    text = readers.to_text(content, name)
    if is_object_over_lines(text):
        return frame_of([json.loads(text)])
    if text.lstrip().startswith("["):
        return frame_of(_json_list(text, name))
    return frame_of(json_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def is_object_over_lines(text: str) -> bool:
    """Whether the whole is one JSON object, laid out over several lines."""
    first = text.lstrip().partition("\n")[0].strip()
    if not first.startswith("{") or first.endswith("}"):
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def json_line(number: int, line: str) -> Record:
    """The row in a line; one that is no JSON object becomes a row that says so."""
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return {"line": line, _columns.FAULT: f"Line {number}{where}: this is not JSON; write one object a line."}
    return _json_row(number, row)


def _json_row(number: int, row: object) -> Record:
    if isinstance(row, dict):
        return row
    return {"line": json.dumps(row), _columns.FAULT: f"Line {number}: this is not a JSON object with named fields."}


def _json_list(text: str, name: str) -> list[Record]:
    try:
        return [_json_row(number, row) for number, row in enumerate(json.loads(text), 1)]
    except (json.JSONDecodeError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{name}{line}: this is not JSON; write one object a line, or a list of objects.") from None


def frame_of(records: Iterable[Record]) -> pd.DataFrame:
    """Rows of named cells as a table; a cell that a row has not is ``None``."""
    rows = list(records)
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    return pd.DataFrame([[row.get(name) for name in names] for row in rows], columns=names, dtype=object)
