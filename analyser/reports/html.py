"""A feedback as one HTML page: no outside asset, no script, light and dark, made to be printed too."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analyser.reports._labels import INKS, TONES, label
from analyser.reports._text import clock, one_line, shown
from analyser.reports._view import PRIVATE, view
from analyser.results import Feedback, Finding


def render(feedback: Feedback) -> str:
    """The report as a page; see ``analyser.reports.render``."""
    template = environment().get_template("report.html.j2")
    return template.render(feedback=feedback, page=view(feedback), inks=INKS, tones=TONES, private=PRIVATE) + "\n"


@cache
def environment() -> Environment:
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
