"""What detectors hear: the words, the rule that found them, and what a number amounts to. Frozen models."""

from typing import Literal

from pydantic import Field

from analyser.answer import Result

QuantityKind = Literal["share", "money", "time", "count", "factor"]
ENOUGH = 10  # findings of a rule; of fewer, the share that is right says nothing


class Quote(Result):
    """The speaker's own words: ``text == answer.text[start:end]``."""

    start: int
    end: int
    text: str


def paired(text: str) -> str:
    """The words without a quotation mark at either end that is the only one: its other half is not among them.

    >>> paired('I want to know what is in the way."')
    'I want to know what is in the way.'
    >>> paired('"No," she said.')
    '"No," she said.'
    """
    marks = [sign for sign in text if sign in '"“”']
    return text.strip(marks[0]) if len(marks) == 1 else text


class Quantity(Result):
    """What a number amounts to: shares in percent, multiples as factors; ``to`` is the other end of a range.

    Of "from 800 ms to 120 ms" the first finding holds both ends. ``unit`` is of one ("minute", "dollar"); of what is
    counted, as it was said.
    """

    kind: QuantityKind
    value: float
    to: float | None = None
    unit: str | None = None


class Finding(Quote):
    """One thing that a detector heard, with the rule that found it, the reason and what to do.

    ``detector`` and ``label`` are the names of ``docs/labels.md``; ``rule`` is ``detector/group``, or
    ``detector/meaning`` where a model found it and no rule agrees. ``chosen`` and ``cost`` are the two sides of a
    tradeoff, where they can be told; the choice may stand in the sentence before. ``quantity`` is what a number
    amounts to, where that can be told.
    """

    detector: str
    label: str
    rule: str
    why: str
    fix: str
    chosen: Quote | None = None
    cost: Quote | None = None
    quantity: Quantity | None = None

    @property
    def sides(self) -> tuple[Quote, ...]:
        """The sides of a tradeoff that can be told."""
        return tuple(side for side in (self.chosen, self.cost) if side)


class Rule(Result):
    """What a rule finds and why: its phrases, the examples that it must find, and those that it must not.

    ``yours`` are the phrases that the user added; ``off`` says whether the user switched it off. A rule of
    the sentence model, ``detector/meaning``, has neither phrases nor examples. ``measured`` says for each mode
    how often it was right, and of how many findings; ``row`` is where the docs say so.
    """

    id: str
    detector: str
    label: str
    why: str
    fix: str
    phrases: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    yours: tuple[str, ...] = ()
    off: bool = False
    measured: dict[Literal["full", "fast"], tuple[int, int]] = Field(default_factory=dict)
    row: str | None = None
