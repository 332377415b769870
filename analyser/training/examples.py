"""Labelled answers and pairs as the models see them: read by the pipeline, embedded, each sentence with its labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from analyser import pipeline
from analyser.encoder import Encoder
from analyser.labelling import overlaps
from analyser.reading import Floats, Reading, Sentence
from analyser.results import Finding
from analyser.training.corpus import SENTENCE_LABELS, ContrastPair, Labelled, LabelledAnswer, Statement


class Written(Protocol):
    """Anything that has a text."""

    @property
    def text(self) -> str:
        """The text as given."""


Told = TypeVar("Told", bound=Written, covariant=True)


@dataclass(frozen=True)
class Example(Generic[Told]):
    """An answer, or one side of a contrast pair, with its labels: as read, and its sentences' vectors."""

    told: Told
    reading: Reading
    vectors: Floats


LabelledExample = Example[LabelledAnswer]


def prepare(told: Iterable[Told], models: Path | None = None) -> list[Example[Told]]:
    """Read and embed the texts, in order, cut by the models in the folder or the shipped ones."""
    nlp, encoder = pipeline.load(models=models), Encoder()
    read = pipeline.read(nlp, ((labelled.text, labelled) for labelled in told))
    texts = ((reading.said, (labelled, reading)) for reading, labelled in read)
    return [Example(labelled, reading, vectors) for vectors, (labelled, reading) in encoder.pipe(texts)]


def prepare_contrast(pairs: Sequence[ContrastPair], models: Path | None = None) -> dict[str, list[Example[Statement]]]:
    """Read and embed both sides of each pair, by topic."""
    sides = [(pair.topic, side) for pair in pairs for side in pair.sides]
    by_topic: dict[str, list[Example[Statement]]] = {topic: [] for topic, _ in sides}
    for (topic, _), example in zip(sides, prepare([side for _, side in sides], models), strict=True):
        by_topic[topic].append(example)
    return by_topic


def sentence_truth(example: Example[Labelled]) -> NDArray[np.bool_]:
    """Which labels hold of each sentence as the pipeline cut it, shape (sentences, labels).

    A label holds where a labelled sentence covers at least half of this one, or this one half of it.
    """
    rows = [_labels(sentence, example.told) for sentence in example.reading.sentences]
    return np.array([[label in row for label in SENTENCE_LABELS] for row in rows])


def _labels(sentence: Sentence, told: Labelled) -> frozenset[str]:
    held: frozenset[str] = frozenset()
    for labelled in told.sentences:
        shared = min(sentence.end, labelled.end) - max(sentence.start, labelled.start)
        if 2 * shared >= min(sentence.end - sentence.start, labelled.end - labelled.start):
            held |= labelled.labels
    return held


def sentence_found(reading: Reading, findings: Iterable[Finding]) -> NDArray[np.bool_]:
    """Which labels the findings give each sentence, shape (sentences, labels)."""
    found = [finding for finding in findings if finding.label in SENTENCE_LABELS]
    rows = [{f.label for f in found if overlaps(sentence, f)} for sentence in reading.sentences]
    return np.array([[label in row for label in SENTENCE_LABELS] for row in rows])


def voices(examples: Sequence[Example[Any]]) -> list[str]:
    """Who speaks, an example each: what every split and every fold goes by."""
    return [example.told.voice for example in examples]
