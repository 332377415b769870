"""Fitting what is said of each sentence, and settling where the rules alone do better."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from analyser import features
from analyser.models import MeaningView, Mode, SentenceModel, TermView
from analyser.reading import Floats
from analyser.training.corpus import SENTENCE_LABELS, Labelled, Statement
from analyser.training.examples import Example, LabelledExample, sentence_found, sentence_truth
from analyser.training.fit import Bag, columns, folds, vectorizer

Contrast = Mapping[str, Sequence[Example[Statement]]]  # the sides of the pairs of each topic
SENTENCE_C, SENTENCE_MEANING_WEIGHT = 3.0, 0.5
PRECISION = 0.5  # what a sentence label needs at least: a false one costs more trust than a missing one
VERDICT_PRECISION = {"tradeoff": 0.65, "own_fault": 0.55}  # one such sentence settles a verdict on the whole answer


@dataclass(frozen=True)
class Settled:
    """For a label: sentences that have it, the model's threshold, the F1 of the model and of the rules alone."""

    true: int
    threshold: float
    model_f1: float
    rules_f1: float

    @property
    def by_rule(self) -> bool:
        """Whether the model fails to beat the rules, and so stays silent."""
        return self.rules_f1 >= self.model_f1


@dataclass(frozen=True)
class SentenceFit:
    """The fitted vectorizer, one estimator a label, and what was settled on voices they had not heard."""

    vectorizer: TfidfVectorizer
    estimators: list[LogisticRegression]
    settled: dict[str, Settled]
    mode: Mode

    def model(self) -> SentenceModel:
        """The same model as plain arrays."""
        column_of = columns(self.vectorizer)
        weights = np.vstack([estimator.coef_ for estimator in self.estimators])
        bias = np.concatenate([estimator.intercept_ for estimator in self.estimators])
        terms = TermView(column_of, self.vectorizer.idf_, np.ascontiguousarray(weights[:, : len(column_of)]), bias)
        meaning = None
        if self.mode == "full":
            of_vectors = np.ascontiguousarray(weights[:, len(column_of) :])
            meaning = MeaningView(of_vectors * SENTENCE_MEANING_WEIGHT, np.zeros(len(bias)))
        thresholds = np.array([self.settled[label].threshold for label in SENTENCE_LABELS])
        ruled = frozenset(label for label, settled in self.settled.items() if settled.by_rule)
        return SentenceModel(SENTENCE_LABELS, terms, meaning, thresholds, ruled)


def sentence_matrix(counter: TfidfVectorizer, bags: Iterable[Bag], vectors: Floats, mode: Mode) -> Any:  # noqa: ANN401
    """What the sentence estimators are fitted on: terms, then meaning; a sparse matrix."""
    terms = counter.transform(bags)
    return terms if mode == "fast" else hstack([terms, csr_matrix(SENTENCE_MEANING_WEIGHT * vectors)]).tocsr()


def fit_sentences(examples: Sequence[LabelledExample], contrast: Contrast, mode: Mode) -> SentenceFit:
    """Fit one estimator a label on answers and pairs.

    Thresholds, and whether the rules do better, are settled on the answers of unheard voices: in pairs every
    other sentence is true, in life one in thirty.
    """
    data = SentenceData.of(examples, contrast)
    chances, told = data.unheard(mode), data.told
    settled = {
        label: _settle(
            chances[told, j], data.truth[told, j], data.rules[told, j], VERDICT_PRECISION.get(label, PRECISION)
        )
        for j, label in enumerate(SENTENCE_LABELS)
    }
    counter, estimators = _fit_sentences(data, np.arange(len(data.truth)), mode)
    return SentenceFit(counter, estimators, settled, mode)


@dataclass(frozen=True)
class SentenceData:
    """Every sentence of some examples: terms, vector, true labels, labels by rule, whose it is.

    ``told`` is true for the sentences of answers, false for those of pairs; a pair's topic stands for a voice.
    """

    bags: list[Bag]
    vectors: Floats
    truth: NDArray[np.bool_]
    rules: NDArray[np.bool_]
    voices: list[str]
    told: NDArray[np.bool_]

    @classmethod
    def of(cls, answers: Sequence[LabelledExample], contrast: Contrast) -> Self:
        """From the answers whose sentences are labelled, and from the sides of pairs."""
        labelled = [example for example in answers if example.told.sentences]
        compared = [(topic, side) for topic, sides in contrast.items() for side in sides]
        every: list[Example[Labelled]] = [*labelled, *(side for _, side in compared)]
        counts = [features.terms(example.reading) for example in every]
        lengths = [len(count) for count in counts]
        placed = [True] * len(labelled) + [False] * len(compared)
        owners = [example.told.voice for example in labelled] + [f"about {topic}" for topic, _ in compared]
        return cls(
            [bag for count, place in zip(counts, placed, strict=True) for bag in features.in_context(count, place)],
            np.vstack([example.vectors for example in every]),
            np.vstack([sentence_truth(example) for example in every]),
            np.vstack([sentence_found(example.reading, example.reading.findings) for example in every]),
            [owner for owner, length in zip(owners, lengths, strict=True) for _ in range(length)],
            np.repeat(placed, lengths),
        )

    def unheard(self, mode: Mode) -> Floats:
        """The probabilities that models give each sentence which have not heard its voice."""
        chances = np.zeros(self.truth.shape)
        parts = list(folds(self.voices))
        every = Parallel(n_jobs=-1)(delayed(self._held_out)(*part, mode) for part in parts)
        for (_, held), found in zip(parts, every, strict=True):
            chances[held] = found
        return chances

    def _held_out(self, seen: NDArray[np.int64], held: NDArray[np.int64], mode: Mode) -> Floats:
        counter, estimators = _fit_sentences(self, seen, mode)
        matrix = sentence_matrix(counter, [self.bags[i] for i in held], self.vectors[held], mode)
        return np.stack([estimator.predict_proba(matrix)[:, 1] for estimator in estimators], axis=1)


def _fit_sentences(
    data: SentenceData, seen: NDArray[np.int64], mode: Mode
) -> tuple[TfidfVectorizer, list[LogisticRegression]]:
    bags = [data.bags[i] for i in seen]
    counter = vectorizer(3).fit(bags)
    matrix = sentence_matrix(counter, bags, data.vectors[seen], mode)
    return counter, [
        LogisticRegression(C=SENTENCE_C, solver="liblinear", random_state=0).fit(matrix, data.truth[seen, j])
        for j in range(len(SENTENCE_LABELS))
    ]


def _settle(chances: Floats, truth: NDArray[np.bool_], rules: NDArray[np.bool_], precision: float) -> "Settled":
    """The threshold of the best F1 on unheard voices with enough precision, beside what the rules alone reach."""
    order = np.argsort(-chances)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(truth) + 1) + truth.sum())
    sure_enough = hits >= precision * np.arange(1, len(truth) + 1)
    best = int((f1 * sure_enough).argmax())
    rules_f1 = 2 * (rules & truth).sum() / max(1, rules.sum() + truth.sum())
    return Settled(int(truth.sum()), float(chances[order][best]), float(f1[best]), float(rules_f1))
