"""Why a failure story is heard as it is: the sentence that decides, its parts in quotation, the patterns in it."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

from analyser import lexicon
from analyser.gate import spoken_words
from analyser.labelling import overlaps
from analyser.quoting import is_own, sentence
from analyser.reading import Reading, Sentence
from analyser.results import Fault, FaultPart, Finding, Pattern, PatternName, Quote, Signal
from analyser.rules import is_meant
from analyser.silence import Silence
from analyser.verdicts import Findings, labelled, quote

MANY_APOLOGIES = 3
_HIDING = frozenset({"deflection", "shared_fault", "team_only"})
_MINE = frozenset("i i'm my me".split())
_OURS = frozenset({"I", "we"})
_NOT = frozenset("not never no hardly".split())
_TOLD = frozenset({"context", "action", "result"})  # a sentence that tells one of these is more than an excuse
_FEWEST = 4  # words of a sentence that shows a pattern by its meaning alone
_NEAR = 3  # words after "felt" in which the feeling stands
_DECIDES = {"admits": "own_fault", "partial": "shared_fault", "deflects": "deflection"}


def explained(fault: Fault, signal: Signal, reading: Reading, findings: Findings, silence: Silence) -> Fault:
    """The verdict with all that it was heard by."""
    if fault.verdict is None:
        return fault
    if fault.parts is None:
        return fault.model_copy(update={"decided_by": next(iter(signal.because), None)})
    patterns = _patterns(fault, reading, findings, silence)
    return fault.model_copy(
        update={
            "decided_by": _deciding(fault, reading, findings),
            "quotes": dict(_quotes(fault, reading, findings)),
            "patterns": tuple(_pattern(name, quotes) for name, quotes in patterns.items()),
        }
    )


def _deciding(fault: Fault, reading: Reading, findings: Findings) -> Quote | None:
    """The clearest sentence for the verdict: word lists are in the order in which their rules speak."""
    telling = labelled(findings, _DECIDES[fault.verdict or ""])
    if telling:
        return quote(min(telling, key=lambda one: (_rank(one), not _shown_by(one, reading, findings), one.start)))
    return _first(labelled(findings, "result"))


def _rank(finding: Finding) -> int:
    """By its rule; what the meaning alone speaks for comes last."""
    order = list(lexicon.of("fault").groups)
    group = finding.rule.partition("/")[2]
    return order.index(group) if group in order else len(order)


def _quotes(fault: Fault, reading: Reading, findings: Findings) -> Iterator[tuple[FaultPart, Quote]]:
    """The words by which each part is heard."""
    decided = _deciding(fault, reading, findings)
    heard = {
        "mistake": decided if fault.verdict == "admits" else None,
        "impact": _impact(reading, findings),
        "correction": _correction(decided, reading, findings),
        "behaviour_change": _first(labelled(findings, "change")[-1:]),
    }
    yield from ((cast("FaultPart", part), said) for part, said in heard.items() if said)


def _impact(reading: Reading, findings: Findings) -> Quote | None:
    """The first result that is no excuse; one that tells how it was put right is none, rather than a wrong one."""
    excuses = {one.start for one in labelled(findings, "deflection") if not is_meant(one.rule)}
    results = [one for one in labelled(findings, "result", "metric") if not _repairs(one, reading)]
    told = [one for one in results if one.label == "result"] or results
    return _first([one for one in told if one.start not in excuses] or told)


def _repairs(said: Quote, reading: Reading) -> bool:
    """Whether "I" or "we" put something right in the sentence."""
    here = sentence(reading, said)
    verbs = (deed.verb.lower() for deed in reading.deeds if here.start <= deed.start < here.end and deed.agent in _OURS)
    return not lexicon.of("fault").sets["repairs"].isdisjoint(verbs)


def _correction(decided: Quote | None, reading: Reading, findings: Findings) -> Quote | None:
    """A deed after the sentence that decides, the speaker's own first; else one after the first that went wrong."""
    wrong = [one.start for one in labelled(findings, "own_fault", "shared_fault", "result")]
    slips = {one.start for one in labelled(findings, "own_fault")}
    deeds = labelled(findings, "action")
    later = [one for one in deeds if one.start > min(wrong, default=0) and one.start not in slips]
    turn = decided.start if decided else 0
    return _first(sorted(later, key=lambda one: (one.start <= turn, not is_own(reading, one))) or deeds[-1:])


def _first(findings: Findings) -> Quote | None:
    return quote(findings[0]) if findings else None


def _patterns(fault: Fault, reading: Reading, findings: Findings, silence: Silence) -> dict[str, list[Quote]]:
    """The words of each pattern that is there, in the order of the word list."""
    heard: dict[str, list[Quote]] = {name: [] for name in lexicon.of("fault").patterns}
    for finding in findings:
        name = _shown_by(finding, reading, findings)
        # Where the fault is owned, a "we" or a passive elsewhere hides nothing.
        hides = finding.detector == "fault" or fault.verdict != "admits"
        if name and hides and all(said.start != finding.start for said in heard[name]):
            heard[name].append(quote(finding))
    if fault.verdict != "admits" and not silence.covers("fault/nobody", "deflection"):
        quoted = {said.start for said in heard["agentless"]}
        unowned = [s.quote() for s in reading.sentences if _is_unowned(s, reading) and s.start not in quoted]
        heard["agentless"] = sorted([*heard["agentless"], *unowned], key=lambda said: said.start)
    apologies = [sentence.quote() for sentence in reading.sentences if _is_sorry(sentence)]
    heard["apology"] = apologies if len(apologies) >= MANY_APOLOGIES else []
    unchanged = not labelled(findings, "change") and not silence.is_deaf("change")
    found = {name: said for name, said in heard.items() if said}
    return found | ({"unchanged": _ending(reading, findings)} if unchanged else {})


def _ending(reading: Reading, findings: Findings) -> list[Quote]:
    """The words that stand where a change should: the last lesson, or how the answer ends."""
    lessons = [quote(finding) for finding in labelled(findings, "lesson")]
    return (lessons or [sentence.quote() for sentence in reading.sentences if _is_telling(sentence.text)])[-1:]


def _pattern(name: str, quotes: Iterable[Quote]) -> Pattern:
    told = lexicon.of("fault").patterns[name]
    return Pattern(name=cast("PatternName", name), title=told.title, why=told.why, quotes=tuple(quotes))


@cache
def _by_rule() -> dict[str, str]:
    patterns = lexicon.of("fault").patterns
    return {rule: name for name, pattern in patterns.items() for rule in pattern.rules}


def _shown_by(finding: Finding, reading: Reading, findings: Findings) -> str | None:
    """The pattern that a finding shows, if any."""
    if finding.label not in {"deflection", "shared_fault", "team_only", "performative"}:
        return None
    if is_meant(finding.rule):
        told = any(other.label in _TOLD for other in findings if other.start == finding.start)
        return None if told and finding.detector == "fault" else _meant(finding, reading)
    return _by_rule().get(finding.rule)


def _meant(finding: Finding, reading: Reading) -> str | None:
    """The pattern of a sentence that no rule speaks for: by who acts in it, and how failure is spoken of.

    It is named only where the sentence itself shows it; what it owes to its neighbours has no pattern of its own.
    """
    if not _is_telling(finding.text):
        return None
    if finding.label == "deflection" and (spoken := _spoken_of(finding.text)):
        return spoken
    agents = {deed.agent for deed in reading.deeds if finding.start <= deed.start < finding.end}
    if finding.label != "deflection" and "we" in agents and "I" not in agents:
        return "hidden"
    if any(word.split("'")[0] in {"i", "we"} for word in _words(finding.text)):
        return None
    if finding.label == "deflection" and "other" in agents:
        return "blame"
    return "agentless" if agents == {"nobody"} else None


def _is_unowned(sentence: Sentence, reading: Reading) -> bool:
    """Whether something was decided, or a mistake made, by nobody, also where another finding names the sentence."""
    if not any(finding.label in _HIDING and overlaps(sentence, finding) for finding in reading.findings):
        return False
    sets, words = lexicon.of("fault").sets, set(_words(sentence.text))
    verbs = {
        deed.verb.lower()
        for deed in reading.deeds
        if deed.agent == "nobody" and deed.event and sentence.start <= deed.start < sentence.end
    }
    mistaken = "make" in verbs and not words.isdisjoint(sets["failings"] | {"errors"})
    return mistaken or (not verbs.isdisjoint(sets["decided"]) and "it" in words)


def _spoken_of(text: str) -> str | None:
    """Whether failure is denied here, or a gain told in its place."""
    words, sets = set(_words(text)), lexicon.of("fault").sets
    denied = bool(words & _NOT) or any(word.endswith("n't") for word in words)
    if words & sets["failings"] and denied:
        return "denial"
    return "disguise" if words & sets["gains"] else None


def _is_telling(text: str) -> bool:
    return len(spoken_words(text)) >= _FEWEST


def _is_sorry(sentence: Sentence) -> bool:
    """Whether the speaker says that they are, or were, sorry."""
    words, sets = _words(sentence.text), lexicon.of("fault").sets
    felt = [words[i + 1 : i + 1 + _NEAR] for i, word in enumerate(words) if word in {"feel", "felt", "feeling"}]
    sorry = not sets["apologies"].isdisjoint(words) or any(not sets["remorse"].isdisjoint(after) for after in felt)
    return sorry and not _MINE.isdisjoint(words)


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in spoken_words(text)]
