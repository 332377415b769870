"""The corpus counted: what a reader should know of it before believing a model that learned from it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import get_args

from analyser.results import Outcome, SignalLabel, Verdict
from analyser.training.corpus.agreement import Agreement, Agreements
from analyser.training.corpus.folder import Corpus
from analyser.training.corpus.labelled import (
    KINDS,
    SENTENCE_LABELS,
    SPANS,
    ContrastPair,
    LabelledAnswer,
    Register,
    SplitName,
)
from analyser.training.table import Table

SPLITS: tuple[SplitName, ...] = get_args(SplitName)
REGISTERS: tuple[str, ...] = get_args(Register)
SPOKEN = frozenset({"student", "experienced"})
# The words that a keyword search would look for; half of the answers do without them.
OWN_WORDS = {
    "judgment": r"decision|decid|judg|tradeoff|trade-off",
    "candor": r"feedback|honest|candid|critici",
    "commitment": r"disagree|commit",
    "accountability": r"mistake|fail|fault|accountab|wrong",
    "ownership": r"influenc|ownership|initiative|\blead\b|\bled\b|authority",
}
_FIRST = {"I": re.compile(r"\bi\b", re.IGNORECASE), "we": re.compile(r"\bwe\b", re.IGNORECASE)}


def tables(corpus: Corpus) -> list[Table]:
    """The corpus in tables: answers, their mixture, length, sentence and phrase labels, pairs."""
    answers = corpus.answers
    split_of = {voice: split for split, members in corpus.voices.items() for voice in members}
    by_split = _columns(answers, lambda answer: split_of[answer.voice], SPLITS)
    by_register = _columns(answers, lambda answer: answer.manner, REGISTERS)
    found = [
        _counted("Answers by register", by_split, lambda a: a.manner, REGISTERS),
        _voices(corpus),
        _counted("Answers by signal", by_split, lambda a: a.signal, get_args(SignalLabel)),
        _counted("Failure stories", by_split, lambda a: a.fault, get_args(Verdict)),
        _counted("Outcome", by_split, lambda a: a.outcome, get_args(Outcome)),
        _mixture(by_register),
        _lengths(by_register),
        _labels("Sentences", SENTENCE_LABELS, by_split, _sentence_labels),
        _labels("Phrases, in the answers where they are labelled", SPANS, by_split, _span_labels),
    ]
    return [*found, _pairs(corpus)] if corpus.pairs else found


Columns = Mapping[str, Sequence[LabelledAnswer]]


def of_agreement(found: Agreements) -> list[Table]:
    """Cohen's kappa of every label, in tables."""
    columns = ("", "judged", "given by the first", "kappa")
    tables = [Table(title, columns, tuple(map(_agreed, rows))) for title, rows in found.tables()]
    runner_up = ("signal, runners-up counted", "", "", f"{found.runner_up:.0%} agree")
    whole = tables[0]
    return [Table(whole.title, whole.columns, (*whole.rows, runner_up)), *tables[1:]]


def _agreed(row: Agreement) -> tuple[str, ...]:
    return row.label, f"{row.judged:,}", "" if row.given is None else f"{row.given:,}", f"{row.kappa:.2f}"


def _columns(
    answers: Sequence[LabelledAnswer], of: Callable[[LabelledAnswer], str], names: Iterable[str]
) -> dict[str, list[LabelledAnswer]]:
    """The answers of each name, where there are any, and all."""
    every = {name: [answer for answer in answers if of(answer) == name] for name in names}
    return {name: held for name, held in every.items() if held} | {"all": list(answers)}


def _counted(title: str, columns: Columns, of: Callable[[LabelledAnswer], str], names: Iterable[str]) -> Table:
    counts = {column: Counter(map(of, answers)) for column, answers in columns.items()}
    rows = [(name, *(f"{counts[column][name]:,}" for column in columns)) for name in names if counts["all"][name]]
    total = ("all", *(f"{len(answers):,}" for answers in columns.values()))
    return Table(title, ("", *columns), (*rows, total))


def _voices(corpus: Corpus) -> Table:
    voices = {answer.voice: answer.manner for answer in corpus.answers}
    counts_of = {split: Counter[str](voices[v] for v in corpus.voices[split] if v in voices) for split in SPLITS}
    rows = tuple((manner, *(str(counts_of[split][manner]) for split in SPLITS)) for manner in REGISTERS)
    return Table("Voices by register", ("", *SPLITS), rows)


def share(answers: Sequence[LabelledAnswer], holds: Callable[[LabelledAnswer], object]) -> float:
    """Of which share of the answers something holds; 0 for no answers."""
    return sum(bool(holds(answer)) for answer in answers) / max(1, len(answers))


def says_we(answer: LabelledAnswer) -> bool:
    """Whether "we" is said more often than "I"."""
    return len(_FIRST["we"].findall(answer.text)) > len(_FIRST["I"].findall(answer.text))


def says_its_name(answer: LabelledAnswer) -> bool:
    """Whether the answer uses a word that a keyword search for its signal would look for."""
    return bool(re.search(OWN_WORDS[answer.signal], answer.text.lower()))


def _mixture(columns: Columns) -> Table:
    holds: dict[str, Callable[[LabelledAnswer], object]] = {
        "a runner-up is defensible": lambda a: a.also,
        "the speaker's role is clear": lambda a: a.role_clear,
        "a tradeoff is obvious": lambda a: a.tradeoff_obvious,
        "the outcome is measured": lambda a: a.outcome == "measured",
        '"we" is said more than "I"': says_we,
    }
    rows = [(name, *(f"{share(a, test):.0%}" for a in columns.values())) for name, test in holds.items()]
    signals = {name: [a for a in answers if a.signal in OWN_WORDS] for name, answers in columns.items()}
    rows.append(("the signal's own words are there", *(f"{share(a, says_its_name):.0%}" for a in signals.values())))
    return Table("The mixture: share of the answers in which …", ("", *columns), tuple(rows))


def _lengths(columns: Columns) -> Table:
    words = {name: sorted(len(answer.text.split()) for answer in answers) for name, answers in columns.items()}
    shares = {
        "shortest": 0.0,
        "a tenth is shorter than": 0.1,
        "median": 0.5,
        "a tenth is longer than": 0.9,
        "longest": 1.0,
    }
    rows = [
        (name, *(str(counts[round(part * (len(counts) - 1))]) for counts in words.values()))
        for name, part in shares.items()
    ]
    return Table("Words an answer", ("", *columns), tuple(rows))


def _sentence_labels(answer: LabelledAnswer) -> Iterable[str]:
    return (label for sentence in answer.sentences for label in sentence.labels)


def _span_labels(answer: LabelledAnswer) -> Iterable[str]:
    return (span.label for span in answer.spans or ())


def _labels(title: str, names: Sequence[str], columns: Columns, of: Callable[[LabelledAnswer], Iterable[str]]) -> Table:
    counts = {name: Counter(label for answer in answers for label in of(answer)) for name, answers in columns.items()}
    rows = [(label, *(f"{count[label]:,}" for count in counts.values())) for label in names]
    if names is SENTENCE_LABELS:
        rows.append(("sentences", *(f"{sum(len(a.sentences) for a in answers):,}" for answers in columns.values())))
    else:
        rows.append(("answers", *(f"{sum(a.spans is not None for a in answers):,}" for answers in columns.values())))
    return Table(title, ("", *columns), tuple(rows))


def _pairs(corpus: Corpus) -> Table:
    by_split: dict[str, Sequence[ContrastPair]] = {split: corpus.contrast(split) for split in SPLITS}
    columns = by_split | {"all": corpus.pairs, "raw": [pair for pair in corpus.pairs if pair.raw]}
    rows = [(kind, *(f"{sum(pair.kind == kind for pair in pairs):,}" for pairs in columns.values())) for kind in KINDS]
    rows.append(("all", *(f"{len(pairs):,}" for pairs in columns.values())))
    rows.append(("topics", *(str(len({pair.topic for pair in pairs})) for pairs in columns.values())))
    return Table("Contrast pairs by kind", ("", *columns), tuple(rows))
