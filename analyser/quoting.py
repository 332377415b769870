"""Which of the speaker's words stand beside an advice: enough of them to be known again, and about the thing itself.

Raw speech is full of stubs ("Um.", "and I sort of"); none of them is quoted, and rather nothing than a stub.
"""

from collections.abc import Iterable, Iterator

from analyser.labelling import overlaps
from analyser.reading import Reading
from analyser.results import Finding, Quote, Section
from analyser.verdicts import HEDGES, Findings, is_telling, labelled, quote

# Parts in which somebody does something that could have been done otherwise.
_DONE = frozenset("decision action support influence evidence said_or_heard".split())


def first(found: Iterable[Quote], findings: Findings) -> Quote | None:
    """The first that is no stub."""
    return next((quote(one) for one in found if is_telling(one, findings)), None)


def ending(reading: Reading, findings: Findings) -> Quote | None:
    """The last result that is told, where nothing was done after it and nobody else does something in it.

    "They came back with questions" could be checked: it is the best that there is, and nothing to put right.
    """
    done = max((one.start for one in labelled(findings, "action", "decision")), default=0)
    last = [one for one in labelled(findings, "result")[-1:] if one.start >= done]
    return first([one for one in last if "other" not in agents(reading, one)], findings)


def hidden(reading: Reading, findings: Findings) -> Quote | None:
    """The first decision or action of which it is not told who did it: "we" act in it, or nobody, and "I" do not.

    What happened to a team, or when and where it was, hides nobody: a loss, a trip, a result.
    """
    marked = [quote(one) for one in labelled(findings, "team_only")]
    doing = ((said, agents(reading, said)) for said in _sentences(reading, findings))
    team = [said for said, who in doing if "we" in who and "I" not in who]
    return first([one for one in (*marked, *team) if _is_done(one, findings)], findings)


def _is_done(said: Quote, findings: Findings) -> bool:
    """Whether a part of the story heard in it tells what was done; where none is heard, it may."""
    heard = {one.label for one in findings if one.detector == "parts" and overlaps(said, one)}
    return not heard or not heard.isdisjoint(_DONE)


def own(reading: Reading, found: Iterable[Quote]) -> Quote | None:
    """The first in which "I" or "we" do something."""
    return next((quote(one) for one in found if is_own(reading, one)), None)


def is_own(reading: Reading, said: Quote) -> bool:
    """Whether "I" or "we" do something in it."""
    return not agents(reading, said).isdisjoint({"I", "we"})


def is_anothers(reading: Reading, said: Quote) -> bool:
    """Whether somebody else does what is done in it, or nobody, and neither "I" nor "we"; told as past, or at all."""
    every = {deed.agent for deed in reading.deeds if said.start <= deed.start < said.end}
    who = agents(reading, said) or every
    return bool(who) and who.isdisjoint({"I", "we"})


def cut(sections: Iterable[Section]) -> Quote | None:
    """The longest sentence of what could best be left out, where that can be named."""
    best = max((one for one in sections if one.cut), key=lambda one: one.saves, default=None)
    return max(best.cut, key=lambda said: said.end - said.start) if best else None


def hedged(reading: Reading, findings: Findings) -> Quote | None:
    """The first sentence that hedges a decision, a deed or a result; where there is none, the one that hedges most."""
    return hedged_claim(reading, findings) or _fullest_of(reading, findings, *HEDGES)


def hedged_claim(reading: Reading, findings: Findings) -> Quote | None:
    """The first sentence that hedges a decision, a deed or a result."""
    return first((sentence(reading, one) for one in hedges_of_claims(findings)), findings)


def hedges_of_claims(findings: Findings) -> list[Finding]:
    """The hedges on a decision, a deed or a result."""
    claims = labelled(findings, "result", "decision", "action", "own_fault")
    return [hedge for hedge in labelled(findings, *HEDGES) if any(_covers(claim, hedge) for claim in claims)]


def fullest(reading: Reading, findings: Findings) -> Quote | None:
    """The sentence with the most fillers, of those that say something besides."""
    return _fullest_of(reading, findings, "filler")


def sentence(reading: Reading, said: Quote) -> Quote:
    """The whole sentence that a quotation begins in."""
    return next((one.quote() for one in reading.sentences if one.start <= said.start < one.end), quote(said))


def _fullest_of(reading: Reading, findings: Findings, *labels: str) -> Quote | None:
    starts = [one.start for one in labelled(findings, *labels)]
    counts = {said: sum(said.start <= at < said.end for at in starts) for said in _sentences(reading, findings)}
    best = max(counts, key=lambda said: counts[said], default=None)
    return best if best and counts[best] else None


def _sentences(reading: Reading, findings: Findings) -> Iterator[Quote]:
    return (said for one in reading.sentences if is_telling(said := one.quote(), findings))


def agents(reading: Reading, said: Quote) -> set[str]:
    """Who does something in a quotation."""
    return {deed.agent for deed in reading.deeds if deed.event and said.start <= deed.start < said.end}


def _covers(claim: Quote, hedge: Quote) -> bool:
    return claim.start <= hedge.start and hedge.end <= claim.end
