"""A comparison as Markdown; the speaker's words are never markup."""

from collections.abc import Iterator

from analyser.reports.drafts import Change, Line, Page
from analyser.reports.markdown import escape


def render(page: Page) -> str:
    """The page as Markdown."""
    return "\n\n".join(_parts(page)) + "\n"


def _parts(page: Page) -> Iterator[str]:
    yield f"# {page.title}"
    yield from filter(None, [page.lead])
    yield "\n".join([f"| | {' | '.join(page.columns)} | |", "| --- | --- | --- | --- |", *map(_row, page.changes)])
    for title, lines in page.sections:
        yield f"## {title}"
        yield "\n".join(item for line in lines for item in _items(line))
    yield from page.notes


def _row(change: Change) -> str:
    return f"| {change.name} | {escape(change.before)} | {escape(change.after)} | {change.difference} |"


def _items(line: Line) -> Iterator[str]:
    yield f"- **{escape(line.name)}**" + (f" × {line.count}" if line.quotes else "")
    yield from (f"  - “{escape(quote)}”" for quote in dict.fromkeys(line.quotes))
