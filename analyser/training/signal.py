"""The signal alone, fitted on a user's own answers; all other models are kept as they are."""

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analyser import models, resources
from analyser.models import MODES
from analyser.training import answers, evaluate
from analyser.training.examples import Example, prepare
from analyser.training.own import KeptSentences, OwnAnswer, refuse_overwriting, refuse_too_few
from analyser.training.packing import packed_answers, put
from analyser.training.train import LIBRARIES, make, render_card

KIND = "signal"
CARD = "own_card.md.j2"


def train(rows: Sequence[OwnAnswer], folder: Path) -> dict[str, Any]:
    """Fit the signal of both modes and write them with copies of the other models; gives the card.

    Raises:
        InputError: a label has too few answers, or the folder is the one that the other models are taken from.
    """
    voices = [row.voice for row in rows]
    refuse_too_few(rows, voices)
    base = resources.models()
    refuse_overwriting(folder)
    make(folder)
    kept = {mode: models.load(mode) for mode in MODES}
    examples = prepare(rows)
    fits = answers.fit_answers(answers.SIGNAL, examples, {m: KeptSentences(kept[m].sentences) for m in MODES})
    others = sorted({file for each in kept.values() for file in each.digests if not file.startswith(f"{KIND}-")})
    contents = {file: (base / file).read_bytes() for file in others}
    contents |= {f"{KIND}-{mode}.npz": packed_answers(KIND, fit.model()) for mode, fit in fits.items()}
    about = {
        "answers": {"learned from": len(rows), "by label": _counted(rows)},
        "voices": sorted(set(voices)),
        "kept": {file: resources.digest(base / file) for file in others},
        "made_with": {name: version(name) for name in LIBRARIES},
        "figures": {mode: _figures(rows, examples, fits[mode], kept[mode]) for mode in MODES},
    }
    card = put(folder, contents, about)
    (folder / "README.md").write_text(render_card(card, CARD), encoding="utf-8")
    return card


def _counted(rows: Sequence[OwnAnswer]) -> dict[str, int]:
    counts = Counter[str](row.signal for row in rows)
    return {label: counts[label] for label in answers.CLASSES}


def _figures(
    rows: Sequence[OwnAnswer], examples: Sequence[Example[OwnAnswer]], fitted: answers.AnswerFit, kept: models.Models
) -> dict[str, Any]:
    """How the new model does on voices that it had not heard, and how the one before does on the same answers."""
    tried = {"yours": fitted.unheard, "before": answers.judge(kept.signal, kept.sentences, examples)}
    truth = [row.signal for row in rows]
    return {
        name: evaluate.task_figures(answers.SIGNAL, rows, chances)
        | {"labels": evaluate.label_figures(answers.CLASSES, truth, evaluate.guesses(answers.CLASSES, chances))}
        for name, chances in tried.items()
    }
