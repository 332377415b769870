"""A framework: what one company listens for, as data. Signals, story parts, time bands, advice and follow-ups.

::

    title = "…"             # with version, source and disclaimer, all shown to the user

    [signals.candor]        # each of the five
    title = "Candor"
    question = "…"          # what an interviewer wants to know
    shows = "…"             # what proves it
    questions = ["…"]       # wordings of the question, each once in the whole file
    parts = ["context"]     # what a strong story has, in order
    missing.context = { what = "…", why = "…", follow_up = "…" }   # one for each part

    [parts.context]         # title, meaning, and the section whose time it takes
    [sections.context]      # title, and the seconds it should last: low, high
    [filters.role]          # the three filters: question, what, why, follow_up
    [advice.hedging]        # what to mend apart from missing parts: what, why, follow_up
                            # ("{limit}" stands for how long an answer may take)
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from analyser import resources, strict
from analyser.errors import DataError

SignalId = Literal["judgment", "candor", "commitment", "accountability", "ownership"]
SectionId = Literal["context", "action", "result", "lesson"]
FilterId = Literal["role", "tradeoff", "outcome"]
AdviceId = Literal[
    "hedging",
    "fillers",
    "team_only",
    "deflection",
    "shared_fault",
    "performative",
    "too_long",
    "too_long_context",
]
_TABLES = {"signals": SignalId, "sections": SectionId, "filters": FilterId, "advice": AdviceId}


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
Question = Annotated[str, AfterValidator(_question)]


class Tip(strict.Strict):
    """One thing to mend: what to do, why it matters, what an interviewer would ask next."""

    what: Annotated[Text, _at_most(12)]
    why: Annotated[Text, _at_most(30)]
    follow_up: Question


class Filter(Tip):
    """One of the three questions that every story is put to; the tip is for a story that fails it."""

    question: Question


class Signal(strict.Strict):
    """A trait that an interviewer listens for, the parts that prove it, and a tip for each that is missing."""

    title: Text
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


class Framework(strict.Strict):
    """What one company listens for."""

    title: Text
    version: Text
    source: Text
    disclaimer: Text
    signals: dict[SignalId, Signal]
    parts: dict[str, Part]
    sections: dict[SectionId, Section]
    filters: dict[FilterId, Filter]
    advice: dict[AdviceId, Tip]


def read(file: Path) -> Framework:
    """Read a framework.

    Raises:
        DataError: an unknown key, a missing or empty one, an id that leads nowhere, or something that stands twice.
    """
    framework = strict.read(file, Framework)
    for fault in _faults(framework):
        raise DataError(f"{file}: {fault}.")
    return framework


def path(name: str) -> Path:
    """The file of a built-in framework.

    Raises:
        DataError: there is none of this name; the message lists those there are.
    """
    files = {file.stem: file for file in sorted(resources.path("data", "frameworks").glob("*.toml"))}
    if name not in files:
        raise DataError(f"There is no framework {name!r}; choose one of: {', '.join(files)}.")
    return files[name]


def named(name: str) -> Framework:
    """A built-in framework.

    Raises:
        DataError: there is none of this name, or its file breaks the format.
    """
    return read(path(name))


def _faults(framework: Framework) -> Iterator[str]:
    """What is wrong across tables, each as ``key: reason``."""
    for table, ids in _TABLES.items():
        for key in get_args(ids):
            if key not in getattr(framework, table):
                yield f"{table}.{key}: field required"
    for key, signal in framework.signals.items():
        yield from _signal_faults(f"signals.{key}", signal, framework)
    for name, section in framework.sections.items():
        if section.low >= section.high:
            yield f"sections.{name}: low is not below high"
    asked = Counter(q.casefold() for signal in framework.signals.values() for q in signal.questions)
    yield from (f"signals: the question {question!r} stands twice" for question in _repeated(asked))


def _signal_faults(key: str, signal: Signal, framework: Framework) -> Iterator[str]:
    for part in signal.parts:
        if part not in framework.parts:
            yield f"{key}.parts: there is no [parts.{part}]"
        if part not in signal.missing:
            yield f"{key}.missing.{part}: field required"
    yield from (f"{key}.parts: {part!r} stands twice" for part in _repeated(Counter(signal.parts)))
    for part in signal.missing.keys() - set(signal.parts):
        yield f"{key}.missing.{part}: {part!r} is not among the signal's parts"


def _repeated(counts: Counter[str]) -> list[str]:
    return [item for item, count in counts.items() if count > 1]
