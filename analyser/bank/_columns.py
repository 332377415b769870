"""Which column of a bank is which: known by its name, or named by the user."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from analyser.errors import InputError

Role = Literal["text", "title", "question", "signal"]
MANY_WORDS = 25  # a cell with more is a story, not a heading
STORY = "story"  # the column that a story goes into where the bank has none for it
JOINED = "full_story"  # the same, where it has the story in parts
FAULT = "reading_error"  # why a row could not be read; scoring turns it into the row's error

# Best first; written as ``plain`` gives them.
NAMES: dict[Role, tuple[str, ...]] = {
    "text": (
        *("story", "answer", "text", "my answer", "my story", "full story", "story text", "answer text", "response"),
        *("transcript", "what i said", "narrative", "body", "content", "draft"),
    ),
    "title": ("title", "story title", "name", "headline", "story name", "label", "story"),
    "question": ("question", "interview question", "prompt", "asked"),
    "signal": ("signal", "culture signal", "value", "competency", "theme", "category", "principle"),
}
# The parts of a story told in columns or below headings of their own, in the order of telling.
PARTS = (
    *("s", "situation", "context", "background", "problem", "challenge"),
    *("t", "task", "goal", "options", "constraint", "constraints", "tradeoff", "tradeoffs", "decision"),
    *("a", "action", "actions", "approach"),
    *("r", "result", "results", "outcome", "impact"),
    *("lesson", "lessons", "learning", "learnings", "what i learned", "reflection", "takeaway", "change"),
)
_STAR = {"s", "situation", "t", "task", "a", "action", "actions", "r", "result", "results"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that the analyser reads; what is ``None`` the bank has not."""

    text: str
    title: str | None
    question: str | None
    signal: str | None


def plain(name: object) -> str:
    """A column's name without case, signs and needless blanks.

    >>> plain(" Story_Title: ")
    'story title'
    """
    return " ".join(re.findall(r"[^\W_]+", str(name).casefold()))


def known(names: Iterable[object], role: Role) -> Iterator[str]:
    """The columns whose names fit the role, best first."""
    by_name = {plain(name): str(name) for name in reversed(list(names))}
    yield from (by_name[name] for name in NAMES[role] if name in by_name)


def parts(names: Iterable[object]) -> list[str]:
    """The columns that hold parts of a story, in the order of telling; none where they are no STAR."""
    by_name = {plain(name): str(name) for name in names}
    found = [name for name in PARTS if name in by_name]
    return [by_name[name] for name in found] if len(_STAR.intersection(found)) >= 2 else []


def is_heading(cells: Iterable[object]) -> bool:
    """Whether a first row can be column names: it cannot where one of its cells is as long as a story."""
    return all(len(str(cell).split()) < MANY_WORDS for cell in cells)


def unique(names: Iterable[object]) -> list[str]:
    """Column names as text, each once: a nameless one is called by its place, a second one is numbered.

    >>> unique(["a", None, "a", " "])
    ['a', 'column_2', 'a_2', 'column_4']
    """
    taken: list[str] = []
    for place, name in enumerate(names, 1):
        wanted = base = f"column_{place}" if name is None or not str(name).strip() else str(name)
        number = 2
        while wanted in taken:
            wanted, number = f"{base}_{number}", number + 1
        taken.append(wanted)
    return taken


def recognise(frame: pd.DataFrame, text: str | None = None, source: str = "The bank") -> Columns:
    """The bank's columns by their roles; ``text`` names the stories' column where the user did.

    Raises:
        InputError: no column can be taken for the stories, or there is none of the name given.
    """
    names = [str(name) for name in frame.columns]
    chosen = _named(names, text, source) if text else _of_stories(frame, source)
    rest = [name for name in names if name != chosen]

    def first(role: Role) -> str | None:
        return next(known(rest, role), None)

    return Columns(chosen, first("title"), first("question"), first("signal"))


def _named(names: list[str], wanted: str, source: str) -> str:
    for same in (str, plain):
        for name in names:
            if same(name) == same(wanted):
                return name
    raise InputError(f"{source} has no column {wanted!r}; its columns are {_listed(names)}.")


def _of_stories(frame: pd.DataFrame, source: str) -> str:
    names = [str(name) for name in frame.columns if name != FAULT]
    candidates = list(known(names, "text")) or (names if len(names) == 1 else [])
    if not candidates:
        longest = max(names, key=lambda name: words(frame[name]), default=None)
        advice = f", perhaps {longest!r}, where the longest texts stand" if longest else ""
        raise InputError(
            f"{source} has no column that is known to hold stories ({_listed(NAMES['text'][:4])} …). "
            f"Its columns are {_listed(names)}; name one with --text-column{advice}."
        )
    return max(candidates, key=lambda name: words(frame[name]))


def is_missing(cell: Any) -> bool:  # noqa: ANN401  # a cell may hold anything
    """Whether there is nothing in a cell: ``None``, or one of the signs that pandas has for it."""
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def words(cells: Iterable[object]) -> int:
    """How many words a column holds."""
    return sum(len(cell.split()) for cell in cells if isinstance(cell, str))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names) or "none at all"
