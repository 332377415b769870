"""A history as one HTML page with charts as SVG; no outside asset, no script."""

from dataclasses import dataclass

from analyser.reports._text import clock, one_line
from analyser.reports._trends import Story, Trend
from analyser.reports.drafts import NOTHING, failing, marked, signal, when
from analyser.reports.html import fill

WIDTH, HEIGHT, SIDE, TOP = 600, 120, 34, 22  # the drawing, and the room around the line


@dataclass(frozen=True, slots=True)
class Point:
    """A draft in a chart: where it stands, its number, its value in words."""

    x: float
    y: float
    number: int
    shown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A line from draft to draft, above a base line at nothing."""

    title: str
    what: str
    points: tuple[Point, ...]
    width: int = WIDTH
    height: int = HEIGHT + 24
    base: int = HEIGHT

    @property
    def line(self) -> str:
        """The points as SVG wants them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)

    @property
    def label(self) -> str:
        """What a reader who does not see it should hear."""
        return f"{self.title}, {self.what}: " + ", ".join(point.shown for point in self.points)


def render(stories: tuple[Story, ...]) -> str:
    """The page."""
    told = [(story, [chart(trend) for trend in story.trends if len(trend.values) > 1]) for story in stories]
    functions = {one.__name__: one for one in (signal, marked, failing, when, clock)}
    return fill("history.html.j2", stories=told, nothing=one_line(NOTHING), **functions)


def chart(trend: Trend) -> Chart:
    """A trend as a chart."""
    top, step = max(trend.values) or 1, (WIDTH - 2 * SIDE) / max(1, len(trend.values) - 1)
    points = (
        Point(SIDE + step * i, HEIGHT - (HEIGHT - TOP) * value / top, i + 1, trend.shown[i])
        for i, value in enumerate(trend.values)
    )
    return Chart(trend.name, trend.what, tuple(points))
