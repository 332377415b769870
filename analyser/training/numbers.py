"""Fitting which quantities tell the result.

The model learns from what the sentence model said of voices that it had not heard: on those it had heard it is
surer than it will ever be again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from analyser import numbers
from analyser.models import Mode
from analyser.numbers import CLASSES, NumberModel
from analyser.reading import Floats
from analyser.results import Finding
from analyser.training.corpus import LabelledAnswer
from analyser.training.examples import LabelledExample
from analyser.training.fit import Bag, columns, folds, kept, on_one_thread, vectorizer
from analyser.training.sentences import SentenceFit
from analyser.views import DenseView, TermView

# Chosen by cross-validation over voices: what the terms, what was heard, and the sentence's vector weigh.
STRENGTH, TERMS, PARTS, VECTOR = 1.0, 3.0, 0.1, 0.03
METRIC_FROM = np.arange(0.15, 0.6, 0.025)
NOTHING_FROM = np.arange(0.4, 0.85, 0.05)
METRIC, CONTEXT = CLASSES[:2]

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Settled:
    """For a label: places that have it, and the F1 of the model and of the rules alone on unheard voices."""

    true: int
    model_f1: float
    rules_f1: float


@dataclass(frozen=True)
class Estimator:
    """One linear model over terms and surroundings, each block with its weight."""

    terms: TfidfVectorizer
    scaler: StandardScaler
    weights: Floats
    linear: LogisticRegression

    def probabilities(self, bags: Sequence[Bag], rows: Floats) -> Floats:
        """Shape (quantities, classes)."""
        found = self.linear.predict_proba(_joined(self.terms, self.scaler, self.weights, bags, rows))
        return np.asarray(found)

    def views(self) -> tuple[TermView, DenseView]:
        """The same as plain arrays."""
        width = len(self.terms.idf_)
        coefficients = np.ascontiguousarray(self.linear.coef_)
        weights = coefficients[:, width:] * self.weights / self.scaler.scale_
        by_term = kept(TERMS * coefficients[:, :width])
        terms = TermView(columns(self.terms), self.terms.idf_, by_term, np.zeros(len(coefficients)))
        return terms, DenseView(weights, self.linear.intercept_ - weights @ self.scaler.mean_)


@dataclass(frozen=True)
class NumberFit:
    """The estimator, and what was settled on voices that it had not heard.

    ``unheard`` holds, by the answer's id, how likely each sentence holds a metric, by an estimator without its voice.
    """

    estimator: Estimator
    with_vectors: bool
    metric_from: float
    nothing_from: float
    settled: dict[str, Settled]
    unheard: dict[str, Floats]

    def model(self) -> NumberModel:
        """The same model as plain arrays."""
        return NumberModel(*self.estimator.views(), self.metric_from, self.nothing_from)

    def figures(self, examples: Sequence[LabelledExample], heard: Mapping[str, Floats]) -> dict[str, dict[str, Any]]:
        """For metric and context: the F1 of rules and model on unheard voices, and the model's on other examples.

        ``heard`` holds what the sentences of those are heard as, by the answer's id.
        """
        data = NumberData.of(examples, heard, self.with_vectors)
        given = _given(self.estimator.probabilities(data.bags, data.rows), self.metric_from, self.nothing_from)
        return {
            label: {
                "cross-validated": {
                    "true": settled.true,
                    "rules": round(settled.rules_f1, 3),
                    "model": round(settled.model_f1, 3),
                },
                "test": {"true": data.marked[label], "f1": round(data.f1(given, label), 3)},
            }
            for label, settled in self.settled.items()
        }


@dataclass(frozen=True)
class NumberData:
    """Every quantity of some answers; those ``known`` are of answers whose phrases a reader marked.

    ``marked`` counts the places of each label, ``parts`` the columns of ``rows`` before the sentence's vector.
    """

    bags: list[Bag]
    rows: Floats
    truth: NDArray[np.str_]
    rules: NDArray[np.str_]
    known: NDArray[np.bool_]
    voices: list[str]
    parts: int
    marked: Counter[str]

    @classmethod
    def of(cls, examples: Sequence[LabelledExample], heard: Mapping[str, Floats], with_vectors: bool) -> "NumberData":
        """From examples, and by the answer's id what its sentences are heard as by models that had not its voice."""
        told = [example for example in examples if example.told.id in heard]
        found = [(example, finding) for example in told for finding in numbers.of(example.reading)]
        rows = [
            numbers.surroundings(e.reading, heard[e.told.id], e.vectors if with_vectors else None)
            for e in told
            if numbers.of(e.reading)
        ]
        return cls(
            [bag for example in told for bag in numbers.terms(example.reading)],
            np.vstack(rows),
            np.array([true_class(example.told, finding) for example, finding in found]),
            np.array([finding.label for _, finding in found]),
            np.array([example.told.spans is not None for example, _ in found]),
            [example.told.voice for example, _ in found],
            rows[0].shape[1] - (told[0].vectors.shape[1] if with_vectors else 0),
            Counter(span.label for example in told for span in example.told.spans or ()),
        )

    def fit(self, seen: Indices) -> Estimator:
        """The estimator, fitted on those of the quantities that are known."""
        seen = seen[self.known[seen]]
        bags = [self.bags[i] for i in seen]
        terms, scaler = vectorizer(3).fit(bags), StandardScaler().fit(self.rows[seen])
        weights = np.where(np.arange(self.rows.shape[1]) < self.parts, PARTS, VECTOR)
        linear = LogisticRegression(C=STRENGTH, max_iter=500)
        matrix = _joined(terms, scaler, weights, bags, self.rows[seen])
        targets = np.array([CLASSES.index(label) for label in self.truth[seen]])
        return Estimator(terms, scaler, weights, linear.fit(matrix, targets))

    def unheard(self) -> Floats:
        """The probabilities of each quantity by an estimator that had not heard its voice."""
        chances = np.zeros((len(self.bags), len(CLASSES)))
        parts = list(folds(self.voices))
        every = Parallel(n_jobs=-1)(delayed(self._held)(*part) for part in parts)
        for (_, held), found in zip(parts, every, strict=True):
            chances[held] = found
        return chances

    def _held(self, seen: Indices, held: Indices) -> Floats:
        return self.fit(seen).probabilities([self.bags[i] for i in held], self.rows[held])

    def f1(self, given: NDArray[np.str_], label: str) -> float:
        """How well a label is given, over all places that were marked with it, found or not."""
        said = (given == label) & self.known
        right = (said & (self.truth == label)).sum()
        return float(2 * right / max(1, said.sum() + self.marked[label]))


def true_class(told: LabelledAnswer, finding: Finding) -> str:
    """The label that a reader gave what the finding touches."""
    touched = {span.label for span in told.spans or () if span.start < finding.end and finding.start < span.end}
    return next((label for label in (METRIC, CONTEXT) if label in touched), CLASSES[2])


@on_one_thread
def fit_numbers(examples: Sequence[LabelledExample], sentences: Mapping[Mode, SentenceFit]) -> dict[Mode, NumberFit]:
    """Fit the model of both modes; its limits are settled on the answers of unheard voices."""
    return {mode: _fit(examples, fit) for mode, fit in sentences.items()}


def _fit(examples: Sequence[LabelledExample], sentences: SentenceFit) -> NumberFit:
    with_vectors = sentences.meaning is not None
    data = NumberData.of(examples, sentences.unheard, with_vectors)
    chances = data.unheard()
    metric_from = max(METRIC_FROM.tolist(), key=lambda limit: data.f1(_given(chances, limit, 1.0), METRIC))
    nothing_from = max(NOTHING_FROM.tolist(), key=lambda limit: data.f1(_given(chances, metric_from, limit), CONTEXT))
    given = _given(chances, metric_from, nothing_from)
    settled = {
        label: Settled(data.marked[label], data.f1(given, label), data.f1(data.rules, label))
        for label in (METRIC, CONTEXT)
    }
    unheard = _by_answer([example for example in examples if example.told.id in sentences.unheard], chances)
    return NumberFit(data.fit(np.arange(len(data.bags))), with_vectors, metric_from, nothing_from, settled, unheard)


def _by_answer(examples: Sequence[LabelledExample], chances: Floats) -> dict[str, Floats]:
    """How likely each sentence holds a metric, by the answer's id, from the probabilities of all their quantities."""
    ends = np.cumsum([len(numbers.of(example.reading)) for example in examples])
    rows = np.split(chances, ends[:-1])
    return {e.told.id: numbers.heights(e.reading, own) for e, own in zip(examples, rows, strict=True)}


def _given(chances: Floats, metric_from: float, nothing_from: float) -> NDArray[np.str_]:
    return np.array([numbers.decide(row, metric_from, nothing_from) for row in chances])


def _joined(
    terms: TfidfVectorizer, scaler: StandardScaler, weights: Floats, bags: Sequence[Bag], rows: Floats
) -> csr_matrix:
    return hstack([TERMS * terms.transform(bags), csr_matrix(weights * scaler.transform(rows))]).tocsr()
