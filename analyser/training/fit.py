"""What every fit shares: folds by voice, and terms as scikit-learn counts them.

Each fit gives its scikit-learn estimators and the same model as plain arrays, so that a test can hold one
to the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline

from analyser.reading import Floats

FOLDS = 6
MOST_TERMS = 20_000

Bag = Counter[str]


def bag_terms(bag: Bag) -> list[str]:
    """A bag of terms as the list that scikit-learn's vectorizer counts."""
    return list(bag.elements())


def vectorizer(fewest: int) -> TfidfVectorizer:
    """Terms that stand in ``fewest`` texts at least, weighted as ``views.TermView`` weighs them."""
    return TfidfVectorizer(analyzer=bag_terms, min_df=fewest, max_features=MOST_TERMS, sublinear_tf=True)


def columns(fitted: TfidfVectorizer) -> dict[str, int]:
    """The column of each term."""
    return {str(term): i for i, term in enumerate(fitted.get_feature_names_out())}


def folds(groups: Sequence[str], most: int = FOLDS) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Train and held-out indices: no voice is on both sides."""
    count = min(most, len(set(groups)))
    yield from GroupKFold(count).split(np.zeros(len(groups)), groups=np.array(groups))


def unscaled(fitted: Pipeline) -> tuple[Floats, Floats]:
    """Weights and bias of a scaler and the linear model behind it, as one linear model."""
    scaler, linear = fitted[0], fitted[-1]
    weights = np.ascontiguousarray(linear.coef_ / scaler.scale_)
    return weights, linear.intercept_ - weights @ scaler.mean_
