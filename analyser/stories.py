"""What the analyser says of a whole story bank: frozen models, as ``results`` has them for one answer."""

from typing import Literal

from pydantic import Field

from analyser.results import About, FaultPart, Outcome, Result, SignalLabel, SignalName, Verdict

Place = Literal["core", "backup"]


class Story(Result):
    """A row of the bank as heard; ``row`` counts from 1. Where ``error`` is set, nothing else is known.

    ``fault_because`` is the sentence that decides ``fault``; ``fault_patterns`` name how it is not owned,
    ``fault_missing`` the parts of an admission that are not there. ``advice`` is the first thing to mend.
    ``manner`` is what is over the limits that were set: length, hedges, fillers.
    """

    row: int
    title: str
    signal: SignalLabel | None = None
    probabilities: dict[SignalName, float] = Field(default_factory=dict)
    role_clear: bool | None = None
    tradeoff: bool | None = None
    outcome: Outcome | None = None
    fault: Verdict | None = None
    fault_because: str | None = None
    fault_patterns: tuple[str, ...] = ()
    fault_missing: tuple[FaultPart, ...] = ()
    seconds: float = 0.0
    manner: tuple[str, ...] = ()
    because: str | None = None
    advice: str | None = None
    filed_under: SignalName | None = None
    error: str | None = None


class Choice(Result):
    """The story for one place in the plan, and why; ``row`` is ``None`` where no story fits."""

    signal: SignalName
    place: Place
    row: int | None
    probability: float
    quality: float
    why: str


class Twins(Result):
    """Two rows that tell the same story; ``likeness`` is 1 where they do so in the same words."""

    first: int
    second: int
    likeness: float


class Mend(Result):
    """A story that fails some of the three filters, and what to add for each."""

    row: int
    fails: tuple[str, ...]
    add: tuple[str, ...]


class Writing(Result):
    """A story to write next: why, the question it should answer, and what it has to show."""

    signal: SignalName
    reason: str
    question: str
    shows: str


class Plan(Result):
    """Five core stories and a backup for each, and what stands in the way.

    ``twice`` are rows that are core for two signals because nothing else fits; ``gaps`` are sentences.
    """

    choices: tuple[Choice, ...]
    gaps: tuple[str, ...]
    twice: tuple[int, ...]
    twins: tuple[Twins, ...]
    mend: tuple[Mend, ...]
    misfiled: tuple[int, ...]
    write_next: tuple[Writing, ...]


class Review(Result):
    """A bank, heard and planned; a report needs nothing else. ``longest`` is the limit, in seconds."""

    stories: tuple[Story, ...]
    plan: Plan
    titles: dict[SignalName, str]
    framework: About
    longest: float
    made_by: tuple[str, ...]
