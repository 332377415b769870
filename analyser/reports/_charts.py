"""Charts as SVG that stands in a page: its colours are the page's own, light or dark, and nothing is loaded."""

import io
import re
import warnings
from collections.abc import Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyser.reports._bank import SHORT, Line, points

# matplotlib wants colours; these stand for the page's, and are exchanged in the SVG.
_INK, _GREEN, _GREY, _RUST = "#010101", "#010102", "#010103", "#010104"
_COLORS = {_INK: "var(--ink)", _GREEN: "var(--green)", _GREY: "var(--grey)", _RUST: "var(--rust)"}
_STYLE: dict[Any, Any] = {  # matplotlib types the names of all its settings
    "svg.fonttype": "none",  # words stay words
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": _INK,
    "axes.labelcolor": _GREY,
    "axes.edgecolor": _GREY,
    "xtick.color": _GREY,
    "ytick.color": _INK,
    "text.parse_math": False,
}
_WIDTH = 4.8  # inches: as wide as a phone, so that nothing has to be pushed aside there; a page may enlarge it
_ROW = 0.26
_DEEPEST = 0.5  # of the colour, so that the figure on it can be read on light paper and on dark
_TITLE = 24  # characters
# What matplotlib writes and a page does not need: its head, addresses of standards, names that would stand twice.
_NEEDLESS = re.compile(
    r'^.*?(?=<svg)|<metadata>.*?</metadata>|\s*xmlns(:\w+)?="[^"]*"|\s(?:width|height)="[\d.]+pt"(?=[^>]*viewBox)'
    r'|<!--.*?-->|(?<=<g)\s+id="[^"]*"',
    re.DOTALL,
)


def heat(lines: Sequence[Line]) -> str:
    """Stories and signals: the surer a story is heard so, the deeper the colour; the figure stands in it."""
    figure, axes = _figure(len(lines) + 1)
    for y, line in enumerate(lines):
        for x, cell in enumerate(line.cells):
            axes.fill_between([x - 0.48, x + 0.48], y - 0.45, y + 0.45, color=_GREEN, alpha=_DEEPEST * cell.share, lw=0)
            axes.text(x, y, "–" if line.error else cell.text, ha="center", va="center", color=_INK)
    axes.set(xlim=(-0.5, len(SHORT) - 0.5), xticks=range(len(SHORT)), xticklabels=SHORT.values())
    axes.xaxis.tick_top()
    _rows(axes, lines)
    return _svg(figure, "Heat map: how surely each story is heard as each of the five signals, in percent")


def lengths(lines: Sequence[Line], longest: float) -> str:
    """How long each story takes to say, against the longest that it should."""
    told = [line for line in lines if not line.error]
    figure, axes = _figure(len(told) + 1)
    for y, line in enumerate(told):
        axes.barh(y, line.seconds, height=0.5, color=_RUST if line.seconds > longest else _GREEN, alpha=0.8)
        _beside(axes, line.seconds, y, f"{line.seconds:.0f} s", _INK)
    axes.axvline(longest, color=_GREY, lw=1, ls=":")
    axes.set(xlim=(0, 1.15 * max([longest, *(line.seconds for line in told)])), xlabel="seconds; the limit dotted")
    _rows(axes, told)
    return _svg(figure, "Bars: how many seconds each story takes to say")


def cover(strengths: dict[str, tuple[float, float]]) -> str:
    """How strong the core story and the backup of each signal are: probability times quality."""
    figure, axes = _figure(len(strengths) + 1, row=0.42)
    for y, (core, backup) in enumerate(strengths.values()):
        for offset, name, strength, alpha in ((-0.19, "core", core, 0.85), (0.19, "backup", backup, 0.4)):
            axes.barh(y + offset, strength, height=0.32, color=_GREEN, alpha=alpha)
            said = f"{name} {points(strength)}" if strength else f"no {name}"
            _beside(axes, strength, y + offset, said, _INK if strength else _RUST)
    axes.set(xlim=(0, 1.2), ylim=(len(strengths) - 0.5, -0.5), xticks=[0, 0.5, 1], xticklabels=["0", "50", "100"])
    axes.set_yticks(range(len(strengths)), list(strengths))
    return _svg(figure, "Bars: how strong the core story and the backup for each signal are, out of 100")


def _beside(axes: Axes, end: float, y: float, said: str, color: str) -> None:
    """Words a little behind the end of a bar."""
    axes.annotate(said, (end, y), xytext=(5, 0), textcoords="offset points", va="center", color=color)


def _figure(rows: int, row: float = _ROW) -> tuple[Figure, Axes]:
    with rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, 0.5 + row * rows), layout="constrained")
        axes = figure.subplots()
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return figure, axes


def _rows(axes: Axes, lines: Sequence[Line]) -> None:
    axes.set_yticks(range(len(lines)), [f"{line.row}  {_short(line.title)}" for line in lines])
    axes.set_ylim(max(1, len(lines)) - 0.5, -0.5)


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"


def _svg(figure: Figure, told: str) -> str:
    """The chart as an element of a page; ``told`` is what a reader hears who does not see it."""
    written = io.StringIO()
    with rc_context({**_STYLE, "svg.hashsalt": told}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a glyph that its font lacks: the page's fonts have it, or the reader's
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    svg = _NEEDLESS.sub("", written.getvalue())
    for color, name in _COLORS.items():
        svg = svg.replace(color, name)
    return svg.replace("<svg", f'<svg role="img" aria-label="{told}"', 1).strip()
