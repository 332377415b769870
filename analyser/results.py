"""What the analyser answers: frozen models, and their JSON schema.

Offsets are character offsets into the answer exactly as it was given, end exclusive, so that
``quote.text == answer.text[quote.start:quote.end]`` always holds. A field that is ``None`` means
"cannot tell", never "no".
"""

import hashlib
from typing import Literal, get_args

from pydantic import Field, model_validator

from analyser.answer import Answer as Answer
from analyser.answer import Cue as Cue
from analyser.answer import Result as Result
from analyser.findings import ENOUGH as ENOUGH
from analyser.findings import Finding as Finding
from analyser.findings import Quantity as Quantity
from analyser.findings import QuantityKind as QuantityKind
from analyser.findings import Quote as Quote
from analyser.findings import Rule as Rule
from analyser.findings import paired as paired

SignalName = Literal["judgment", "candor", "commitment", "accountability", "ownership"]
SIGNALS: tuple[SignalName, ...] = get_args(SignalName)
SignalLabel = Literal[SignalName, "none"]
Outcome = Literal["measured", "concrete", "none"]
Verdict = Literal["admits", "partial", "deflects", "not_a_failure"]
FaultPart = Literal["mistake", "impact", "correction", "behaviour_change"]
PatternName = Literal["agentless", "blame", "hidden", "vague", "disguise", "denial", "apology", "unchanged"]
TimedBy = Literal["words", "time stamps"]
Why = Literal["empty", "too_short", "not_english", "noise", "no_story"]


class CannotTell(Result):
    """Why there is no verdict: a code for programs, a sentence for people, and what would help."""

    code: Why
    reason: str
    fix: str


class Signal(Result):
    """The culture signal that the answer best demonstrates.

    ``probabilities`` holds the five signals; what is missing to 1 is the probability of ``none``.
    ``confidence`` is the probability of ``label``. Both are ``None`` where the analyser cannot tell.
    ``because`` quotes the sentences that moved the decision most, ``features`` names the
    sentence labels that spoke most for it.
    """

    label: SignalLabel
    confidence: float | None
    probabilities: dict[str, float] | None
    runner_up: SignalLabel | None
    because: tuple[Quote, ...]
    features: tuple[str, ...] = ()


class Checks(Result):
    """The three filters that a story has to pass."""

    role_clear: bool | None
    tradeoff_obvious: bool | None
    outcome: Outcome | None


class FaultParts(Result):
    """The four parts of a good failure story, each there or not."""

    mistake: bool
    impact: bool
    correction: bool
    behaviour_change: bool


class Pattern(Result):
    """A way in which a failure is told without being owned; no ``quotes`` where it is what the answer leaves out."""

    name: PatternName
    title: str
    why: str
    quotes: tuple[Quote, ...]


class Fault(Result):
    """Whether a failure story admits fault; ``parts`` is ``None`` where no failure is told.

    ``decided_by`` is the sentence that decides, ``quotes`` the words by which each part is heard that is there.
    """

    verdict: Verdict | None
    parts: FaultParts | None
    decided_by: Quote | None = None
    quotes: dict[FaultPart, Quote] = Field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()

    @property
    def missing(self) -> tuple[FaultPart, ...]:
        """The parts that are not there; none where no failure is told."""
        return tuple(name for name in get_args(FaultPart) if self.parts and not getattr(self.parts, name))

    @property
    def every_quote(self) -> tuple[Quote, ...]:
        """All the words that are quoted."""
        decided = (self.decided_by,) if self.decided_by else ()
        return (*decided, *self.quotes.values(), *(said for pattern in self.patterns for said in pattern.quotes))


class Part(Result):
    """A part that a strong story for this signal has, where it stands, and how long it takes to say.

    ``heard`` is the clearest of its spans: the first that a word list agrees on.
    """

    name: str
    title: str
    present: bool
    spans: tuple[Quote, ...]
    seconds: float
    heard: Quote | None = None


class Section(Result):
    """A stretch of the answer (context, action, result, lesson) against the time it should take, in seconds.

    ``cut`` are sentences that it could do without where it takes too long, ``saves`` the seconds they take.
    """

    name: str
    seconds: float
    low: float
    high: float
    cut: tuple[Quote, ...] = ()
    saves: float = 0.0


class Advice(Result):
    """One thing to mend: what, why, the words it is about, and what an interviewer would ask next.

    ``quote`` is ``None`` where it is about something that was not said.
    """

    what: str
    why: str
    quote: Quote | None
    follow_up: str


class Praise(Result):
    """One thing to keep: what, why it counts, and the words."""

    what: str
    why: str
    quote: Quote


class Principle(Result):
    """What a framework calls a signal that has no model of its own, and what proves it."""

    title: str
    shows: str


class About(Result):
    """Whose questions and values the answer was heard by, and what that is not."""

    title: str
    version: str
    source: str
    disclaimer: str


class MadeBy(Result):
    """The versions and content hashes of all that made a feedback, so that two can be compared honestly."""

    analyser: str
    mode: Literal["full", "fast"]
    pipeline: str
    spacy: str
    framework: str
    lexicons: dict[str, str]
    models: dict[str, str]
    encoder: str | None
    settings: str | None = None  # of the user's own, where there are any

    @property
    def fingerprint(self) -> str:
        """Eight hex digits; two feedbacks that have the same were made by the same."""
        return hashlib.sha256(self.model_dump_json(exclude_none=True).encode()).hexdigest()[:8]


class Feedback(Result):
    """All that there is to say about one answer; a report needs nothing else.

    ``cannot_tell`` is set where there is no verdict; the findings are given all the same.
    ``words`` and ``seconds`` measure the answer's length; ``timed_by`` says whether seconds, here and in the parts and
    sections, are the transcript's own or counted at 150 words a minute. ``crosswalk`` holds what the
    framework calls the signal, where it has names of its own; the first is the one whose parts are asked for.
    """

    answer: Answer
    words: int
    seconds: float
    timed_by: TimedBy = "words"
    findings: tuple[Finding, ...]
    cannot_tell: CannotTell | None
    signal: Signal
    crosswalk: tuple[Principle, ...] = ()
    checks: Checks
    fault: Fault
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    praise: tuple[Praise, ...] = ()
    advice: tuple[Advice, ...]
    framework: About
    made_by: MadeBy

    @model_validator(mode="after")
    def _quotes_are_exact(self) -> "Feedback":
        found = [(f"finding {finding.rule}", finding) for finding in self.findings]
        sides = [(f"a side of {finding.rule}", side) for finding in self.findings for side in finding.sides]
        for name, said in (*found, *sides, *(("the fault", quote) for quote in self.fault.every_quote)):
            if self.answer.text[said.start : said.end] != said.text:
                raise ValueError(f"{name} does not quote the answer at {said.start}")
        return self
