"""The trained models at serving time: load, predict, explain; numpy alone. Their files: ``model_files``."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from analyser import features, resources
from analyser.errors import ModelError
from analyser.model_files import RETRAIN, SHARED, Arrays, read
from analyser.numbers import NumberModel
from analyser.reading import Floats
from analyser.views import DenseView, TermView, softmax

STRONGEST = 5  # sentence labels that are named with a decision
STRONGEST_WORDS = 3  # of a sentence that are named with a label
KINDS = ("signal", "outcome", "sentences", "numbers")

Mode = Literal["full", "fast"]
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True)
class Heard:
    """An answer as the models see it, sentence by sentence: terms, vectors (not in fast mode), and label probabilities.

    ``vectors`` has the shape (sentences, width), ``parts`` (sentences, labels).
    """

    counts: Sequence[Counter[str]]
    vectors: Floats | None
    parts: Floats

    def beside(self, column: Floats) -> "Heard":
        """The same with one more column of what the sentences are heard as, shape (sentences, 1)."""
        return Heard(self.counts, self.vectors, np.hstack([self.parts, column]))


@dataclass(frozen=True)
class AnswerModel:
    """Which of some classes an answer belongs to: the probabilities of its views, multiplied and calibrated.

    One view is on what the sentences were heard as (``parts``), others on what they mean, not in fast mode, and on
    their terms. ``trust`` holds the exponent of each view, ``prior`` a score for each class; both were
    fitted on answers by voices that the views had not heard.
    """

    classes: tuple[str, ...]
    parts: DenseView
    meaning: DenseView | None
    terms: TermView | None
    trust: Floats
    prior: Floats

    def probabilities(self, heard: Heard) -> Floats:
        """One probability a class."""
        views = [self.parts.scores(features.summed_up(heard.parts))]
        if self.meaning is not None and heard.vectors is not None:
            views.append(self.meaning.scores(features.pooled(heard.vectors)))
        if self.terms is not None:
            views.append(self.terms.whole(heard.counts))
        return self._judged(views)

    def _without(self, heard: Heard) -> Floats:
        """The same if each sentence in turn had not been said, shape (sentences, classes)."""
        views = [self.parts.scores(features.summed_up_without(heard.parts))]
        if self.meaning is not None and heard.vectors is not None:
            views.append(self.meaning.scores(features.pooled_without(heard.vectors)))
        if self.terms is not None:
            views.append(self.terms.without(heard.counts))
        return self._judged(views)

    def _judged(self, views: Sequence[Floats]) -> Floats:
        """Probabilities from the scores of the views, their last axis the classes."""
        return softmax(np.tensordot(self.trust, np.log(softmax(np.array(views))), 1) + self.prior)

    def chances(self, heard: Heard) -> dict[str, float]:
        """The same, by the name of the class."""
        return dict(zip(self.classes, self.probabilities(heard).tolist(), strict=True))

    def losses(self, heard: Heard, label: str, chance: float) -> Floats:
        """What the log-probability of ``label``, now ``chance``, loses when each sentence is taken away: by removal."""
        return np.asarray(np.log(chance) - np.log(self._without(heard)[:, self.classes.index(label)]))

    def strongest(self, heard: Heard, label: str, labels: Sequence[str]) -> tuple[str, ...]:
        """Which of the sentences' ``labels`` spoke most for ``label``, against the average of all classes."""
        row = self.parts.weights[self.classes.index(label)] - self.parts.weights.mean(axis=0)
        lift = (row * features.summed_up(heard.parts)).reshape(-1, len(labels)).sum(axis=0)
        return tuple(labels[i] for i in np.argsort(-lift, kind="stable")[:STRONGEST] if lift[i] > 0)


@dataclass(frozen=True)
class SentenceModel:
    """Which labels of the guidelines hold of each sentence, in two rounds of one linear model a label.

    First each sentence is scored by itself, by its terms and by the meaning of it and its neighbours; then
    again with all these scores of the sentences around it (``story``, see ``features.in_story``): what follows a
    decision is rather its result than its context. A label whose score by the sentence's own terms is below its
    ``floors`` does not hold, whatever is said around it: a story full of blame has sentences without any.
    ``thresholds`` says from which probability on a label
    is given; where the rules alone were better on unseen voices, ``ruled`` names the label and the model
    keeps silent about it.
    """

    labels: tuple[str, ...]
    terms: TermView
    meaning: DenseView | None
    story: DenseView
    floors: Floats
    thresholds: Floats
    ruled: frozenset[str]

    def probabilities(self, counts: Sequence[Counter[str]], vectors: Floats | None) -> Floats:
        """Shape (sentences, labels), for an answer's sentences in order: their terms and vectors."""
        if not len(counts):
            return np.zeros((0, len(self.labels)))
        by_terms = self.terms.scores(features.in_context(counts))
        by_meaning = None
        if self.meaning is not None and vectors is not None:
            by_meaning = self.meaning.scores(features.around(vectors))
        chances = 1 / (1 + np.exp(-self.story.scores(features.in_story(by_terms, by_meaning))))
        return np.where(by_terms < self.floors, 0.0, chances)

    def words(self, count: Mapping[str, int], label: str) -> tuple[str, ...]:
        """The words of a sentence that spoke most for ``label``: at most three, none inside another."""
        chosen: list[str] = []
        heard: set[str] = set()
        for term in self.terms.strongest(features.plain(count), self.labels.index(label)):
            words = term.removeprefix(features.WORDS)
            if heard.isdisjoint(words.split()):
                chosen.append(words)
                heard.update(words.split())
            if len(chosen) == STRONGEST_WORDS:
                break
        return tuple(chosen)


@dataclass(frozen=True)
class Models:
    """The trained models of one mode, with the hash of each file."""

    signal: AnswerModel
    outcome: AnswerModel
    sentences: SentenceModel
    numbers: NumberModel
    digests: dict[str, str]

    def hear(self, counts: Sequence[Counter[str]], vectors: Floats | None) -> Heard:
        """An answer's terms and vectors, with what its sentences are heard as."""
        return Heard(counts, vectors, self.sentences.probabilities(counts, vectors))


def load(mode: Mode, folder: str | Path | None = None) -> Models:
    """The models of ``folder`` (without it, of ``ANALYSER_MODELS`` or the shipped ones) for full or fast mode.

    Raises:
        ModelError: a file is missing, altered, or of another version.
    """
    folder = resources.models(folder)
    try:
        return _load(mode, folder)
    except (KeyError, TypeError) as error:
        raise ModelError(f"{folder} holds models of another version: they lack {error}. {RETRAIN}") from None


def _load(mode: Mode, folder: Path) -> Models:
    return Models(
        _answers(*read(folder / f"signal-{mode}.npz", "signal")),
        _answers(*read(folder / f"outcome-{mode}.npz", "outcome")),
        _sentences(*read(folder / f"sentences-{mode}.npz", "sentences")),
        NumberModel.of(*read(folder / f"numbers-{mode}.npz", "numbers")),
        {file: resources.digest(folder / file) for file in (*(f"{kind}-{mode}.npz" for kind in KINDS), SHARED)},
    )


def _answers(header: Mapping[str, Any], arrays: Arrays) -> AnswerModel:
    parts = DenseView(arrays["parts_weights"], arrays["parts_bias"])
    terms = TermView.of(header, arrays) if "idf" in arrays else None
    return AnswerModel(tuple(header["classes"]), parts, DenseView.of(arrays), terms, arrays["trust"], arrays["prior"])


def _sentences(header: Mapping[str, Any], arrays: Arrays) -> SentenceModel:
    story = DenseView(arrays["story_weights"], arrays["story_bias"])
    views = TermView.of(header, arrays), DenseView.of(arrays), story
    limits = arrays["floors"], arrays["thresholds"]
    return SentenceModel(tuple(header["classes"]), *views, *limits, frozenset(header["ruled"]))
