"""The linear models that all others are made of: over weighted terms, and over plain numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analyser.model_files import Arrays
from analyser.reading import Floats

TINY = 1e-12  # the square of a length that is nothing but rounding


def softmax(scores: Floats) -> Floats:
    """Probabilities from scores, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class TermView:
    """A linear model over weighted terms: sublinear term frequency × idf, length 1 (as ``TfidfVectorizer``).

    ``weights`` has the shape (classes, terms), ``bias`` (classes,).
    """

    columns: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats

    def scores(self, count: Mapping[str, int]) -> Floats:
        """One score a class for a bag of terms."""
        columns, counts = self._known(count)
        return self._scores(self.weights[:, columns] @ (values := self._values(columns, counts)), values @ values)

    def strongest(self, count: Mapping[str, int], row: int) -> Iterator[str]:
        """The terms that speak for the class in ``row``, the strongest first."""
        columns, counts = self._known(count)
        lift = self.weights[row, columns] * self._values(columns, counts)
        names = {column: term for term in count if (column := self.columns.get(term)) is not None}
        return (names[columns[i]] for i in np.argsort(-lift, kind="stable") if lift[i] > 0)

    def _known(self, count: Mapping[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Columns in order, and how often each of their terms occurs."""
        known = sorted((column, n) for term, n in count.items() if (column := self.columns.get(term)) is not None)
        columns, counts = np.array(known, np.int64).reshape(-1, 2).T
        return columns, counts

    def _values(self, columns: NDArray[np.int64], counts: NDArray[np.int64]) -> Floats:
        return np.asarray(np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * self.idf[columns])

    def _scores(self, score: Floats, square: Floats) -> Floats:
        """Scores of values brought to length 1; ``square`` is the square of their length."""
        return np.asarray(score / np.sqrt(square) + self.bias if square > TINY else self.bias)

    @classmethod
    def of(cls, header: Mapping[str, Any], arrays: Arrays) -> Self:
        """From a model file."""
        columns = {term: i for i, term in enumerate(header["terms"])}
        return cls(columns, arrays["idf"], arrays["term_weights"], arrays["term_bias"])


@dataclass(frozen=True)
class DenseView:
    """A linear model over plain numbers, as a vector's; shapes (classes, width) and (classes,)."""

    weights: Floats
    bias: Floats

    def scores(self, vector: Floats) -> Floats:
        """One score a class; for many vectors, shape (n, classes)."""
        return np.asarray(vector @ self.weights.T + self.bias)

    @classmethod
    def of(cls, arrays: Arrays) -> Self | None:
        """From a model file; ``None`` where it was trained without an encoder."""
        return cls(arrays["meaning_weights"], arrays["meaning_bias"]) if "meaning_weights" in arrays else None
