"""The page on how right each finding is, from what was counted."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import get_args

from analyser import rules
from analyser.accuracy import Accuracy, Decider, Mode, Tally, Text, anchor, key
from analyser.results import ENOUGH, Rule
from analyser.training.corpus import SENTENCE_LABELS, SPANS
from analyser.training.table import Table

FILE = "accuracy.md"
UNPUNCTUATED: dict[str, tuple[Text, ...]] = {
    "written": ("written",),
    "bare*": ("bare by parser",),
    "bare": ("bare",),
    "raw*": ("raw by parser",),
    "raw": ("raw",),
}
CUT: dict[str, tuple[Text, ...]] = {
    "Written": ("written",),
    "Bare and raw, as the parser cuts them": ("bare by parser", "raw by parser"),
    "Bare and raw, as they are cut for the report": ("bare", "raw"),
}
WHO: dict[str, Decider] = {
    "rules": "rules", "model": "full model", "both": "full", "model, fast": "fast model", "both, fast": "fast",
}  # fmt: skip

LABELS = """\
*true*: how often a reader marked it. The last two columns are the F1 on answers with punctuation (*written*), and on
those that were written down as they were spoken, without full stops (*raw*)."""
BARE = """\
F1, on *written* answers, on the same answers without capitals, punctuation and line breaks (*bare*), and on *raw* ones.
With a star: where the parser is left to itself to say where a sentence ends, instead of the model of sentence
boundaries. *lost*: how much lower *bare* is than *written*."""
COMPARED = """\
F1 of the rules alone, of the sentence model when what the rules found is kept from it, and of both as the report has
them: the model decides, with the rules' findings among what it sees. The model was not fitted anew without the rules;
one that was would do a little better than it does here. *fast*: without the sentence encoder."""
RULES = f"""\
How often each rule was *right* of the times it found something, in full mode and in *fast* mode; below {ENOUGH}
findings it is too rare for a precision. Rules called `meaning` are the models', with a row for each label;
where another rule marks a sentence, the model agreed with it."""


def page(accuracy: Accuracy, anchors: bool = True) -> str:
    """All tables; with ``anchors`` each rule can be linked to."""
    return "\n\n".join(["# How right each finding is", _intro(accuracy), *_sections(accuracy, anchors)]) + "\n"


def _intro(accuracy: Accuracy) -> str:
    unheard, heard = "by voices that no model has heard", "that the models learned from, so that the figures flatter"
    voices = unheard if accuracy.split == "test" else heard
    return f"""\
Counted on {accuracy.answers} answers {voices}: the {accuracy.split} split of
corpus `{accuracy.corpus}`. *Precision*: of what is found, how much is right. *Recall*: of what a reader marked, how
much is found. A phrase is found where it is touched, a sentence where half of it is covered.

`analyser evaluate --detectors` counts anew, with errors of each label in words; `analyser explain RULE` tells what a
rule looks for and its row of this page."""


def _sections(accuracy: Accuracy, anchors: bool) -> Iterator[str]:
    modes = _modes(accuracy)
    yield from ("## By label", LABELS)
    for mode in modes:
        yield _by_label(f"Sentences, {mode} mode", accuracy, mode, SENTENCE_LABELS).aligned()
    yield _by_label("Phrases, in either mode", accuracy, modes[0], SPANS).aligned()
    if "rules" in accuracy.labels:
        yield from ("## Without punctuation", BARE)
        for mode in modes:
            yield _without(f"Sentences, {mode} mode", accuracy, mode, SENTENCE_LABELS).aligned()
        yield _without("Phrases, in either mode", accuracy, modes[0], SPANS).aligned()
        yield from ("## Rules, model, and both", COMPARED)
        yield from (_compared(title, accuracy, texts).aligned() for title, texts in CUT.items())
    yield from ("## By rule", RULES)
    for title, group in groupby(rules.every(), key=lambda rule: rule.detector):
        yield _by_rule(title, accuracy, list(group), anchors).aligned()


def _modes(accuracy: Accuracy) -> list[Mode]:
    return [mode for mode in get_args(Mode) if mode in accuracy.rules]


def _by_label(title: str, accuracy: Accuracy, decider: Decider, labels: Sequence[str]) -> Table:
    rows = []
    for label in labels:
        whole = accuracy.tally(label, decider, "written", "raw")
        parts = [accuracy.tally(label, decider, text) for text in ("written", "raw")]
        rates = (whole.precision, whole.recall, whole.f1, *(part.f1 for part in parts))
        rows.append((label, str(whole.true), *map(_rate, rates)))
    return Table(title, ("label", "true", "precision", "recall", "F1", "written", "raw"), tuple(rows))


def _without(title: str, accuracy: Accuracy, decider: Decider, labels: Sequence[str]) -> Table:
    rows = []
    for label in labels:
        f1 = {name: accuracy.tally(label, decider, *texts).f1 for name, texts in UNPUNCTUATED.items()}
        rows.append((label, *map(_rate, f1.values()), f"{round(f1['written'] - f1['bare'], 2) + 0:+.2f}"))
    return Table(title, ("label", *UNPUNCTUATED, "lost"), tuple(rows))


def _compared(title: str, accuracy: Accuracy, texts: tuple[Text, ...]) -> Table:
    who = {name: decider for name, decider in WHO.items() if decider in accuracy.labels}
    rows = [
        (label, *(_rate(accuracy.tally(label, decider, *texts).f1) for decider in who.values()))
        for label in SENTENCE_LABELS
    ]
    return Table(title, ("label", *who), tuple(rows))


def _by_rule(title: str, accuracy: Accuracy, every: Sequence[Rule], anchors: bool) -> Table:
    modes = _modes(accuracy)
    columns = [f"{name}{', fast' if mode == 'fast' and len(modes) > 1 else ''}"
               for mode in modes for name in ("right", "precision")]  # fmt: skip
    rows = [_row(accuracy, rule, modes, anchors) for rule in every]
    return Table(title, ("rule", *columns), tuple(rows))


def _row(accuracy: Accuracy, rule: Rule, modes: Sequence[Mode], anchors: bool) -> tuple[str, ...]:
    name = key(rule.id, rule.label)
    link = f'<a id="{anchor(rule.id, rule.label)}"></a>' if anchors else ""
    tallies = [accuracy.rules[mode].get(name, Tally()) for mode in modes]
    return f"{link}{name}", *(cell for tally in tallies for cell in _precision(tally))


def _precision(tally: Tally) -> tuple[str, str]:
    if not tally.given:
        return "–", ""
    return f"{tally.right} of {tally.given}", _rate(tally.precision) if tally.given >= ENOUGH else "too rare"


def _rate(share: float) -> str:
    return f"{share:.2f}"
