"""The words around a figure, as a listener joins them: what stands before and after, and which verb governs it."""

import itertools
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from analyser.detectors._numbers import APPROXIMATORS
from analyser.detectors._quantities import Quantity
from analyser.detectors._syntax import norm, verb_of
from analyser.detectors._told import Told, told

REACH = 8  # words; how far to either side of a figure is looked
_ASIDES = [line.split() for line in ("i want to say", "i would say", "i think", "i guess", "i believe", "you know")]
_LONGEST_ASIDE = 4
_ASIDE_VERBS = frozenset("think guess believe say".split())
_EMPTY = frozenset({"being", "having", "getting"})  # "ended up being"
_VERBS = frozenset({"VERB", "AUX"})
_NOT_DONE = frozenset("would could should might may must can will 'll to not never".split())
_DONE = frozenset({"VBD", "VBN", "VBZ"})


class Around:
    """A quantity among the words around it; ``sets`` are the word lists of the lexicon."""

    def __init__(self, doc: Doc, quantity: Quantity, sets: dict[str, frozenset[str]]) -> None:
        self.doc, self.quantity, self.sets = doc, quantity, sets
        self.span = doc[quantity.start : quantity.end]
        self.words = [norm(token) for token in self.span]
        self.sentence = self.span[0].sent

    @cached_property
    def left(self) -> list[Token]:
        """The words before the figure in its sentence, nearest first, back to "but" or "and we", without asides."""
        start = max(self.sentence.start, self.span.start - REACH - _LONGEST_ASIDE)
        words = _without_asides(list(self.doc[start : self.span.start]))[-REACH:]
        return list(itertools.takewhile(lambda token: not _is_turn(token), reversed(words)))

    @cached_property
    def right(self) -> list[Token]:
        """The words after the figure in its sentence, nearest first."""
        return list(self.doc[self.span.end : min(self.span.end + REACH + _LONGEST_ASIDE, self.sentence.end)])

    @cached_property
    def before(self) -> str:
        """The word before the figure."""
        return norm(self.left[0]) if self.left else ""

    @cached_property
    def after_words(self) -> list[str]:
        """The words after the figure, in lower case."""
        return [norm(token) for token in self.right]

    @property
    def after(self) -> str:
        """The word after the figure."""
        return self.after_words[0] if self.right else ""

    @cached_property
    def verbs(self) -> list[Told]:
        """The verbs that may govern the figure: its own, the nearest before, the one that follows, the parse's."""
        found = [t for t in self.span if t.pos_ == "VERB"]
        before = [t for t in self.left if t.pos_ in _VERBS]
        found += before[: 2 if before and norm(before[0]) in _EMPTY else 1]
        found += [t for t in self.right[:2] if t.pos_ == "VERB" and t.dep_ != "amod" and self.before != "of"][:1]
        found += [] if verb_of(self.span.root).lemma_ in _ASIDE_VERBS else [verb_of(self.span.root)]
        return [told(verb) for verb in {verb.i: verb for verb in found if verb.pos_ in _VERBS}.values()]

    @cached_property
    def real(self) -> list[Told]:
        """Those of them that are told as having happened."""
        return [verb for verb in self.verbs if self._happened(verb)]

    def _happened(self, verb: Told) -> bool:
        if "to" in verb.helpers or (verb.verb.tag_ == "VBG" and verb.helpers.isdisjoint(_NOT_DONE)):
            return any(t.lemma_.lower() in self.sets["achieved"] for t in _before(verb.verb, 4))
        if verb.helpers & _NOT_DONE:
            return False
        seen = verb.verb.i >= self.span.end and self.near(self.left, "seeing", 3)  # "we had forty people sign up"
        return seen or verb.verb.tag_ in _DONE or verb.lemma in self.sets["same_past"]

    def near(self, tokens: list[Token], name: str, reach: int = REACH) -> bool:
        """Whether one of the first ``reach`` words stands in the named list."""
        return any(t.lemma_.lower() in self.sets[name] for t in tokens[:reach])

    def has(self, name: str) -> bool:
        """Whether a verb that governs the figure, and happened, stands in the named list."""
        return any(verb.lemma in self.sets[name] for verb in self.real)


def _without_asides(tokens: list[Token]) -> list[Token]:
    """The words without "about", "um", "I think", "I want to say": what a figure is attached to stands before them."""
    kept: list[Token] = []
    for token in tokens:
        if norm(token) in APPROXIMATORS and norm(token) != "say":
            continue
        kept.append(token)
        for aside in _ASIDES:
            if [norm(t) for t in kept[-len(aside) :]] == aside:
                del kept[-len(aside) :]
    return kept


def _is_turn(token: Token) -> bool:
    """Whether the sentence starts anew here: "but", "and we", "so it"."""
    return norm(token) == "but" or (norm(token) in {"and", "so"} and token.nbor().tag_ == "PRP")


def _before(token: Token, reach: int) -> Span:
    return token.doc[max(token.sent.start, token.i - reach) : token.i]
