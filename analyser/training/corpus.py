"""The corpus: labelled answers, one JSON object a line, one file a voice, read strictly.

Every answer has the labels of the guidelines; every sentence its own, with character offsets into the
text. ``splits.toml`` puts each voice into train, dev or test: an answer is never judged by a model that
has heard its speaker.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, ValidationError, model_validator

from analyser import resources, strict
from analyser.errors import DataError
from analyser.results import FaultParts, Outcome, SignalLabel, Verdict

SplitName = Literal["train", "dev", "test"]
PartName = Literal[
    "context", "options", "constraint", "decision", "action", "said_or_heard", "evidence", "result", "lesson",
    "change", "support", "influence",
]  # fmt: skip
SpanLabel = Literal[
    "belief", "possibility", "softener", "vague", "bounded", "filler", "metric", "context_number", "performative",
]  # fmt: skip
PARTS: tuple[str, ...] = get_args(PartName)
FAULTS = ("own_fault", "shared_fault", "deflection")


class LabelledSentence(strict.Strict):
    """A sentence of an answer, by character offsets, with what the guidelines say of it."""

    start: int
    end: int
    parts: tuple[PartName, ...]
    fault: Literal["own_fault", "shared_fault", "deflection"] | None
    tradeoff: bool
    team_only: bool

    @property
    def labels(self) -> frozenset[str]:
        """All labels that hold."""
        named = {"tradeoff": self.tradeoff, "team_only": self.team_only, self.fault or "": bool(self.fault)}
        return frozenset(self.parts) | {name for name, holds in named.items() if holds}


class LabelledSpan(strict.Strict):
    """A phrase of an answer, by character offsets, with its label."""

    start: int
    end: int
    label: SpanLabel


class LabelledAnswer(strict.Strict):
    """An answer of the corpus with every label; ``spans`` is ``None`` where its phrases are not labelled."""

    id: str
    voice: str
    manner: Literal["notes", "student", "experienced", "vivid"] = Field(alias="register")
    question: str
    signal: SignalLabel
    also: tuple[SignalLabel, ...]
    role_clear: bool
    tradeoff_obvious: bool
    outcome: Outcome
    fault: Verdict
    fault_parts: FaultParts | None
    text: str
    sentences: tuple[LabelledSentence, ...]
    spans: tuple[LabelledSpan, ...] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "LabelledAnswer":
        if self.signal in self.also:
            raise ValueError(f"also repeats the signal {self.signal!r}")
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


@dataclass(frozen=True)
class Corpus:
    """Labelled answers, the voices of each split, and a hash of all that was read."""

    answers: tuple[LabelledAnswer, ...]
    splits: dict[SplitName, frozenset[str]]
    digest: str

    def split(self, *names: SplitName) -> tuple[LabelledAnswer, ...]:
        """The answers of the named splits."""
        voices = frozenset().union(*(self.splits[name] for name in names))
        return tuple(answer for answer in self.answers if answer.voice in voices)


class _Splits(strict.Strict):
    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]


def read_answers(file: Path) -> Iterator[LabelledAnswer]:
    """Read one JSONL file.

    Raises:
        DataError: naming file, line and key.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read: {error}.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{file}:{number}"
        try:
            yield LabelledAnswer.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            raise DataError(f"{where}: not a JSON object ({error.msg}).") from None
        except ValidationError as error:
            raise strict.explain(where, error) from None


def read(folder: Path | None = None) -> Corpus:
    """Read a corpus folder: ``*.jsonl`` and ``splits.toml``; without an argument, the project's own.

    Raises:
        DataError: a broken line, an id or a text that stands twice, a voice in no split or in two.
    """
    folder = folder or resources.path("data", "corpus")
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise DataError(f"{folder} has no *.jsonl file: a corpus needs one for each voice.")
    answers = tuple(answer for file in files for answer in read_answers(file))
    table = folder / "splits.toml"
    splits = strict.read(table, _Splits)
    _check(answers, splits, table)
    voices: dict[SplitName, frozenset[str]] = {
        "train": frozenset(splits.train), "dev": frozenset(splits.dev), "test": frozenset(splits.test)
    }  # fmt: skip
    return Corpus(answers, voices, resources.digest(table, *files))


def _check(answers: Sequence[LabelledAnswer], splits: _Splits, table: Path) -> None:
    listed = [*splits.train, *splits.dev, *splits.test]
    _refuse_repeats(table, "voice", listed)
    for voice in sorted({answer.voice for answer in answers} - set(listed)):
        raise DataError(f"{table}: the voice {voice!r} is in no split.")
    _refuse_repeats(table.parent, "id", [answer.id for answer in answers])
    _refuse_repeats(table.parent, "text", [answer.text for answer in answers])


def _refuse_repeats(where: Path, what: str, values: Sequence[str]) -> None:
    repeated = next((value for value, times in Counter(values).items() if times > 1), None)
    if repeated is not None:
        raise DataError(f"{where}: the {what} {repeated[:60]!r} stands twice; keep one.")
