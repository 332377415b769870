"""What to mend first: a few things, in the order in which an interviewer would miss them for this signal.

What is told comes first, the three gravest lacks at most; then how it is told, two things at most. Beside each
stand the words that it is about; where it is about something that was not said, there is nothing to quote.
"""

from collections.abc import Iterator, Mapping

from analyser import manner, occasions, quoting
from analyser.framework import Framework
from analyser.framework_tables import AdviceId
from analyser.results import Advice, PatternName, SignalLabel
from analyser.story import FEW_EVENTS, Candidate, Story
from analyser.verdicts import asks_about_failure, labelled

MOST_CONTENT, MOST_MANNER = 3, 2
# The parts without which the signal is not there at all.
HEART = {
    "judgment": {"decision", "constraint"},
    "candor": {"said_or_heard", "change"},
    "commitment": {"evidence", "support"},
    "accountability": {"mistake", "change"},
    "ownership": {"influence", "action"},
}
# What makes a moment of any signal: a choice or its price, a hard word, a point that is argued, a mistake.
MOMENTS = ("decision", "said_or_heard", "evidence", "own_fault", "tradeoff")
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
# What to say of a fault that is passed on, by the pattern that shows it, the gravest first.
_WAYS: dict[PatternName, AdviceId] = {"blame": "deflection", "denial": "denial", "disguise": "denial"}
# Parts that are an ending of their own: without one of them there is no use in asking for a figure besides.
ENDINGS = ("result", "change", "support")


def advise(story: Story, framework: Framework) -> tuple[Advice, ...]:
    """The best advice for the story, most useful first."""
    reasons = framework.why(story.asked_of)
    return tuple(_told(one, reasons) for one in _chosen(story, framework)[: story.limits.advice])


def _told(one: Candidate, reasons: Mapping[str, str]) -> Advice:
    """With the reason for this signal, where there is one, and what it leaves open filled in."""
    why = reasons.get(one.name, one.tip.why)
    for name, words in one.given.items():
        why = why.replace(f"{{{name}}}", words)
    return Advice(what=one.tip.what, why=why, quote=one.quote, follow_up=one.tip.follow_up)


def _chosen(story: Story, framework: Framework) -> list[Candidate]:
    if story.is_untold:
        return [Candidate("occasion", framework.advice["occasion"], None)]
    order = ORDER[story.asked_of]
    content = sorted(_content(story, framework), key=lambda c: order.index(c.name) if c.name in order else len(order))
    chosen = [
        *content[:MOST_CONTENT],
        *[*manner.timing(story, framework), *manner.wording(story, framework)][:MOST_MANNER],
    ]
    return chosen or list(manner.afterthought(story, framework))


def _content(story: Story, framework: Framework) -> Iterator[Candidate]:
    yield from _faults(story, framework)
    if story.is_of_self:
        return
    if story.asked_of == "none":
        yield from _moment(story, framework)
    yield from _filters(story, framework)
    yield from _missing(story, framework)


def _moment(story: Story, framework: Framework) -> Iterator[Candidate]:
    """What an event lacks to be a story for any signal: a moment of choice, or the price of the choice that is told."""
    choice = quoting.own(story.reading, labelled(story.findings, "decision"))
    if choice and story.checks.tradeoff_obvious is False:
        yield Candidate("moment", framework.filters["tradeoff"], choice)
    elif not (story.deaf or labelled(story.findings, *MOMENTS)):
        yield Candidate("moment", framework.advice["moment"], None)


def _faults(story: Story, framework: Framework) -> Iterator[Candidate]:
    if story.fault.verdict == "deflects":
        yield _passed_on(story, framework)
    if story.fault.verdict == "partial" and (story.asked_of == "accountability" or asks_about_failure(story.question)):
        yield Candidate("shared_fault", framework.advice["shared_fault"], story.first("shared_fault"))


def _passed_on(story: Story, framework: Framework) -> Candidate:
    """What to say instead, by how the fault is passed on: to others, by a denial, or to nobody."""
    decided = story.fault.decided_by
    for name, tip in _WAYS.items():
        for quotes in (pattern.quotes for pattern in story.fault.patterns if pattern.name == name):
            said = decided if decided in quotes else next(iter(quotes), None)
            return Candidate("deflection", framework.advice[tip], said)
    told = decided if labelled(story.findings, "deflection") else None
    blaming = told is not None and "other" in quoting.agents(story.reading, told)
    unnamed = framework.serving("accountability", story.question)[0].missing.get("mistake")
    if blaming or not unnamed:
        return Candidate("deflection", framework.advice["deflection"], told if blaming else None)
    return Candidate("mistake", unnamed, decided)


def _filters(story: Story, framework: Framework) -> Iterator[Candidate]:
    is_named = story.fault.verdict not in {"partial", "deflects"}  # else the mistake is asked for in the same words
    hidden = quoting.hidden(story.reading, story.findings)
    if story.checks.role_clear is False and is_named and (hidden or story.asked_of != "none"):
        if not occasions.own_deeds(story.reading):
            yield Candidate("role", framework.filters["role"], hidden)
        elif hidden:  # one deed stands there with its "I": asking for it would be deaf
            yield Candidate("role", framework.advice["team_only"], hidden)
    if story.checks.tradeoff_obvious is False:
        yield from _price(story, framework)
    figures = labelled(story.findings, "metric")
    if story.checks.outcome == "none" and not figures and _wants_ending(story):
        yield Candidate("outcome", framework.filters["outcome"], quoting.ending(story.reading, story.findings))


def _price(story: Story, framework: Framework) -> Iterator[Candidate]:
    """The price of the speaker's own choice; whoever was overruled gave up a position, and has said so."""
    decisions = labelled(story.findings, "decision")
    by_others = [one for one in decisions if quoting.is_anothers(story.reading, one)]
    if story.asked_of == "judgment" or (story.asked_of == "commitment" and not by_others):
        own = [one for one in decisions if one not in by_others]
        yield Candidate("tradeoff", framework.filters["tradeoff"], quoting.first(own, story.findings))


def _wants_ending(story: Story) -> bool:
    """Whether there is anything to end, and no ending of the signal's own is asked for."""
    if story.asked_of == "none":
        return bool(labelled(story.findings, "decision", "action"))
    return all(part.present for part in story.parts if part.name in ENDINGS)


def _missing(story: Story, framework: Framework) -> Iterator[Candidate]:
    if story.asked_of == "none":
        return
    missing = framework.serving(story.asked_of, story.question)[0].missing
    for part in story.parts:
        if not part.present and part.name not in _settled(story):
            yield Candidate(part.name, missing[part.name], story.first(NEARLY.get(part.name, "")))


def _settled(story: Story) -> Iterator[str]:
    """The parts that other advice asks for, or that a filter has found."""
    yield "mistake"
    if (story.signal == "ownership" and story.checks.role_clear is False) or _acts_on_it(story):
        yield "action"
    if story.signal != "accountability" and story.checks.outcome in {"measured", "concrete"}:
        yield "result"
    if any(one.chosen for one in labelled(story.findings, "tradeoff")):
        yield "decision"  # the report quotes it as the choice


def _acts_on_it(story: Story) -> bool:
    """Whether the speaker says of two things with an "I" that they did them after the fault, or the hard word."""
    turns = [one.start for one in labelled(story.findings, "own_fault", "shared_fault", "said_or_heard")]
    return sum(deed.start > min(turns, default=0) for deed in occasions.own_deeds(story.reading)) >= FEW_EVENTS
