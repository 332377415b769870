"""What every fit shares: folds by voice, and terms as scikit-learn counts them.

Each fit gives its scikit-learn estimators and the same model as plain arrays, so that a test can hold one
to the other.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from analyser.reading import Floats

FOLDS = 6
MOST_TERMS = 20_000

Bag = Counter[str]
Indices = NDArray[np.int64]

Given = ParamSpec("Given")
Result = TypeVar("Result")


def on_one_thread(fitting: Callable[Given, Result]) -> Callable[Given, Result]:
    """Linear algebra on one thread: its sums are then the same on any machine, and small ones are sooner done."""

    @wraps(fitting)
    def fitted(*given: Given.args, **named: Given.kwargs) -> Result:
        with threadpool_limits(1, "blas"):
            return fitting(*given, **named)

    return fitted


def bag_terms(bag: Bag) -> list[str]:
    """A bag of terms as the list that scikit-learn's vectorizer counts."""
    return list(bag.elements())


def vectorizer(fewest: int) -> TfidfVectorizer:
    """Terms that stand in ``fewest`` texts at least, weighted as ``views.TermView`` weighs them."""
    return TfidfVectorizer(analyzer=bag_terms, min_df=fewest, max_features=MOST_TERMS, sublinear_tf=True)


@dataclass(frozen=True)
class Counted:
    """Bags of terms, counted once for all folds: a row of ``counts`` for each bag, a column for each of ``terms``."""

    counts: csr_matrix
    terms: NDArray[np.str_]

    @classmethod
    def of(cls, bags: Sequence[Bag]) -> Self:
        """Count the bags."""
        counter = CountVectorizer(analyzer=bag_terms, dtype=np.float64)
        counts = counter.fit_transform(bags)
        counts.sort_indices()
        return cls(counts, counter.get_feature_names_out())

    def weigh(self, seen: Indices, fewest: int) -> "Weighed":
        """What ``vectorizer`` learns from the bags ``seen``."""
        counts = self.counts[seen]
        kept = _frequent(counts, fewest)
        return Weighed(self, kept, TfidfTransformer(sublinear_tf=True).fit(counts[:, kept]))


@dataclass(frozen=True)
class Weighed:
    """Terms weighed as ``views.TermView`` weighs them; ``kept`` are the columns that count."""

    counted: Counted
    kept: Indices
    weights: TfidfTransformer

    def rows(self, which: Indices) -> csr_matrix:
        """What an estimator sees of some of the bags that were counted."""
        return self.weights.transform(self.counted.counts[which][:, self.kept])

    def vectorizer(self) -> TfidfVectorizer:
        """The same for any other bags."""
        fitted = TfidfVectorizer(analyzer=bag_terms, vocabulary=self.counted.terms[self.kept], sublinear_tf=True)
        fitted.idf_ = self.weights.idf_
        return fitted


def _frequent(counts: csr_matrix, fewest: int) -> Indices:
    """The columns of the terms that stand in so many bags, in order; of too many those that are said most often."""
    often = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= fewest)
    total = np.bincount(counts.indices, counts.data, counts.shape[1])[often]
    return np.sort(often[(-total).argsort()[:MOST_TERMS]])


def kept(weights: Floats) -> Floats:
    """The weights of terms as they are kept: to seven digits, in half the room."""
    return np.ascontiguousarray(weights, np.float32)


def columns(fitted: TfidfVectorizer) -> dict[str, int]:
    """The column of each term."""
    return {str(term): i for i, term in enumerate(fitted.get_feature_names_out())}


def folds(groups: Sequence[str], most: int = FOLDS) -> Iterator[tuple[Indices, Indices]]:
    """Train and held-out indices: no voice is on both sides."""
    count = min(most, len(set(groups)))
    yield from GroupKFold(count).split(np.zeros(len(groups)), groups=np.array(groups))


def unscaled(fitted: Pipeline) -> tuple[Floats, Floats]:
    """Weights and bias of a scaler and the linear model behind it, as one linear model."""
    scaler, linear = fitted[0], fitted[-1]
    weights = np.ascontiguousarray(linear.coef_ / scaler.scale_)
    return weights, linear.intercept_ - weights @ scaler.mean_
