"""The words beside a word, past the noises that speech puts between them.

A transcript without commas is read wrongly by the parser more often than by its neighbours, so the
detectors of small words (hedges, fillers) ask here first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from analyser.detectors._syntax import norm

NOISE = frozenset("um umm uhm uh uhh uhhh er erm ah hm hmm like".split())
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PERSONS = frozenset("i we he she they you".split())
CLAUSE_SUBJECTS = PERSONS | frozenset("it there this that people everyone everybody someone somebody nobody".split())
CONJUNCTIONS = frozenset("and but so because cause 'cause then or though although which".split())
_BREAKS = frozenset("and but so because when if while before after".split())
_APPROXIMATORS = frozenset("about around roughly only another at even just more like up say".split())
_UNITS = frozenset(
    "second minute hour day night week weekend month quarter year decade percent dozen hundred thousand "
    "million billion couple few third half".split()
)


def following(doc: Doc, i: int, *, noise: bool = True) -> Token | None:
    """The token at ``i`` or after it that is no noise and no blank; ``None`` at the end."""
    while i < len(doc) and (doc[i].is_space or (noise and norm(doc[i]) in NOISE)):
        i += 1
    return doc[i] if i < len(doc) else None


def before(doc: Doc, i: int) -> Token | None:
    """The token before ``i`` that is no noise and no blank; ``None`` at the start."""
    i -= 1
    while i >= 0 and (doc[i].is_space or norm(doc[i]) in NOISE):
        i -= 1
    return doc[i] if i >= 0 else None


def word(token: Token | None) -> str:
    """The word of a token that may be missing."""
    return norm(token) if token is not None else ""


def closes(token: Token | None) -> bool:
    """Whether a phrase may end before this token: the end, punctuation, a conjunction, a noise."""
    if token is None or token.is_punct or token.is_space:
        return True
    return norm(token) in CONJUNCTIONS | NOISE or (norm(token) in {"you", "i"} and _is_filler(token))


def _is_filler(token: Token) -> bool:
    after = following(token.doc, token.i + 1)
    return (norm(token), word(after)) in {("you", "know"), ("i", "mean"), ("i", "guess"), ("i", "think")}


def clause_follows(doc: Doc, i: int, reach: int = 9) -> bool:
    """Whether a clause stands next: a subject pronoun, or a finite verb before punctuation or a conjunction."""
    nxt = following(doc, i)
    if nxt is not None and norm(nxt) in PERSONS and not closes(following(doc, nxt.i + 1)):
        return True
    for token in doc[i : i + reach]:
        if token.is_punct or norm(token) in _BREAKS:
            return False
        if token.tag_ in FINITE:
            return True
    return False


def starts_figure(doc: Doc, i: int) -> bool:
    """Whether a quantity begins here: "thirty", "2 weeks", "a month", "half of them"; not "one of the"."""
    while i < len(doc) and (norm(doc[i]) in _APPROXIMATORS | NOISE or doc[i].is_space):
        i += 1
    if i >= len(doc):
        return False
    first, second = norm(doc[i]), word(following(doc, i + 1))
    if first in {"a", "an", "one"} and (second in _UNITS or second == "in"):
        return True
    return first in {"half", "$", "€", "£"} or (doc[i].like_num and first != "one" and doc[i].pos_ != "ADV")


def ends_figure(doc: Doc, i: int) -> bool:
    """Whether a quantity ends before ``i``: "three weeks", "ninety", "a year"."""
    if i < 1:
        return False
    last, first = doc[i - 1], doc[i - 2] if i > 1 else None
    if last.like_num:
        return True
    return norm(last).rstrip("s") in _UNITS and first is not None and (first.like_num or norm(first) in {"a", "an"})


@dataclass(frozen=True)
class Phrase:
    """A phrase of a word list where it stands in a text, with the word lists of its detector."""

    span: Span
    sets: Mapping[str, frozenset[str]]

    @cached_property
    def left(self) -> Token | None:
        """The token before it, past noises."""
        return before(self.span.doc, self.span.start)

    @cached_property
    def right(self) -> Token | None:
        """The token after it, past noises."""
        return following(self.span.doc, self.span.end)

    @cached_property
    def touching(self) -> Token | None:
        """The very next token, be it a noise."""
        return following(self.span.doc, self.span.end, noise=False)

    @property
    def second(self) -> Token | None:
        """The token after ``right``."""
        return following(self.span.doc, self.right.i + 1) if self.right is not None else None

    @property
    def previous(self) -> str:
        """The word before it."""
        return word(self.left)

    @property
    def next(self) -> str:
        """The word after it."""
        return word(self.right)

    @property
    def first(self) -> str:
        """Its first word."""
        return norm(self.span[0])

    @property
    def last(self) -> str:
        """Its last word."""
        return norm(self.span[-1])

    def earlier(self, reach: int) -> frozenset[str]:
        """The words before it, as far as ``reach``."""
        return frozenset(norm(token) for token in self.span.doc[max(0, self.span.start - reach) : self.span.start])

    def later(self, reach: int) -> frozenset[str]:
        """The words after it, as far as ``reach``."""
        return frozenset(norm(token) for token in self.span.doc[self.span.end : self.span.end + reach])

    def on_figure(self) -> bool:
        """Whether it rounds a figure: "maybe thirty", "a year or something"."""
        return starts_figure(self.span.doc, self.span.end) or ends_figure(self.span.doc, self.span.start)
