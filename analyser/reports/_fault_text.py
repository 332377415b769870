"""The fault on a terminal."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from analyser.reports._console import BAD, DIM, GOOD, hanging, row, text
from analyser.reports._fault import FaultView, PartLine, PatternLine
from analyser.reports._text import one_line
from analyser.results import Quote

NARROW, WIDTH = 8, 13


def lines(fault: FaultView, wide: bool) -> Iterator[RenderableType]:
    """The verdict with its sentence, the parts, the patterns."""
    yield text(f"{fault.title}.")
    if fault.decided_by:
        yield hanging("", [quoted(fault.decided_by)], 1)
    if fault.parts:
        yield Text()
    yield from (_part(part, WIDTH if wide else NARROW) for part in fault.parts)
    for pattern in fault.patterns:
        yield Text()
        yield from _pattern(pattern)


def quoted(quote: Quote) -> Text:
    """The speaker's words."""
    return text(f"“{one_line(quote)}”")


def _part(part: PartLine, width: int) -> RenderableType:
    body = [text(part.title), *([quoted(part.quote)] if part.quote else [])]
    return row([text("there", GOOD) if part.there else text("missing", BAD)], Text("\n").join(body), [width])


def _pattern(pattern: PatternLine) -> Iterator[RenderableType]:
    yield text(f"{pattern.title}.", f"bold {BAD}")
    yield text(pattern.why)
    yield from (hanging("–", [quoted(quote)]) for quote in pattern.quotes)
    if pattern.more:
        yield text(pattern.more, DIM)
