"""Fitting one view of whole answers, on all of them and in turn without some voices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from joblib import Parallel, delayed
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from analyser.reading import Floats
from analyser.training.fit import Counted, Indices, Weighed, folds
from analyser.views import TINY

# Chosen by cross-validation over voices, and by real speech that is not part of the project.
ANSWER_TERMS_C, ANSWER_DENSE_C = 20.0, 0.01


@dataclass(frozen=True)
class ViewFit:
    """One view, fitted; ``unheard`` holds each example's log-probabilities by a fit that had not heard its voice."""

    estimator: Pipeline
    unheard: Floats


class Trial(Protocol):
    """What is seen of all answers, to be tried."""

    def held(self, targets: Floats, seen: Indices, held: Indices) -> Floats:
        """The log-probabilities of some, by a fit on others, shape (held, classes)."""


class View(Trial, Protocol):
    """What is seen of all answers by one of the views that ship."""

    def fit(self, targets: Floats) -> Pipeline:
        """Fit on all of them."""


@dataclass(frozen=True)
class Rows:
    """Plain numbers: meaning, or what the sentences are heard as, shape (answers, numbers).

    They learn each class by its share: a row for each, weighted.
    """

    rows: Floats

    def fit(self, targets: Floats) -> Pipeline:
        """Fit on all answers."""
        return fit_dense(self.rows, targets)

    def held(self, targets: Floats, seen: Indices, held: Indices) -> Floats:
        """The log-probabilities of some, by a fit on others."""
        return np.asarray(fit_dense(self.rows[seen], targets[seen]).predict_log_proba(self.rows[held]))


@dataclass(frozen=True)
class Terms:
    """Terms learn the right class alone: told the others as well they do worse, on written and real answers alike."""

    counted: Counted

    def fit(self, targets: Floats) -> Pipeline:
        """Fit on all answers."""
        weighed, linear = self._fit(targets, np.arange(len(targets)))
        return make_pipeline(weighed.vectorizer(), linear)

    def held(self, targets: Floats, seen: Indices, held: Indices) -> Floats:
        """The log-probabilities of some, by a fit on others."""
        weighed, linear = self._fit(targets, seen)
        return np.asarray(linear.predict_log_proba(weighed.rows(held)))

    def _fit(self, targets: Floats, seen: Indices) -> tuple[Weighed, LogisticRegression]:
        weighed, linear = self.counted.weigh(seen, 2), LogisticRegression(C=ANSWER_TERMS_C, max_iter=500)
        return weighed, linear.fit(weighed.rows(seen), targets[seen].argmax(axis=1))


@dataclass(frozen=True)
class Halves(Rows):
    """Plain numbers of whole answers, and of both ``halves`` of each, which teach as well, shape (2 × answers, …)."""

    halves: Floats

    def held(self, targets: Floats, seen: Indices, held: Indices) -> Floats:
        """The log-probabilities of some whole answers, by a fit on others and their halves."""
        rows = np.vstack([self.rows[seen], self.halves[2 * seen], self.halves[2 * seen + 1]])
        return np.asarray(fit_dense(rows, np.vstack([targets[seen]] * 3)).predict_log_proba(self.rows[held]))


@dataclass(frozen=True)
class Boosted(Rows):
    """The same numbers, by trees: a yardstick."""

    def held(self, targets: Floats, seen: Indices, held: Indices) -> Floats:
        """The log-probabilities of some, by trees that grew on others."""
        trees = HistGradientBoostingClassifier(random_state=0).fit(self.rows[seen], targets[seen].argmax(axis=1))
        return np.asarray(np.log(np.maximum(trees.predict_proba(self.rows[held]), TINY)))


def fit_dense(rows: Floats, targets: Floats) -> Pipeline:
    """Each class learns by its share of an answer."""
    which, classes = np.nonzero(targets)
    estimator = make_pipeline(StandardScaler(), LogisticRegression(C=ANSWER_DENSE_C, max_iter=500))
    weights = {"logisticregression__sample_weight": targets[which, classes]}
    return estimator.fit(rows[which], classes, **weights)


def fit_view(view: View, targets: Floats, groups: Sequence[str]) -> ViewFit:
    """Fit a view on all answers, and on all but those of each voice in turn."""
    parts = list(folds(groups))
    jobs = [delayed(view.fit)(targets), *(delayed(view.held)(targets, *part) for part in parts)]
    whole, *every = Parallel(n_jobs=-1)(jobs)
    unheard = np.zeros(targets.shape)
    for (_, held), chances in zip(parts, every, strict=True):
        unheard[held] = chances
    return ViewFit(whole, unheard)
