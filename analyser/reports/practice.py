"""The short feedback of a practice round, as plain lines: what was heard, the filters, the first things to mend."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from analyser.reports import _fault
from analyser.reports._console import BAD, DIM, GOOD, console, hanging, printed, text
from analyser.reports._text import clock, one_line, percent
from analyser.reports._view import checks
from analyser.results import Feedback, Quote

MOST = 2  # things to mend: more cannot be kept in mind for the next try
_SIGNS = {"yes": ("✓", GOOD), "no": ("✗", BAD), "cannot tell": ("·", DIM)}


def short(feedback: Feedback, asked: str, limit: float, *, width: int | None = None, color: bool | None = None) -> str:
    """The feedback in a few lines; ``asked`` is the signal that the question asks for, ``limit`` is in seconds."""
    page = console(width, color)
    return printed(page, _lines(feedback, asked, limit))


def _lines(feedback: Feedback, asked: str, limit: float) -> Iterator[RenderableType]:
    yield from _heard(feedback, asked)
    if feedback.cannot_tell:
        return
    yield Text("   ").join(_check(one.title, one.state) for one in checks(feedback))
    if fault := _fault.view(feedback):
        yield text(f"{fault.title}.")
        yield from _quotes(fault.decided_by)
    over = f", over {clock(limit)}: cut it" if feedback.seconds > limit else ""
    yield text(f"{feedback.words:,} words, {clock(feedback.seconds)} aloud{over}.")
    yield from _praise(feedback)
    for one in feedback.advice[:MOST]:
        yield Text()
        yield text(one_line(one.what), "bold")
        yield text(one_line(one.why))
        yield from _quotes(one.quote)


def _heard(feedback: Feedback, asked: str) -> Iterator[RenderableType]:
    refused, signal = feedback.cannot_tell, feedback.signal
    if refused:
        yield text(f"Cannot tell. {refused.reason}", "bold")
        yield text(refused.fix)
        return
    share = "" if signal.confidence is None else f", {percent(signal.confidence)} by the model"
    name = "no clear signal" if signal.label == "none" else signal.label
    yield text(f"Heard as {name}{share}.", "bold")
    if signal.label != asked:
        yield text(f"The question asks for {asked}: an interviewer would ask it again.", BAD)


def _check(title: str, state: str) -> Text:
    sign, ink = _SIGNS[state]
    return text(f"{sign} {title}", ink)


def _praise(feedback: Feedback) -> Iterator[RenderableType]:
    """The first thing to keep that is not quoted already."""
    quoted = feedback.fault.decided_by
    kept = next((one for one in feedback.praise if not quoted or one.quote.start != quoted.start), None)
    if kept:
        yield text(f"Keep this: {one_line(kept.what)}")
        yield from _quotes(kept.quote)


def _quotes(quote: Quote | None) -> Iterator[RenderableType]:
    if quote:
        yield hanging("", [text(f"“{one_line(quote)}”")], 1)
