"""A feedback as one HTML page: no outside asset, no script, light and dark, made to be printed too."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analyser.reports._labels import INKS, TONES, label
from analyser.reports._text import clock, one_line, shown
from analyser.reports._time import GATHERED, TIME
from analyser.reports._view import PRIVATE, view
from analyser.results import Feedback, Finding


def render(feedback: Feedback) -> str:
    """The report as a page; see ``analyser.reports.render``."""
    return fill("report.html.j2", feedback=feedback, page=view(feedback), tones=TONES, time=TIME, gathered=GATHERED)


def fill(template: str, **values: object) -> str:
    """The page that a template makes of the values; colours and the promise of privacy are there for all."""
    return _environment().get_template(template).render(inks=INKS, private=PRIVATE, **values) + "\n"


@cache
def _environment() -> Environment:
    """What templates are read and filled with."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"clock": clock, "label": label, "one_line": one_line, "shown": shown, "told": told}
    return made


def told(findings: tuple[Finding, ...]) -> str:
    """What to say of the findings where the pointer rests: each label, why it is marked, what to do."""
    return "\n\n".join(f"{label(finding.label).name}. {finding.why} {finding.fix}" for finding in findings)
