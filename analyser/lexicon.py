"""A detector's word list, read strictly from the TOML file beside its code.

::

    title = "Hedging"

    shields = '''           # phrases that protect whatever they cover from every group
    i think about
    '''

    [sets]                  # word lists that the code uses by name; lemmas, lower case
    belief_verbs = "think guess suppose"

    [groups.belief]         # one rule; its id is "hedging/belief"
    label = "belief"        # a label of the guidelines
    why = "…"               # the reason shown to the speaker
    fix = "…"               # what to do about it
    phrases = '''           # one a line; "a|b" are alternatives, "(c)" may be left out
    in my (humble) opinion|view
    '''
    hits = ["[I think] it was late."]       # brackets mark exactly what must be found
    misses = ["I think about users first."] # nothing of this label may be found

    [meaning.belief]        # the reason where the sentence model gives the label and no rule agrees
    why = "…"
    fix = "…"

    [patterns.blame]        # what several rules have in common, told of the answer as a whole
    title = "…"
    why = "…"
    rules = "fault/blame fault/circumstance"

A group without phrases belongs to a rule in the code. Every group has hits and misses; the tests run them.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field, field_validator

from analyser import resources, strict
from analyser.errors import DataError


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the lexicon's own, and the character spans that must be found in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def _lines(block: object) -> object:
    return tuple(line.strip() for line in block.splitlines() if line.strip()) if isinstance(block, str) else block


def _words(block: object) -> object:
    return tuple(block.split()) if isinstance(block, str) else block


class Reason(strict.Strict):
    """What is said of a label where no single rule, but the meaning of the whole sentence speaks for it."""

    why: str
    fix: str


class Group(strict.Strict):
    """One rule: what it is called, why it matters, what to do, its phrases and its examples."""

    label: str
    why: str
    fix: str
    phrases: tuple[str, ...] = ()
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    _split = field_validator("phrases", mode="before")(_lines)

    @field_validator("hits", "misses")
    @classmethod
    def _not_empty(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("needs at least one example")
        return value

    @property
    def expanded(self) -> tuple[str, ...]:
        """Every phrase, with its alternatives and options written out."""
        return tuple(form for phrase in self.phrases for form in expand(phrase))

    @property
    def examples(self) -> tuple[Example, ...]:
        """The hits, as text and spans."""
        return tuple(map(parse_example, self.hits))


class Pattern(strict.Strict):
    """What several rules have in common, in plain words; ``rules`` are the ids of those that show it."""

    title: str
    why: str
    rules: tuple[str, ...] = ()

    _split = field_validator("rules", mode="before")(_words)


class Lexicon(strict.Strict):
    """A detector's word list."""

    title: str
    shields: tuple[str, ...] = ()
    sets: dict[str, frozenset[str]] = Field(default_factory=dict)
    groups: dict[str, Group]
    meaning: dict[str, Reason] = Field(default_factory=dict)
    patterns: dict[str, Pattern] = Field(default_factory=dict)

    _split = field_validator("shields", mode="before")(_lines)

    @field_validator("sets", mode="before")
    @classmethod
    def _sets(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: frozenset(words.split()) if isinstance(words, str) else words for name, words in value.items()}

    @property
    def labels(self) -> frozenset[str]:
        """Every label that the detector can give."""
        return frozenset(group.label for group in self.groups.values())


def expand(phrase: str) -> list[str]:
    """Write out a phrase: ``"in my (humble) opinion|view"`` gives four.

    >>> expand("a (b) c|d")
    ['a b c', 'a b d', 'a c', 'a d']
    """
    choices = []
    for word in phrase.split():
        optional = word.startswith("(") and word.endswith(")")
        forms = (word[1:-1] if optional else word).split("|")
        choices.append([*forms, ""] if optional else forms)
    return [" ".join(filter(None, form)) for form in itertools.product(*choices)]


def parse_example(marked: str) -> Example:
    """Take the brackets out of ``"It was [kind of] late."`` and keep where they stood."""
    spans, plain = [], ""
    for piece in re.split(r"(\[[^\]]*\])", marked):
        if piece.startswith("["):
            spans.append((len(plain), len(plain) + len(piece) - 2))
            piece = piece[1:-1]
        plain += piece
    return Example(plain, tuple(spans))


def _check_phrases(lexicon: Lexicon, file: Path) -> None:
    seen: dict[str, str] = {}
    for name, group in lexicon.groups.items():
        for form in group.expanded:
            if form in seen:
                raise DataError(f"{file}: groups.{name}: {form!r} stands in groups.{seen[form]} too; keep one.")
            seen[form] = name


def read(file: Path) -> Lexicon:
    """Read a lexicon.

    Raises:
        DataError: an unknown key, a missing or empty one, or a phrase that stands twice.
    """
    lexicon = strict.read(file, Lexicon)
    _check_phrases(lexicon, file)
    return lexicon


@cache
def of(detector: str) -> Lexicon:
    """The lexicon that ships with the named detector."""
    return read(resources.lexicon(detector))
