"""Sentence boundaries in speech without punctuation: fitted on answers whose sentences are known.

An answer that was written down as it was spoken teaches most; a punctuated one has its capitals and its
punctuation taken away. Every answer comes with its commas and without: some transcripts keep them.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from analyser import model_files, pipeline, sentences
from analyser.detectors._syntax import sentence_spans
from analyser.sentences import EDGE, KIND, PLACES, REACH, UNKNOWN, Boundaries, View
from analyser.training.bare import laid_bare
from analyser.training.corpus import LabelledAnswer

# Chosen by cross-validation over voices, by what the detectors then find in raw answers.
C = 0.1
FEWEST = 3  # how often a value must occur
WRITTEN_WEIGHT = 0.3  # of a word from a punctuated answer
LIKELY = 0.17  # from this chance on a sentence starts: an extra cut costs the detectors less than a missing one
RAW = 40  # words a full stop, from which on an answer counts as raw
BATCH = 256  # texts that are tagged together
SHARE = 4 * BATCH  # and those that one process tags before it takes more

_FULL_STOPS = re.compile(r"[.!?]")
_BEHIND_THE_PARSER = ["attribute_ruler", "lemmatizer"]
_BEHIND_THE_TAGGER = ["parser", *_BEHIND_THE_PARSER]


@dataclass(frozen=True)
class Text:
    """A text, where its sentences start, and what each of its words weighs in training."""

    text: str
    starts: frozenset[int]
    voice: str
    weight: float = 1.0


def is_raw(answer: LabelledAnswer) -> bool:
    """Whether the answer was written down without full stops."""
    return len(_FULL_STOPS.findall(answer.text)) < len(answer.text.split()) / RAW


def as_it_is(answer: LabelledAnswer) -> Text:
    """The answer with its sentences."""
    return Text(answer.text, frozenset(sentence.start for sentence in answer.sentences), answer.voice)


def stripped(answer: LabelledAnswer, commas: bool) -> Text:
    """The answer without capitals and punctuation, but for its commas if they are wanted."""
    told = laid_bare(answer, commas)
    weight = 1.0 if is_raw(answer) else WRITTEN_WEIGHT
    return Text(told.text, frozenset(sentence.start for sentence in told.sentences), answer.voice, weight)


def _copies(answers: Sequence[LabelledAnswer]) -> list[Text]:
    labelled = [answer for answer in answers if answer.sentences]
    raw = [as_it_is(answer) for answer in labelled if is_raw(answer)]
    return raw + [stripped(answer, commas) for answer in labelled for commas in (True, False)]


@dataclass(frozen=True)
class Stretch:
    """A stretch as the model sees it, and which of its words start a sentence."""

    seen: View
    truth: NDArray[np.bool_]
    voice: str
    weight: float


def gather(answers: Sequence[LabelledAnswer], model: str | None = None) -> list[Stretch]:
    """What there is to learn from the answers, tagged by the language model."""
    texts = _copies(answers)
    shares = [texts[at : at + SHARE] for at in range(0, len(texts), SHARE)]
    return list(chain.from_iterable(Parallel(n_jobs=-1)(delayed(_stretches)(share, model) for share in shares)))


def _stretches(texts: Sequence[Text], model: str | None) -> list[Stretch]:
    pairs = ((pipeline.clean(text.text), text) for text in texts)
    docs = pipeline.language(model).pipe(pairs, as_tuples=True, batch_size=BATCH, disable=_BEHIND_THE_TAGGER)
    return [
        Stretch(_view(doc, words), np.array([doc[i].idx in text.starts for i in words]), text.voice, text.weight)
        for doc, text in docs
        for words in sentences.stretches(doc, sentences.layout(doc))
    ]


def _view(doc: Any, words: Sequence[int]) -> View:  # noqa: ANN401
    """As serving sees it; each value is kept once, so that the views of a million words travel light."""
    return {name: [*map(sys.intern, values)] for name, values in sentences.view(doc, words).items()}


@dataclass(frozen=True)
class BoundaryFit:
    """The fitted estimator, and the values that have a weight."""

    estimator: LogisticRegression
    values: Mapping[str, list[str]]

    def model(self) -> Boundaries:
        """The same model as plain arrays, the threshold folded into the bias."""
        weights, at = {}, 0
        for name, places in PLACES.items():
            shape = len(self.values[name]) + EDGE + 1, len(places)
            weights[name] = self.estimator.coef_[0, at : at + shape[0] * shape[1]].reshape(shape).astype(np.float32)
            at += shape[0] * shape[1]
        bias = float(self.estimator.intercept_[0] - np.log(LIKELY / (1 - LIKELY)))
        return Boundaries(_rows(self.values), weights, bias)

    def packed(self) -> bytes:
        """The model file."""
        fitted = self.model()
        arrays = {**fitted.weights, "bias": np.array([fitted.bias])}
        return model_files.pack({"kind": KIND, "values": self.values}, arrays)


def fit_each(learned: Sequence[Sequence[Stretch]]) -> list[BoundaryFit]:
    """Several models at once."""
    return list(Parallel(n_jobs=-1, prefer="threads")(delayed(fit)(stretches) for stretches in learned))


def fit(learned: Sequence[Stretch]) -> BoundaryFit:
    """Fit on what was gathered."""
    values = {name: _frequent(stretch.seen[name] for stretch in learned) for name in PLACES}
    truth = np.concatenate([stretch.truth for stretch in learned])
    weights = np.concatenate([np.full(len(stretch.truth), stretch.weight) for stretch in learned])
    estimator = LogisticRegression(C=C, solver="liblinear", random_state=0)
    return BoundaryFit(estimator.fit(matrix([stretch.seen for stretch in learned], values), truth, weights), values)


def _frequent(seen: Iterator[Sequence[str]]) -> list[str]:
    counts = Counter(value for values in seen for value in values)
    return sorted(value for value, count in counts.items() if count >= FEWEST)


def _rows(values: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    return {name: sentences.rows_of(values[name]) for name in PLACES}


def matrix(views: Sequence[View], values: Mapping[str, list[str]]) -> Any:  # noqa: ANN401
    """What the estimator is fitted on: a column for each value at each place; a sparse matrix."""
    rows = _rows(values)
    found = np.concatenate([np.stack([*_columns(seen, rows)], axis=1).astype(np.int32) for seen in views])
    known = found >= 0
    ends = np.concatenate([[0], known.sum(axis=1).cumsum()])
    width = sum((len(rows[name]) + EDGE + 1) * len(places) for name, places in PLACES.items())
    fitted_on = csr_matrix((np.ones(ends[-1]), found[known], ends), shape=(len(found), width))
    fitted_on.sort_indices()
    return fitted_on


def _columns(seen: View, rows: Mapping[str, Mapping[str, int]]) -> Iterator[NDArray[np.int64]]:
    """For each kind of value at each place, the column that it fills for every word; -1 for none."""
    at = 0
    for name, places in PLACES.items():
        padded = sentences.padded(rows[name], seen[name])
        for column, place in enumerate(places):
            found = padded[REACH + place : REACH + place + len(seen[name])]
            yield np.where(found == UNKNOWN, -1, at + found * len(places) + column)
        at += (len(rows[name]) + EDGE + 1) * len(places)


# ---- how well it does


def figures(answers: Sequence[LabelledAnswer], folder: Path, model: str | None = None) -> dict[str, Any]:
    """Precision, recall and F1 of the boundaries, beside those of the parser left to itself."""
    labelled = [answer for answer in answers if answer.sentences]
    raw, written = ([answer for answer in labelled if is_raw(answer) is kind] for kind in (True, False))
    groups = {
        "raw answers": [as_it_is(answer) for answer in raw],
        "punctuated answers": [as_it_is(answer) for answer in written],
        "punctuation taken away": [stripped(answer, commas=False) for answer in written],
        "all but the commas taken away": [stripped(answer, commas=True) for answer in written],
    }
    ways = {"parser": None, "model": folder}
    found = Parallel(n_jobs=-1)(
        delayed(_figures)(texts, way, model) for texts in groups.values() for way in ways.values()
    )
    every = iter(found)
    return {name: {"boundaries": _count(texts)} | {way: next(every) for way in ways} for name, texts in groups.items()}


def _count(texts: Sequence[Text]) -> int:
    return sum(len(text.starts) - 1 for text in texts)


def _figures(texts: Sequence[Text], folder: Path | None, model: str | None) -> dict[str, float]:
    """How the parser does with the model of ``folder`` before it, or left to itself."""
    nlp, right, given = pipeline.language(model), 0, 0
    if folder:
        pipeline.add_sentences(nlp, folder)
    pairs = ((pipeline.clean(text.text), text) for text in texts)
    for doc, text in nlp.pipe(pairs, as_tuples=True, disable=_BEHIND_THE_PARSER):
        wanted = _inner(text.text, text.starts)
        found = _inner(text.text, [sentence.start_char for sentence in sentence_spans(doc)])
        right, given = right + len(wanted & found), given + len(found)
    true = _count(texts)
    rates = {"precision": right / max(1, given), "recall": right / max(1, true), "f1": 2 * right / max(1, given + true)}
    return {name: round(rate, 3) for name, rate in rates.items()}


def _inner(text: str, starts: Sequence[int] | frozenset[int]) -> set[int]:
    """Where the first word of each sentence starts, but for the first sentence."""
    words = {next((i for i in range(start, len(text)) if text[i].isalnum()), start) for start in starts}
    return words - {min(words, default=0)}
