"""A bank to a file: by its ending CSV, XLSX, Parquet, JSONL or Markdown."""

import datetime
import json
import math
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analyser import writing
from analyser.bank import _columns
from analyser.bank._markdown import is_part
from analyser.errors import InputError

# What a spreadsheet takes for the beginning of a formula, wide forms included; a plain number may begin so too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FULL_CELL = 32_767  # characters that a cell of XLSX holds
_CUT = " … [cut: a cell of XLSX holds no more]"
_MARKUP = re.compile(r"^(\s*)([#>*+=~-]|\d+[.)]|```)", re.MULTILINE)


def write(frame: pd.DataFrame, out: str | Path, text: str = "story") -> None:
    """Write the bank; the file is there whole or not at all.

    In CSV and XLSX no cell is a formula: CSV puts an apostrophe before what looks like one, XLSX marks it as text.

    Raises:
        InputError: the ending is not known, or the file cannot be written.
    """
    file = Path(out)
    check(file)
    writer, named = _WRITERS[file.suffix.lower()], frame.set_axis(_columns.unique(frame.columns), axis=1)
    with writing.whole(file) as part:
        writer(named, part, text)


def check(out: str | Path) -> None:
    """Whether a bank can go there, asked before the work is done.

    Raises:
        InputError: it cannot; the message says why.
    """
    file = Path(out)
    if file.suffix.lower() not in _WRITERS:
        raise InputError(f"{file}: a bank is written as {', '.join(_WRITERS)}; choose one of these endings.")
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise InputError(f"{file} cannot be written: name a file in a folder that is there and may be written to.")


def _csv(frame: pd.DataFrame, file: Path, _: str) -> None:
    safe = pd.DataFrame([[_safe(_cell(cell)) for cell in row] for row in _rows(frame)], columns=list(frame.columns))
    named = safe.set_axis([_safe(name) for name in frame.columns], axis=1)
    named.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\r\n")  # the mark tells Excel the encoding


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _xlsx(frame: pd.DataFrame, file: Path, text: str) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Stories")
    sheet.freeze_panes = "A2"
    for place, name in enumerate(frame.columns, 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].width = 60 if name == text else 16
    sheet.append([_xlsx_cell(sheet, name) for name in frame.columns])
    for row in _rows(frame):
        sheet.append([_xlsx_cell(sheet, _cell(cell)) for cell in row])
    book.save(file)


def _xlsx_cell(sheet: Any, value: object) -> object:  # noqa: ANN401  # openpyxl has no types
    """A cell that holds text holds nothing else: neither a formula nor a link."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value.replace(tzinfo=None) if isinstance(value, datetime.datetime | datetime.time) else value
    text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value)
    cell = WriteOnlyCell(sheet)
    cell.value = text if len(text) <= _FULL_CELL else text[: _FULL_CELL - len(_CUT)] + _CUT
    cell.data_type, cell.quotePrefix = "s", text.startswith(_FORMULA)
    return cell


def _parquet(frame: pd.DataFrame, file: Path, _: str) -> None:
    import pyarrow

    def storable(column: "pd.Series[Any]") -> "pd.Series[Any]":
        if column.dtype != object:
            return column
        whole = column.map(lambda cell: _whole(cell) if isinstance(cell, str) else cell)
        try:
            pyarrow.array(whole, from_pandas=True)
        except (pyarrow.ArrowException, TypeError, ValueError, OverflowError):  # several kinds in a column
            return whole.map(lambda cell: None if _columns.is_missing(cell) else str(_cell(cell)))
        return whole

    frame.apply(storable).to_parquet(file, index=False)


def _jsonl(frame: pd.DataFrame, file: Path, _: str) -> None:
    names = list(frame.columns)
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for row in _rows(frame):
            cells = {name: _json(cell) for name, cell in zip(names, row, strict=True)}
            lines.write(_whole(json.dumps(cells, ensure_ascii=False, default=str)) + "\n")


def _json(cell: object) -> object:
    return cell if isinstance(cell, list | dict) else _cell(cell)


def _markdown(frame: pd.DataFrame, file: Path, text: str) -> None:
    """A heading a story, its columns as a list, its text: ``read`` takes it back."""
    title = _columns.recognise(frame, text).title
    names = [name for name in frame.columns if name not in {text, title}]
    pages = []
    for number, row in enumerate(frame.to_dict("records"), 1):
        called = _line(row[title]) if title else ""
        called = called if called and not is_part(called) else f"Story {number} {called}".strip()
        facts = [f"- {name}: {_line(row[name])}" for name in names if _line(row[name])]
        story = _MARKUP.sub(r"\1\\\2", str(_cell(row[text]) or "")).strip()
        pages.append("\n".join([f"## {called}", "", *facts, "", story, ""]))
    file.write_text("# Stories\n\n" + _whole("\n".join(pages)), encoding="utf-8")


def _line(cell: object) -> str:
    value = _cell(cell)
    return "" if value is None else " ".join(str(value).split())


def _rows(frame: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    return frame.astype(object).itertuples(index=False, name=None)


def _cell(value: object) -> object:
    """A cell as text, number, truth, date or nothing; lists and tables as JSON."""
    if isinstance(value, list | dict | tuple):
        return _whole(json.dumps(value, ensure_ascii=False, default=str))
    if _columns.is_missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    plain = value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value
    if isinstance(plain, str):
        return _whole(plain)
    if isinstance(plain, float) and not math.isfinite(plain):
        return str(plain)
    return plain if isinstance(plain, bool | int | float | datetime.date | datetime.time) else _whole(str(plain))


def _whole(text: str) -> str:
    """Text that can be written: half a character becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


_WRITERS: dict[str, Callable[[pd.DataFrame, Path, str], None]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".jsonl": _jsonl,
    ".md": _markdown,
}
