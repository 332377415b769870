"""What a report says, in words and in order; a form only lays it out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analyser.reports import _fault
from analyser.reports._fault import FaultView
from analyser.reports._labels import TONES, Label, Tone, entry, label
from analyser.reports._segments import Block, blocks
from analyser.reports._text import clock, one_line, percent
from analyser.reports._time import Stretch, stretches
from analyser.results import Checks, Feedback, Finding, MadeBy, Quote, Section, Signal

State = Literal["yes", "no", "cannot tell"]

SIGNALS = {
    "judgment": "a decision taken with incomplete data",
    "candor": "difficult feedback, given or received",
    "commitment": "disagreed, and moved forward all the same",
    "accountability": "failed, and answered for it",
    "ownership": "led without authority",
    "none": "none of the five signals is told here",
}
# What an accountability story tells, by its fault verdict; one that admits is what the signal stands for.
FAILURES = {
    "partial": "a failure, not yet answered for",
    "deflects": "a failure, not yet answered for",
    "not_a_failure": "something went wrong, and no failure of yours is told",
}
# What is said of an outcome, with figures to quote and without; a figure that the report marks is never denied.
_OUTCOMES = {
    ("measured", True): "measured: {}",
    ("measured", False): "measured",
    ("concrete", True): "something happened that can be checked, with a figure to it: {}",
    ("concrete", False): "something happened that can be checked, with no figure to it",
    ("none", True): "there is a figure ({}), and nothing else to check",
    ("none", False): "no figure, and nothing to check",
}
PRIVATE = "Nothing that you said left this machine."


@dataclass(frozen=True, slots=True)
class Check:
    """One of the three filters: its name, whether the story passes, and why."""

    title: str
    state: State
    why: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What a section could do without: a title that says what it saves, and the sentences."""

    title: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class View:
    """All that a report shows, besides what it takes from the feedback as it is: parts, advice, because."""

    title: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    legend: dict[Tone, list[tuple[Label, int]]]
    rules: tuple[Finding, ...]
    checks: tuple[Check, ...]
    fault: FaultView | None
    parts_title: str
    because_title: str
    sections: tuple[Stretch, ...]
    timed: str
    cuts: tuple[Cut, ...]
    length: str
    disclaimer: str
    made_by: str


def view(feedback: Feedback) -> View:
    """The feedback as it is put to the speaker."""
    named = feedback.signal.label != "none"
    called = f"“{feedback.crosswalk[0].title}”" if feedback.crosswalk else feedback.signal.label
    name = f"{called} story" if named else "story"
    because = f"What spoke for {feedback.signal.label}" if named else "What was heard"
    return View(
        title="Cannot tell" if feedback.cannot_tell else _title(feedback.signal),
        lines=tuple(_lines(feedback)),
        blocks=blocks(feedback),
        legend=_legend(feedback.findings),
        rules=_rules(feedback.findings),
        checks=tuple(checks(feedback)),
        fault=_fault.view(feedback),
        parts_title=f"What a strong {name} has",
        because_title=because,
        sections=stretches(feedback.sections),
        timed=_timed(feedback),
        cuts=tuple(Cut(_saving(one), one.cut) for one in feedback.sections if one.cut),
        length=f"{feedback.words:,} word{'' if feedback.words == 1 else 's'}. {_timed(feedback)}",
        disclaimer=feedback.framework.disclaimer,
        made_by=made_by(feedback.made_by),
    )


def _timed(feedback: Feedback) -> str:
    """How long the answer takes, and by what that is known."""
    if feedback.timed_by == "time stamps":
        return f"{clock(feedback.seconds)} in all, by the transcript's time stamps."
    return f"About {clock(feedback.seconds)} in all, counted at 150 words a minute."


def _saving(section: Section) -> str:
    return f"To cut from the {section.name}, which saves {clock(section.saves)}:"


def made_by(made: MadeBy) -> str:
    """What made the feedback, in a line; two that bear the same fingerprint were made by the same."""
    return one_line(
        f"analyser {made.analyser}, {made.mode} mode, {made.framework}, {made.pipeline}, "
        f"spaCy {made.spacy}, fingerprint {made.fingerprint}"
    )


def _title(signal: Signal) -> str:
    return "No clear signal" if signal.label == "none" else signal.label.capitalize()


def _lines(feedback: Feedback) -> Iterator[str]:
    if feedback.cannot_tell:
        yield feedback.cannot_tell.reason
        yield feedback.cannot_tell.fix
        return
    signal = feedback.signal
    told = FAILURES.get(feedback.fault.verdict or "") if signal.label == "accountability" else None
    yield f"{(told or SIGNALS[signal.label]).capitalize()}."
    if feedback.crosswalk:
        titles = "; ".join(one_line(principle.title) for principle in feedback.crosswalk)
        yield f"{one_line(feedback.framework.title)}: {titles} (by crosswalk, no model of its own)."
        yield from _chosen(feedback)
    yield " ".join([*_sure(signal), *_runner_up(signal)])


def _chosen(feedback: Feedback) -> Iterator[str]:
    """Which of several principles the rest of the report goes by, and why."""
    first, *others = feedback.crosswalk
    if others and feedback.parts:
        no_question = "the first of them, as no question was given to choose by (--question)"
        why = "the nearest to the question, or else the first" if feedback.answer.question else no_question
        yield f"What is asked of the story below is that of “{one_line(first.title)}”, {why}."


def _sure(signal: Signal) -> Iterator[str]:
    if signal.confidence is not None:
        weighed = "; what weighed most is quoted at the end" if signal.because else ""
        yield f"{_sureness(signal.confidence)}, {percent(signal.confidence)} by the model{weighed}."


def _runner_up(signal: Signal) -> Iterator[str]:
    if signal.runner_up:
        name = "no signal at all" if signal.runner_up == "none" else signal.runner_up
        share = _share(signal, signal.runner_up)
        yield f"Runner-up: {name}." if share is None else f"Runner-up: {name}, {percent(share)}."


def _sureness(confidence: float) -> str:
    words = {0.9: "Almost certainly", 0.7: "Most likely", 0.5: "Probably", 0.35: "Perhaps", 0.0: "A weak guess"}
    return next(word for floor, word in words.items() if confidence >= floor)


def _share(signal: Signal, name: str) -> float | None:
    if signal.probabilities is None:
        return None
    return max(0.0, 1 - sum(signal.probabilities.values())) if name == "none" else signal.probabilities.get(name)


def _legend(findings: tuple[Finding, ...]) -> dict[Tone, list[tuple[Label, int]]]:
    counts = Counter(entry(label(finding.label)) for finding in findings)
    legend = {tone: [pair for pair in counts.items() if pair[0].tone == tone] for tone in TONES}
    return {tone: sorted(entries, key=lambda pair: pair[0].place) for tone, entries in legend.items() if entries}


def _rules(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The first finding of each rule that has something to mend."""
    first: dict[str, Finding] = {}
    for finding in findings:
        if label(finding.label).tone == "mend":
            first.setdefault(finding.rule, finding)
    return tuple(first.values())


def checks(feedback: Feedback) -> Iterator[Check]:
    """The three filters, where there is anything to say of them."""
    checks = feedback.checks
    if feedback.cannot_tell and checks == Checks(role_clear=None, tradeoff_obvious=None, outcome=None):
        return
    team = sum(finding.label == "team_only" for finding in feedback.findings)
    we = f"{team} sentence{'s say' if team > 1 else ' says'} only “we”" if team else "your own deeds are hard to find"
    yield _check("Your role", checks.role_clear, "it is clear what you yourself decided or did", we)
    yield _check("Tradeoff", checks.tradeoff_obvious, _price(feedback), "nothing is given up for the choice")
    yield _outcome(feedback)


def _check(title: str, passed: bool | None, good: str, bad: str) -> Check:
    if passed is None:
        return Check(title, "cannot tell", "too little to go by, or its rules are switched off")
    return Check(title, "yes" if passed else "no", good if passed else bad)


def _price(feedback: Feedback) -> str:
    """The tradeoff in the speaker's words: the first with both sides, else the first whose cost can be quoted."""
    tradeoffs = [finding for finding in feedback.findings if finding.label == "tradeoff"]
    best = max(tradeoffs, key=lambda one: (bool(one.cost), bool(one.chosen)), default=None)
    if best and best.chosen and best.cost:
        return f"the choice: “{one_line(best.chosen)}”; its cost: “{one_line(best.cost)}”"
    cost = f": “{one_line(best.cost)}”" if best and best.cost else ""
    return f"you say what the choice cost{cost}"


def _outcome(feedback: Feedback) -> Check:
    outcome = feedback.checks.outcome
    figures = dict.fromkeys(f"“{one_line(f.text)}”" for f in feedback.findings if f.label == "metric")
    why = _OUTCOMES[outcome or "none", bool(figures)].format(", ".join(list(figures)[:3]))
    return _check("Outcome", None if outcome is None else outcome != "none", why, why)
