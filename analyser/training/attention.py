"""Sentences weighed by how telling they are: a linear scorer, learned together with the classes. A yardstick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.optimize import minimize

from analyser.reading import Floats
from analyser.training.fit import Indices
from analyser.training.views import ANSWER_DENSE_C
from analyser.views import TINY, softmax

SCORER_C = 0.1
ROUNDS = 100


@dataclass(frozen=True)
class Told:
    """The sentences of some answers in one, shape (sentences, width); ``owner`` is the answer of each."""

    vectors: Floats
    owner: Indices
    starts: Indices

    @classmethod
    def of(cls, answers: Sequence[Floats]) -> Self:
        """From the vectors of each answer's sentences, brought to about unit variance."""
        lengths = [len(vectors) for vectors in answers]
        vectors = np.vstack(answers) * np.sqrt(answers[0].shape[1])
        return cls(vectors, np.repeat(np.arange(len(answers)), lengths), np.cumsum([0, *lengths[:-1]]))

    def shares(self, scorer: Floats) -> Floats:
        """How much of its answer's attention each sentence gets."""
        scores = self.vectors @ scorer
        powers = np.exp(scores - np.maximum.reduceat(scores, self.starts)[self.owner])
        return np.asarray(powers / self.summed(powers)[self.owner])

    def summed(self, rows: Floats) -> Floats:
        """The rows of each answer's sentences, added up."""
        return np.asarray(np.add.reduceat(rows, self.starts))


@dataclass(frozen=True)
class Attended:
    """The vectors of each answer's sentences; ``held`` is as that of ``views.View``."""

    answers: Sequence[Floats]

    def held(self, targets: Floats, seen: Indices, held: Indices) -> Floats:
        """The log-probabilities of some, by a fit on others."""
        scorer, weights, bias = _fit(Told.of([self.answers[i] for i in seen]), targets[seen])
        tried = Told.of([self.answers[i] for i in held])
        meant = tried.summed(tried.shares(scorer)[:, None] * tried.vectors)
        return np.asarray(np.log(np.maximum(softmax(meant @ weights.T + bias), TINY)))


def _fit(told: Told, targets: Floats) -> tuple[Floats, Floats, Floats]:
    """Scorer, weights and bias of the greatest likelihood; at the start all sentences are heeded alike."""
    width, classes = told.vectors.shape[1], targets.shape[1]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scorer, weights, bias = _apart(parameters, width, classes)
        shares = told.shares(scorer)
        meant = told.summed(shares[:, None] * told.vectors)
        chances = softmax(meant @ weights.T + bias)
        wrong = chances - targets
        lift = (told.vectors * (wrong @ weights)[told.owner]).sum(axis=1)
        by_score = shares * (lift - told.summed(shares * lift)[told.owner])
        penalty = scorer @ scorer / SCORER_C + (weights * weights).sum() / ANSWER_DENSE_C
        slopes = (
            told.vectors.T @ by_score + scorer / SCORER_C,
            (wrong.T @ meant + weights / ANSWER_DENSE_C).ravel(),
            wrong.sum(axis=0),
        )
        return float(penalty / 2 - (targets * np.log(np.maximum(chances, TINY))).sum()), np.concatenate(slopes)

    start = np.zeros(width + classes * (width + 1))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return _apart(best, width, classes)


def _apart(parameters: Floats, width: int, classes: int) -> tuple[Floats, Floats, Floats]:
    scorer, weights, bias = np.split(parameters, [width, width * (1 + classes)])
    return scorer, weights.reshape(classes, width), bias
