"""The tables of a framework's file: signals, story parts, time bands, filters, tips, praise. Read by ``framework``."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from analyser import strict
from analyser.results import SignalName

SectionId = Literal["context", "action", "result", "lesson"]
FilterId = Literal["role", "tradeoff", "outcome"]
AdviceId = Literal[
    "hedging", "fillers", "team_only", "deflection", "shared_fault", "performative", "too_long", "too_long_context",
    "too_long_section", "too_short", "headings", "denial", "occasion", "moment",
]  # fmt: skip
PraiseId = Literal["own_fault", "decision", "said_or_heard", "change", "tradeoff", "bounded", "metric"]


def _at_most(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text.split()) > limit:
            raise ValueError(f"has more than {limit} words")
        return text

    return AfterValidator(check)


def _question(text: str) -> str:
    if not text.endswith("?"):
        raise ValueError("is a question, so it ends with a question mark")
    return text


Text = Annotated[str, Field(min_length=1)]
What = Annotated[Text, _at_most(12)]
Why = Annotated[Text, _at_most(30)]
Question = Annotated[str, AfterValidator(_question)]


class Tip(strict.Strict):
    """One thing to mend: what to do, why it matters, what an interviewer would ask next."""

    what: What
    why: Why
    follow_up: Question


class Praise(strict.Strict):
    """One thing to keep: what was done well, and why it counts."""

    what: What
    why: Why


class Filter(Tip):
    """One of the three questions that every story is put to; the tip is for a story that fails it."""

    question: Question


class Signal(strict.Strict):
    """A trait that an interviewer listens for, the parts that prove it, and a tip for each that is missing.

    ``maps_to`` names the models' signal that stands for it, where it is none of theirs.
    """

    title: Text
    maps_to: SignalName | None = None
    question: Question
    shows: Text
    questions: tuple[Text, ...] = Field(min_length=1)
    parts: tuple[str, ...] = Field(min_length=1)
    missing: dict[str, Tip]


class Part(strict.Strict):
    """A part of a story, and the section whose time it takes."""

    title: Text
    meaning: Text
    section: SectionId


class Section(strict.Strict):
    """A stretch of the answer and the seconds that it should last."""

    title: Text
    low: float = Field(ge=0)
    high: float
