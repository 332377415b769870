"""How fitted models become files: the bytes that ``models`` reads again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from analyser.model_files import pack
from analyser.models import AnswerModel, SentenceModel
from analyser.numbers import CLASSES, NumberModel
from analyser.views import DenseView, TermView


def packed_sentences(model: SentenceModel) -> bytes:
    """The bytes of the model of sentences."""
    arrays = _of_terms(model.terms) | _dense("meaning", model.meaning) | _dense("story", model.story)
    header = _header("sentences", model.labels, model.terms) | {"ruled": sorted(model.ruled)}
    return pack(header, arrays | {"floors": model.floors, "thresholds": model.thresholds})


def packed_answers(kind: str, model: AnswerModel) -> bytes:
    """The bytes of a model of whole answers."""
    arrays = _dense("parts", model.parts) | _dense("meaning", model.meaning) | _of_terms(model.terms)
    return pack(_header(kind, model.classes, model.terms), arrays | {"trust": model.trust, "prior": model.prior})


def packed_numbers(model: NumberModel) -> bytes:
    """The bytes of the model of quantities."""
    arrays = _of_terms(model.terms) | _dense("surroundings", model.surroundings)
    limits = {"limits": np.array([model.metric_from, model.nothing_from])}
    return pack(_header("numbers", CLASSES, model.terms), arrays | limits)


def _header(kind: str, classes: Sequence[str], terms: TermView | None) -> dict[str, Any]:
    return {"kind": kind, "classes": list(classes), "terms": list(terms.columns) if terms else []}


def _of_terms(view: TermView | None) -> dict[str, Any]:
    return {} if view is None else {"idf": view.idf, "term_weights": view.weights, "term_bias": view.bias}


def _dense(name: str, view: DenseView | None) -> dict[str, Any]:
    return {} if view is None else {f"{name}_weights": view.weights, f"{name}_bias": view.bias}


def put(folder: Path, contents: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, Any]:
    """Write model files, and ``card.json`` with their hashes; gives the card."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    card = {**about, "files": {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}}
    text = json.dumps(card, indent=1, sort_keys=True) + "\n"
    (folder / "card.json").write_text(text, encoding="utf-8")
    read_again: dict[str, Any] = json.loads(text)
    return read_again
