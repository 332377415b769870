"""How far two readers agree: what a second, blind reader said of some answers and pairs, beside the first.

``second/answers.jsonl`` and ``second/pairs.jsonl`` keep both readings as they were before anything was
settled; what the corpus says now is what the two settled on.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.metrics import cohen_kappa_score

from analyser import resources, strict
from analyser.results import Outcome, SignalLabel, Verdict
from analyser.training.corpus import folder
from analyser.training.corpus.labelled import SENTENCE_LABELS, SPANS, Labelled, LabelledAnswer

SECOND = "second"


class Heard(strict.Strict):
    """What one reader heard: of the answer, of each sentence, which kinds of phrase in each sentence.

    ``None`` where this was not read.
    """

    signal: SignalLabel | None = None
    also: tuple[SignalLabel, ...] = ()
    role_clear: bool | None = None
    tradeoff_obvious: bool | None = None
    outcome: Outcome | None = None
    fault: Verdict | None = None
    sentences: tuple[frozenset[str], ...] | None = None
    phrases: tuple[frozenset[str], ...] | None = None

    @classmethod
    def of(cls, told: Labelled, *, whole: bool = True, parts: bool = True) -> "Heard":
        """What the labels of an answer or a pair's side say; ``whole``: of the answer, ``parts``: of its sentences."""
        heard: dict[str, Any] = {}
        if whole and isinstance(told, LabelledAnswer):
            heard |= {
                "signal": told.signal, "also": told.also, "role_clear": told.role_clear,
                "tradeoff_obvious": told.tradeoff_obvious, "outcome": told.outcome, "fault": told.fault,
            }  # fmt: skip
        if parts:
            heard["sentences"] = tuple(sentence.labels for sentence in told.sentences)
            heard["phrases"] = tuple(
                frozenset(span.label for span in told.spans or () if sentence.start <= span.start < sentence.end)
                for sentence in told.sentences
            )
        return cls(**heard)


class Twice(strict.Strict):
    """A text read twice; ``side`` says which of a pair."""

    id: str
    side: str | None = None
    first: Heard
    second: Heard


class Agreement(NamedTuple):
    """A label: on how many texts it was judged, how often the first reader gave it, Cohen's kappa."""

    label: str
    judged: int
    given: int | None
    kappa: float


@dataclass(frozen=True)
class Agreements:
    """The kappas on answers, on their sentences, and on the sentences of pairs."""

    answers: list[Agreement]
    sentences: list[Agreement]
    pairs: list[Agreement]
    runner_up: float

    def tables(self) -> list[tuple[str, list[Agreement]]]:
        """Each table with its title."""
        return [
            ("Whole answers", self.answers),
            ("Sentences of answers", self.sentences),
            ("Sentences of contrast pairs", self.pairs),
        ]


def read(corpus_folder: Path | None = None) -> Agreements:
    """The agreement of the two readings that lie in a corpus folder; without an argument, in the project's own.

    Raises:
        DataError: a reading is missing or broken; names file and line.
    """
    where = (corpus_folder or resources.path("data", "corpus")) / SECOND
    told = list(folder.rows(where / "answers.jsonl", Twice))
    pairs = list(folder.rows(where / "pairs.jsonl", Twice))
    whole = [twice for twice in told if twice.first.signal and twice.second.signal]
    names = ("signal", "role_clear", "tradeoff_obvious", "outcome", "fault")
    return Agreements(
        [_whole(whole, name) for name in names],
        _by_sentence(told),
        _by_sentence(pairs),
        sum(_defended(twice) for twice in whole) / max(1, len(whole)),
    )


def _whole(twice: Sequence[Twice], name: str) -> Agreement:
    values = [(str(getattr(one.first, name)), str(getattr(one.second, name))) for one in twice]
    return Agreement(name, len(values), None, _kappa(values))


def _defended(twice: Twice) -> bool:
    """Whether the readers' signals agree where each may bring a runner-up."""
    first, second = twice.first, twice.second
    return first.signal == second.signal or first.signal in second.also or second.signal in first.also


def _by_sentence(twice: Sequence[Twice]) -> list[Agreement]:
    of_sentence = _paired(twice, lambda heard: heard.sentences)
    of_phrases = _paired(twice, lambda heard: heard.phrases)
    return [_label(label, of_sentence) for label in SENTENCE_LABELS] + [_label(label, of_phrases) for label in SPANS]


Labels = frozenset[str]


def _paired(twice: Iterable[Twice], of: Callable[[Heard], tuple[Labels, ...] | None]) -> list[tuple[Labels, Labels]]:
    """What the two readers said of each sentence that both have read so."""
    read_by_both = ((of(one.first), of(one.second)) for one in twice)
    return [pair for first, second in read_by_both if first and second for pair in zip(first, second, strict=True)]


def _label(label: str, sentences: Sequence[tuple[Labels, Labels]]) -> Agreement:
    values = [(str(label in first), str(label in second)) for first, second in sentences]
    return Agreement(label, len(values), sum(label in first for first, _ in sentences), _kappa(values))


def _kappa(values: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa; 1 where both readers only ever said one and the same thing."""
    first, second = [a for a, _ in values], [b for _, b in values]
    return 1.0 if len({*first, *second}) < 2 else float(cohen_kappa_score(first, second))
