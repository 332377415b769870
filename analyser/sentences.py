"""Where sentences begin: the spaCy component ``analyser_sentences``, after the tagger and before the parser.

Three have a say, in this order. *Layout*: a prepared answer often comes as notes, so a new line that
starts with a bullet or a STAR tag starts a sentence, and so does one after an empty line; a line break
alone does not, since people paste text that was wrapped at 80 columns. *Full stops*: where they come as
often as people write them, the parser is left to itself. *A small model*: where none comes for long, the
text is speech without punctuation, which the parser was not made for; there the model decides for every
word from the words and tags around it.

The model needs tags: in a pipeline without a tagger the layout alone speaks. Like any component that sets
boundaries, this one must come before the parser.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token

from analyser import model_files, resources
from analyser.reading import Floats

KIND = "boundaries"
FILE = model_files.SHARED
LONG = 50  # words between full stops: one written sentence in 200 has as many
UNENDED = 25  # words, if the text then ends without a full stop
SHORTEST = 4  # words of a sentence that the model cuts off

_BULLET = re.compile(r"[-–—*•·]|\d{1,2}[.)]|\(?[STAR]\)?[:.)]?|[A-Z][a-z]+:")
_TERMINAL = {".", "!", "?", "…"}
_LOUD = {"!", "?"}
_ENDS = _TERMINAL - {"…"}  # three dots end a thought less often than they mark a pause

# What is looked at, and at which places, counted in words from the one that may start a sentence.
PLACES = {
    "word": range(-4, 6),
    "tag": range(-5, 7),
    "words": range(-2, 3),
    "tags": range(-4, 5),
    "mark": range(-3, 5),
}
REACH = max(abs(place) for places in PLACES.values() for place in places)
_START, _NO_START = 1, -1  # as spaCy numbers them; 0 leaves the parser free
UNKNOWN, EDGE = 0, 1  # rows of a weight table: a value never met in training, a place beyond the stretch

View = Mapping[str, Sequence[str]]


def stretches(doc: Doc, starts: Set[int]) -> list[list[int]]:
    """Token indices of the words in each stretch that goes on for too long without a full stop or one of ``starts``."""
    return [words for words, longest in _stretches(doc, starts) if len(words) > longest]


def _stretches(doc: Doc, starts: Set[int]) -> Iterator[tuple[list[int], int]]:
    """Every stretch with the words it may have."""
    words: list[int] = []
    for token in doc:
        ends = token.text in _ENDS
        if ends or token.i in starts:
            yield words, LONG
            words = []
        if not (ends or token.is_punct or token.is_space):
            words.append(token.i)
    yield words, UNENDED


def view(doc: Doc, words: Sequence[int]) -> View:
    """What the model sees of a stretch, a value for each word: no capitals, and of punctuation only what is inside."""
    tokens = [doc[i] for i in words]
    forms, tags = [token.lower_ for token in tokens], [token.tag_ for token in tokens]
    marks = ["" if i == before + 1 else _mark(doc[i - 1]) for before, i in pairwise([words[0] - 1, *words])]
    return {"word": forms, "tag": tags, "words": _pairs(forms), "tags": _pairs(tags), "mark": marks}


def _mark(token: Token) -> str:
    return "," if token.text == "," else "-" if token.is_punct else ""


def _pairs(values: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in zip(values, [*values[1:], "."], strict=True)]


@dataclass(frozen=True)
class Boundaries:
    """A logistic regression over what stands around a word.

    ``rows`` gives each value its row in the table of the same name; a table has the shape (values, places).
    """

    rows: Mapping[str, Mapping[str, int]]
    weights: Mapping[str, Floats]
    bias: float

    def scores(self, seen: View) -> Floats:
        """How well a sentence may start at each word of a stretch: log-odds, moved so that above 0 it does."""
        count = len(seen["word"])
        total = np.full(count, self.bias)
        for name, places in PLACES.items():
            weights = self.weights[name][padded(self.rows[name], seen[name])]
            for column, place in enumerate(places):
                total += weights[REACH + place : REACH + place + count, column]
        return total

    def starts(self, seen: View) -> list[int]:
        """The words that start a sentence, the likeliest chosen first; none is too near to another or to the start."""
        scores, chosen = self.scores(seen), [0]
        for i in np.argsort(-scores, kind="stable").tolist():
            if scores[i] <= 0:
                break
            if all(abs(i - other) >= SHORTEST for other in chosen):
                chosen.append(i)
        return chosen

    @classmethod
    def of(cls, header: Mapping[str, Any], arrays: model_files.Arrays) -> Self:
        """From a model file."""
        rows = {name: rows_of(header["values"][name]) for name in PLACES}
        return cls(rows, {name: arrays[name] for name in PLACES}, float(arrays["bias"][0]))


def rows_of(values: Sequence[str]) -> dict[str, int]:
    """The row of each value in a weight table."""
    return {value: row for row, value in enumerate(values, EDGE + 1)}


def padded(rows: Mapping[str, int], values: Sequence[str]) -> NDArray[np.int64]:
    """The row of each value, with ``REACH`` places beyond either end."""
    edge = [EDGE] * REACH
    return np.array([*edge, *(rows.get(value, UNKNOWN) for value in values), *edge])


def load(folder: Path | None = None) -> Boundaries:
    """The model of ``folder``, or the shipped one.

    Raises:
        ModelError: the file is missing, altered, or of another version.
    """
    return Boundaries.of(*model_files.read(resources.models(folder) / FILE, KIND))


class SentenceStarts:
    """Marks the sure starts before the parse; all else stays open for the parser."""

    def __init__(self, boundaries: Boundaries) -> None:
        self.boundaries = boundaries

    def __call__(self, doc: Doc) -> Doc:
        """Mark the starts in ``doc``; ValueError where a parser has been there already."""
        starts = layout(doc)
        marks = np.zeros(len(doc), np.int64)
        marks[list(starts)] = _START
        if doc.has_annotation("TAG"):
            for words in stretches(doc, starts):
                marks[words[0] : words[-1] + 1] = _NO_START
                marks[[words[i] for i in self.boundaries.starts(view(doc, words))]] = _START
        if marks.any():
            _set_starts(doc, marks)
        return doc


def _set_starts(doc: Doc, marks: NDArray[np.int64]) -> None:
    """All at once: token by token, spaCy would take as long as for a good part of the parse."""
    if doc.has_annotation("DEP"):
        raise ValueError("analyser_sentences must come before the parser in the pipeline.")
    column: Any = marks.astype(np.uint64)[:, None]
    doc.from_array(["SENT_START"], column)


def layout(doc: Doc) -> set[int]:
    """The tokens that start a sentence by the layout; an ! or ? with a capital after it counts as layout."""
    return {
        before.i + 1
        for before in doc[: max(0, len(doc) - 1)]
        if (_new_line(doc, before.i + 1) if before.is_space else before.text in _LOUD and _capital(doc[before.i + 1]))
    }


def _capital(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper()


def _new_line(doc: Doc, i: int) -> bool:
    """Whether the white space before token ``i`` ends a line and, with it, a sentence."""
    space = doc[i - 1].text
    if "\n" not in space or doc[i].is_space:
        return False
    ended = i < 2 or doc[i - 2].text in _TERMINAL
    return ended or "\n\n" in space.replace("\r", "").replace(" ", "") or _is_bullet(doc, i)


def _is_bullet(doc: Doc, i: int) -> bool:
    return bool(_BULLET.fullmatch(doc[i : i + 2].text) or _BULLET.fullmatch(doc[i].text))


@Language.factory(
    "analyser_sentences", assigns=["token.is_sent_start"], requires=["token.tag"], default_config={"folder": None}
)
def create(nlp: Language, name: str, folder: str | None = None) -> SentenceStarts:
    """The component with the model of ``folder``, or the shipped one."""
    return SentenceStarts(load(Path(folder) if folder else None))
