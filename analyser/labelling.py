"""Rules and sentence model joined: which labels hold of each sentence in the end.

Where the model was better on unseen voices, it decides, with the rules' findings among what it looks
at; a label whose rules were better is left to the rules. Either way a finding has the same shape.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from analyser import lexicon
from analyser.models import SentenceModel
from analyser.reading import Floats, Reading, Sentence
from analyser.results import Finding

BY_SENTENCE = ("agency", "tradeoff", "fault", "parts")
FAULTS = frozenset({"own_fault", "shared_fault", "deflection"})


@cache
def detector_of(label: str) -> str:
    """The detector that gives a sentence label."""
    return next(name for name in BY_SENTENCE if label in lexicon.of(name).labels)


def overlaps(sentence: Sentence, finding: Finding) -> bool:
    """Whether the finding covers any of the sentence."""
    return finding.start < sentence.end and sentence.start < finding.end


def join(reading: Reading, probabilities: Floats, model: SentenceModel) -> tuple[Finding, ...]:
    """All findings of the answer; ``probabilities`` has the shape (sentences, labels)."""
    decided = frozenset(model.labels) - model.ruled
    kept = [finding for finding in reading.findings if finding.label not in decided]
    for sentence, row in zip(reading.sentences, probabilities, strict=True):
        near = [finding for finding in reading.findings if overlaps(sentence, finding)]
        kept.extend(_finding(label, sentence, near) for label in _holding(model, row, decided))
    return tuple(sorted(kept, key=lambda finding: (finding.start, finding.end)))


def _holding(model: SentenceModel, row: Floats, decided: frozenset[str]) -> Iterator[str]:
    """The labels that reach their threshold; of the three faults, the surest alone."""
    margins = dict(zip(model.labels, row / model.thresholds, strict=True))
    reached = {label: margin for label, margin in margins.items() if margin >= 1 and label in decided}
    faults = FAULTS & reached.keys()
    surest = max(faults, key=lambda label: reached[label], default=None)
    return (label for label in reached if label not in faults or label == surest)


def _finding(label: str, sentence: Sentence, near: Iterable[Finding]) -> Finding:
    """The rule's own finding where a rule agrees: its reason is the more exact one."""
    agreeing = next((finding for finding in near if finding.label == label), None)
    if agreeing is not None and (agreeing.start, agreeing.end) == (sentence.start, sentence.end):
        return agreeing
    detector = detector_of(label)
    group = next(group for group in lexicon.of(detector).groups.values() if group.label == label)
    return Finding(
        detector=detector,
        label=label,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        rule=agreeing.rule if agreeing else f"{detector}/sentence-model",
        why=agreeing.why if agreeing else group.why,
        fix=agreeing.fix if agreeing else group.fix,
    )
