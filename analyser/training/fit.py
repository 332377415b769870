"""Fitting: scikit-learn estimators on a corpus, and the same models as plain arrays.

Each fit gives both, so that a test can hold the arrays to the estimators.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from analyser import features
from analyser.models import MeaningView, Mode, SentenceModel, SignalModel, TermView, softmax
from analyser.reading import Floats
from analyser.results import SignalLabel
from analyser.training.examples import SENTENCE_LABELS, Example, sentence_found, sentence_truth, voices

CLASSES: tuple[str, ...] = get_args(SignalLabel)
FOLDS = 8
MOST_TERMS = 20_000
# Chosen by cross-validation over voices of the train and dev splits.
SIGNAL_TERMS_C, SIGNAL_MEANING_C = 20.0, 0.01
SENTENCE_C, SENTENCE_MEANING_WEIGHT = 3.0, 0.5
CALIBRATION_PENALTY = 1.0
PRECISION = 0.5  # what a sentence label needs at least: a false one costs more trust than a missing one

Bag = Counter[str]


def bag_terms(bag: Bag) -> list[str]:
    """A bag of terms as the list that scikit-learn's vectorizer counts."""
    return list(bag.elements())


def _vectorizer(fewest: int) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=bag_terms, min_df=fewest, max_features=MOST_TERMS, sublinear_tf=True)


def folds(groups: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Train and held-out indices: no voice is on both sides."""
    count = min(FOLDS, len(set(groups)))
    yield from GroupKFold(count).split(np.zeros(len(groups)), groups=np.array(groups))


# ---- the signal


@dataclass(frozen=True)
class SignalFit:
    """The fitted estimators of the two views, and how they are joined.

    ``unheard`` holds the probabilities of each example by models that had not heard its voice.
    """

    terms: Pipeline
    meaning: Pipeline | None
    trust: Floats
    prior: Floats
    unheard: Floats

    def model(self) -> SignalModel:
        """The same model as plain arrays."""
        return SignalModel(CLASSES, _term_view(self.terms), _meaning_view(self.meaning), self.trust, self.prior)


def fit_signal(examples: Sequence[Example], mode: Mode) -> SignalFit:
    """Fit both views, and join them by how each did on voices that it had not heard."""
    bags, vectors, truth = _signal_data(examples)
    views: list[Sequence[Any]] = [bags, vectors]
    unheard = [np.zeros((len(truth), len(CLASSES))) for _ in range(1 if mode == "fast" else 2)]
    for seen, held in folds(voices(examples)):
        for view, estimator, data in zip(unheard, _views(mode), views, strict=False):
            view[held] = estimator.fit([data[i] for i in seen], truth[seen]).predict_log_proba([data[i] for i in held])
    trust, prior = calibrate(unheard, truth)
    fitted = [view.fit(data, truth) for view, data in zip(_views(mode), views, strict=False)]
    joined = softmax(np.tensordot(trust, np.stack(unheard), axes=1) + prior)
    return SignalFit(fitted[0], fitted[1] if mode == "full" else None, trust, prior, joined)


def _views(mode: Mode) -> list[Pipeline]:
    terms = make_pipeline(_vectorizer(2), LogisticRegression(C=SIGNAL_TERMS_C, max_iter=500))
    meaning = make_pipeline(StandardScaler(), LogisticRegression(C=SIGNAL_MEANING_C, max_iter=500))
    return [terms] if mode == "fast" else [terms, meaning]


def _signal_data(examples: Sequence[Example]) -> tuple[list[Bag], list[Floats], NDArray[np.int64]]:
    bags = [sum(features.terms(example.reading), Counter[str]()) for example in examples]
    vectors = [features.pooled(example.vectors) for example in examples]
    return bags, vectors, np.array([CLASSES.index(example.answer.signal) for example in examples])


def calibrate(views: Sequence[Floats], truth: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """How far to trust each view (an exponent) and each class (a score), by likelihood on unheard voices."""
    stacked = np.stack(views)

    def loss(parameters: Floats) -> float:
        trust, prior = np.split(parameters, [len(views)])
        chances = softmax(np.tensordot(trust, stacked, axes=1) + prior)
        return float(CALIBRATION_PENALTY * (prior @ prior) - np.log(chances[np.arange(len(truth)), truth]).sum())

    start = np.concatenate([np.full(len(views), 1 / len(views)), np.zeros(len(CLASSES))])
    bounds = [(0.0, None)] * len(views) + [(None, None)] * len(CLASSES)
    best = minimize(loss, start, bounds=bounds, method="L-BFGS-B").x
    trust, prior = np.split(best, [len(views)])
    return trust, prior


def _term_view(fitted: Pipeline) -> TermView:
    vectorizer, linear = fitted[0], fitted[1]
    return TermView(_columns(vectorizer), vectorizer.idf_, linear.coef_, linear.intercept_)


def _columns(vectorizer: TfidfVectorizer) -> dict[str, int]:
    return {str(term): i for i, term in enumerate(vectorizer.get_feature_names_out())}


def _meaning_view(fitted: Pipeline | None) -> MeaningView | None:
    """The scaler folded into the weights."""
    if fitted is None:
        return None
    scaler, linear = fitted[0], fitted[1]
    weights = linear.coef_ / scaler.scale_
    return MeaningView(weights, linear.intercept_ - weights @ scaler.mean_)


# ---- the sentences


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
        columns = _columns(self.vectorizer)
        weights = np.vstack([estimator.coef_ for estimator in self.estimators])
        bias = np.concatenate([estimator.intercept_ for estimator in self.estimators])
        terms = TermView(columns, self.vectorizer.idf_, weights[:, : len(columns)], bias)
        meaning = None
        if self.mode == "full":
            meaning = MeaningView(weights[:, len(columns) :] * SENTENCE_MEANING_WEIGHT, np.zeros(len(bias)))
        thresholds = np.array([self.settled[label].threshold for label in SENTENCE_LABELS])
        ruled = frozenset(label for label, settled in self.settled.items() if settled.by_rule)
        return SentenceModel(SENTENCE_LABELS, terms, meaning, thresholds, ruled)


def sentence_matrix(vectorizer: TfidfVectorizer, bags: Iterable[Bag], vectors: Floats, mode: Mode) -> Any:  # noqa: ANN401
    """What the sentence estimators are fitted on: terms, then meaning; a sparse matrix."""
    terms = vectorizer.transform(bags)
    return terms if mode == "fast" else hstack([terms, csr_matrix(SENTENCE_MEANING_WEIGHT * vectors)]).tocsr()


def fit_sentences(examples: Sequence[Example], mode: Mode) -> SentenceFit:
    """Fit one estimator a label; thresholds, and whether the rules do better, are settled on unheard voices."""
    data = SentenceData.of(examples)
    chances = data.unheard(mode)
    settled = {
        label: _settle(chances[:, j], data.truth[:, j], data.rules[:, j]) for j, label in enumerate(SENTENCE_LABELS)
    }
    vectorizer, estimators = _fit_sentences(data, np.arange(len(data.truth)), mode)
    return SentenceFit(vectorizer, estimators, settled, mode)


@dataclass(frozen=True)
class SentenceData:
    """Every sentence of some examples: terms, vector, true labels, labels by rule, voice."""

    bags: list[Bag]
    vectors: Floats
    truth: NDArray[np.bool_]
    rules: NDArray[np.bool_]
    voices: list[str]

    @classmethod
    def of(cls, examples: Sequence[Example]) -> "SentenceData":
        """From the examples whose sentences are labelled."""
        labelled = [example for example in examples if example.answer.sentences]
        return cls(
            [bag for example in labelled for bag in features.sentence_terms(example.reading)],
            np.vstack([example.vectors for example in labelled]),
            np.vstack([sentence_truth(example) for example in labelled]),
            np.vstack([sentence_found(example.reading, example.reading.findings) for example in labelled]),
            [example.answer.voice for example in labelled for _ in example.reading.sentences],
        )

    def unheard(self, mode: Mode) -> Floats:
        """The probabilities that models give each sentence which have not heard its voice."""
        chances = np.zeros(self.truth.shape)
        for seen, held in folds(self.voices):
            vectorizer, estimators = _fit_sentences(self, seen, mode)
            matrix = sentence_matrix(vectorizer, [self.bags[i] for i in held], self.vectors[held], mode)
            for j, estimator in enumerate(estimators):
                chances[held, j] = estimator.predict_proba(matrix)[:, 1]
        return chances


def _fit_sentences(
    data: SentenceData, seen: NDArray[np.int64], mode: Mode
) -> tuple[TfidfVectorizer, list[LogisticRegression]]:
    bags = [data.bags[i] for i in seen]
    vectorizer = _vectorizer(3).fit(bags)
    matrix = sentence_matrix(vectorizer, bags, data.vectors[seen], mode)
    return vectorizer, [
        LogisticRegression(C=SENTENCE_C, solver="liblinear", random_state=0).fit(matrix, data.truth[seen, j])
        for j in range(len(SENTENCE_LABELS))
    ]


def _settle(chances: Floats, truth: NDArray[np.bool_], rules: NDArray[np.bool_]) -> "Settled":
    """The threshold of the best F1 on unheard voices with enough precision, beside what the rules alone reach."""
    order = np.argsort(-chances)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(truth) + 1) + truth.sum())
    sure_enough = hits >= PRECISION * np.arange(1, len(truth) + 1)
    best = int((f1 * sure_enough).argmax())
    rules_f1 = 2 * (rules & truth).sum() / max(1, rules.sum() + truth.sum())
    return Settled(int(truth.sum()), float(chances[order][best]), float(f1[best]), float(rules_f1))
