"""What to mend first: a few things, in the order in which an interviewer would miss them for this signal.

What is told comes first, the three gravest lacks at most; then how it is told, two things at most. Beside each
stand the words that it is about; where it is about something that was not said, there is nothing to quote.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analyser import occasions, quoting
from analyser.framework import Framework
from analyser.framework_tables import Tip
from analyser.reading import Reading
from analyser.results import Advice, Checks, Fault, Part, Quote, Section, SignalLabel
from analyser.rules import BY_MEANING
from analyser.settings import Limits
from analyser.verdicts import HEDGES, Findings, asks_about_failure, labelled, quote

MOST_CONTENT, MOST_MANNER = 3, 2
LONG_SETUP = 1.5  # times the most that the context should take
UNSURE = 0.4  # confidence below which a signal is a guess: its missing parts may belong to another story
SURELY_TOLD = 0.6  # confidence from which on a signal is a story's, though no deed in it is heard
FEW_EVENTS = 2  # the speaker's and the team's own; with fewer, nothing is told that happened
# What a single occasion is told by; context, options and lessons are told of anything.
TOLD = frozenset(
    "decision action result said_or_heard evidence support influence own_fault shared_fault team_only".split()
)
# The parts without which the signal is not there at all.
HEART = {
    "judgment": {"decision", "constraint"},
    "candor": {"said_or_heard", "change"},
    "commitment": {"evidence", "support"},
    "accountability": {"mistake", "change"},
    "ownership": {"influence", "action"},
}
# What makes a moment of any signal: a choice, a hard word, a point that is argued, a mistake.
MOMENTS = ("decision", "said_or_heard", "evidence", "own_fault")
# For each signal, what an interviewer would miss first: filters, missing parts, faults that are not owned.
ORDER: dict[SignalLabel, tuple[str, ...]] = {
    "judgment": ("decision", "tradeoff", "role", "constraint", "outcome", "result", "options", "lesson", "context"),
    "candor": ("said_or_heard", "change", "role", "action", "context", "outcome"),
    "commitment": ("evidence", "support", "role", "decision", "tradeoff", "context", "outcome"),
    "accountability": ("deflection", "mistake", "shared_fault", "change", "action", "result", "role", "outcome"),
    "ownership": ("role", "influence", "action", "result", "outcome", "context", "tradeoff"),
    "none": ("deflection", "mistake", "moment", "role", "outcome"),
}
# How a missing part was nearly told: the advice is about these words.
NEARLY = {"mistake": "shared_fault", "change": "lesson", "decision": "options", "action": "team_only"}
# Parts that are an ending of their own: without one of them there is no use in asking for a figure besides.
ENDINGS = ("result", "change", "support")


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of an answer when advice is given; ``deaf`` is whether rules for what is told are off."""

    reading: Reading
    findings: Findings
    words: int
    seconds: float
    signal: SignalLabel
    checks: Checks
    fault: Fault
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    limits: Limits = field(default_factory=Limits)
    question: str | None = None
    deaf: bool = False
    confidence: float | None = None

    def first(self, *labels: str) -> Quote | None:
        """The first finding with one of the labels that can be quoted."""
        return quoting.first(labelled(self.findings, *labels), self.findings)

    def rate(self, *labels: str) -> float:
        """Findings with the labels in 100 words."""
        return 100 * len(labelled(self.findings, *labels)) / max(1, self.words)

    @property
    def asked_of(self) -> SignalLabel:
        """The signal that advice is given for: none where it is a guess, or a failure that is heard as none."""
        guessed = self.confidence is not None and self.confidence < UNSURE
        no_failure = self.signal == "accountability" and self.fault.verdict == "not_a_failure"
        return "none" if guessed or no_failure else self.signal

    @property
    def is_untold(self) -> bool:
        """Whether it speaks in general: nothing that was done or said once is heard, nor where it would have been.

        Where no signal is heard, a sentence that only the models take for a deed is none.
        """
        if self.deaf:
            return False
        if self.asked_of == "none" and len(occasions.told_once(self.reading)) < FEW_EVENTS:
            return self.is_of_self or all(one.rule.endswith(f"/{BY_MEANING}") for one in self._deeds)
        if self.signal != "none" and (self.confidence or 0) >= SURELY_TOLD:
            return False
        events = sum(deed.event and deed.agent in {"I", "we"} for deed in self.reading.deeds)
        return not self._deeds and (events < FEW_EVENTS or not labelled(self.findings, "context"))

    @property
    def is_of_self(self) -> bool:
        """Whether it says what the speaker is like, as it was asked to: no story, so that none is to be mended."""
        return self.asked_of == "none" and occasions.asks_about_self(self.question)

    @property
    def _deeds(self) -> Findings:
        return labelled(self.findings, *TOLD)


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    tip: Tip
    quote: Quote | None


def advise(story: Story, framework: Framework) -> tuple[Advice, ...]:
    """The best advice for the story, most useful first."""
    chosen = _chosen(story, framework)[: story.limits.advice]
    reasons = framework.why(story.asked_of)
    return tuple(
        Advice(what=c.tip.what, why=reasons.get(c.name, c.tip.why), quote=c.quote, follow_up=c.tip.follow_up)
        for c in chosen
    )


def _chosen(story: Story, framework: Framework) -> list[_Candidate]:
    if story.is_untold:
        return [_Candidate("occasion", framework.advice["occasion"], None)]
    order = ORDER[story.asked_of]
    content = sorted(_content(story, framework), key=lambda c: order.index(c.name) if c.name in order else len(order))
    chosen = [*content[:MOST_CONTENT], *[*_timing(story, framework), *_wording(story, framework)][:MOST_MANNER]]
    return chosen or list(_afterthought(story, framework))


def _content(story: Story, framework: Framework) -> Iterator[_Candidate]:
    yield from _faults(story, framework)
    if story.is_of_self:
        return
    if story.asked_of == "none":
        yield from _moment(story, framework)
    yield from _filters(story, framework)
    yield from _missing(story, framework)


def _moment(story: Story, framework: Framework) -> Iterator[_Candidate]:
    """What an event lacks to be a story for any signal: a moment of choice, or the price of the choice that is told."""
    choice = quoting.own(story.reading, labelled(story.findings, "decision"))
    if choice and story.checks.tradeoff_obvious is False:
        yield _Candidate("moment", framework.filters["tradeoff"], choice)
    elif not (story.deaf or labelled(story.findings, *MOMENTS)):
        yield _Candidate("moment", framework.advice["moment"], None)


def _faults(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.fault.verdict == "deflects":
        passed_on = story.fault.decided_by if labelled(story.findings, "deflection") else None
        unnamed = framework.serving("accountability", story.question)[0].missing.get("mistake")
        if passed_on or not unnamed:
            yield _Candidate("deflection", framework.advice["deflection"], passed_on)
        else:
            yield _Candidate("mistake", unnamed, story.fault.decided_by)
    if story.fault.verdict == "partial" and (story.asked_of == "accountability" or asks_about_failure(story.question)):
        yield _Candidate("shared_fault", framework.advice["shared_fault"], story.first("shared_fault"))


def _filters(story: Story, framework: Framework) -> Iterator[_Candidate]:
    is_named = story.fault.verdict not in {"partial", "deflects"}  # else the mistake is asked for in the same words
    hidden = quoting.hidden(story.reading, story.findings)
    if story.checks.role_clear is False and is_named and (hidden or story.asked_of != "none"):
        if not occasions.own_deeds(story.reading):
            yield _Candidate("role", framework.filters["role"], hidden)
        elif hidden:  # one deed stands there with its "I": asking for it would be deaf
            yield _Candidate("role", framework.advice["team_only"], hidden)
    if story.checks.tradeoff_obvious is False and story.asked_of in {"judgment", "commitment"}:
        yield _Candidate("tradeoff", framework.filters["tradeoff"], story.first("decision"))
    figures = labelled(story.findings, "metric")
    if story.checks.outcome == "none" and not figures and _wants_ending(story):
        yield _Candidate("outcome", framework.filters["outcome"], quoting.ending(story.reading, story.findings))


def _wants_ending(story: Story) -> bool:
    """Whether there is anything to end, and no ending of the signal's own is asked for."""
    if story.asked_of == "none":
        return bool(labelled(story.findings, "decision", "action"))
    return all(part.present for part in story.parts if part.name in ENDINGS)


def _missing(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.asked_of == "none":
        return
    missing = framework.serving(story.asked_of, story.question)[0].missing
    for part in story.parts:
        if not part.present and part.name not in _settled(story):
            yield _Candidate(part.name, missing[part.name], story.first(NEARLY.get(part.name, "")))


def _settled(story: Story) -> Iterator[str]:
    """The parts that other advice asks for, or that a filter has found."""
    yield "mistake"
    if (story.signal == "ownership" and story.checks.role_clear is False) or _acts_on_it(story):
        yield "action"
    if story.signal != "accountability" and story.checks.outcome in {"measured", "concrete"}:
        yield "result"


def _acts_on_it(story: Story) -> bool:
    """Whether the speaker says of two things with an "I" that they did them after the fault, or the hard word."""
    turns = [one.start for one in labelled(story.findings, "own_fault", "shared_fault", "said_or_heard")]
    return sum(deed.start > min(turns, default=0) for deed in occasions.own_deeds(story.reading)) >= FEW_EVENTS


def _timing(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.seconds > story.limits.seconds:
        yield _Candidate("too_long", framework.advice["too_long"], quoting.cut(story.sections))
        return
    if story.is_of_self:
        return
    context = next((section for section in story.sections if section.name == "context"), None)
    if context and context.cut and context.seconds > LONG_SETUP * context.high:
        yield _Candidate("too_long_context", framework.advice["too_long_context"], quoting.cut([context]))


def _wording(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.checks.role_clear is not False and len(labelled(story.findings, "team_only")) > 1:
        yield _Candidate("team_only", framework.advice["team_only"], story.first("team_only"))
    asked = (story.question or "").casefold()
    slogans = [slogan for slogan in labelled(story.findings, "performative") if slogan.text.casefold() not in asked]
    if slogans:
        yield _Candidate("performative", framework.advice["performative"], quote(slogans[0]))
    if story.rate(*HEDGES) > story.limits.hedges:
        yield _Candidate("hedging", framework.advice["hedging"], quoting.hedged(story.reading, story.findings))
    if story.rate("filler") > story.limits.fillers:
        yield _Candidate("fillers", framework.advice["fillers"], quoting.fullest(story.reading, story.findings))


def _afterthought(story: Story, framework: Framework) -> Iterator[_Candidate]:
    """What is worth a word where there is nothing else to mend: a claim that is made smaller."""
    if said := quoting.hedged_claim(story.reading, story.findings):
        yield _Candidate("hedging", framework.advice["hedging"], said)
