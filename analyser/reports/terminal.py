"""A feedback on a terminal, or as plain text where it is piped: the same words either way."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from analyser.reports import _fault_text
from analyser.reports._console import BAD, DIM, GOOD, WIDE, console, printed
from analyser.reports._console import hanging as _hanging
from analyser.reports._console import row as _row
from analyser.reports._console import section as _section
from analyser.reports._console import text as _text
from analyser.reports._labels import INKS, TONES, Label, label, raised
from analyser.reports._segments import Block, Line, Piece, lines
from analyser.reports._text import clock, one_line, shown
from analyser.reports._time import GATHERED, TIME, Stretch
from analyser.reports._view import PRIVATE, Check, View, view
from analyser.results import Advice, Feedback, Part, Praise, Quote

MARGIN = 13
CELLS = 24
COLORS = {"yes": GOOD, "no": BAD, "fits": GOOD, "short": BAD, "long": BAD, "missing": BAD}

Entry = tuple[tuple[Text, ...], Text]  # what stands in front, and what is said


def render(feedback: Feedback, width: int | None, color: bool | None) -> str:
    """The report as text; see ``analyser.reports.render``."""
    page = console(width, color)
    return printed(page, _report(feedback, page.width))


def _report(feedback: Feedback, width: int) -> Iterator[RenderableType]:
    page, wide = view(feedback), width >= WIDE
    yield from _headline(page, feedback)
    yield from _section("Your answer", *_answer(page.blocks, width))
    yield from _section("What is marked", *_legend(page, wide))
    yield from _section("Three filters", *_entries(map(_check, page.checks), wide, MARGIN, MARGIN))
    yield from _section("The fault", *(_fault_text.lines(page.fault, wide) if page.fault else ()))
    yield from _section(page.parts_title, *(_row(*_part(part), (MARGIN if wide else 7,)) for part in feedback.parts))
    yield from _section(TIME, *_time(page, wide))
    yield from _section("What to keep", *_praise(feedback.praise))
    yield from _section("What to mend", *_advice(feedback.advice))
    yield from _section(page.because_title, *(_hanging("–", [_quoted(quote)]) for quote in feedback.signal.because))
    yield from _section(
        "About this report", _text(page.length), _text(PRIVATE), _text(page.disclaimer), _text(page.made_by, DIM)
    )


def _headline(page: View, feedback: Feedback) -> Iterator[RenderableType]:
    yield _text(page.title, "bold")
    yield from (_text(line) for line in page.lines)
    if feedback.answer.question:
        yield Text()
        yield _text(f"Asked: {one_line(feedback.answer.question)}", "italic")


def _answer(blocks: tuple[Block, ...], width: int) -> Iterator[RenderableType]:
    """Each sentence beside its labels; in a narrow window, behind them."""
    margin = _margin(blocks, width) if width >= WIDE else 0
    paragraph = False
    for line in lines(blocks):
        if paragraph:
            yield Text()
        text = Text(overflow="fold").join(_said(line))
        keys = Text(", ").join(_text(label.key, _ink(label)) for label in line[-1].labels)
        if margin:
            yield _row([keys], text, [margin])
        else:
            yield Text.assemble("‹", keys, "› ", text, overflow="fold") if keys else text
        paragraph = line[-1].after.count("\n") > 1


def _margin(blocks: Iterable[Block], width: int) -> int:
    """Room for the labels of each sentence on one line, as far as the sentences can spare it; none without labels."""
    longest = max((len(", ".join(label.key for label in block.labels)) for block in blocks), default=0)
    return min(max(MARGIN, longest), width * 2 // 5) if longest else 0


def _said(line: Line) -> Iterator[Text]:
    for block in line:
        yield from map(_piece, block.pieces)
        if block is not line[-1]:
            yield Text(shown(block.after))


def _piece(piece: Piece) -> Text:
    text = Text("[" * len(piece.opens)) + Text(shown(piece.text))
    for finding in piece.closes:
        text.append(f"]{raised(label(finding.label).key)}")
    if piece.inline:
        text.stylize(_ink(label(piece.inline[-1].label)))
    return text


def _legend(page: View, wide: bool) -> Iterator[RenderableType]:
    for tone, labels in page.legend.items():
        for i, (marked, count) in enumerate(labels):
            title = _text("" if i else TONES[tone], "italic")
            if wide:
                yield _row((title, _named(marked, count)), _text(marked.gist), (MARGIN, 24))
            else:
                yield from filter(None, [title])
                yield from _entries([((_named(marked, count),), _text(marked.gist))], wide)


def _named(marked: Label, count: int) -> Text:
    key = f"{raised(marked.key)} " if marked.place == "inline" else ""
    return _text(f"{key}{marked.name} × {count}", _ink(marked))


def _check(check: Check) -> Entry:
    return (_text(check.title, "bold"), _text(check.state, COLORS.get(check.state, ""))), _text(check.why)


def _there(there: bool) -> Text:
    return _text("there", GOOD) if there else _text("missing", BAD)


def _part(part: Part) -> Entry:
    said = _text(f"  {clock(part.seconds)}", DIM) if part.present else Text()
    lines = [_text(one_line(part.title)) + said, *([_quoted(part.heard)] if part.heard else [])]
    return (_there(part.present),), Text("\n").join(lines)


def _time(page: View, wide: bool) -> Iterator[RenderableType]:
    if not page.sections:
        return
    yield _text(GATHERED)
    yield Text()
    yield from _entries(map(_stretch, page.sections), wide, MARGIN, CELLS)
    yield Text()
    yield _text(page.timed)
    for cut in page.cuts:
        yield Text()
        yield _text(cut.title, "bold")
        yield from (_hanging("–", [_quoted(quote)]) for quote in cut.quotes)


def _stretch(stretch: Stretch) -> Entry:
    said = _text(f"{stretch.said}, {stretch.fit}", COLORS[stretch.fit])
    return (_text(stretch.name, "bold"), _bar(stretch)), said + _text(f" ({stretch.band})")


def _bar(stretch: Stretch) -> Text:
    """A line as long as what was said, and two posts between which it should end."""
    said, low, high = (round(share * (CELLS - 1) / 100) for share in (stretch.length, stretch.low, stretch.high))
    bar = Text()
    for cell in range(CELLS):
        post = cell in {low, high}
        bar.append("┃" if post else "━" if cell < said else " ", "" if post else COLORS[stretch.fit])
    return bar


def _praise(praise: Iterable[Praise]) -> Iterator[RenderableType]:
    for number, one in enumerate(praise):
        if number:
            yield Text()
        yield _hanging("✓", [_text(one_line(one.what), f"bold {GOOD}"), _text(one_line(one.why)), _quoted(one.quote)])


def _advice(advice: Iterable[Advice]) -> Iterator[RenderableType]:
    for number, one in enumerate(advice, 1):
        lines = [_text(one_line(one.what), "bold"), _text(one_line(one.why))]
        if one.quote:
            lines.append(_quoted(one.quote))
        lines.append(Text.assemble(("They may ask: ", DIM), (one_line(one.follow_up), "italic"), overflow="fold"))
        if number > 1:
            yield Text()
        yield _hanging(f"{number}", lines)


def _quoted(quote: Quote) -> Text:
    return _text(f"“{one_line(quote)}”")


def _entries(entries: Iterable[Entry], wide: bool, *widths: int) -> Iterator[RenderableType]:
    """Each entry as a row of columns; in a narrow window, the body under its head."""
    for head, body in entries:
        if wide:
            yield _row(head, body, widths)
        else:
            yield Text(": ").join(head)
            yield Padding(body, (0, 0, 0, 2))


def _ink(label: Label) -> str:
    return INKS[label.ink].terminal
