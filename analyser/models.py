"""The trained models at serving time: load (data only), predict, explain; numpy alone.

A model file is an ``.npz`` archive of plain arrays; its ``header`` array is JSON (format version, kind,
classes, vocabulary, what it was trained on). Nothing in it can run. ``card.json`` beside it holds the
sha256 of each file: a changed byte is refused.
"""

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from analyser import features, resources
from analyser.errors import ModelError
from analyser.reading import Floats

FORMAT = 2
FEATURES = 5  # terms that are named with a decision
TINY = 1e-12  # the square of a length that is nothing but rounding
KINDS = ("signal", "outcome", "sentences")
SHARED = "boundaries.npz"  # where sentences begin: one model for both modes, see ``sentences``
RETRAIN = "Make it anew with: analyser train"

Mode = Literal["full", "fast"]
Arrays = Mapping[str, Any]


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

    def scores_without(self, counts: Sequence[Mapping[str, int]]) -> Floats:
        """The scores of all sentences together but for one, for each: shape (sentences, classes)."""
        columns, whole = self._known(total(counts))
        values = self._values(columns, whole)
        score, square = self.weights[:, columns] @ values, values @ values
        rows = []
        for count in counts:
            own, times = self._known(count)
            at = np.searchsorted(columns, own)
            left = self._values(own, whole[at] - times)
            gone = values[at]
            rows.append(self._scores(score + self.weights[:, own] @ (left - gone), square + left @ left - gone @ gone))
        return np.array(rows)

    def strongest(self, count: Mapping[str, int], row: int, most: int) -> tuple[str, ...]:
        """The terms that spoke most for the class in ``row``, against the average of all classes."""
        columns, counts = self._known(count)
        lift = (self.weights[row] - self.weights.mean(axis=0))[columns] * self._values(columns, counts)
        names = {column: term for term in count if (column := self.columns.get(term)) is not None}
        return tuple(names[columns[i]] for i in np.argsort(-lift, kind="stable")[:most] if lift[i] > 0)

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


@dataclass(frozen=True)
class AnswerModel:
    """Which of some classes an answer belongs to: the two views' probabilities, multiplied and calibrated.

    ``trust`` holds the exponent of each view, ``prior`` a score for each class; both were fitted on
    answers by voices that the views had not heard.
    """

    classes: tuple[str, ...]
    terms: TermView
    meaning: DenseView | None
    trust: Floats
    prior: Floats

    def probabilities(self, counts: Sequence[Counter[str]], vectors: Floats | None) -> Floats:
        """One probability a class for the sentences given (their terms and vectors)."""
        pooled = None if vectors is None else features.pooled(vectors)
        return self._joined(self.terms.scores(total(counts)), pooled)

    def _joined(self, term_scores: Floats, pooled: Floats | None) -> Floats:
        """The views put together; for one answer, or for many in rows."""
        scores = self.trust[0] * _log_softmax(term_scores)
        if self.meaning is not None and pooled is not None:
            scores = scores + self.trust[1] * _log_softmax(self.meaning.scores(pooled))
        return softmax(scores + self.prior)

    def chances(self, counts: Sequence[Counter[str]], vectors: Floats | None) -> dict[str, float]:
        """The same, by the name of the class."""
        return dict(zip(self.classes, self.probabilities(counts, vectors).tolist(), strict=True))

    def losses(self, counts: Sequence[Counter[str]], vectors: Floats | None, label: str) -> Floats:
        """What the log-probability of ``label`` loses when each sentence is taken away: exact, by removal."""
        column = self.classes.index(label)
        pooled = None if vectors is None else features.pooled_without(vectors)
        without = self._joined(self.terms.scores_without(counts), pooled)
        return np.asarray(np.log(self.probabilities(counts, vectors)[column]) - np.log(without[:, column]))

    def strongest(self, counts: Sequence[Counter[str]], label: str) -> tuple[str, ...]:
        """The terms that spoke most for ``label``."""
        return self.terms.strongest(total(counts), self.classes.index(label), FEATURES)


def total(counts: Sequence[Mapping[str, int]]) -> Counter[str]:
    """All bags of terms in one."""
    whole: Counter[str] = Counter()
    for count in counts:
        whole.update(count)
    return whole


def _log_softmax(scores: Floats) -> Floats:
    return np.asarray(np.log(softmax(scores)))


@dataclass(frozen=True)
class SentenceModel:
    """Which labels of the guidelines hold of each sentence, in two rounds of one linear model a label.

    First each sentence is scored by itself, by its terms and by the meaning of it and its neighbours; then
    again with all these scores of the sentences around it (``story``, see ``features.in_story``): what follows a
    decision is rather its result than its context. ``thresholds`` says from which probability on a label
    is given; where the rules alone were better on unseen voices, ``ruled`` names the label and the model
    keeps silent about it.
    """

    labels: tuple[str, ...]
    terms: TermView
    meaning: DenseView | None
    story: DenseView
    thresholds: Floats
    ruled: frozenset[str]

    def probabilities(self, counts: Sequence[Counter[str]], vectors: Floats | None) -> Floats:
        """Shape (sentences, labels), for an answer's sentences in order: their terms and vectors."""
        if not len(counts):
            return np.zeros((0, len(self.labels)))
        by_terms = np.array([self.terms.scores(count) for count in features.in_context(counts)])
        by_meaning = None
        if self.meaning is not None and vectors is not None:
            by_meaning = self.meaning.scores(features.around(vectors))
        return np.asarray(1 / (1 + np.exp(-self.story.scores(features.in_story(by_terms, by_meaning)))))


def pack(header: Mapping[str, Any], arrays: Arrays) -> bytes:
    """A model file's bytes: the same for the same content, whenever and wherever they are written."""
    text = json.dumps({"format": FORMAT, **header}, sort_keys=True, ensure_ascii=False)
    every = {**arrays, "header": np.frombuffer(text.encode(), np.uint8)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(every):
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(every[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), entry.getvalue(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def unpack(content: bytes, where: Path, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and arrays of a model file.

    Raises:
        ModelError: it is no model file, or one of another kind or format version.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        header = json.loads(arrays.pop("header").tobytes())
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{where} is not a model file ({error}). {RETRAIN}") from None
    if not isinstance(header, dict):
        raise ModelError(f"{where} is not a model file (no header). {RETRAIN}")
    if (header.get("format"), header.get("kind")) != (FORMAT, kind):
        raise ModelError(
            f"{where} holds {header.get('kind')!r} in format {header.get('format')}, "
            f"this version reads {kind!r} in format {FORMAT}. {RETRAIN}"
        )
    return header, arrays


def read(file: Path, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and arrays of a model file that the ``card.json`` beside it describes.

    Raises:
        ModelError: it is missing, altered, or of another kind or format version.
    """
    folder = file.parent
    try:
        expected = json.loads((folder / "card.json").read_text(encoding="utf-8"))["files"][file.name]
        content = file.read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder} is not a folder of models ({error}). {RETRAIN}") from None
    if hashlib.sha256(content).hexdigest() != expected:
        raise ModelError(f"{file} is not the file that {folder / 'card.json'} describes. {RETRAIN}")
    return unpack(content, file, kind)


@dataclass(frozen=True)
class Models:
    """The trained models of one mode, with the hash of each file."""

    signal: AnswerModel
    outcome: AnswerModel
    sentences: SentenceModel
    digests: dict[str, str]


def load(mode: Mode, folder: str | Path | None = None) -> Models:
    """The models of ``folder`` (the shipped ones, without it) for full or fast mode.

    Raises:
        ModelError: a file is missing, altered, or of another version.
    """
    folder = Path(folder or resources.path("models"))
    return Models(
        _answers(*read(folder / f"signal-{mode}.npz", "signal")),
        _answers(*read(folder / f"outcome-{mode}.npz", "outcome")),
        _sentences(*read(folder / f"sentences-{mode}.npz", "sentences")),
        {file: resources.digest(folder / file) for file in (*(f"{kind}-{mode}.npz" for kind in KINDS), SHARED)},
    )


def _answers(header: Mapping[str, Any], arrays: Arrays) -> AnswerModel:
    views = TermView.of(header, arrays), DenseView.of(arrays)
    return AnswerModel(tuple(header["classes"]), *views, arrays["trust"], arrays["prior"])


def _sentences(header: Mapping[str, Any], arrays: Arrays) -> SentenceModel:
    story = DenseView(arrays["story_weights"], arrays["story_bias"])
    views = TermView.of(header, arrays), DenseView.of(arrays), story
    return SentenceModel(tuple(header["classes"]), *views, arrays["thresholds"], frozenset(header["ruled"]))
