"""A story's drafts over time, and what went up or down from one to the next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from analyser.drafts import Draft, Saved
from analyser.reports._text import clock, one_line


@dataclass(frozen=True, slots=True)
class Trend:
    """How one figure went from draft to draft; ``what`` says what was counted."""

    name: str
    what: str
    values: tuple[float, ...]
    shown: tuple[str, ...]

    @property
    def spark(self) -> str:
        """The values as small bars, from nothing to the largest; one value alone is no trend.

        >>> Trend("", "", (0, 4, 8), ()).spark
        '▁▅█'
        """
        if len(self.values) < 2:
            return ""
        top = max(self.values) or 1
        return "".join("▁▂▃▄▅▆▇█"[round(7 * value / top)] for value in self.values)

    @property
    def span(self) -> str:
        """From the first value to the last."""
        return self.shown[0] if len(self.shown) == 1 else f"{self.shown[0]} → {self.shown[-1]}"


@dataclass(frozen=True, slots=True)
class Story:
    """A story's drafts, and the trends in them."""

    name: str
    drafts: tuple[Saved, ...]
    trends: tuple[Trend, ...]


def stories(drafts: Iterable[Saved]) -> Iterator[Story]:
    """The drafts, story by story."""
    for name, group in groupby(drafts, key=lambda saved: saved.name):
        saved = tuple(group)
        yield Story(one_line(name), saved, tuple(_trends([one.draft for one in saved])))


def _trends(drafts: list[Draft]) -> Iterator[Trend]:
    densities, seconds = tuple(draft.density for draft in drafts), tuple(draft.seconds for draft in drafts)
    yield Trend(
        "To mend",
        "hedges, fillers, “we” and the like, in 100 words",
        densities,
        tuple(f"{density:.1f}" for density in densities),
    )
    yield Trend("Length", timed(drafts), seconds, tuple(map(clock, seconds)))


def timed(drafts: Iterable[Draft]) -> str:
    """By what lengths are known."""
    ways = {"words": "counted at 150 words a minute", "time stamps": "by the transcript's time stamps"}
    used = {draft.timed_by for draft in drafts}
    return ", or ".join(told for way, told in ways.items() if way in used)
