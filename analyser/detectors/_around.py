"""The words around a figure, as a listener joins them: what stands before and after, and which verb governs it."""

import itertools
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from analyser.detectors._numbers import APPROXIMATORS, Quantity
from analyser.detectors._syntax import norm, verb_of
from analyser.detectors._told import Told, told

_STORY = 80  # words; a shorter text has no beginning and end to speak of
_BEGUN = 0.36  # the share of a story that sets the scene
_RESULT_FROM = 0.6  # the share after which it has come to its result
_OPENING = 0.1  # the share in which a story may be announced by its result: "I once saved us a million"
_ASSIGNED = 30  # words; how long a target is remembered: "our goal was fifty, and we got …"
REACH = 8  # words; how far to either side of a figure is looked
_BOUNDS = ("more than", "less than", "fewer than", "at least", "at most")
_ASIDES = [
    line.split() for line in ("i want to say", "i would say", "i think", "i guess", "i believe", "you know", *_BOUNDS)
]
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

    @property
    def is_story(self) -> bool:
        """Whether the text is long enough to have a beginning and an end."""
        return len(self.doc) >= _STORY

    @property
    def is_early(self) -> bool:
        """Whether the story is still setting the scene; its first sentences may announce the result of "I" or "we"."""
        if not self.is_story or self.span.start >= _BEGUN * len(self.doc):
            return False
        mine = any(verb.who in {"i", "we"} and verb.lemma in self.sets["results"] for verb in self.real)
        return not (mine and self.span.start < _OPENING * len(self.doc))

    @property
    def is_late(self) -> bool:
        """Whether the story has come to its result."""
        return self.is_story and self.span.start > _RESULT_FROM * len(self.doc)

    @cached_property
    def is_after_target(self) -> bool:
        """Whether a goal was named shortly before, so that this is what came of it."""
        said = self.doc[max(0, self.span.start - _ASSIGNED) : self.span.start]
        return any(t.lemma_.lower() in self.sets["aims"] for t in said)

    @property
    def is_now(self) -> bool:
        """As "now it is two days"."""
        return any(norm(t) in {"now", "today"} for t in self.left[:5] + self.right[:1])

    @property
    def is_concluding(self) -> bool:
        """As "in the end", "by Easter", "within six months"."""
        earlier = list(self.doc[self.sentence.start : self.span.start])
        if self.near(earlier, "conclusions", 100):
            return True
        return any(
            norm(t) in {"by", "within"} and self.near(earlier[at + 1 :], "dates", 3) for at, t in enumerate(earlier)
        )

    @property
    def is_compared(self) -> bool:
        """As "… instead of …", "normally it took …"."""
        return any(norm(t) in self.sets["comparing"] for t in self.sentence)

    @property
    def is_half_pair(self) -> bool:
        """As "from every night to two", "from five days to the next morning": one end has no number."""
        if self.before == "from":
            return not self.is_named_count and "to" in self.after_words[:4]
        return self.before == "to" and any(norm(t) == "from" for t in self.left[:6])

    @property
    def is_only(self) -> bool:
        """As "only one complaint"."""
        return len(self.words) > 1 and norm(self.doc[max(0, self.span.start - 1)]) == "only"

    @property
    def is_lone(self) -> bool:
        """As "one nurse" or "half"; but not "only one complaint"."""
        return (self.words[0] == "one" and not self.is_only) or self.words[0] == "half"

    @property
    def is_named_count(self) -> bool:
        """Whether it counts things that it names: "four shops"."""
        return self.quantity.kind == "count" and self.span[-1].pos_ in {"NOUN", "PROPN"}

    @property
    def is_called_result(self) -> bool:
        """As "the final result was …"."""
        return any(t.lemma_.lower() == "result" for t in self.doc[self.sentence.start : self.span.start])

    def near(self, tokens: list[Token], name: str, reach: int = REACH) -> bool:
        """Whether one of the first ``reach`` words stands in the named list."""
        return any(t.lemma_.lower() in self.sets[name] for t in tokens[:reach])

    def has(self, name: str) -> bool:
        """Whether a verb that governs the figure, and happened, stands in the named list."""
        return any(verb.lemma in self.sets[name] for verb in self.real)


def _without_asides(tokens: list[Token]) -> list[Token]:
    """The words without "about", "um", "I think", "I want to say": what a figure is attached to stands before them."""
    kept: list[Token] = []
    said: list[str] = []
    for token in tokens:
        word = norm(token)
        if word in APPROXIMATORS and word != "say":
            continue
        kept.append(token)
        said.append(word)
        for aside in _ASIDES:
            if said[-len(aside) :] == aside:
                del kept[-len(aside) :], said[-len(aside) :]
    return kept


def _is_turn(token: Token) -> bool:
    """Whether the sentence starts anew here: "but", "and we", "so it"."""
    return norm(token) == "but" or (norm(token) in {"and", "so"} and token.nbor().tag_ == "PRP")


def _before(token: Token, reach: int) -> Span:
    return token.doc[max(token.sent.start, token.i - reach) : token.i]
