"""A Notion export: a zip of tables (CSV) and pages (Markdown), read in memory and never unpacked to disk."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

import pandas as pd

from analyser import readers
from analyser.bank import _columns, _markdown, _tables
from analyser.bank._tables import Record
from analyser.errors import InputError

MOST_BYTES = 500_000_000  # unpacked
DEEPEST = 3  # zips in zips: Notion cuts a large export into parts
_ID = re.compile(r"\s+[0-9a-f]{16,32}(?=_all$|$)")

Files = dict[PurePosixPath, bytes]


def frame(content: bytes, name: str) -> pd.DataFrame:
    """The rows of the export's tables with the text of their pages; a page without a row is a row of its own."""
    files = _unpacked(content, name, DEEPEST)
    pages = {path: data for path, data in files.items() if path.suffix.lower() == ".md"}
    tables = [path for path in files if path.suffix.lower() == ".csv" and not _is_excerpt(path, files)]
    rows = [row for path in tables for row in _table(path, files[path], pages)]
    rows += [_page(path, data) for path, data in pages.items() if not _is_index(path, pages, tables)]
    if not rows:
        raise InputError(f"{name} holds no CSV and no Markdown; export from Notion as “Markdown & CSV”.")
    return _tables.frame_of(rows)


def _unpacked(content: bytes, name: str, depth: int) -> Files:
    files: Files = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > MOST_BYTES:
                raise InputError(f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB; export fewer pages.")
            for member in sorted(members, key=lambda member: member.filename):
                files |= _member(PurePosixPath(member.filename), archive.read(member), name, depth)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):  # RuntimeError: a password
        raise InputError(f"{name} is not a zip that can be read; export from Notion once more.") from None
    return files


def _member(path: PurePosixPath, data: bytes, name: str, depth: int) -> Files:
    if path.suffix.lower() == ".zip" and depth:
        return _unpacked(data, f"{path.name} in {name}", depth - 1)
    return {path: data}


def _is_excerpt(path: PurePosixPath, files: Files) -> bool:
    """A table that a view hides rows of: the whole lies beside it as ``…_all.csv``."""
    return path.with_name(f"{path.stem}_all.csv") in files


def _bare(path: PurePosixPath) -> str:
    return _ID.sub("", path.stem).removesuffix("_all")


def _is_index(path: PurePosixPath, pages: Files, tables: list[PurePosixPath]) -> bool:
    """A page that only holds a table or other pages: what it gathers lies in a folder of its name."""
    folder = {path.with_suffix(""), path.parent / _bare(path)}
    return any(folder.intersection(other.parents) for other in [*pages, *tables] if other != path)


def _table(path: PurePosixPath, data: bytes, pages: Files) -> Iterator[Record]:
    """The table's rows; the page of a row, if there is one, is taken out of ``pages``."""
    table = _tables.csv_frame(data, path.name)
    for cells in table.to_dict("records"):
        row: Record = {str(name): cell for name, cell in cells.items()}
        found = _page_of(row, path, pages)
        page = _page(found, pages.pop(found)) if found else {_columns.STORY: ""}
        told = next((row[name] for name in _columns.known(row, "text") if row[name]), page[_columns.STORY])
        yield row | {_columns.STORY: told, "page": str(found) if found else None}


def _page_of(row: Record, table: PurePosixPath, pages: Files) -> PurePosixPath | None:
    title = _columns.plain(next(iter(row.values()), "") or "")
    below = {table.with_suffix(""), table.parent / _bare(table), table.parent / table.stem.removesuffix("_all")}
    for path, data in pages.items():
        if below.intersection(path.parents) and title and title == _columns.plain(_page(path, data)["title"]):
            return path
    return None


def _page(path: PurePosixPath, data: bytes) -> Record:
    return _markdown.page(readers.to_text(data, path.name), _bare(path)) | {"page": str(path)}
