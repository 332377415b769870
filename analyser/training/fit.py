"""Fitting: scikit-learn estimators on a corpus, and the same models as plain arrays.

Each fit gives both, so that a test can hold the arrays to the estimators.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from analyser import features
from analyser.models import AnswerModel, MeaningView, Mode, SentenceModel, TermView, softmax, total
from analyser.reading import Floats
from analyser.results import Outcome, SignalLabel
from analyser.training.corpus import LabelledAnswer
from analyser.training.examples import SENTENCE_LABELS, Example, sentence_found, sentence_truth, voices

CLASSES: tuple[str, ...] = get_args(SignalLabel)
FOLDS = 6
MOST_TERMS = 20_000
# Chosen by cross-validation over voices, and by real speech that is not part of the project.
ANSWER_TERMS_C, ANSWER_MEANING_C = 20.0, 0.01
ALSO_SHARE = 0.3  # of an answer belongs to the runners-up that a reader would defend
SENTENCE_C, SENTENCE_MEANING_WEIGHT = 3.0, 0.5
CALIBRATION_PENALTY = 1.0
PRECISION = 0.5  # what a sentence label needs at least: a false one costs more trust than a missing one
VERDICT_PRECISION = {"tradeoff": 0.65, "own_fault": 0.55}  # one such sentence settles a verdict on the whole answer

Bag = Counter[str]


def bag_terms(bag: Bag) -> list[str]:
    """A bag of terms as the list that scikit-learn's vectorizer counts."""
    return list(bag.elements())


def _vectorizer(fewest: int) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=bag_terms, min_df=fewest, max_features=MOST_TERMS, sublinear_tf=True)


def folds(groups: Sequence[str], most: int = FOLDS) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Train and held-out indices: no voice is on both sides."""
    count = min(most, len(set(groups)))
    yield from GroupKFold(count).split(np.zeros(len(groups)), groups=np.array(groups))


# ---- whole answers: the signal, the outcome


@dataclass(frozen=True)
class Task:
    """A question about whole answers: its classes, the right one, and others that a careful reader could defend.

    ``handicap`` is taken off the score of a class, in log-odds.
    """

    classes: tuple[str, ...]
    right: Callable[[LabelledAnswer], str]
    others: Callable[[LabelledAnswer], Sequence[str]]
    handicap: Mapping[str, float] = field(default_factory=dict)

    def targets(self, examples: Sequence[Example]) -> Floats:
        """How much of each answer belongs to each class, shape (answers, classes); rows add up to 1."""
        rows = np.zeros((len(examples), len(self.classes)))
        for row, example in zip(rows, examples, strict=True):
            others = self.others(example.answer)
            row[self.classes.index(self.right(example.answer))] = 1 - ALSO_SHARE * bool(others)
            for other in others:
                row[self.classes.index(other)] += ALSO_SHARE / len(others)
        return rows


# A thin signal is a signal: real answers show it less plainly than written ones, and sound like none too soon.
SIGNAL = Task(CLASSES, lambda answer: answer.signal, lambda answer: answer.also, {"none": 1.0})
OUTCOME = Task(get_args(Outcome), lambda answer: answer.outcome, lambda _: ())


@dataclass(frozen=True)
class ViewFit:
    """One view, fitted; ``unheard`` holds each example's log-probabilities by a fit that had not heard its voice."""

    estimator: Pipeline
    unheard: Floats


@dataclass(frozen=True)
class AnswerFit:
    """The fitted estimators of the two views, and how they are joined.

    ``unheard`` holds the probabilities of each example by models that had not heard its voice.
    """

    task: Task
    terms: Pipeline
    meaning: Pipeline | None
    trust: Floats
    prior: Floats
    unheard: Floats

    def model(self) -> AnswerModel:
        """The same model as plain arrays."""
        return AnswerModel(
            self.task.classes, _term_view(self.terms), _meaning_view(self.meaning), self.trust, self.prior
        )


def fit_answers(task: Task, examples: Sequence[Example]) -> dict[Mode, AnswerFit]:
    """Fit both views, and calibrate their product by how it did on voices that they had not heard."""
    targets = task.targets(examples)
    terms = _fit_view(_fit_terms, _answer_bags(examples), targets, voices(examples))
    vectors = [features.pooled(example.vectors) for example in examples]
    meaning = _fit_view(_fit_meaning, vectors, targets, voices(examples))
    return {"full": _join(task, targets, terms, meaning), "fast": _join(task, targets, terms, None)}


Fitter = Callable[[Sequence[Any], Floats], Pipeline]


def _fit_view(fitter: Fitter, data: Sequence[Any], targets: Floats, groups: Sequence[str]) -> ViewFit:
    parts = list(folds(groups))
    every = Parallel(n_jobs=-1)(delayed(_held)(fitter, data, targets, *part) for part in parts)
    unheard = np.zeros(targets.shape)
    for (_, held), chances in zip(parts, every, strict=True):
        unheard[held] = chances
    return ViewFit(fitter(data, targets), unheard)


def _held(
    fitter: Fitter, data: Sequence[Any], targets: Floats, seen: NDArray[np.int64], held: NDArray[np.int64]
) -> Floats:
    fitted = fitter([data[i] for i in seen], targets[seen])
    return np.asarray(fitted.predict_log_proba([data[i] for i in held]))


def _join(task: Task, targets: Floats, terms: ViewFit, meaning: ViewFit | None) -> AnswerFit:
    views = [view for view in (terms, meaning) if view]
    trust, prior = calibrate([view.unheard for view in views], targets)
    prior = prior - np.array([task.handicap.get(name, 0.0) for name in task.classes])
    joined = softmax(np.tensordot(trust, np.stack([view.unheard for view in views]), axes=1) + prior)
    return AnswerFit(task, terms.estimator, meaning.estimator if meaning else None, trust, prior, joined)


def _answer_bags(examples: Sequence[Example]) -> list[Any]:
    return [total(features.terms(example.reading)) for example in examples]


def _fit_terms(bags: Sequence[Any], targets: Floats) -> Pipeline:
    """Terms learn the right class alone: told the others as well they do worse, on written and real answers alike."""
    estimator = make_pipeline(_vectorizer(2), LogisticRegression(C=ANSWER_TERMS_C, max_iter=500))
    return estimator.fit(bags, targets.argmax(axis=1))


def _fit_meaning(vectors: Sequence[Any], targets: Floats) -> Pipeline:
    """Meaning learns each class by its share: a row for each, weighted."""
    rows, classes = np.nonzero(targets)
    estimator = make_pipeline(StandardScaler(), LogisticRegression(C=ANSWER_MEANING_C, max_iter=500))
    weights = {"logisticregression__sample_weight": targets[rows, classes]}
    return estimator.fit(np.array(vectors)[rows], classes, **weights)


def calibrate(views: Sequence[Floats], targets: Floats) -> tuple[Floats, Floats]:
    """How sharply to trust the views, and a score for each class, by likelihood on unheard voices.

    The views are trusted alike: left to the written answers, the terms would take all the trust, and real
    speech is where meaning carries further.
    """
    product = np.sum(views, axis=0)

    def loss(parameters: Floats) -> float:
        chances = softmax(parameters[0] * product + parameters[1:])
        return float(CALIBRATION_PENALTY * (parameters[1:] @ parameters[1:]) - (targets * np.log(chances)).sum())

    start = np.concatenate([[1 / len(views)], np.zeros(targets.shape[1])])
    best = minimize(loss, start, bounds=[(0.01, None), *[(None, None)] * targets.shape[1]], method="L-BFGS-B").x
    return np.full(len(views), best[0]), best[1:]


def _term_view(fitted: Pipeline) -> TermView:
    vectorizer, linear = fitted[0], fitted[1]
    return TermView(_columns(vectorizer), vectorizer.idf_, np.ascontiguousarray(linear.coef_), linear.intercept_)


def _columns(vectorizer: TfidfVectorizer) -> dict[str, int]:
    return {str(term): i for i, term in enumerate(vectorizer.get_feature_names_out())}


def _meaning_view(fitted: Pipeline | None) -> MeaningView | None:
    """The scaler folded into the weights."""
    if fitted is None:
        return None
    scaler, linear = fitted[0], fitted[1]
    weights = np.ascontiguousarray(linear.coef_ / scaler.scale_)
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
        terms = TermView(columns, self.vectorizer.idf_, np.ascontiguousarray(weights[:, : len(columns)]), bias)
        meaning = None
        if self.mode == "full":
            of_vectors = np.ascontiguousarray(weights[:, len(columns) :])
            meaning = MeaningView(of_vectors * SENTENCE_MEANING_WEIGHT, np.zeros(len(bias)))
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
        label: _settle(chances[:, j], data.truth[:, j], data.rules[:, j], VERDICT_PRECISION.get(label, PRECISION))
        for j, label in enumerate(SENTENCE_LABELS)
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
            [bag for example in labelled for bag in features.in_context(features.terms(example.reading))],
            np.vstack([example.vectors for example in labelled]),
            np.vstack([sentence_truth(example) for example in labelled]),
            np.vstack([sentence_found(example.reading, example.reading.findings) for example in labelled]),
            [example.answer.voice for example in labelled for _ in example.reading.sentences],
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
        vectorizer, estimators = _fit_sentences(self, seen, mode)
        matrix = sentence_matrix(vectorizer, [self.bags[i] for i in held], self.vectors[held], mode)
        return np.stack([estimator.predict_proba(matrix)[:, 1] for estimator in estimators], axis=1)


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


def _settle(chances: Floats, truth: NDArray[np.bool_], rules: NDArray[np.bool_], precision: float) -> "Settled":
    """The threshold of the best F1 on unheard voices with enough precision, beside what the rules alone reach."""
    order = np.argsort(-chances)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(truth) + 1) + truth.sum())
    sure_enough = hits >= precision * np.arange(1, len(truth) + 1)
    best = int((f1 * sure_enough).argmax())
    rules_f1 = 2 * (rules & truth).sum() / max(1, rules.sum() + truth.sum())
    return Settled(int(truth.sum()), float(chances[order][best]), float(f1[best]), float(rules_f1))
