"""A user's own labelled answers: read, refused where they are too few, and the signal fitted on them.

A row needs ``text``, ``signal`` and ``voice`` (who speaks: an answer is never judged by a model that has heard its
speaker). The models of sentences, outcome and boundaries are kept as they are: they need every sentence labelled.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from analyser import framework, resources
from analyser.errors import InputError
from analyser.models import SentenceModel
from analyser.reading import Floats
from analyser.training.answers import CLASSES
from analyser.training.fit import FOLDS, folds
from analyser.training.judged import Judged, read_rows

# Of each label: so many that every part of the voices has, on average, two to be tried on.
FEWEST_ANSWERS, FEWEST_VOICES = 2 * FOLDS, 3


class OwnAnswer(Judged):
    """An answer that a user labelled: its signal, who speaks, and perhaps the runners-up."""

    voice: Annotated[str, Field(min_length=1)]
    id: str = ""


@dataclass(frozen=True)
class KeptSentences:
    """The sentence model of a folder, as it is: it has heard none of the user's voices."""

    kept: SentenceModel
    unheard: Mapping[str, Floats] = field(default_factory=dict)

    def model(self) -> SentenceModel:
        """The model that serves."""
        return self.kept


def read(path: Path, framework_name: str = "netflix") -> list[OwnAnswer]:
    """Labelled answers from a JSONL file, or from all of a folder; a framework's labels go by its crosswalk.

    Raises:
        InputError: nothing can be read, a row lacks what it needs, or a text stands twice.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path} has no *.jsonl file with labelled answers.")
    signals = framework.named(framework_name).signals
    names = {name: signal.maps_to or name for name, signal in signals.items()}
    rows = [row for file in files for row in _read(file, names)]
    refuse_repeats(rows)
    return rows


def _read(file: Path, names: Mapping[str, str]) -> Iterator[OwnAnswer]:
    for number, row in enumerate(read_rows(file, OwnAnswer, names), 1):
        yield row.model_copy(update={"id": f"{file.name}, row {number}"})


def refuse_repeats(rows: Sequence[OwnAnswer], others: Mapping[str, str] | None = None) -> None:
    """Refuse a text that stands twice; ``others`` gives the ids of further texts.

    Raises:
        InputError: naming both places: one would be learned from while the other is tried.
    """
    seen = dict(others or {})
    for row in rows:
        if row.text in seen:
            raise InputError(f"The text of {row.id} stands in {seen[row.text]} too; keep one.")
        seen[row.text] = row.id


def refuse_overwriting(folder: Path) -> None:
    """Refuse the folder of the models in use: they are what comes without one's own.

    Raises:
        InputError: it is that folder.
    """
    if folder.resolve() == resources.models().resolve():
        raise InputError(f"{folder} holds the models that yours build on; name another folder with --out.")


def refuse_too_few(rows: Sequence[Judged], voices: Sequence[str]) -> None:
    """Refuse answers from which some label cannot be both learned and tried.

    Raises:
        InputError: naming each label that has too few, and how many it needs.
    """
    if short := [lack for label in CLASSES if (lack := _lack(label, rows, voices))]:
        raise InputError(
            f"Too few answers to learn from: {'; '.join(short)}. Each of the {len(CLASSES)} labels needs "
            f"{FEWEST_ANSWERS} answers by {FEWEST_VOICES} voices at least, so that it can be learned from some voices "
            "and tried on others. Label more, or add yours to the project's own with --add."
        )
    for seen, _ in folds(voices):
        for label in sorted(set(CLASSES) - {rows[i].signal for i in seen}):
            raise InputError(
                f"Too few voices to learn from: those who tell {label!r} all fall into one of the {FOLDS} parts that "
                "are tried in turn. Label this signal for more voices, or add yours to the project's own with --add."
            )


def _lack(label: str, rows: Sequence[Judged], voices: Sequence[str]) -> str | None:
    told = [voice for row, voice in zip(rows, voices, strict=True) if row.signal == label]
    if len(told) >= FEWEST_ANSWERS and len(set(told)) >= FEWEST_VOICES:
        return None
    many = len(set(told))
    return f"{label!r} has {len(told)} by {many} voice{'' if many == 1 else 's'}" if told else f"{label!r} has none"
