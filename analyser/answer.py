"""What is analysed: an interview answer, with the time stamps of its transcript where it has them."""

import re
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analyser.errors import InputError

_HALF = re.compile("[\ud800-\udfff]")


class Result(BaseModel):
    """The base of every result: immutable, and strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cue(Result):
    """A time stamp: the characters from ``start`` to ``end`` were said between two seconds of a recording."""

    start: int
    end: int
    begins: float = Field(allow_inf_nan=False)
    ends: float = Field(allow_inf_nan=False)


class Answer(Result):
    """An interview answer: its text as given, the question it was asked, and its time stamps, where these are known."""

    text: str
    question: str | None = None
    cues: tuple[Cue, ...] = ()

    @classmethod
    def of(cls, text: str, question: str | None = None, cues: Iterable[Cue] = ()) -> "Answer":
        """An answer of what a user gave.

        Raises:
            InputError: it is none.
        """
        try:
            return cls(text=text, question=question, cues=tuple(cues))
        except ValidationError as error:
            reason = error.errors()[0]["msg"].removeprefix("Value error, ")
            raise InputError(f"The answer cannot be read: {reason}.") from None

    @field_validator("text", "question")
    @classmethod
    def _has_no_half_characters(cls, value: str | None) -> str | None:
        """A lone surrogate is no character: nothing could be written of it."""
        if value is not None and _HALF.search(value):
            raise ValueError("holds half a character (a lone surrogate); decode the text anew")
        return value

    @model_validator(mode="after")
    def _cues_are_in_order(self) -> "Answer":
        places = [0, *(place for cue in self.cues for place in (cue.start, cue.end)), len(self.text)]
        times = [0.0, *(time for cue in self.cues for time in (cue.begins, cue.ends))]
        if places != sorted(places) or times != sorted(times):
            raise ValueError("has time stamps that are out of order, or outside the text")
        return self
