"""Whether a quantity tells the result or sets the scene: what is seen of it, and the model that decides.

Seen are the words in and around it, the rule that found it, and what its sentence and those beside it were heard
as: that "forty people" stands in a result says more than any word of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analyser.model_files import Arrays
from analyser.reading import Floats, Reading, Sentence, Token
from analyser.results import Finding
from analyser.views import DenseView, TermView, softmax

DETECTOR = "metrics"
CLASSES = ("metric", "context_number", "no number")  # "no number": "one guy told me"
BEFORE, AFTER = 8, 6  # words on either side that are looked at
NEAREST = 3  # of them are told apart by their place
EDGE = 5.0  # sentences of a longer answer that count as its beginning or its end
SPOKEN = ("near ", "said ")  # what a term begins with that names a word of the sentence
STRONGEST_WORDS = 3
_SILENT = frozenset({"PUNCT", "SPACE", "INTJ"})
_VERBS = frozenset({"VERB", "AUX"})


def of(reading: Reading) -> list[Finding]:
    """The quantities of an answer, in order."""
    return [finding for finding in reading.findings if finding.detector == DETECTOR]


def sentence_of(reading: Reading, found: Sequence[Finding]) -> NDArray[np.int64]:
    """The index of the sentence that each quantity stands in."""
    starts = np.array([sentence.start for sentence in reading.sentences])
    at = np.searchsorted(starts, [finding.start for finding in found], side="right") - 1
    return np.maximum(0, at)


def terms(reading: Reading) -> list[Counter[str]]:
    """The terms of each quantity."""
    found = of(reading)
    rules = ["", *(finding.rule for finding in found), ""]
    return [
        Counter(
            [*_terms(reading, reading.sentences[at], finding), f"rule before {rules[k]}", f"rule after {rules[k + 2]}"]
        )
        for k, (finding, at) in enumerate(zip(found, sentence_of(reading, found), strict=True))
    ]


def _terms(reading: Reading, sentence: Sentence, finding: Finding) -> Iterator[str]:
    words = [token for token in sentence.tokens if token.pos not in _SILENT]
    left = [token for token in words if token.start < finding.start]
    inside = [token for token in words if finding.start <= token.start < finding.end]
    right = [token for token in words if token.start >= finding.end]
    kind = finding.quantity.kind if finding.quantity else "name"
    yield from (finding.rule, f"kind {kind}", f"length {min(4, len(inside))}")
    yield from (f"in {'digits' if token.text[:1].isdigit() else _lemma(token)}" for token in inside)
    yield from _beside("left", kind, left[::-1])
    yield from _beside("right", kind, right)
    yield from (f"near {_word(token)}" for token in left[-BEFORE:])
    yield from (f"near after {_word(token)}" for token in right[:AFTER])
    yield from (f"said {_word(token)}" for token in (*left, *right))
    yield from _deeds(reading, sentence)


def _beside(side: str, kind: str, tokens: Sequence[Token]) -> Iterator[str]:
    """The nearest words on one side, and the nearest verb, each also with the kind of quantity."""
    words = [_word(token) for token in tokens[:NEAREST]] or ["edge"]
    yield from (f"{side} {n} {word}" for n, word in enumerate(words))
    yield from (f"{side} {n} {token.tag}" for n, token in enumerate(tokens[:NEAREST]))
    yield from (f"{side} {' '.join(words[:2])}", f"{kind} {side} {words[0]}")
    verb = next((token for token in tokens if token.pos in _VERBS), None)
    if verb is not None:
        named = (_lemma(verb), verb.tag)
        yield from (f"{side} verb {name}" for name in named)
        yield from (f"{kind} {side} verb {name}" for name in named)


def _deeds(reading: Reading, sentence: Sentence) -> Iterator[str]:
    told = [deed for deed in reading.deeds if sentence.start <= deed.start < sentence.end]
    yield from (f"agent {deed.agent}{' event' if deed.event else ''}" for deed in told)
    if not told:
        yield "agent none"


def _lemma(token: Token) -> str:
    return token.lemma.lower()


def _word(token: Token) -> str:
    return "NUM" if token.pos == "NUM" else _lemma(token)


def surroundings(reading: Reading, parts: Floats, vectors: Floats | None) -> Floats:
    """What the sentence of each quantity, those beside it and those before and after were heard as; a row a quantity.

    ``parts`` and ``vectors`` hold a row a sentence; with the place of the quantity, and the vector of its sentence.
    """
    found = of(reading)
    at = sentence_of(reading, found)
    nothing = np.zeros((1, parts.shape[1]))
    before, after = np.vstack([nothing, parts[:-1]]), np.vstack([parts[1:], nothing])
    sooner, later = np.maximum.accumulate(before), np.maximum.accumulate(after[::-1])[::-1]
    blocks = [np.hstack([parts, before, after, sooner, later])[at], _places(reading, found, at)]
    return np.hstack(blocks if vectors is None else [*blocks, vectors[at]])


def _places(reading: Reading, found: Sequence[Finding], at: NDArray[np.int64]) -> Floats:
    """How far into the answer each quantity stands, and how many sentences are before it, after it, and in all."""
    share = np.array([finding.start for finding in found]) / max(1, len(reading.text))
    last = len(reading.sentences) - 1
    rows = [share, share**2, np.minimum(at, EDGE), np.minimum(last - at, EDGE), np.full(len(found), last + 1.0)]
    return np.stack(rows, axis=1)


def heights(reading: Reading, chances: Floats) -> Floats:
    """How likely each sentence holds a metric, shape (sentences, 1), from the probabilities of the quantities."""
    found = of(reading)
    told = np.array([finding.quantity is not None for finding in found], dtype=bool)
    highest = np.zeros((len(reading.sentences), 1))
    np.maximum.at(highest[:, 0], sentence_of(reading, found)[told], chances[told, 0])
    return highest


@dataclass(frozen=True)
class NumberModel:
    """Which class each quantity belongs to: one linear model over its terms and its surroundings.

    It is a metric from the probability ``metric_from`` on, no number from ``nothing_from`` on, else context.
    """

    terms: TermView
    surroundings: DenseView
    metric_from: float
    nothing_from: float

    def probabilities(
        self, reading: Reading, counts: Sequence[Mapping[str, int]], parts: Floats, vectors: Floats | None
    ) -> Floats:
        """Shape (quantities, classes), for the quantities of an answer, their ``terms``, and its sentences."""
        if not counts:
            return np.zeros((0, len(CLASSES)))
        by_terms = self.terms.scores(counts)
        return softmax(by_terms + self.surroundings.scores(surroundings(reading, parts, vectors)))

    def label(self, chances: Floats) -> str:
        """The class of a quantity with these probabilities."""
        return decide(chances, self.metric_from, self.nothing_from)

    def words(self, count: Mapping[str, int], label: str) -> tuple[str, ...]:
        """The lemmas of the sentence that spoke most for the class: at most three."""
        strongest = self.terms.strongest(count, CLASSES.index(label))
        said = (term.removeprefix(start) for term in strongest for start in SPOKEN if term.startswith(start))
        return tuple(dict.fromkeys(word.removeprefix("after ") for word in said if "NUM" not in word))[:STRONGEST_WORDS]

    @classmethod
    def of(cls, header: Mapping[str, Any], arrays: Arrays) -> Self:
        """From a model file."""
        metric_from, nothing_from = arrays["limits"].tolist()
        dense = DenseView(arrays["surroundings_weights"], arrays["surroundings_bias"])
        return cls(TermView.of(header, arrays), dense, metric_from, nothing_from)


def decide(chances: Iterable[float], metric_from: float, nothing_from: float) -> str:
    """The class of a quantity with these probabilities."""
    metric, _, nothing = chances
    if metric >= metric_from:
        return CLASSES[0]
    return CLASSES[2] if nothing >= nothing_from else CLASSES[1]
