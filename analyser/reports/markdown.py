"""A feedback as Markdown that reads well as it stands and on a page; the speaker's words are never markup."""

import re
from collections.abc import Iterable, Iterator

from analyser.reports._fault import FaultView
from analyser.reports._labels import TONES, Label, label, raised
from analyser.reports._segments import Block, Piece
from analyser.reports._text import clock, one_line, shown
from analyser.reports._time import GATHERED, TIME
from analyser.reports._view import PRIVATE, View, view
from analyser.results import Advice, Feedback, Part, Praise, Quote

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~#$]|:(?=//|\w+:)|(?<=\bwww)\.", re.IGNORECASE)
_LIST = re.compile(r"^(\d{0,9})(?=[-+=.)])")


def render(feedback: Feedback) -> str:
    """The report as Markdown; see ``analyser.reports.render``."""
    return "\n\n".join(_report(feedback)) + "\n"


def _report(feedback: Feedback) -> Iterator[str]:
    page = view(feedback)
    yield f"# {page.title}"
    yield "\\\n".join(map(safe, page.lines))
    if feedback.answer.question:
        yield f"Asked: {safe(feedback.answer.question)}"
    yield from _section("Your answer", _answer(page.blocks))
    yield from _section("What is marked", "\n".join(_legend(page)))
    yield from _section("Three filters", _list(f"**{c.title}**: {c.state}, {safe(c.why)}" for c in page.checks))
    if page.fault:
        yield from _section("The fault", "\n\n".join(fault_blocks(page.fault)))
    yield from _section(page.parts_title, _list(map(_part, feedback.parts)))
    yield from _section(TIME, "\n\n".join(_time(page)))
    yield from _section("What to keep", _list(map(_praise, feedback.praise)))
    yield from _section("What to mend", "\n\n".join(_advice(i, one) for i, one in enumerate(feedback.advice, 1)))
    yield from _section(page.because_title, _list(map(_quoted, feedback.signal.because)))
    yield f"---\n\n{page.length} {PRIVATE}\\\n{safe(page.disclaimer)}\\\n{safe(page.made_by)}"


def _section(title: str, content: str) -> Iterator[str]:
    if content:
        yield f"## {title}\n\n{content}"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def escape(text: str) -> str:
    """The text with a backslash before whatever Markdown could take for its own, but for the start of a line."""
    return _MARKUP.sub(r"\\\g<0>", text)


def _line(line: str) -> str:
    """The line with a backslash before what would make it an item of a list, or a heading of the line above."""
    return _LIST.sub(r"\1\\", line)


def safe(text: str) -> str:
    """The text on one line, and no markup."""
    return _line(escape(one_line(text)))


def _quoted(quote: Quote) -> str:
    return f"“{safe(one_line(quote))}”"


def _answer(blocks: tuple[Block, ...]) -> str:
    """The answer as a quotation: its own line breaks are kept, its indents are not."""
    lines = [_line(line.strip()) for line in "".join(map(_block, blocks)).strip().split("\n")]
    ends = ["\\" if line and following else "" for line, following in zip(lines, [*lines[1:], ""], strict=True)]
    return "\n".join(f"> {line}{end}".rstrip() for line, end in zip(lines, ends, strict=True)) if blocks else ""


def _block(block: Block) -> str:
    keys = f"‹{', '.join(label.key for label in block.labels)}› " if block.labels else ""
    return keys + "".join(map(_piece, block.pieces)) + shown(block.after)


def _piece(piece: Piece) -> str:
    closing = "".join(f"]{raised(label(finding.label).key)}" for finding in piece.closes)
    return "[" * len(piece.opens) + escape(shown(piece.text)) + closing


def _legend(page: View) -> Iterator[str]:
    for tone, labels in page.legend.items():
        yield f"- {TONES[tone]}"
        yield from (_explained(marked, count) for marked, count in labels)


def _explained(marked: Label, count: int) -> str:
    key = f"{raised(marked.key)} " if marked.place == "inline" else ""
    return f"  - {key}**{marked.name}** × {count}: {marked.gist}"


def _there(there: bool) -> str:
    return "there" if there else "**missing**"


def _part(part: Part) -> str:
    said = f", {clock(part.seconds)}: {_quoted(part.heard)}" if part.heard else ""
    return f"{_there(part.present)}: {safe(part.title)}{said}"


def fault_blocks(fault: FaultView) -> Iterator[str]:
    """The verdict with its sentence, the four parts, the patterns."""
    yield f"{fault.title}."
    if fault.decided_by:
        yield f"> {_quoted(fault.decided_by)}"
    if fault.parts:
        yield _list(
            f"{_there(part.there)}: {part.title}" + (f", {_quoted(part.quote)}" if part.quote else "")
            for part in fault.parts
        )
    for pattern in fault.patterns:
        quotes = [*map(_quoted, pattern.quotes), *([pattern.more] if pattern.more else [])]
        yield "\n\n".join(filter(None, [f"**{safe(pattern.title)}.** {safe(pattern.why)}", _list(quotes)]))


def _time(page: View) -> Iterator[str]:
    if page.sections:
        yield GATHERED
        rows = [f"| {safe(one.name)} | {one.said} | {one.band} | {one.fit} |" for one in page.sections]
        yield "\n".join(["| | said | aim for | |", "| --- | ---: | ---: | --- |", *rows])
        yield page.timed
    for cut in page.cuts:
        yield f"{safe(cut.title)}\n\n{_list(map(_quoted, cut.quotes))}"


def _praise(one: Praise) -> str:
    return f"**{safe(one.what)}** {safe(one.why)} {_quoted(one.quote)}"


def _advice(number: int, one: Advice) -> str:
    quote = [f"> {_quoted(one.quote)}"] if one.quote else []
    ask = f"They may ask: {safe(one.follow_up)}"
    first, *rest = [f"**{safe(one.what)}**\\\n{safe(one.why)}", *quote, ask]
    return "\n\n".join([f"{number}. {first}", *rest]).replace("\n", "\n   ").replace("\n   \n", "\n\n")
