"""The one question about a failure story: does it admit the fault, and which sentence decides."""

from collections.abc import Iterator
from typing import Literal

from rich.console import RenderableType
from rich.text import Text

from analyser.reports import _fault_text
from analyser.reports._console import DIM, WIDE, console, hanging, printed, text
from analyser.reports._fault import WORDS, view
from analyser.reports._text import one_line
from analyser.reports._view import PRIVATE, SIGNALS, made_by
from analyser.reports.markdown import fault_blocks, safe
from analyser.results import Advice, Feedback

Form = Literal["text", "markdown", "html", "json"]

_IN_JSON = {"answer", "cannot_tell", "signal", "fault", "made_by"}
SILENCED = "The rules that hear an admission are switched off."


def render(feedback: Feedback, form: Form = "text", *, width: int | None = None, color: bool | None = None) -> str:
    """The answer to that one question; ``width`` and ``color`` as in ``analyser.reports.render``."""
    if form == "json":
        return feedback.model_dump_json(include=_IN_JSON, indent=2) + "\n"
    if form == "markdown":
        return "\n\n".join(_markdown(feedback)) + "\n"
    if form == "html":
        return _html(feedback)
    page = console(width, color)
    return printed(page, _text(feedback, page.width >= WIDE))


def title(feedback: Feedback) -> str:
    """The verdict in a word or two."""
    return WORDS.get(feedback.fault.verdict or "", "Cannot tell")


def _unjudged(feedback: Feedback) -> Iterator[str]:
    """Why there is no verdict about a fault."""
    refused, signal = feedback.cannot_tell, feedback.signal.label
    if refused:
        yield refused.reason
        yield refused.fix
    elif feedback.fault.verdict is None:
        yield SILENCED
    elif signal == "none":
        yield "No failure is told here."
    else:
        yield f"It is heard as {signal}: {SIGNALS[signal]}."


def _text(feedback: Feedback, wide: bool) -> Iterator[RenderableType]:
    fault = view(feedback)
    yield text(title(feedback), "bold")
    if fault:
        yield from _fault_text.lines(fault, wide)
    else:
        yield from map(text, _unjudged(feedback))
        if feedback.fault.decided_by:
            yield hanging("", [_fault_text.quoted(feedback.fault.decided_by)], 1)
    yield from _next(feedback)
    yield Text()
    yield text(f"{PRIVATE} {made_by(feedback.made_by)}", DIM)


def _mend(feedback: Feedback) -> tuple[Advice, ...]:
    """The first thing to mend, where the fault is not owned or a part of the admission is missing."""
    fault = feedback.fault
    return feedback.advice[:1] if fault.verdict in {"partial", "deflects"} or fault.missing else ()


def _next(feedback: Feedback) -> Iterator[RenderableType]:
    for first in _mend(feedback):
        yield Text()
        yield text(one_line(first.what), "bold")
        yield Text.assemble(("They may ask: ", DIM), (one_line(first.follow_up), "italic"), overflow="fold")


def _html(feedback: Feedback) -> str:
    from analyser.reports.html import fill

    fault = view(feedback)
    return fill(
        "fault.html.j2",
        feedback=feedback,
        title=title(feedback),
        view=fault,
        lines=() if fault else tuple(_unjudged(feedback)),
        mend=_mend(feedback),
        made_by=made_by(feedback.made_by),
    )


def _markdown(feedback: Feedback) -> Iterator[str]:
    fault = view(feedback)
    yield f"# {title(feedback)}"
    if fault:
        yield from fault_blocks(fault)
    else:
        yield "\\\n".join(map(safe, _unjudged(feedback)))
        if feedback.fault.decided_by:
            yield f"> “{safe(feedback.fault.decided_by.text)}”"
    for first in _mend(feedback):
        yield f"**{safe(first.what)}**\\\nThey may ask: {safe(first.follow_up)}"
    yield f"---\n\n{PRIVATE} {safe(made_by(feedback.made_by))}"
