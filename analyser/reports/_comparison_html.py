"""Two drafts side by side as one HTML page; no outside asset, no script."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from analyser.drafts import Comparison, Draft, Issue
from analyser.reports._labels import label
from analyser.reports._text import one_line
from analyser.reports.drafts import Page
from analyser.reports.html import fill

KINDS = {
    "mended": "mended since",
    "lost": "strength lost",
    "open": "still open",
    "new": "new to mend",
    "gained": "strength gained",
}

# Of two stories, no mark tells of a change.
STORY_KINDS = {"open": "to mend in both", "new": "to mend in this one alone", "gained": "strength of this one alone"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a draft, and what became of the remarks on it: one of the kinds, or nothing."""

    text: str
    kind: str
    told: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two drafts: its title, its question, its text in stretches."""

    title: str
    question: str
    stretches: tuple[Stretch, ...]


def render(comparison: Comparison, page: Page) -> str:
    """The page."""
    old = {"lost": comparison.lost, "mended": comparison.mended}
    new = {"gained": comparison.gained, "open": comparison.still_open, "new": comparison.added}
    kinds = KINDS if comparison.related else STORY_KINDS
    if not comparison.related:
        old = {"gained": comparison.lost, "new": comparison.mended}
    pairs = zip(page.columns, (comparison.old, comparison.new), (old, new), strict=True)
    sides = [_side(title.capitalize(), draft, remarks, kinds) for title, draft, remarks in pairs]
    return fill("comparison.html.j2", page=page, sides=sides, kinds=kinds)


def _side(title: str, draft: Draft, remarks: dict[str, tuple[Issue, ...]], kinds: dict[str, str]) -> Side:
    marks = [(issue, kind) for kind, issues in remarks.items() for issue in issues if issue.quote]
    return Side(title, one_line(draft.question or ""), tuple(_stretches(draft.text, marks, kinds)))


def _stretches(text: str, marks: Iterable[tuple[Issue, str]], kinds: dict[str, str]) -> Iterator[Stretch]:
    """The text from its first character to its last; where marks overlap, the one that was given last is seen."""
    placed = [(issue.quote, kind, label(issue.name).name) for issue, kind in marks if issue.quote]
    cuts = sorted({0, len(text), *(place for quote, *_ in placed for place in (quote.start, quote.end))})
    pieces = [(a, b, [mark for mark in placed if mark[0].start <= a and b <= mark[0].end]) for a, b in pairwise(cuts)]
    for kind, run in groupby(pieces, key=lambda piece: piece[2][-1][1] if piece[2] else ""):
        same = list(run)
        told = dict.fromkeys(f"{kinds[kind]}: {name}" for _, _, here in same for _, kind, name in here)
        yield Stretch(text[same[0][0] : same[-1][1]], kind, ", ".join(told))
