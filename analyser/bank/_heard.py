"""What was heard in one answer, as the cells of a row."""

from collections import Counter
from typing import Literal

from analyser.results import SIGNALS, Feedback, MadeBy
from analyser.verdicts import HEDGES

# What is added to a bank, each with its type; the names begin alike so that nothing of the user's is overwritten.
HEARD: dict[str, Literal["object", "float64", "boolean", "Int64"]] = {
    "heard_signal": "object",
    "heard_confidence": "float64",
    **{f"heard_p_{signal}": "float64" for signal in SIGNALS},
    "heard_runner_up": "object",
    "heard_role_clear": "boolean",
    "heard_tradeoff": "boolean",
    "heard_outcome": "object",
    "heard_fault": "object",
    "heard_fault_because": "object",
    "heard_fault_patterns": "object",
    "heard_fault_missing": "object",
    "heard_hedges_per_100": "float64",
    "heard_fillers_per_100": "float64",
    "heard_words": "Int64",
    "heard_seconds": "float64",
    "heard_because": "object",
    "heard_advice": "object",
    "heard_error": "object",
    "heard_by": "object",
}

Heard = dict[str, object]


def cells(feedback: Feedback) -> Heard:
    """What was heard in one answer, by column; what is not in it is empty."""
    labels = Counter(finding.label for finding in feedback.findings)
    return {
        "heard_hedges_per_100": _rate(sum(labels[label] for label in HEDGES), feedback.words),
        "heard_fillers_per_100": _rate(labels["filler"], feedback.words),
        "heard_words": feedback.words,
        "heard_seconds": feedback.seconds,
        "heard_by": made_by(feedback.made_by),
    } | (_refused(feedback) or _judged(feedback))


def made_by(made: MadeBy) -> str:
    """What heard the story: two rows that say the same can be compared."""
    return f"analyser {made.analyser}, {made.mode} mode, fingerprint {made.fingerprint}"


def _rate(count: int, words: int) -> float:
    return round(100 * count / max(1, words), 2)


def _refused(feedback: Feedback) -> Heard:
    refused = feedback.cannot_tell
    return {"heard_error": f"{refused.reason} {refused.fix}"} if refused else {}


def _judged(feedback: Feedback) -> Heard:
    signal, checks = feedback.signal, feedback.checks
    return {
        "heard_signal": signal.label,
        "heard_confidence": _share_of(signal.confidence),
        **{f"heard_p_{name}": _share_of(share) for name, share in (signal.probabilities or {}).items()},
        "heard_runner_up": signal.runner_up,
        "heard_role_clear": checks.role_clear,
        "heard_tradeoff": checks.tradeoff_obvious,
        "heard_outcome": checks.outcome,
        "heard_fault": feedback.fault.verdict,
        "heard_fault_because": feedback.fault.decided_by.text if feedback.fault.decided_by else None,
        "heard_fault_patterns": "; ".join(pattern.title for pattern in feedback.fault.patterns) or None,
        "heard_fault_missing": "; ".join(feedback.fault.missing) or None,
        "heard_because": signal.because[0].text if signal.because else None,
        "heard_advice": feedback.advice[0].what if feedback.advice else None,
    }


def _share_of(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 4)
