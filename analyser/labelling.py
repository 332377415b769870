"""Rules and models joined: which labels hold of each sentence, and of each quantity, in the end.

Where the model was better on unseen voices, it decides, with the rules' findings among what it looks
at; a label whose rules were better is left to the rules. Either way a finding has the same shape.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from analyser import features, lexicon, numbers
from analyser.models import Heard, SentenceModel
from analyser.numbers import NumberModel
from analyser.reading import Deed, Floats, Reading, Sentence
from analyser.results import Finding, Quote
from analyser.rules import BY_MEANING, BY_SENTENCE

FAULTS = frozenset({"own_fault", "shared_fault", "deflection"})
FEWEST_WORDS = 3  # of a sentence that can say anything by its meaning


@cache
def detector_of(label: str) -> str:
    """The detector that gives a sentence label."""
    return next(name for name in BY_SENTENCE if label in lexicon.of(name).labels)


def overlaps(sentence: Sentence | Quote, finding: Quote) -> bool:
    """Whether the finding covers any of the sentence, or of a quotation."""
    return finding.start < sentence.end and sentence.start < finding.end


def join(reading: Reading, heard: Heard, model: SentenceModel) -> tuple[Finding, ...]:
    """All findings of the answer, as its sentences were heard."""
    decided = frozenset(model.labels) - model.ruled
    kept = [finding for finding in reading.findings if finding.label not in decided]
    for sentence, row, count in zip(reading.sentences, heard.parts, heard.counts, strict=True):
        near = [finding for finding in reading.findings if overlaps(sentence, finding)]
        settled = _settled(sentence, {finding.label for finding in near}, decided)
        holding = _holding(model, row, decided) if len(features.words(sentence)) >= FEWEST_WORDS else ()
        hidden = _hides_a_doer(sentence, near, reading.deeds)
        kept.extend(
            _finding(label, sentence, near, model.words(count, label))
            for label in holding
            if label not in settled and (hidden or label != "team_only")
        )
    sided = (_sided(finding, reading) for finding in kept)
    return tuple(sorted(sided, key=lambda finding: (finding.start, finding.end)))


def _settled(sentence: Sentence, known: set[str], decided: frozenset[str]) -> frozenset[str]:
    """The faults of which the model is not asked, by the labels that rules found here.

    A rule has named the fault; or the sentence has no verb, as "Yeah, so, a failure.", and announces one at most.
    """
    if not known.isdisjoint(FAULTS - decided):
        return FAULTS
    return frozenset() if any(token.pos in {"VERB", "AUX"} for token in sentence.tokens) else FAULTS - known


def _hides_a_doer(sentence: Sentence, near: Iterable[Finding], deeds: Iterable[Deed]) -> bool:
    """Whether a team, or nobody, is told to have done something here: a state, a habit or a mishap is no deed."""
    if any(finding.label == "team_only" for finding in near):
        return True
    here = (deed for deed in deeds if sentence.start <= deed.start < sentence.end)
    return any(deed.agent in {"we", "nobody"} and _is_done(deed, sentence) for deed in here)


def _is_done(deed: Deed, sentence: Sentence) -> bool:
    """Whether the sentence does not tell it as a mishap, and neither denies it nor takes it for possible or usual."""
    sets = lexicon.of("agency").sets
    before = {token.text.lower() for token in sentence.tokens if token.start < deed.start}
    return deed.verb.lower() not in sets["mishaps"] and (deed.event or sets["unreal"].isdisjoint(before))


def _sided(finding: Finding, reading: Reading) -> Finding:
    """A tradeoff with its two sides, as far as its sentence shows them."""
    if finding.label != "tradeoff":
        return finding
    chosen, cost = reading.sides(next(i for i, said in enumerate(reading.sentences) if overlaps(said, finding)))
    return finding.model_copy(update={"chosen": chosen, "cost": cost})


def sort_numbers(
    findings: Iterable[Finding],
    reading: Reading,
    counts: Sequence[Mapping[str, int]],
    chances: Floats,
    model: NumberModel,
) -> tuple[Finding, ...]:
    """The findings, each quantity under what it is heard as: a result, context, or no number at all.

    ``counts`` are the terms of the reading's quantities, ``chances`` the model's, a row a quantity.
    A date, and a phrase of the user's own, amount to nothing and stay as they were found.
    """
    found = numbers.of(reading)
    sentences = [reading.sentences[at] for at in numbers.sentence_of(reading, found)]
    decided = {
        finding: _sorted(finding, sentence, count, model.label(row), model)
        for finding, sentence, count, row in zip(found, sentences, counts, chances, strict=True)
        if finding.quantity
    }
    kept = (decided.get(finding, finding) for finding in findings)
    return tuple(finding for finding in kept if finding is not None)


def _sorted(
    finding: Finding, sentence: Sentence, count: Mapping[str, int], label: str, model: NumberModel
) -> Finding | None:
    """The finding under its label; where the rule said another, with the words that spoke against it."""
    if label == finding.label or label not in lexicon.of(numbers.DETECTOR).labels:
        return finding if label == finding.label else None
    reason = lexicon.of(numbers.DETECTOR).meaning[label]
    said = {token.lemma.lower(): token.text for token in sentence.tokens}
    words = [said[lemma] for lemma in model.words(count, label) if lemma in said]
    return finding.model_copy(
        update={
            "label": label,
            "rule": f"{numbers.DETECTOR}/{BY_MEANING}",
            "why": _because(reason.why, words),
            "fix": reason.fix,
        }
    )


def without_guessed_blame(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings for a story that is no failure: nothing failed, so no cause is passed on or shared.

    What a rule found stays: it stands on words that pass a fault on wherever they are said.
    """
    guessed = f"fault/{BY_MEANING}"
    return tuple(f for f in findings if f.rule != guessed or f.label == "own_fault")


def _holding(model: SentenceModel, row: Floats, decided: frozenset[str]) -> Iterator[str]:
    """The labels that reach their threshold; of the three faults, the surest alone."""
    margins = dict(zip(model.labels, (row / model.thresholds).tolist(), strict=True))
    reached = {label: margin for label, margin in margins.items() if margin >= 1 and label in decided}
    faults = FAULTS & reached.keys()
    surest = max(faults, key=lambda label: reached[label], default=None)
    return (label for label in reached if label not in faults or label == surest)


def _finding(label: str, sentence: Sentence, near: Iterable[Finding], words: Sequence[str]) -> Finding:
    """A finding over the sentence; where a rule agrees, with the rule's reason, which is the more exact one.

    Otherwise the reason is the label's, with the words that moved the model most.
    """
    detector = detector_of(label)
    rule = next((finding for finding in near if finding.label == label), None)
    reason = rule or lexicon.of(detector).meaning[label]
    return Finding(
        detector=detector,
        label=label,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        rule=rule.rule if rule else f"{detector}/{BY_MEANING}",
        why=reason.why if rule else _because(reason.why, words),
        fix=reason.fix,
    )


def _because(why: str, words: Sequence[str]) -> str:
    return f"{why} What speaks for it: {_listed(words)}." if words else why


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{said}”" for said in words)
