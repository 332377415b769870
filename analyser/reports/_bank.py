"""What a report on a story bank says, in words and in order; a form only lays it out."""

from collections.abc import Iterator
from dataclasses import dataclass

from analyser.reports._text import one_line, percent
from analyser.results import SIGNALS, SignalName
from analyser.stories import Choice, Place, Review, Story
from analyser.wording import listed

SHORT: dict[SignalName, str] = {
    "judgment": "Judg",
    "candor": "Cand",
    "commitment": "Comm",
    "accountability": "Acct",
    "ownership": "Own",
}
MARKS: dict[Place, str] = {"core": "▸", "backup": "▹"}
LEGEND = "▸ core  ▹ backup  · under 2%   R your role clear  T tradeoff obvious  O outcome"
FAINT = 0.02  # a probability below this is shown as a dot
_SIGNS = {True: "✓", False: "✗", None: "·"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A story's probability for a signal, and its place in the plan there."""

    share: float
    place: Place | None

    @property
    def text(self) -> str:
        """The probability in percent behind the sign of its place."""
        mark = MARKS[self.place] if self.place else ""
        return f"{mark}{'·' if self.share < FAINT else format(min(99, 100 * self.share), '.0f')}"


@dataclass(frozen=True, slots=True)
class Line:
    """A story in the table; where it could not be heard, only ``error`` says anything."""

    row: int
    title: str
    cells: tuple[Cell, ...]
    checks: tuple[str, ...]
    seconds: float
    error: str | None


@dataclass(frozen=True, slots=True)
class Pick:
    """The story for a place in the plan, with its reasons and its strength; no story, no ``name``."""

    place: Place
    name: str | None
    why: str
    strength: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to see to: about what, and what to do."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class BankView:
    """All that a report on a bank shows; each section has a title and its notes."""

    title: str
    summary: str
    lines: tuple[Line, ...]
    picks: dict[str, tuple[Pick, ...]]
    sections: dict[str, tuple[Note, ...]]
    made_by: str


def view(review: Review) -> BankView:
    """The review as it is put to the owner of the bank."""
    plan, titles = review.plan, {story.row: f"“{one_line(story.title)}”" for story in review.stories}
    places = {(choice.signal, choice.row): choice.place for choice in plan.choices}
    stories = {story.row: story for story in review.stories}
    sections = {
        "Gaps": [Note("", gap) for gap in plan.gaps],
        "In use twice": [Note(titles[row], "is core for two signals; write another.") for row in plan.twice],
        "The same story told twice": [
            Note(f"{titles[twin.first]} and {titles[twin.second]}", f"(rows {twin.first} and {twin.second}): keep one.")
            for twin in plan.twins
        ],
        "Stories that fail a filter": [
            Note(titles[mend.row], f"fails {listed(mend.fails)}. {' '.join(mend.add)}") for mend in plan.mend
        ],
        "Heard otherwise than filed": [Note(titles[row], _misfiled(stories[row])) for row in plan.misfiled],
        "Not heard": [Note(titles[s.row], f"(row {s.row}): {one_line(s.error)}") for s in review.stories if s.error],
        "What to write next": [
            Note(f"{review.titles[next_.signal]}:", f"{next_.reason} Answer “{next_.question}” Show: {next_.shows}")
            for next_ in plan.write_next
        ],
    }
    return BankView(
        title="Your story bank",
        summary=_summary(review),
        lines=tuple(_line(story, places) for story in review.stories),
        picks={review.titles[signal]: tuple(_picks(review, signal, titles)) for signal in SIGNALS},
        sections={title: tuple(notes) for title, notes in sections.items() if notes},
        made_by="; ".join(map(one_line, review.made_by)),
    )


def _summary(review: Review) -> str:
    stories, heard = len(review.stories), sum(story.error is None for story in review.stories)
    filled = {place: sum(c.row is not None and c.place == place for c in review.plan.choices) for place in MARKS}
    called = "story" if stories == 1 else "stories"
    return (
        f"{stories:,} {called}, {heard:,} of them heard. "
        f"Core stories for {filled['core']} of 5 signals, backups for {filled['backup']}."
    )


def _line(story: Story, places: dict[tuple[SignalName, int | None], Place]) -> Line:
    return Line(
        row=story.row,
        title=one_line(story.title),
        cells=tuple(Cell(story.probabilities.get(s, 0.0), places.get((s, story.row))) for s in SIGNALS),
        checks=(_SIGNS[story.role_clear], _SIGNS[story.tradeoff], _SIGNS[story.outcome and story.outcome != "none"]),
        seconds=story.seconds,
        error=story.error and one_line(story.error),
    )


def _picks(review: Review, signal: SignalName, titles: dict[int, str]) -> Iterator[Pick]:
    for choice in review.plan.choices:
        if choice.signal == signal:
            yield Pick(choice.place, _name(choice, titles), one_line(choice.why), _strength(choice))


def _name(choice: Choice, titles: dict[int, str]) -> str | None:
    return None if choice.row is None else f"{titles[choice.row]} (row {choice.row}), {percent(choice.probability)}"


def points(strength: float) -> int:
    """A strength out of 100; like a probability, never quite all."""
    return min(99, round(100 * strength))


def _strength(choice: Choice) -> str:
    if choice.row is None:
        return ""
    heard, told = percent(choice.probability), round(100 * choice.quality)
    return f"strength {points(choice.probability * choice.quality)} = {heard} heard so × {told}% well told"


def _misfiled(story: Story) -> str:
    heard = "as none of the five" if story.signal == "none" else f"as {story.signal}"
    return f"is filed under {story.filed_under} and heard {heard}."
