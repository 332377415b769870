"""What to keep: the few things that a good answer has and most lack, in the speaker's own words."""

from collections.abc import Iterable, Iterator

from analyser.framework import Framework
from analyser.framework_tables import PraiseId
from analyser.quoting import sentence
from analyser.reading import Reading
from analyser.results import Checks, Fault, Part, Praise, Quote
from analyser.verdicts import Findings, labelled, quote

MOST = 3
_RARE_PARTS: tuple[PraiseId, ...] = ("said_or_heard", "change")
_CHOOSING = frozenset({"decide", "choose", "pick", "opt"})


def praise(
    reading: Reading, findings: Findings, checks: Checks, fault: Fault, parts: Iterable[Part], framework: Framework
) -> tuple[Praise, ...]:
    """At most three things to keep, none of them quoting what another quotes."""
    kept: list[Praise] = []
    for name, said in _strengths(reading, findings, checks, fault, parts):
        apart = all(said.end <= one.quote.start or one.quote.end <= said.start for one in kept)
        if apart and len(kept) < MOST:
            told = framework.praise[name]
            kept.append(Praise(what=told.what, why=told.why, quote=said))
    return tuple(kept)


def _strengths(
    reading: Reading, findings: Findings, checks: Checks, fault: Fault, parts: Iterable[Part]
) -> Iterator[tuple[PraiseId, Quote]]:
    if fault.verdict == "admits" and fault.decided_by:
        yield "own_fault", fault.decided_by
    if chosen := _own_decision(reading, findings):
        yield "decision", chosen
    heard = {part.name: part.heard for part in parts}
    yield from ((name, said) for name in _RARE_PARTS if (said := heard.get(name)))
    if cost := labelled(findings, "tradeoff"):
        yield "tradeoff", quote(cost[0])
    if unknown := labelled(findings, "bounded"):
        yield "bounded", sentence(reading, unknown[0])
    if checks.outcome == "measured" and (figures := labelled(findings, "metric")):
        yield "metric", sentence(reading, figures[0])


def _own_decision(reading: Reading, findings: Findings) -> Quote | None:
    """The first decision that is told with "I decided", or another word for it."""
    own = [deed.start for deed in reading.deeds if deed.agent == "I" and deed.event and deed.verb.lower() in _CHOOSING]
    decisions = labelled(findings, "decision")
    return next((quote(one) for one in decisions if any(one.start <= start < one.end for start in own)), None)
