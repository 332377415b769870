"""Linear models at serving time: over weighted terms, and over plain numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from analyser.model_files import Arrays
from analyser.reading import Floats

TINY = 1e-12  # the square of a length that is nothing but rounding

Bags = Sequence[Mapping[str, int]]
Ints = NDArray[np.int64]


def softmax(scores: Floats) -> Floats:
    """Probabilities from scores, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


class Known(NamedTuple):
    """Terms of bags as numbers: the bag of each, its column in a model, and how often it stands there."""

    bags: Ints
    columns: Ints
    counts: Ints


def _by_bag(known: Known, rows: Floats, length: int) -> Floats:
    """The rows, one a term, summed up for each of ``length`` bags."""
    sums = np.zeros((length, rows.shape[1]))
    starts = np.flatnonzero(np.diff(known.bags, prepend=-1))
    sums[known.bags[starts]] = np.add.reduceat(rows, starts) if len(starts) else 0
    return sums


@dataclass(frozen=True)
class TermView:
    """A linear model over weighted terms: sublinear term frequency × idf, length 1 (as ``TfidfVectorizer``).

    ``weights`` has the shape (classes, terms) and single precision, ``bias`` (classes,).
    """

    columns: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats

    def scores(self, bags: Bags) -> Floats:
        """One score a class for each bag of terms, shape (bags, classes)."""
        known = self._known(bags)
        return self._scores(_by_bag(known, self._weighed(known.columns, known.counts), len(bags)))

    def whole(self, bags: Bags) -> Floats:
        """One score a class for all bags in one."""
        said, total = self._total(self._known(bags))
        return self._scores(self._weighed(said, total).sum(axis=0))

    def without(self, bags: Bags) -> Floats:
        """One score a class for all bags in one but for each in turn, shape (bags, classes)."""
        known = self._known(bags)
        said, total = self._total(known)
        often = total[np.searchsorted(said, known.columns)]
        lost = self._weighed(known.columns, often) - self._weighed(known.columns, often - known.counts)
        return self._scores(self._weighed(said, total).sum(axis=0) - _by_bag(known, lost, len(bags)))

    def strongest(self, bag: Mapping[str, int], row: int) -> Iterator[str]:
        """The terms that speak for the class in ``row``, the strongest first."""
        names = [term for term in bag if term in self.columns]
        columns = np.array([self.columns[term] for term in names], np.int64)
        counts = np.array([bag[term] for term in names], np.int64)
        lift = self._by_term[columns, row] * self._values(columns, counts)
        return (names[i] for i in np.lexsort((columns, -lift)) if lift[i] > 0)

    def _known(self, bags: Bags) -> Known:
        """The known terms of all bags, bag by bag."""
        columns = np.fromiter(chain.from_iterable(map(self.columns.get, bag, repeat(-1)) for bag in bags), np.int64)
        counts = np.fromiter(chain.from_iterable(bag.values() for bag in bags), np.int64)
        owners = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
        known = columns >= 0
        return Known(owners[known], columns[known], counts[known])

    def _total(self, known: Known) -> tuple[Ints, Ints]:
        """The columns that occur at all, in order, and how often."""
        total = np.bincount(known.columns, known.counts)
        said = np.flatnonzero(total)
        return said, total[said].astype(np.int64)

    def _weighed(self, columns: Ints, counts: Ints) -> Floats:
        """What terms add to the score of each class, and in the last column to the square of their length."""
        values = self._values(columns, counts)[:, None]
        return np.hstack([self._by_term[columns] * values, values**2])

    def _values(self, columns: Ints, counts: Ints) -> Floats:
        return np.asarray(np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * self.idf[columns])

    @cached_property
    def _by_term(self) -> Floats:
        """The weights, a row a term: a term's lie side by side."""
        return np.ascontiguousarray(self.weights.T)

    def _scores(self, sums: Floats) -> Floats:
        """Scores of what ``_weighed`` sums up to, brought to length 1."""
        score, square = sums[..., :-1], sums[..., -1:]
        return np.where(square > TINY, score / np.sqrt(np.maximum(square, TINY)), 0) + self.bias

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
