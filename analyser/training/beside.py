"""The models beside simpler ways to tell the signal, as tables: tried anew, or as the card has it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analyser import models, resources
from analyser.models import MODES
from analyser.training import answers, baselines, corpus
from analyser.training.baselines import SHOWN, UNHEARD, Examples, Figures, Rows
from analyser.training.examples import prepare
from analyser.training.judged import read_judged
from analyser.training.table import Table

TEST, FILE = "test", "file"
TITLES = {UNHEARD: "Unheard voices, cross-validated", TEST: "Test voices", FILE: "Your file"}


def compare(file: Path | None = None, folder: Path | None = None) -> Rows:
    """The simpler ways and both modes of the models in the folder, on the corpus and on labelled answers of a file.

    What a model does on unheard voices stands in its card: where this lacks it, so does the row.

    Raises:
        InputError: the file cannot be read, or a line lacks its labels.
        ModelError: a model is missing, altered, or of another version.
    """
    own = {FILE: read_judged(file)} if file else {}
    kept, source = {mode: models.load(mode, folder) for mode in MODES}, corpus.read()
    learned = prepare(source.split("train", "dev"), folder)
    tried: dict[str, Examples] = {TEST: prepare(source.split("test"), folder)}
    tried |= {where: prepare(told, folder) for where, told in own.items()}
    card = json.loads((resources.models(folder) / "card.json").read_text(encoding="utf-8"))
    return baselines.figures(learned, tried) | {
        _called(mode): _by_card(card, mode) | _judged(kept[mode], tried) for mode in MODES
    }


def _called(mode: str) -> str:
    return f"the models, {mode} mode"


def _by_card(card: Mapping[str, Any], mode: str) -> dict[str, Figures]:
    known = card["figures"][mode].get("signal", {})
    return {UNHEARD: {key: known[UNHEARD][key] for key in SHOWN}} if UNHEARD in known else {}


def _judged(kept: models.Models, tried: Mapping[str, Examples]) -> dict[str, Figures]:
    return {
        where: baselines.shown(examples, answers.judge(kept.signal, kept.sentences, examples))
        for where, examples in tried.items()
    }


def of_card(card: Mapping[str, Any]) -> list[Table]:
    """The same tables from a card; none where it has no simpler ways."""
    if "baselines" not in card:
        return []
    heard = {_called(mode): card["figures"][mode]["signal"] for mode in MODES}
    return tables({name: card["baselines"][name] for name in baselines.WAYS} | heard)


def tables(rows: Rows) -> list[Table]:
    """A table for each set of answers, a row for each way."""
    columns = ("the signal by", "answers", "strict", "with runner-up", "macro-F1")
    return [
        Table(title, columns, tuple(_row(name, tried[where]) for name, tried in rows.items() if where in tried))
        for where, title in TITLES.items()
        if any(where in tried for tried in rows.values())
    ]


def _row(name: str, figures: Figures) -> tuple[str, ...]:
    return name, f"{figures['answers']:,}", *(f"{figures[key]:.3f}" for key in SHOWN[1:])


def render(rows: Rows, form: str) -> str:
    """The figures as ``json``, or as tables in Markdown that can be read as they stand."""
    return json.dumps(rows, indent=2) if form == "json" else "\n\n".join(table.aligned() for table in tables(rows))
