"""The failure stories of a bank: which admit the fault, which only seem to, and the sentence that decides."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from analyser.reports._console import BAD, DIM, GOOD, WIDE, console, printed, text
from analyser.reports._fault import PARTS, WORDS, PartLine
from analyser.reports._text import one_line
from analyser.reports._view import PRIVATE
from analyser.reports.markdown import safe
from analyser.stories import Review, Story

Form = Literal["text", "markdown", "html", "json"]

TITLE = "Failure stories"
ORDER = ("admits", "partial", "deflects")
GROUPS = {
    "admits": "Admits the fault",
    "partial": "Only seems to: halfway",
    "deflects": "Only seems to: passed on",
    "otherwise": "Filed as a failure, told as none",
}
NO_SENTENCE = "no sentence names a mistake as yours"
_IN_JSON = set("row title fault fault_because fault_patterns fault_missing advice signal filed_under".split())
UNKNOWN = "The rules that hear an admission are switched off, so that nothing can be said of the failure stories."


@dataclass(frozen=True, slots=True)
class _Line:
    """A failure story in the table."""

    story: Story
    group: str

    @property
    def because(self) -> str:
        """The sentence that decides, in quotation, and what hides the fault."""
        story = self.story
        if self.group == "otherwise":
            return f"It is heard {'as none of the five' if story.signal == 'none' else f'as {story.signal}'}."
        return f"“{self.quote}”" if self.quote else NO_SENTENCE

    @property
    def quote(self) -> str:
        """The sentence that decides alone; a story that is told as no failure has none."""
        return "" if self.group == "otherwise" else one_line(self.story.fault_because or "")

    @property
    def patterns(self) -> str:
        """How the fault is not owned."""
        return "; ".join(self.story.fault_patterns)

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        return WORDS.get(self.story.fault or "", "")

    @property
    def ink(self) -> str:
        """The colour of the verdict on a page."""
        return {"admits": "green", "otherwise": "grey"}.get(self.group, "rust")

    @property
    def parts(self) -> tuple[PartLine, ...]:
        """The parts of an admission, there or missing."""
        named = {} if self.group == "otherwise" else PARTS
        return tuple(PartLine(title, name not in self.story.fault_missing, None) for name, title in named.items())

    @property
    def mend(self) -> str:
        """The first thing to mend, where the fault is not owned or a part is missing."""
        lacks = self.group in {"partial", "deflects"} or self.story.fault_missing
        return one_line(self.story.advice) if lacks and self.story.advice else ""


def render(review: Review, form: Form = "text", *, width: int | None = None, color: bool | None = None) -> str:
    """The table; ``width`` and ``color`` as in ``analyser.reports.render``."""
    lines = _lines(review)
    if form == "json":
        told = [line.story.model_dump(include=_IN_JSON) for line in lines]
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    if form == "markdown":
        return "\n\n".join(_markdown(review, lines)) + "\n"
    if form == "html":
        return _html(review, lines)
    page = console(width, color)
    return printed(page, _text(review, lines, page.width >= WIDE))


def _lines(review: Review) -> list[_Line]:
    failures = [_Line(story, verdict) for verdict in ORDER for story in review.stories if story.fault == verdict]
    otherwise = (s for s in review.stories if s.filed_under == "accountability" and s.fault == "not_a_failure")
    return failures + [_Line(story, "otherwise") for story in otherwise]


def _summary(review: Review, lines: Sequence[_Line]) -> Iterator[str]:
    heard = [story for story in review.stories if story.error is None]
    told = [line for line in lines if line.group != "otherwise"]
    admit = sum(line.group == "admits" for line in told)
    if heard and all(story.fault is None for story in heard):
        yield UNKNOWN
        return
    stories = "story" if len(told) == 1 else "stories"
    yield (
        f"{len(told)} failure {stories} among {len(heard)} that could be heard: {admit} admit{'s' * (admit == 1)} "
        + (f"the fault, {len(told) - admit} only seem{'s' * (len(told) - admit == 1)} to.")
    )
    if silent := len(review.stories) - len(heard):
        yield f"{silent} {'row' if silent == 1 else 'rows'} could not be heard; `analyser bank` says why."


def _text(review: Review, lines: Sequence[_Line], wide: bool) -> Iterator[RenderableType]:
    yield text(TITLE, "bold")
    yield from map(text, _summary(review, lines))
    if lines:
        yield Text()
        yield _table(lines) if wide else Text("\n").join(_narrow(lines))
    yield Text()
    yield text(PRIVATE, DIM)


def _table(lines: Sequence[_Line]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, show_edge=False, header_style="bold")
    table.add_column("", justify="right", width=3)
    table.add_column("Story", ratio=2, overflow="fold")
    table.add_column("Verdict", width=13)
    table.add_column("The sentence that decides, and how it is not owned", ratio=5, overflow="fold")
    for line in lines:
        told = Text.assemble(line.because, *([("\n" + line.patterns, DIM)] if line.patterns else []))
        table.add_row(text(str(line.story.row), DIM), text(one_line(line.story.title)), _verdict(line), told)
    return table


def _narrow(lines: Sequence[_Line]) -> Iterator[Text]:
    for line in lines:
        yield Text.assemble(f"{line.story.row}  {one_line(line.story.title)}: ", _verdict(line))
        yield text(line.because)
        yield text(line.patterns, DIM)


def _verdict(line: _Line) -> Text:
    return text(line.word.lower(), GOOD if line.group == "admits" else DIM if line.group == "otherwise" else BAD)


def _grouped(lines: Sequence[_Line]) -> dict[str, list[_Line]]:
    """The stories of each group that has some, by its title."""
    groups = {title: [line for line in lines if line.group == group] for group, title in GROUPS.items()}
    return {title: rows for title, rows in groups.items() if rows}


def _html(review: Review, lines: Sequence[_Line]) -> str:
    from analyser.reports.html import fill

    return fill(
        "faults.html.j2",
        title=TITLE,
        summary=tuple(_summary(review, lines)),
        groups=_grouped(lines),
        disclaimer=review.framework.disclaimer,
        made_by="; ".join(map(one_line, review.made_by)),
    )


def _markdown(review: Review, lines: Sequence[_Line]) -> Iterator[str]:
    yield f"# {TITLE}"
    yield " ".join(map(safe, _summary(review, lines)))
    for title, rows in _grouped(lines).items():
        yield f"## {title}"
        head = ["| row | story | the sentence that decides | patterns |", "| ---: | --- | --- | --- |"]
        yield "\n".join([*head, *map(_row, rows)])
    yield f"---\n\n{PRIVATE}"


def _row(line: _Line) -> str:
    return f"| {line.story.row} | {safe(line.story.title)} | {safe(line.because)} | {safe(line.patterns)} |"
