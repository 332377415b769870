"""What a row of the corpus holds: an answer or a contrast pair, with its labels by character offset."""

from typing import Any, Literal, Self, get_args

from pydantic import Field, model_validator

from analyser import strict
from analyser.results import FaultParts, Outcome, SignalLabel, Verdict

SplitName = Literal["train", "dev", "test"]
PartName = Literal[
    "context", "options", "constraint", "decision", "action", "said_or_heard", "evidence", "result", "lesson",
    "change", "support", "influence",
]  # fmt: skip
FaultName = Literal["own_fault", "shared_fault", "deflection"]
SpanLabel = Literal[
    "belief", "possibility", "softener", "vague", "bounded", "filler", "metric", "context_number", "performative",
]  # fmt: skip
Kind = Literal["tradeoff", "fault", "agency", "uncertainty", "cue", "number", "part"]
Register = Literal["notes", "student", "experienced", "vivid"]
PARTS: tuple[str, ...] = get_args(PartName)
FAULTS: tuple[str, ...] = get_args(FaultName)
SPANS: tuple[str, ...] = get_args(SpanLabel)
KINDS: tuple[str, ...] = get_args(Kind)
SENTENCE_LABELS = (*PARTS, *FAULTS, "tradeoff", "team_only")


class LabelledSentence(strict.Strict):
    """A sentence by character offsets, with what the guidelines say of it."""

    start: int
    end: int
    parts: tuple[PartName, ...]
    fault: FaultName | None
    tradeoff: bool
    team_only: bool

    @property
    def labels(self) -> frozenset[str]:
        """All labels that hold."""
        named = {"tradeoff": self.tradeoff, "team_only": self.team_only, self.fault or "": bool(self.fault)}
        return frozenset(self.parts) | {name for name, holds in named.items() if holds}


class LabelledSpan(strict.Strict):
    """A phrase by character offsets, with its label."""

    start: int
    end: int
    label: SpanLabel


class Labelled(strict.Strict):
    """A text whose sentences are labelled; ``spans`` is ``None`` where its phrases are not."""

    text: str
    sentences: tuple[LabelledSentence, ...]
    spans: tuple[LabelledSpan, ...] | None = None

    @model_validator(mode="after")
    def _covered(self) -> Self:
        at = 0
        for sentence in self.sentences:
            if not at <= sentence.start < sentence.end <= len(self.text):
                raise ValueError(f"sentence {sentence.start}–{sentence.end} is out of order or out of the text")
            if self.text[at : sentence.start].strip():
                raise ValueError(f"the text before {sentence.start} belongs to no sentence")
            at = sentence.end
        if self.sentences and self.text[at:].strip():
            raise ValueError(f"the text after {at} belongs to no sentence")
        for span in self.spans or ():
            if not 0 <= span.start < span.end <= len(self.text) or not self.text[span.start : span.end].strip():
                raise ValueError(f"span {span.start}–{span.end} covers no words of the text")
        return self


class LabelledAnswer(Labelled):
    """An answer with every label of the guidelines."""

    id: str
    voice: str
    manner: Register = Field(alias="register")
    question: str
    signal: SignalLabel
    also: tuple[SignalLabel, ...]
    role_clear: bool
    tradeoff_obvious: bool
    outcome: Outcome
    fault: Verdict
    fault_parts: FaultParts | None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.signal in self.also:
            raise ValueError(f"also repeats the signal {self.signal!r}")
        return self

    def row(self) -> dict[str, Any]:
        """As JSON holds it: what it is, then its text and labels."""
        every = self.model_dump(mode="json", by_alias=True)
        text = {key: every.pop(key) for key in Labelled.model_fields}
        return every | text


class Statement(Labelled):
    """One side of a contrast pair: a sentence, or two that need each other."""


class ContrastPair(strict.Strict):
    """A true case and a near miss that says almost the same, while the label of its kind changes."""

    id: str
    topic: str
    kind: Kind
    raw: bool
    true: Statement
    near: Statement

    @model_validator(mode="after")
    def _contrasting(self) -> Self:
        if self.true.text == self.near.text:
            raise ValueError("both sides say the same")
        if _seen_by(self.kind, self.true) == _seen_by(self.kind, self.near):
            raise ValueError(f"both sides have the same labels of the kind {self.kind!r}")
        return self

    @property
    def sides(self) -> tuple[Statement, Statement]:
        """The true case and the near miss."""
        return self.true, self.near


def _seen_by(kind: str, side: Statement) -> object:
    """The labels that a pair of this kind is about."""
    if kind in {"uncertainty", "cue", "number"}:
        return [(span.label, side.text[span.start : span.end]) for span in side.spans or ()]
    held = [_of_sentence(kind, sentence) for sentence in side.sentences]
    return held if kind == "part" else {value for value in held if value}


def _of_sentence(kind: str, sentence: LabelledSentence) -> object:
    match kind:
        case "tradeoff":
            return sentence.tradeoff
        case "fault":
            return sentence.fault
        case "agency":
            return sentence.team_only
        case _:
            return sentence.parts
