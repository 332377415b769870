"""Answers with a reader's labels, from a file of the user's or from the corpus: what the analyser is compared with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ConfigDict

from analyser import strict
from analyser.errors import DataError, InputError
from analyser.results import Answer, Outcome, SignalLabel, Verdict
from analyser.training import corpus


class Judged(Answer):
    """An answer with what a reader said of it; what a file holds besides is not looked at."""

    model_config = ConfigDict(extra="ignore")

    signal: SignalLabel
    also: tuple[SignalLabel, ...] = ()
    role_clear: bool | None = None
    tradeoff_obvious: bool | None = None
    outcome: Outcome | None = None
    fault: Verdict | None = None


Row = TypeVar("Row", bound=Judged)
Names = Mapping[str, str]  # of labels that stand for one of ours


def read_judged(file: Path) -> list[Judged]:
    """Labelled answers from a JSONL file; ``read_rows`` in its commonest form."""
    return read_rows(file, Judged)


def read_rows(file: Path, form: type[Row], names: Names | None = None) -> list[Row]:
    """Labelled answers from a JSONL file, each a row of the given form; ``names`` translates their signals.

    Raises:
        InputError: it cannot be read, holds no answer, or a line lacks its labels; the message names file and line.
    """
    try:
        judged = [strict.checked(form, _renamed(row, names or {}), where) for where, row in strict.rows(file)]
    except DataError as error:
        raise InputError(str(error)) from None
    if not judged:
        raise InputError(f"{file} holds no labelled answer; it needs one JSON object a line.")
    return judged


def _renamed(row: object, names: Names) -> object:
    """A row with its signals by our names; two that become one stand once, and none beside itself."""
    if not isinstance(row, dict) or not names:
        return row
    signal, also = row.get("signal"), row.get("also")
    renamed: dict[str, Any] = {"signal": names.get(signal, signal)} if isinstance(signal, str) else {}
    if isinstance(also, list):
        others = [names.get(name, name) if isinstance(name, str) else name for name in also]
        renamed["also"] = [name for name in dict.fromkeys(others) if name != renamed.get("signal")]
    return row | renamed


def of_split(split: corpus.SplitName) -> list[Judged]:
    """The answers of one split of the project's corpus."""
    return [Judged.model_validate(answer.model_dump()) for answer in corpus.read().split(split)]
