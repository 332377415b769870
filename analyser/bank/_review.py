"""A scored bank as plain values: what a report shows."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analyser import framework as frameworks
from analyser.bank import _columns
from analyser.bank._heard import HEARD
from analyser.bank._merit import FILLED, HEDGED, TOO_LONG
from analyser.bank._plan import plan
from analyser.errors import InputError
from analyser.results import SIGNALS, SignalName
from analyser.settings import Limits
from analyser.stories import Review, Story

TITLE_WORDS = 7  # of a story without a title
# What people file stories under, beside the signals' own names.
_FILED: dict[str, SignalName] = {
    **dict.fromkeys(["ambiguity", "decision", "tradeoff", "decision making"], "judgment"),
    **dict.fromkeys(["feedback", "candour"], "candor"),
    **dict.fromkeys(["conflict", "disagreement", "disagree and commit", "disagree then commit"], "commitment"),
    **dict.fromkeys(["failure", "mistake", "resilience", "recovery"], "accountability"),
    **dict.fromkeys(["leadership", "influence", "leadership without authority"], "ownership"),
    **{name: name for name in SIGNALS},
}


def review(
    scored: pd.DataFrame, text: str = "story", *, framework: str = "netflix", limits: Limits | None = None
) -> Review:
    """The bank that ``score`` has been over, planned for the interview.

    Raises:
        InputError: it has not been scored, or has no such column.
        DataError: there is no such framework.
    """
    if missing := [name for name in HEARD if name not in scored.columns]:
        raise InputError(f"The bank has no column {missing[0]!r}; score it first.")
    columns, chosen = _columns.recognise(scored, text), frameworks.named(framework)
    rows = [{str(name): cell for name, cell in row.items()} for row in scored.astype(object).to_dict("records")]
    limits = limits or Limits()
    stories = [_story(number, row, columns, limits) for number, row in enumerate(rows, 1)]
    texts = {number: cell if isinstance(cell := row[columns.text], str) else "" for number, row in enumerate(rows, 1)}
    return Review(
        stories=tuple(stories),
        plan=plan(stories, texts, chosen),
        titles={signal: chosen.called(signal) for signal in SIGNALS},
        framework=chosen.about(),
        longest=limits.seconds,
        made_by=tuple(scored["heard_by"].dropna().unique()),
    )


def _story(number: int, row: dict[str, Any], columns: _columns.Columns, limits: Limits) -> Story:
    heard = {name.removeprefix("heard_"): None if _columns.is_missing(row[name]) else row[name] for name in HEARD}
    title = _title(number, row, columns)
    if heard["signal"] is None:
        return Story(row=number, title=title, error=heard["error"] or "It has not been heard.")
    return Story(
        row=number,
        title=title,
        signal=heard["signal"],
        probabilities={name: heard[f"p_{name}"] or 0.0 for name in SIGNALS},
        role_clear=heard["role_clear"],
        tradeoff=heard["tradeoff"],
        outcome=heard["outcome"],
        fault=heard["fault"],
        fault_because=heard["fault_because"],
        fault_patterns=_split(heard["fault_patterns"]),
        fault_missing=_split(heard["fault_missing"]),
        seconds=heard["seconds"] or 0.0,
        manner=tuple(_manner(heard, limits)),
        because=heard["because"],
        advice=heard["advice"],
        filed_under=_FILED.get(_columns.plain(row[columns.signal])) if columns.signal else None,
    )


def _split(cell: str | None) -> tuple[Any, ...]:
    """The names in a cell."""
    return tuple(filter(None, (cell or "").split("; ")))


def _manner(heard: dict[str, Any], limits: Limits) -> Iterator[str]:
    if (heard["seconds"] or 0) > limits.seconds:
        yield TOO_LONG
    if (heard["hedges_per_100"] or 0) > limits.hedges:
        yield HEDGED
    if (heard["fillers_per_100"] or 0) > limits.fillers:
        yield FILLED


def _title(number: int, row: dict[str, Any], columns: _columns.Columns) -> str:
    """The story's own title, or its first words."""
    for name, most in ((columns.title, 20), (columns.text, TITLE_WORDS)):
        words = row[name].split() if name and isinstance(row[name], str) else []
        if words:
            short = " ".join(words[:most]) + (" …" if len(words) > most else "")
            return short.encode("utf-8", "replace").decode("utf-8")  # half a character is none
    return f"Row {number}"
