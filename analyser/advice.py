"""What to mend first: at most a handful of things, most useful first, each with the speaker's own words.

Every candidate has a weight; the weights are an experienced interviewer's order of what loses an offer:
a dodged fault, a role that cannot be seen, a decision without its price, an ending without a result, a
missing part; then length; then wording.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analyser.framework import Framework, Tip
from analyser.reading import Reading
from analyser.results import Advice, Checks, Fault, Finding, Part, Quote, Section, SignalLabel
from analyser.settings import Limits
from analyser.verdicts import Findings, labelled, quote

HEDGES = ("belief", "possibility", "softener", "vague")
A_FEW = 10  # the weight of what is worth a word where there is nothing else to mend
# The parts without which the signal is not there at all.
HEART = {
    "judgment": {"decision", "constraint"},
    "candor": {"said_or_heard", "change"},
    "commitment": {"evidence", "support"},
    "accountability": {"mistake", "change"},
    "ownership": {"influence", "action"},
}


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of an answer when advice is given."""

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

    def first(self, *labels: str) -> Quote | None:
        """The first finding with one of the labels."""
        return next((quote(finding) for finding in labelled(self.findings, *labels)), None)

    def rate(self, *labels: str) -> float:
        """Findings with the labels in 100 words."""
        return 100 * len(labelled(self.findings, *labels)) / max(1, self.words)


@dataclass(frozen=True, slots=True)
class _Candidate:
    weight: float
    tip: Tip
    quote: Quote | None


def advise(story: Story, framework: Framework) -> tuple[Advice, ...]:
    """The best advice for the story, most useful first."""
    candidates = sorted(_candidates(story, framework), key=lambda candidate: -candidate.weight)
    best = candidates[: story.limits.advice]
    return tuple(Advice(what=c.tip.what, why=c.tip.why, quote=c.quote, follow_up=c.tip.follow_up) for c in best)


def _candidates(story: Story, framework: Framework) -> Iterator[_Candidate]:
    yield from _faults(story, framework)
    yield from _filters(story, framework)
    yield from _missing(story, framework)
    yield from _timing(story, framework)
    yield from _wording(story, framework)


def _faults(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.fault.verdict == "deflects":
        passed_on = story.first("deflection")
        unnamed = framework.serving("accountability", story.question)[0].missing.get("mistake")
        tip = unnamed if unnamed and not passed_on else framework.advice["deflection"]
        yield _Candidate(100, tip, passed_on or _last_result(story))
    if story.fault.verdict == "partial":
        yield _Candidate(95, framework.advice["shared_fault"], story.first("shared_fault"))


def _filters(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.checks.role_clear is False:
        yield _Candidate(90, framework.filters["role"], story.first("team_only") or _opening(story))
    elif len(labelled(story.findings, "team_only")) >= 2:
        yield _Candidate(45, framework.advice["team_only"], story.first("team_only"))
    if story.checks.tradeoff_obvious is False:
        weight = 85 if story.signal in {"judgment", "commitment"} else 35
        yield _Candidate(weight, framework.filters["tradeoff"], story.first("decision", "action") or _opening(story))
    if story.checks.outcome == "none":
        yield _Candidate(80, framework.filters["outcome"], _last_result(story))


def _missing(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.signal == "none":
        return
    missing = framework.serving(story.signal, story.question)[0].missing
    for position, part in enumerate(story.parts):
        told_already = part.name == "mistake" or (part.name == "result" and story.checks.outcome == "none")
        if not part.present and not told_already:
            weight = (75 if part.name in HEART[story.signal] else 60) - position
            yield _Candidate(weight, missing[part.name], _before(story, position))


def _timing(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if story.seconds > story.limits.seconds:
        longest = max(story.sections, key=lambda section: section.seconds - section.high)
        yield _Candidate(70, framework.advice["too_long"], _inside(story, longest, framework))
    context = next((section for section in story.sections if section.name == "context"), None)
    if context and context.seconds > 1.5 * context.high:
        yield _Candidate(55, framework.advice["too_long_context"], _inside(story, context, framework))


def _wording(story: Story, framework: Framework) -> Iterator[_Candidate]:
    if labelled(story.findings, "performative"):
        yield _Candidate(50, framework.advice["performative"], story.first("performative"))
    if labelled(story.findings, *HEDGES):
        weight = 52 if story.rate(*HEDGES) > story.limits.hedges else A_FEW
        yield _Candidate(weight, framework.advice["hedging"], _weightiest_hedge(story))
    if labelled(story.findings, "filler"):
        weight = 40 if story.rate("filler") > story.limits.fillers else A_FEW - 1
        yield _Candidate(weight, framework.advice["fillers"], story.first("filler"))


def _opening(story: Story) -> Quote | None:
    return next((sentence.quote() for sentence in story.reading.sentences), None)


def _last_result(story: Story) -> Quote | None:
    results = labelled(story.findings, "result")
    if results:
        return quote(results[-1])
    return story.reading.sentences[-1].quote() if story.reading.sentences else None


def _before(story: Story, position: int) -> Quote | None:
    """The words after which the missing part would come: the end of the nearest earlier part that is there."""
    earlier = [part.spans[-1] for part in story.parts[:position] if part.spans]
    return earlier[-1] if earlier else _opening(story)


def _inside(story: Story, section: Section, framework: Framework) -> Quote | None:
    names = [name for name, part in framework.parts.items() if part.section == section.name]
    return story.first(*names) or _opening(story)


def _weightiest_hedge(story: Story) -> Quote | None:
    """The sentence of the first hedge on a decision, a deed or a result; of any hedge, where there is none."""
    hedges = labelled(story.findings, *HEDGES)
    told = labelled(story.findings, "result", "decision", "action", "own_fault")
    on_claim = [hedge for hedge in hedges if any(_covers(claim, hedge) for claim in told)]
    chosen = (on_claim or hedges)[0]
    sentences = (sentence for sentence in story.reading.sentences if sentence.start <= chosen.start < sentence.end)
    return next((sentence.quote() for sentence in sentences), quote(chosen))


def _covers(claim: Finding, hedge: Finding) -> bool:
    return claim.start <= hedge.start and hedge.end <= claim.end
