"""Fitting what is said of whole answers: the signal and the outcome."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol, get_args

import numpy as np
from scipy.optimize import minimize
from sklearn.pipeline import Pipeline

from analyser import features
from analyser.models import AnswerModel, Heard, Mode, SentenceModel
from analyser.numbers import NumberModel, heights, terms
from analyser.reading import Floats
from analyser.results import Outcome, SignalLabel
from analyser.training.examples import Example, voices
from analyser.training.fit import Counted, columns, kept, on_one_thread, unscaled
from analyser.training.numbers import NumberFit
from analyser.training.views import Rows, Terms, ViewFit, fit_view
from analyser.views import DenseView, TermView, softmax

CLASSES: tuple[str, ...] = get_args(SignalLabel)
ALSO_SHARE = 0.3  # of an answer belongs to the runners-up that a reader would defend
CALIBRATION_PENALTY = 1.0


@dataclass(frozen=True)
class Task:
    """A question about whole answers: its classes, the right one, and others that a careful reader could defend.

    ``handicap`` is taken off the score of a class, in log-odds; ``terms`` says how much the terms are trusted beside
    the meaning, as a share of that (in fast mode, where there is none, they are trusted whole).
    """

    classes: tuple[str, ...]
    right: Callable[[Any], str]
    others: Callable[[Any], Sequence[str]]
    handicap: Mapping[str, float] = field(default_factory=dict)
    terms: float = 1.0

    def targets(self, examples: Sequence[Example[Any]]) -> Floats:
        """How much of each answer belongs to each class, shape (answers, classes); rows add up to 1."""
        rows = np.zeros((len(examples), len(self.classes)))
        for row, example in zip(rows, examples, strict=True):
            others = self.others(example.told)
            row[self.classes.index(self.right(example.told))] = 1 - ALSO_SHARE * bool(others)
            for other in others:
                row[self.classes.index(other)] += ALSO_SHARE / len(others)
        return rows

    def handicapped(self, prior: Floats) -> Floats:
        """The score of each class, less its handicap."""
        return np.asarray(prior - np.array([self.handicap.get(name, 0.0) for name in self.classes]))


# A thin signal is a signal: real answers show it less plainly than written ones, and sound like none too soon. And of
# a signal the terms that were written say little about those that are spoken; of an outcome they do. So much of them
# as gains on unheard voices, and loses nothing on real speech that is not part of the project.
SIGNAL = Task(CLASSES, lambda answer: answer.signal, lambda answer: answer.also, {"none": 1.0}, terms=0.3)
OUTCOME = Task(get_args(Outcome), lambda answer: answer.outcome, lambda _: ())


class Sentences(Protocol):
    """What the sentences are heard by: a fit, or a model that is kept as it is."""

    @property
    def unheard(self) -> Mapping[str, Floats]:
        """By the answer's id, its labels' probabilities by rounds that had not heard its voice; may lack any."""

    def model(self) -> SentenceModel:
        """The model that serves."""


@dataclass(frozen=True)
class AnswerFit:
    """The fitted estimators of the views, and how they are joined.

    One is on what the sentences are heard as; others on their meaning, not in fast mode, and on their terms.
    ``unheard`` holds the probabilities of each example by models that had not heard its voice. With ``numbers``, it
    is also asked which sentences hold a metric.
    """

    task: Task
    sentences: Sentences
    numbers: NumberFit | None
    parts: Pipeline
    meaning: Pipeline | None
    terms: Pipeline
    trust: Floats
    prior: Floats
    unheard: Floats

    def model(self) -> AnswerModel:
        """The same model as plain arrays."""
        parts = DenseView(*unscaled(self.parts))
        meaning = None if self.meaning is None else DenseView(*unscaled(self.meaning))
        return AnswerModel(self.task.classes, parts, meaning, _term_view(self.terms), self.trust, self.prior)

    def chances(self, examples: Sequence[Example[Any]]) -> Floats:
        """The probabilities that the model gives other examples, shape (examples, classes)."""
        numbers = self.numbers.model() if self.numbers else None
        return judge(self.model(), self.sentences.model(), examples, numbers)


def judge(
    model: AnswerModel, sentences: SentenceModel, examples: Sequence[Example[Any]], numbers: NumberModel | None = None
) -> Floats:
    """The probabilities that a model gives examples as other models hear them, shape (examples, classes)."""
    return np.array([model.probabilities(hear(sentences, example, numbers)) for example in examples])


def hear(sentences: SentenceModel, example: Example[Any], numbers: NumberModel | None = None) -> Heard:
    """An example as the models see it; with ``numbers``, also which sentences hold a metric."""
    counts, reading = features.terms(example.reading), example.reading
    vectors = None if sentences.meaning is None else example.vectors
    heard = Heard(counts, vectors, sentences.probabilities(counts, vectors))
    if numbers is None:
        return heard
    return heard.beside(heights(reading, numbers.probabilities(reading, terms(reading), heard.parts, vectors)))


Numbers = Mapping[Mode, NumberFit]


@on_one_thread
def fit_answers(
    task: Task, examples: Sequence[Example[Any]], sentences: Mapping[Mode, Sentences], numbers: Numbers | None = None
) -> dict[Mode, AnswerFit]:
    """Fit the views of both modes, and calibrate their product by how it did on voices that they had not heard."""
    targets, groups = task.targets(examples), voices(examples)
    counted = {mode: numbers[mode] if numbers else None for mode in sentences}
    parts = {
        mode: fit_view(Rows(summaries(fit, counted[mode], examples)), targets, groups)
        for mode, fit in sentences.items()
    }
    meaning = fit_view(Rows(np.array([features.pooled(example.vectors) for example in examples])), targets, groups)
    terms = fit_view(Terms(Counted.of(answer_bags(examples))), targets, groups)
    return {
        "full": _join(
            task,
            targets,
            (sentences["full"], counted["full"]),
            parts["full"],
            meaning,
            terms,
        ),
        "fast": _join(task, targets, (sentences["fast"], counted["fast"]), parts["fast"], None, terms),
    }


def summaries(sentences: Sentences, numbers: NumberFit | None, examples: Sequence[Example[Any]]) -> Floats:
    """What the sentences of each answer are heard as, by rounds that had not heard its voice."""
    return np.array([features.summed_up(_parts(sentences, numbers, example)) for example in examples])


def _parts(sentences: Sentences, numbers: NumberFit | None, example: Example[Any]) -> Floats:
    unheard = sentences.unheard.get(example.told.id)
    if unheard is None:
        return hear(sentences.model(), example, numbers.model() if numbers else None).parts
    return unheard if numbers is None else np.hstack([unheard, numbers.unheard[example.told.id]])


def _join(
    task: Task,
    targets: Floats,
    heard_by: tuple[Sentences, NumberFit | None],
    parts: ViewFit,
    meaning: ViewFit | None,
    terms: ViewFit,
) -> AnswerFit:
    views = [view for view in (parts, meaning, terms) if view]
    shares = [task.terms if meaning and view is terms else 1.0 for view in views]
    trust, prior = calibrate([view.unheard for view in views], targets, shares)
    prior = task.handicapped(prior)
    joined = join([view.unheard for view in views], trust, prior)
    by_meaning = meaning.estimator if meaning else None
    return AnswerFit(task, *heard_by, parts.estimator, by_meaning, terms.estimator, trust, prior, joined)


def answer_bags(examples: Sequence[Example[Any]]) -> list[Counter[str]]:
    """All terms of each answer."""
    return [Counter(chain.from_iterable(map(Counter.elements, features.terms(e.reading)))) for e in examples]


def calibrate(views: Sequence[Floats], targets: Floats, shares: Sequence[float] | None = None) -> tuple[Floats, Floats]:
    """How sharply to trust the views, and a score for each class, by likelihood on unheard voices.

    They are trusted by these ``shares``: left to the written answers (without shares), one would take all the trust,
    and real speech is where meaning carries further.
    """
    heard = np.stack(views) if shares is None else np.tensordot(shares, np.stack(views), axes=1)[None]
    count = len(heard)

    def loss(parameters: Floats) -> float:
        prior = parameters[count:]
        chances = softmax(np.tensordot(parameters[:count], heard, axes=1) + prior)
        return float(CALIBRATION_PENALTY * (prior @ prior) - (targets * np.log(chances)).sum())

    start = np.concatenate([np.full(count, 1 / len(views)), np.zeros(targets.shape[1])])
    bounds = [(0.01, None)] * count + [(None, None)] * targets.shape[1]
    best = minimize(loss, start, bounds=bounds, method="L-BFGS-B").x
    return best[:count] if shares is None else best[0] * np.array(shares), best[count:]


def join(views: Sequence[Floats], trust: Floats, prior: Floats) -> Floats:
    """The probabilities of answers from their log-probabilities by each view, shape (answers, classes)."""
    return softmax(np.tensordot(trust, np.stack(views), axes=1) + prior)


def _term_view(fitted: Pipeline) -> TermView:
    terms, linear = fitted[0], fitted[1]
    return TermView(columns(terms), terms.idf_, kept(linear.coef_), linear.intercept_)
