"""Labelled answers as the models see them: read by the pipeline, embedded, each sentence with its labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analyser import pipeline
from analyser.encoder import Encoder
from analyser.labelling import overlaps
from analyser.reading import Floats, Reading, Sentence
from analyser.results import Finding
from analyser.training.corpus import FAULTS, PARTS, LabelledAnswer

SENTENCE_LABELS = (*PARTS, *FAULTS, "tradeoff", "team_only")


@dataclass(frozen=True)
class Example:
    """An answer with its labels, as read, and its sentences' vectors."""

    answer: LabelledAnswer
    reading: Reading
    vectors: Floats


def prepare(answers: Iterable[LabelledAnswer], models: Path | None = None) -> list[Example]:
    """Read and embed the answers, in order, cut by the models in the folder or the shipped ones."""
    nlp, encoder = pipeline.load(models=models), Encoder()
    return [
        Example(answer, reading, encoder.encode([sentence.text for sentence in reading.sentences]))
        for reading, answer in pipeline.read(nlp, ((answer.text, answer) for answer in answers))
    ]


def sentence_truth(example: Example) -> NDArray[np.bool_]:
    """Which labels hold of each sentence as the pipeline cut it, shape (sentences, labels).

    A label holds where a labelled sentence covers at least half of this one, or this one half of it.
    """
    rows = [_labels(sentence, example.answer) for sentence in example.reading.sentences]
    return np.array([[label in row for label in SENTENCE_LABELS] for row in rows])


def _labels(sentence: Sentence, answer: LabelledAnswer) -> frozenset[str]:
    held: frozenset[str] = frozenset()
    for labelled in answer.sentences:
        shared = min(sentence.end, labelled.end) - max(sentence.start, labelled.start)
        if 2 * shared >= min(sentence.end - sentence.start, labelled.end - labelled.start):
            held |= labelled.labels
    return held


def sentence_found(reading: Reading, findings: Iterable[Finding]) -> NDArray[np.bool_]:
    """Which labels the findings give each sentence, shape (sentences, labels)."""
    found = [finding for finding in findings if finding.label in SENTENCE_LABELS]
    rows = [{f.label for f in found if overlaps(sentence, f)} for sentence in reading.sentences]
    return np.array([[label in row for label in SENTENCE_LABELS] for row in rows])


def voices(examples: Sequence[Example]) -> list[str]:
    """Who speaks, an example each: what every split and every fold goes by."""
    return [example.answer.voice for example in examples]
