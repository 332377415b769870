"""How long the sections of an answer take, against the time that they should."""

from dataclasses import dataclass
from typing import Literal

from analyser.reports._text import clock
from analyser.results import Section

TIME = "Time by section"
GATHERED = "Each section takes in several parts, and what lies between; the part of its name is one of them."


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section against its time: the length said, the time it should take, how it fits, and its bar in percent."""

    name: str
    said: str
    band: str
    fit: Literal["missing", "short", "fits", "long"]
    low: float
    high: float
    length: float


def stretches(sections: tuple[Section, ...]) -> tuple[Stretch, ...]:
    """Each section, drawn to the scale of the longest."""
    whole = max((max(section.seconds, section.high) for section in sections), default=0) or 1
    return tuple(_section(section, 100 / whole) for section in sections)


def _section(section: Section, scale: float) -> Stretch:
    said, low, high = section.seconds, section.low, section.high
    return Stretch(
        name=section.name.capitalize(),
        said=clock(said),
        band=f"{low:.0f}–{high:.0f} s",
        fit="missing" if said <= 0 else "short" if said < low else "long" if said > high else "fits",
        low=low * scale,
        high=high * scale,
        length=said * scale,
    )
