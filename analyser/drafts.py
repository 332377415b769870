"""What is kept of a feedback to compare it with another, and what a comparison tells: frozen models.

A draft has a form of its own, smaller than a feedback and slower to change, so that what was saved a year
ago can still be read.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from analyser import marks
from analyser.results import Checks, Feedback, Finding, Quote, Result, SignalLabel, TimedBy, Verdict

TO_MEND = frozenset(
    {
        "belief",
        "possibility",
        "softener",
        "vague",
        "performative",
        "team_only",
        "shared_fault",
        "deflection",
        "filler",
    }
)
STRENGTHS = frozenset({"bounded", "metric", "tradeoff", "own_fault"})

Kind = Literal["words", "filter", "fault", "part"]
Key = tuple[Kind, str]


class Issue(Result):
    """One thing to mend, or one strength: words with a label, a filter, the fault verdict, or a part by its title."""

    kind: Kind
    name: str
    quote: Quote | None = None
    rule: str | None = None
    title: str | None = None

    @property
    def key(self) -> Key:
        """What it is, whatever is said of it."""
        return self.kind, "" if self.kind == "fault" else self.name


class Draft(Result):
    """A feedback in short.

    ``settled`` is what was asked of the story and is there; what nobody asked is in neither. ``ignored`` are the ids
    of rules that the text's own marks silence.
    """

    text: str
    question: str | None
    words: int
    seconds: float
    timed_by: TimedBy = "words"
    told: bool
    signal: SignalLabel
    crosswalk: tuple[str, ...] = ()
    confidence: float | None
    checks: Checks
    verdict: Verdict | None
    open: tuple[Issue, ...]
    settled: tuple[Issue, ...]
    strengths: tuple[Issue, ...]
    ignored: tuple[str, ...]
    analyser: str
    mode: Literal["full", "fast"]
    fingerprint: str

    @classmethod
    def of(cls, feedback: Feedback) -> "Draft":
        """What is kept of a feedback."""
        asked = list(_asked(feedback))
        marked = [_marked(finding) for finding in feedback.findings if finding.label in TO_MEND]
        return cls(
            text=feedback.answer.text,
            question=feedback.answer.question,
            words=feedback.words,
            seconds=feedback.seconds,
            timed_by=feedback.timed_by,
            told=feedback.cannot_tell is None,
            signal=feedback.signal.label,
            crosswalk=tuple(principle.title for principle in feedback.crosswalk),
            confidence=feedback.signal.confidence,
            checks=feedback.checks,
            verdict=feedback.fault.verdict,
            open=(*marked, *(issue for issue, there in asked if not there)),
            settled=tuple(issue for issue, there in asked if there),
            strengths=tuple(_marked(finding) for finding in feedback.findings if finding.label in STRENGTHS),
            ignored=tuple(sorted(marks.ignored(feedback.answer.text))),
            analyser=feedback.made_by.analyser,
            mode=feedback.made_by.mode,
            fingerprint=feedback.made_by.fingerprint,
        )

    @property
    def marked(self) -> tuple[Issue, ...]:
        """The words that are marked to mend."""
        return tuple(issue for issue in self.open if issue.kind == "words")

    @property
    def density(self) -> float:
        """How often words are marked to mend, in 100."""
        return round(100 * len(self.marked) / max(1, self.words), 1)


def _marked(finding: Finding) -> Issue:
    quote = Quote(start=finding.start, end=finding.end, text=finding.text)
    return Issue(kind="words", name=finding.label, quote=quote, rule=finding.rule)


def _asked(feedback: Feedback) -> Iterator[tuple[Issue, bool]]:
    """What was asked of the story, and whether it is there; what the analyser cannot tell was not asked."""
    checks, verdict = feedback.checks, feedback.fault.verdict
    outcome = None if checks.outcome is None else checks.outcome != "none"
    for name, passed in (("role", checks.role_clear), ("tradeoff", checks.tradeoff_obvious), ("outcome", outcome)):
        if passed is not None:
            yield Issue(kind="filter", name=name), passed
    if verdict in {"admits", "partial", "deflects"}:
        yield Issue(kind="fault", name=verdict), verdict == "admits"
    for part in feedback.parts:
        yield Issue(kind="part", name=part.name, title=part.title), part.present


class Saved(Result):
    """A draft in the history: of which story, its number there, and when it was saved."""

    name: str
    number: int
    saved: datetime
    draft: Draft


class Comparison(Result):
    """From one draft to the next: what was mended, what is new, what is still open.

    ``mended`` and ``lost`` quote the old draft, the others the new one. ``alike`` says whether both were
    read by the same analyser; where they were not, some of the difference may be the analyser's. ``related`` says
    whether the texts have enough in common to be drafts of one story; where they are two stories, nothing was mended
    from one to the other: ``mended`` is what only the first has to mend.
    """

    old: Draft
    new: Draft
    mended: tuple[Issue, ...]
    added: tuple[Issue, ...]
    still_open: tuple[Issue, ...]
    gained: tuple[Issue, ...]
    lost: tuple[Issue, ...]
    words: int
    seconds: float
    alike: bool
    related: bool = True
