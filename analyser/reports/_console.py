"""What the terminal's reports are laid out with."""

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from analyser.reports._labels import INKS

WIDEST = 96  # a longer line is hard to read
WIDE = 64  # from here on there is room for columns
DIM = INKS["grey"].terminal
GOOD, BAD = INKS["green"].terminal, INKS["rust"].terminal


def console(width: int | None, color: bool | None) -> Console:
    """A console that prints nowhere; what is left out is as standard output has it."""
    window = Console()
    colored = window.is_terminal if color is None else color
    system = window.color_system if color is None else "256"
    return Console(
        file=io.StringIO(),
        force_terminal=colored,
        force_jupyter=False,
        color_system=system if colored else None,  # type: ignore[arg-type]  # rich types its own names loosely
        no_color=window.no_color if color is None else False,
        width=width or min(window.width, WIDEST),
        height=100,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def printed(on: Console, content: Iterable[RenderableType]) -> str:
    """The content as text, ending in a line break; without colours, no line ends in blanks."""
    with on.capture() as capture:
        on.print(Group(*content))
    lines = capture.get().splitlines()
    return "".join(f"{line if on.is_terminal else line.rstrip()}\n" for line in lines)


def section(title: str, *content: RenderableType) -> Iterator[RenderableType]:
    """Content under a title with a rule; nothing where there is none."""
    if content:
        yield Text()
        yield Rule(text(title, "bold"), align="left", style=DIM)
        yield from content


def hanging(sign: str, lines: Iterable[Text], width: int = 2) -> Table:
    """Lines that hang from a sign in front of the first."""
    return row([text(sign)], Group(*lines), [width])


def row(head: Iterable[Text], body: RenderableType, widths: Iterable[int]) -> Table:
    """Columns of fixed width, and one that takes what is left."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(*head, body)
    return grid


def text(content: str, style: str = "") -> Text:
    """Text that breaks where it must."""
    return Text(content, style=style, overflow="fold")
