"""A story bank on a terminal: the heat map of stories and signals, the plan, what to see to."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from analyser.reports._bank import LEGEND, SHORT, BankView, Cell, Line, Note, Pick, view
from analyser.reports._console import BAD, DIM, GOOD, WIDE, console, hanging, printed, section, text
from analyser.reports._view import PRIVATE
from analyser.stories import Review

MOST_LINES = 60  # of a large bank; the file that is written has them all
# Below each floor the next style; the figure in the cell says the same without colour.
_HEAT = ((0.75, "color(231) on color(22)"), (0.5, "color(231) on color(28)"), (0.2, "color(16) on color(151)"))
_CHECKS = {"✓": GOOD, "✗": BAD, "·": DIM}


def render(review: Review, width: int | None = None, color: bool | None = None) -> str:
    """The report as text; ``width`` and ``color`` as in ``analyser.reports.render``."""
    on = console(width, color)
    return printed(on, _report(view(review), review, on.width))


def _report(page: BankView, review: Review, width: int) -> Iterator[RenderableType]:
    yield text(page.title, "bold")
    yield text(page.summary)
    yield from section("Stories × signals, the model's probability in percent", *_map(page.lines, width >= WIDE))
    for title, picks in page.picks.items():
        yield from section(title, *map(_pick, picks))
    for title, notes in page.sections.items():
        yield from section(title, *map(_note, notes))
    about = (text(PRIVATE), text(review.framework.disclaimer), text(page.made_by, DIM))
    yield from section("About this report", *about)


def _map(lines: tuple[Line, ...], wide: bool) -> Iterator[RenderableType]:
    table = Table(box=None, padding=(0, 1, 0, 0), expand=True, show_edge=False, header_style="bold")
    table.add_column("", justify="right", width=3)
    table.add_column("Story", ratio=1, overflow="ellipsis", no_wrap=True)
    for name in SHORT.values():
        table.add_column(name, justify="right", width=4)
    for name in ("R", "T", "O") if wide else ():
        table.add_column(name, width=1)
    if wide:
        table.add_column("Time", justify="right", width=9)
    for line in lines[:MOST_LINES]:
        table.add_row(*_cells(line, wide))
    yield table
    if len(lines) > MOST_LINES:
        yield text(f"… and {len(lines) - MOST_LINES:,} more; --out writes them all.", DIM)
    yield text(LEGEND, DIM)


def _cells(line: Line, wide: bool) -> Iterator[Text]:
    yield text(str(line.row), DIM)
    yield text(line.title)
    if line.error:
        yield from [text("–", DIM)] * len(SHORT)
        yield from [text("", DIM)] * 3 + [text("not heard", BAD)] if wide else ()
        return
    yield from map(_heat, line.cells)
    if wide:
        yield from (text(sign, _CHECKS[sign]) for sign in line.checks)
        minutes, seconds = divmod(round(line.seconds), 60)
        yield text(f"{minutes}:{seconds:02}")


def _heat(cell: Cell) -> Text:
    style = next((style for floor, style in _HEAT if cell.share >= floor), DIM)
    return text(f"{cell.text:>4}", style)


def _pick(pick: Pick) -> RenderableType:
    if pick.name is None:
        return hanging(pick.place, [text(pick.why, BAD if pick.place == "core" else DIM)], 7)
    return hanging(pick.place, [text(pick.name, "bold"), text(pick.why)], 7)


def _note(note: Note) -> RenderableType:
    line = Text.assemble((note.about, "bold"), " " if note.about else "", note.text, overflow="fold")
    return hanging("–", [line])
