"""A sentence cut into pieces: at commas, conjunctions and the markers after which a cost or a gain is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from spacy.tokens import Doc, Span, Token

from analyser import lexicon
from analyser.detectors._syntax import norm
from analyser.detectors._told import Told, told

Opening = Literal["", "cost", "gain", "aside"]

_LONGEST_MARKER = 4  # words
_FEWEST = 2  # words that say anything
_SIGNS = frozenset(", ; : - – — ( ) . ? !".split())
_NOISE = frozenset("um uh er so and but then well ok okay yeah also finally".split())
_ASIDES = frozenset("because since cause 'cause although though if when while".split())
_PERSONS = frozenset("i we he she they it that this there".split())


@cache
def words(name: str) -> frozenset[str]:
    """The named word list of ``tradeoff.toml``."""
    return lexicon.of("tradeoff").sets[name]


@cache
def openers() -> frozenset[str]:
    """The first words of the markers."""
    return frozenset(marker.split("_")[0] for marker in words("cost_follows") | words("gain_follows")) - {"at", "so"}


@cache
def _ends() -> frozenset[str]:
    """The words at which a piece may end; nowhere else is looked further."""
    return openers() | _ASIDES | _SIGNS | {"at", "and", "or", "but", "then", "so", "which", "over", "to"}


@dataclass(frozen=True)
class Piece:
    """Tokens ``start`` to ``end``; ``opening`` tells what stood before it.

    After ``cost`` and ``gain`` the words name what was lost and won; an ``aside`` gives a reason or a condition.
    """

    doc: Doc
    start: int
    end: int
    opening: Opening = ""

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and signs."""
        return list(self.doc[self.start : self.end])

    @cached_property
    def said(self) -> frozenset[str]:
        """Its words in lower case."""
        return frozenset(map(norm, self.tokens))

    @cached_property
    def verbs(self) -> list[Told]:
        """Its verbs with what is told of them."""
        return [told(t) for t in self.tokens if t.tag_[:2] == "VB" and t.dep_ not in {"aux", "auxpass", "amod"}]

    @cached_property
    def words(self) -> Span | None:
        """The piece without noise at its ends; ``None`` where too little is left."""
        start, end = self.start, self.end
        while start < end and (norm(self.doc[start]) in _NOISE or _is_empty(self.doc[start])):
            start += 1
        while start < end and (norm(self.doc[end - 1]) in _NOISE or _is_empty(self.doc[end - 1])):
            end -= 1
        return self.doc[start:end] if end - start >= _FEWEST else None

    def part(self, start: int, end: int) -> "Piece":
        """Tokens ``start`` to ``end`` of it."""
        return Piece(self.doc, start, end, self.opening)


def _is_empty(token: Token) -> bool:
    return token.is_punct or token.is_space


def pieces(sentence: Span) -> Iterator[Piece]:
    """The pieces of a sentence in order; the marker between two belongs to neither."""
    at = start = sentence.start
    opening: Opening = ""
    spoken = [norm(token) for token in sentence]
    while at < sentence.end:
        parted = spoken[at - sentence.start] in _ends()
        length, following = _boundary(sentence, start, at) if parted else (0, "")
        if not length:
            at += 1
            continue
        if at > start:
            yield Piece(sentence.doc, start, at, opening)
        at += length
        start, opening = at, following
    if start < sentence.end:
        yield Piece(sentence.doc, start, sentence.end, opening)


def _boundary(sentence: Span, start: int, at: int) -> tuple[int, Opening]:
    """How many words at ``at`` part two pieces, none where they do not, and what they say of the second."""
    token = sentence.doc[at]
    ahead = [norm(t) for t in sentence.doc[at : min(at + _LONGEST_MARKER, sentence.end)]]
    for length in range(len(ahead), 0, -1):
        marker = "_".join(ahead[:length])
        if marker in words("cost_follows"):
            return length, "cost"
        if marker in words("gain_follows"):
            return length, "gain"
    if _is_over(sentence, start, at):
        return 1, "cost"
    if token.text in _SIGNS:
        return (1, "") if token.whitespace_ or at + 1 == sentence.end else (0, "")
    if ahead[0] in _ASIDES:
        return 1, "aside"
    if ahead[0] == "to" and _is_purpose(sentence, start, at):
        return 1, "gain"
    return (1, "") if _joins(token, ahead) else (0, "")


def _joins(token: Token, ahead: list[str]) -> bool:
    """Whether a clause begins here: "and we", "and dropped", "so the", "which meant"; not "the chat and the map"."""
    if ahead[0] in {"and", "or", "but", "then"}:
        after = next((t for t in token.doc[token.i + 1 : token.i + 4] if norm(t) not in _NOISE), token)
        begins = norm(after) in _PERSONS or after.tag_ in {"VBD", "VBZ", "VBP", "MD", "VBN"}
        return begins or any(
            c.dep_ == "conj" and c.i > token.i and c.pos_ in {"VERB", "AUX"} for c in token.head.children
        )
    if ahead[0] == "so":
        return token.i + 1 < len(token.doc) and token.nbor().pos_ not in {"ADJ", "ADV"}
    return ahead[0] == "which" and token.i + 1 < len(token.doc) and token.nbor().tag_ in {"VBD", "VBZ"}


def _is_over(sentence: Span, start: int, at: int) -> bool:
    """We chose speed *over* polish; not "over the weekend"."""
    doc = sentence.doc
    if norm(doc[at]) != "over" or not any(t.lemma_.lower() in words("choosing") for t in doc[start:at]):
        return False
    after = [norm(t) for t in doc[at + 1 : min(at + 3, sentence.end)]]
    return at > start + 1 and words("not_refused").isdisjoint(after) and doc[at - 1].pos_ not in {"VERB", "AUX"}


def _is_purpose(sentence: Span, start: int, at: int) -> bool:
    """We cut the reports *to ship* on time."""
    doc = sentence.doc
    wins = at + 1 < sentence.end and doc[at + 1].lemma_.lower() in words("gaining")
    return wins and any(t.lemma_.lower() in words("cutting") | words("sacrificing") | {"give"} for t in doc[start:at])
