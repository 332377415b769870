"""A story bank as one HTML page: charts inside it, no outside asset, no script, light and dark, to print and take."""

from markupsafe import Markup

from analyser.reports import _charts
from analyser.reports._bank import LEGEND, Line, view
from analyser.reports.html import fill
from analyser.results import SIGNALS
from analyser.stories import Review

MOST_LINES = 40  # in a chart; those that the plan takes come first


def render(review: Review) -> str:
    """The report as a page."""
    page = view(review)
    lines = _shown(page.lines)
    charts = {
        "cover": _charts.cover(_strengths(review)),
        "heat": _charts.heat(lines),
        "lengths": _charts.lengths(lines, review.longest),
    }
    return fill(
        "bank.html.j2",
        page=page,
        review=review,
        charts={name: Markup(svg) for name, svg in charts.items()},  # matplotlib escapes what it writes
        hidden=len(page.lines) - len(lines),
        legend=LEGEND,
    )


def _shown(lines: tuple[Line, ...]) -> list[Line]:
    """The rows that a chart has room for, in the order of the bank."""
    needed = sorted(lines, key=lambda line: not any(cell.place for cell in line.cells))
    return sorted(needed[:MOST_LINES], key=lambda line: line.row)


def _strengths(review: Review) -> dict[str, tuple[float, float]]:
    strength = {(choice.signal, choice.place): choice.probability * choice.quality for choice in review.plan.choices}
    names = {signal: review.titles[signal].partition(" (")[0] for signal in SIGNALS}  # no crosswalk in a chart
    return {names[signal]: (strength[signal, "core"], strength[signal, "backup"]) for signal in SIGNALS}
