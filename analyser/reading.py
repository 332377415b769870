"""What the language pipeline saw in one answer, as plain values: nothing of spaCy goes above this line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyser.results import Finding, Quote

Floats = NDArray[np.float64]
Agent = Literal["I", "we", "other", "nobody"]
Sides = tuple[Quote | None, Quote | None]  # of a tradeoff: the choice, the cost


class Token(NamedTuple):
    """A word with what the tagger made of it; ``start`` is its character offset."""

    text: str
    lemma: str
    pos: str
    tag: str
    start: int


@dataclass(frozen=True, slots=True)
class Deed:
    """An action clause (a decision or deed in the story) and who did it; the span is the verb's.

    ``event`` is true where it is told as something that happened (past or narrative present), not as
    a habit, plan, rule or hypothesis.
    """

    agent: Agent
    verb: str
    start: int
    end: int
    event: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: character offsets, text, its words."""

    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]

    def quote(self) -> Quote:
        """The sentence as a quotation."""
        return Quote(start=self.start, end=self.end, text=self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as read: its sentences in order, the deeds told, and what the detectors found.

    ``sides`` tells the sides of the tradeoff in a sentence, by its index. That takes long, and few sentences hold a
    tradeoff, so that it is told when asked; of a sentence that states none the sides mean nothing.
    """

    text: str
    sentences: tuple[Sentence, ...]
    deeds: tuple[Deed, ...]
    findings: tuple[Finding, ...]
    sides: Callable[[int], Sides] = field(default=lambda _: (None, None), compare=False)

    @property
    def said(self) -> list[str]:
        """The texts of the sentences."""
        return [sentence.text for sentence in self.sentences]
