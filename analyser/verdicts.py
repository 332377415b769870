"""What follows from the findings: the three filters, the fault verdict, the parts."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import cast, get_args

from analyser import lexicon, timing
from analyser.framework import Framework
from analyser.gate import spoken_words
from analyser.reading import Reading
from analyser.results import Checks, Fault, FaultParts, Finding, Outcome, Part, Quote, Signal, SignalLabel
from analyser.rules import is_meant
from analyser.timing import Clock

OWN_DEEDS = 2
# Confidence from which on a story that owns nothing is said to deflect, where the question asked for no failure: on
# the dev split every one above it does, while of those below most only went badly.
SURE_FAILURE = 0.65
# Probability of accountability from which on an admission counts, whatever else the story shows. Chosen on unheard
# voices of the train and dev splits, and by real speech that is not part of the project.
LIKELY_FAILURE = 0.2
FEWEST_TELLING = 4  # words of a quotation that a speaker knows again; fillers and hedges do not count
# Probability of "none" from which on no deed in an answer makes a story: a life, a habit, a view of things. Chosen on
# unheard voices of the train and dev splits.
SURELY_NOTHING = 0.7
# What stands for a part where no sentence is heard as that part: an unknown that is named, a figure of the ending.
_STANDS_FOR = {"mistake": ("own_fault",), "constraint": ("constraint", "bounded"), "result": ("result", "metric")}
HEDGES = ("belief", "possibility", "softener", "vague")

Findings = Sequence[Finding]


def labelled(findings: Findings, *labels: str) -> list[Finding]:
    """The findings with one of the labels."""
    return [finding for finding in findings if finding.label in labels]


def checks(reading: Reading, findings: Findings, signal: Signal, outcome_chances: Mapping[str, float]) -> Checks:
    """The three filters that a story has to pass; ``outcome_chances`` are the outcome model's."""
    return Checks(
        role_clear=role_clear(reading) and not tells_nothing(signal),
        tradeoff_obvious=bool(labelled(findings, "tradeoff")),
        outcome=outcome(outcome_chances, findings),
    )


def role_clear(reading: Reading) -> bool:
    """Whether the speaker is heard doing two things at least, or one that turns a story: a decision, a word said.

    Outlines of a life (joined, led, learned) are none; nor is an "I" that does nothing (I think, I was there).
    """
    sets = lexicon.of("agency").sets
    verbs = (deed.verb.lower() for deed in reading.deeds if deed.agent == "I" and deed.event)
    own = [verb for verb in verbs if verb not in sets["outline"]]
    return len(own) >= OWN_DEEDS or not sets["turning"].isdisjoint(own)


def tells_nothing(signal: Signal) -> bool:
    """Whether the answer surely shows no signal."""
    return signal.label == "none" and (signal.confidence or 0) >= SURELY_NOTHING


def outcome(chances: Mapping[str, float], findings: Findings) -> Outcome:
    """The likeliest of measured, concrete and none; nothing is measured without a metric to quote."""
    possible = [name for name in get_args(Outcome) if name != "measured" or labelled(findings, "metric")]
    return cast("Outcome", max(possible, key=lambda name: chances[name]))


def fault(signal: Signal, question: str | None, findings: Findings) -> Fault:
    """Whether a failure story admits fault; any other story is no failure.

    What is only perhaps a failure story is one where a failure was asked for, or a fault is owned. Asked about a
    failure, an answer that has no story but passes the fault on, or denies it, deflects.
    """
    admitted, shared = labelled(findings, "own_fault"), labelled(findings, "shared_fault")
    asked = asks_about_failure(question)
    if signal.label == "accountability":
        told = bool(admitted or shared) or asked or (signal.confidence or 0) >= SURE_FAILURE
    elif may_have_failed(signal):
        told = bool(admitted) or asked
    else:
        told = signal.label == "none" and is_dodged(question, findings)
    if not told:
        return Fault(verdict="not_a_failure", parts=None)
    parts = FaultParts(
        mistake=bool(admitted),
        impact=bool(labelled(findings, "result", "metric")),
        correction=bool(labelled(findings, "action")),
        behaviour_change=bool(labelled(findings, "change")),
    )
    return Fault(verdict="admits" if admitted else "partial" if shared else "deflects", parts=parts)


def may_have_failed(signal: Signal) -> bool:
    """Whether it is likely enough a failure story for what is said in it to be heard as one."""
    return (signal.probabilities or {}).get("accountability", 0.0) >= LIKELY_FAILURE


def asks_about_failure(question: str | None) -> bool:
    """Whether the question wants a failure, a mistake or a regret."""
    words, sets = spoken_words(question or ""), lexicon.of("fault").sets
    unmet = any(_negates(word) and after in sets["asked_unmet"] for word, after in pairwise(words))
    return unmet or {"let", "down"} <= set(words) or not sets["asked"].isdisjoint(words)


def _negates(word: str) -> bool:
    return word in {"not", "never"} or word.endswith(("n't", "n’t"))


def is_dodged(question: str | None, findings: Findings) -> bool:
    """Whether the question wants a failure, and the answer passes it on or denies it."""
    return asks_about_failure(question) and bool(labelled(findings, "deflection"))


def quote(finding: Quote) -> Quote:
    """The finding's words alone."""
    return Quote(start=finding.start, end=finding.end, text=finding.text)


def is_telling(said: Quote, findings: Findings) -> bool:
    """Whether a quotation says something: "Um." and "and I sort of" do not."""
    empty = [f for f in labelled(findings, "filler", *HEDGES) if said.start <= f.start and f.end <= said.end]
    return len(spoken_words(said.text)) - sum(len(spoken_words(one.text)) for one in empty) >= FEWEST_TELLING


def parts(
    signal: SignalLabel, findings: Findings, framework: Framework, clock: Clock, question: str | None = None
) -> tuple[Part, ...]:
    """The parts that a strong story for this signal has, present or not; none where there is no signal."""
    if signal == "none":
        return ()
    return tuple(_part(name, findings, framework, clock) for name in framework.serving(signal, question)[0].parts)


def _part(name: str, findings: Findings, framework: Framework, clock: Clock) -> Part:
    by_label = (labelled(findings, label) for label in _STANDS_FOR.get(name, (name,)))
    found = next(filter(None, by_label), [])
    spans = tuple(map(quote, found))
    return Part(
        name=name,
        title=framework.parts[name].title,
        present=bool(spans),
        spans=spans,
        seconds=timing.seconds(spans, clock),
        heard=quote(min(found, key=lambda one: _doubts(one, findings))) if found else None,
    )


def _doubts(part: Finding, findings: Findings) -> tuple[bool, bool]:
    """What speaks against quoting a part by this sentence: a stub, or heard by its meaning alone."""
    return not is_telling(part, findings), is_meant(part.rule)
