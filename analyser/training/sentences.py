"""Fitting what is said of each sentence, in two rounds, and settling where the rules alone do better.

The second round learns from scores that the first gave to voices it had not heard: on those it had heard it is
surer than it will ever be again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from analyser import features
from analyser.models import Mode, SentenceModel
from analyser.reading import Floats
from analyser.training.corpus import FAULTS, SENTENCE_LABELS, Labelled, Statement
from analyser.training.examples import Example, LabelledExample, sentence_found, sentence_truth
from analyser.training.fit import Bag, Counted, Indices, Weighed, columns, folds, kept, on_one_thread, unscaled
from analyser.training.fragments import Stories
from analyser.views import DenseView, TermView

Contrast = Mapping[str, Sequence[Example[Statement]]]  # the sides of the pairs of each topic
# Chosen by cross-validation over voices.
TERMS_C, MEANING_PENALTY, STORY_C = 3.0, 30.0, 0.03
# Real speech shows some parts of its story less plainly than written answers do: so much less, in log-odds, is asked of
# them. More is asked of influence, which real speech seldom shows and often seems to.
EASE = {"context": 0.5, "action": 0.5, "said_or_heard": 0.5, "change": 0.5, "influence": -0.5}
# Of these a listener asks: where did you say so? The terms of the sentence itself must not speak against them.
SAID_THERE = frozenset({*FAULTS, "tradeoff", "team_only"})
FLOOR = {"own_fault": -3.5}  # a fault is often owned in the plainest words
FLOORS = np.array([FLOOR.get(label, -2.5) if label in SAID_THERE else -np.inf for label in SENTENCE_LABELS])
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


def _scores(estimators: Sequence[LogisticRegression], rows: Any) -> Floats:  # noqa: ANN401
    return np.stack([estimator.decision_function(rows) for estimator in estimators], axis=1)


@dataclass(frozen=True)
class TermFit:
    """The first round's view on terms: a vectorizer and one estimator a label."""

    vectorizer: TfidfVectorizer
    estimators: list[LogisticRegression]

    def scores(self, bags: Sequence[Bag]) -> Floats:
        """One score a label for each sentence."""
        return _scores(self.estimators, self.vectorizer.transform(bags))

    def view(self) -> TermView:
        """The same as plain arrays."""
        weights = np.vstack([estimator.coef_ for estimator in self.estimators])
        bias = np.concatenate([estimator.intercept_ for estimator in self.estimators])
        return TermView(columns(self.vectorizer), self.vectorizer.idf_, kept(weights), bias)


@dataclass(frozen=True)
class SentenceFit:
    """The estimators of both rounds, and what was settled on voices that they had not heard.

    ``unheard`` holds, by the answer's id, the probabilities of its labels by rounds that had not heard its voice.
    """

    terms: TermFit
    meaning: Ridge | None
    story: list[Pipeline]
    settled: dict[str, Settled]
    unheard: dict[str, Floats]

    def model(self) -> SentenceModel:
        """The same model as plain arrays."""
        meaning = None if self.meaning is None else DenseView(self.meaning.coef_, self.meaning.intercept_)
        unpacked = [unscaled(pipeline) for pipeline in self.story]
        story = DenseView(
            np.vstack([weights for weights, _ in unpacked]), np.concatenate([bias for _, bias in unpacked])
        )
        thresholds = np.array(
            [_eased(self.settled[label].threshold, EASE.get(label, 0.0)) for label in SENTENCE_LABELS]
        )
        ruled = frozenset(label for label, settled in self.settled.items() if settled.by_rule)
        return SentenceModel(SENTENCE_LABELS, self.terms.view(), meaning, story, FLOORS, thresholds, ruled)


@dataclass(frozen=True)
class SentenceData:
    """Every sentence of some texts: terms, counted, vectors around it, true labels, labels by rule.

    ``voices`` says whose each sentence is, with a pair's topic in the place of a voice; ``lengths`` how many
    sentences each text has. The first ``told`` sentences are those of answers, ``ids``, the others those of pairs.
    """

    counted: Counted
    vectors: Floats
    truth: NDArray[np.bool_]
    rules: NDArray[np.bool_]
    voices: list[str]
    lengths: list[int]
    told: int
    ids: list[str]

    @classmethod
    def of(cls, answers: Sequence[LabelledExample], contrast: Contrast) -> Self:
        """From the answers whose sentences are labelled, and from the sides of pairs."""
        labelled = [example for example in answers if example.told.sentences]
        compared = [(topic, side) for topic, sides in contrast.items() for side in sides]
        every: list[tuple[str, Example[Labelled], bool]] = [
            *((example.told.voice, example, True) for example in labelled),
            *((f"about {topic}", side, False) for topic, side in compared),
        ]
        lengths = [len(example.reading.sentences) for _, example, _ in every]
        return cls(
            Counted.of(
                [bag for _, one, placed in every for bag in features.in_context(features.terms(one.reading), placed)]
            ),
            np.vstack([features.around(example.vectors, placed) for _, example, placed in every]),
            np.vstack([sentence_truth(example) for _, example, _ in every]),
            np.vstack([sentence_found(example.reading, example.reading.findings) for _, example, _ in every]),
            [owner for (owner, _, _), length in zip(every, lengths, strict=True) for _ in range(length)],
            lengths,
            sum(lengths[: len(labelled)]),
            [example.told.id for example in labelled],
        )

    def fit_terms(self, seen: Indices) -> tuple[Weighed, list[LogisticRegression]]:
        """The first round's view on terms: how they are weighed, and one estimator a label."""
        weighed = self.counted.weigh(seen, 3)
        rows, truth = weighed.rows(seen), self.truth[seen]
        fits = (delayed(_linear(TERMS_C).fit)(rows, truth[:, j]) for j in range(truth.shape[1]))
        return weighed, list(Parallel(n_jobs=-1, prefer="threads")(fits))

    def fit_meaning(self, seen: Indices) -> Ridge:
        """The first round's view on meaning: all labels at once."""
        return Ridge(MEANING_PENALTY, solver="cholesky").fit(self.vectors[seen], self.truth[seen].astype(np.float64))

    def unheard(self) -> tuple[Floats, Floats]:
        """Both views' scores of each sentence, by a first round that has not heard its voice."""
        by_terms, by_meaning = np.zeros(self.truth.shape), np.zeros(self.truth.shape)
        parts = list(folds(self.voices))
        every = Parallel(n_jobs=-1)(delayed(self._held)(*part) for part in parts)
        for (_, held), (terms, meaning) in zip(parts, every, strict=True):
            by_terms[held], by_meaning[held] = terms, meaning
        return by_terms, by_meaning

    def _held(self, seen: Indices, held: Indices) -> tuple[Floats, Floats]:
        weighed, estimators = self.fit_terms(seen)
        return _scores(estimators, weighed.rows(held)), self.fit_meaning(seen).predict(self.vectors[held])

    def stories(self, terms: Floats, meaning: Floats | None) -> Stories:
        """What the second round sees of the sentences of answers."""
        return Stories.of(self._answers(), terms, meaning)

    def _answers(self) -> list[slice]:
        ends = np.cumsum(self.lengths)
        return [slice(end - length, end) for end, length in zip(ends, self.lengths, strict=True) if end <= self.told]


@on_one_thread
def fit_sentences(examples: Sequence[LabelledExample], contrast: Contrast) -> dict[Mode, SentenceFit]:
    """Fit both rounds on answers, the first on pairs too; with the encoder's vectors and without.

    Thresholds, and whether the rules do better, are settled on the answers of unheard voices.
    """
    data = SentenceData.of(examples, contrast)
    by_terms, by_meaning = data.unheard()
    whole = np.arange(len(data.truth))
    weighed, estimators = data.fit_terms(whole)
    terms = TermFit(weighed.vectorizer(), estimators)
    return {
        "full": _second_round(data, terms, data.fit_meaning(whole), data.stories(by_terms, by_meaning)),
        "fast": _second_round(data, terms, None, data.stories(by_terms, None)),
    }


def _second_round(data: SentenceData, terms: TermFit, meaning: Ridge | None, stories: Stories) -> SentenceFit:
    truth, rules, voices = data.truth[: data.told], data.rules[: data.told], data.voices[: data.told]
    every = Parallel(n_jobs=-1)(delayed(_fit_label)(stories, truth[:, j], voices) for j in range(truth.shape[1]))
    own = stories.whole[:, : truth.shape[1]]
    chances = np.where(own < FLOORS, 0.0, np.stack([chances for _, chances in every], axis=1))
    settled = {
        label: _settle(chances[:, j], truth[:, j], rules[:, j], VERDICT_PRECISION.get(label, PRECISION))
        for j, label in enumerate(SENTENCE_LABELS)
    }
    by_answer = np.split(chances, np.cumsum(data.lengths[: len(data.ids)])[:-1])
    unheard = dict(zip(data.ids, by_answer, strict=True))
    return SentenceFit(terms, meaning, [story for story, _ in every], settled, unheard)


def _fit_label(stories: Stories, truth: NDArray[np.bool_], voices: Sequence[str]) -> tuple[Pipeline, Floats]:
    """The second round's estimator of a label, and its probabilities for each sentence by fits without its voice."""
    chances = np.zeros(len(truth))
    for seen, held in folds(voices):
        rows, sentences = stories.about(seen)
        chances[held] = _story().fit(rows, truth[sentences]).predict_proba(stories.whole[held])[:, 1]
    return _story().fit(stories.rows, truth[stories.sentences]), chances


def _eased(threshold: float, ease: float) -> float:
    """The probability from which on a label is given, lower by ``ease`` in log-odds."""
    return float(1 / (1 + (1 - threshold) / threshold * np.exp(ease)))


def _story() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=STORY_C, max_iter=500))


def _linear(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, solver="liblinear", random_state=0)


def _settle(chances: Floats, truth: NDArray[np.bool_], rules: NDArray[np.bool_], precision: float) -> Settled:
    """The threshold of the best F1 on unheard voices with enough precision, beside what the rules alone reach."""
    order = np.argsort(-chances)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(truth) + 1) + truth.sum())
    sure_enough = hits >= precision * np.arange(1, len(truth) + 1)
    best = int((f1 * sure_enough).argmax())
    rules_f1 = 2 * (rules & truth).sum() / max(1, rules.sum() + truth.sum())
    return Settled(int(truth.sum()), float(chances[order][best]), float(f1[best]), float(rules_f1))
