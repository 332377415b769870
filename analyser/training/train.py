"""From a corpus to a folder of models: fit both modes, write the arrays, the card and its figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support

from analyser import labelling, sentences
from analyser.errors import InputError
from analyser.models import MODES, Mode, SentenceModel
from analyser.reading import Floats
from analyser.training import answers, baselines, beside, boundaries, corpus, cutting, evaluate, tried
from analyser.training import numbers as number_fits
from analyser.training import sentences as sentence_fits
from analyser.training.examples import (
    Example,
    LabelledExample,
    prepare,
    prepare_contrast,
    sentence_found,
    sentence_truth,
)
from analyser.training.own import OwnAnswer
from analyser.training.packing import packed_answers, packed_numbers, packed_sentences, put

LIBRARIES = ("numpy", "scikit-learn", "scipy", "spacy")


@dataclass(frozen=True)
class ModeFit:
    """Everything that is fitted for one mode."""

    signal: answers.AnswerFit
    outcome: answers.AnswerFit
    sentences: sentence_fits.SentenceFit
    numbers: number_fits.NumberFit


def fit_all(
    examples: Sequence[LabelledExample], contrast: sentence_fits.Contrast, added: Sequence[Example[Any]] = ()
) -> dict[Mode, ModeFit]:
    """Fit every model of both modes on the answers and, for the sentences, on the pairs of each topic.

    Those ``added`` are labelled with a signal and nothing else, which is all that they teach.
    """
    sentences = sentence_fits.fit_sentences(examples, contrast)
    signal = answers.fit_answers(answers.SIGNAL, [*examples, *added], sentences)
    numbers = number_fits.fit_numbers(examples, sentences)
    outcome = answers.fit_answers(answers.OUTCOME, examples, sentences, numbers)
    return {mode: ModeFit(signal[mode], outcome[mode], sentences[mode], numbers[mode]) for mode in MODES}


Fits = Mapping[Mode, ModeFit]


def make(folder: Path) -> None:
    """Make the folder that models will be written to, before the work is done for nothing.

    Raises:
        InputError: it cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made a folder of models: {error.strerror}.") from None


def train(source: corpus.Corpus, folder: Path, added: Sequence[OwnAnswer] = ()) -> dict[str, Any]:
    """Fit on the train and dev splits, try on the test split, write to ``folder``; gives the card.

    The signal is fitted on those ``added``, too.
    """
    make(folder)
    whole, learned = cutting.cut_unheard(source.split("train", "dev"))
    with cutting.cutter(whole) as first:
        unseen, cuts = prepare(source.split("test"), first), boundaries.figures(source.split("test"), first)
        contrast = prepare_contrast(source.contrast("train", "dev"), first)
        more = prepare(added, first) if added else []
        others = {sentences.FILE: (first / sentences.FILE).read_bytes()}
    fits = fit_all(learned, contrast, more)
    figures = {mode: _figures(fitted, learned, more, unseen) for mode, fitted in fits.items()}
    about = {
        "corpus": source.digest,
        "test split": source.test_digest,
        "answers": {"learned from": len(learned), "tried on": len(unseen), "added": len(more)},
        "voices": {name: sorted(voices) for name, voices in source.voices.items()},
        "made_with": {name: version(name) for name in LIBRARIES},
        "figures": figures,
        "baselines": baselines.figures([*learned, *more], {beside.TEST: unseen}),
        "boundaries": cuts,
    }
    card = write(folder, fits, about, others)
    write_page(folder)
    return card


def write(
    folder: Path, fits: Fits, about: Mapping[str, Any], others: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """Write the models of each mode, other model files, and ``card.json`` with their hashes; gives the card."""
    contents = {name: content for mode, fitted in fits.items() for name, content in _files(mode, fitted).items()}
    return put(folder, {**contents, **(others or {})}, about)


def render_card(card: Mapping[str, Any], template: str = "card.md.j2", found: tried.Tried | None = None) -> str:
    """The model card for people, from the one for programs and, if there are any, the figures of what was tried."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    page = jinja2.Environment(loader=loader, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    every = {"card": card, "tables": beside.of_card(card), "tried": found, "reasons": tried.reasons()}
    return page.get_template(template).render(every)


def write_page(folder: Path) -> None:
    """Write the card for people anew, from what lies in the folder."""
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "README.md").write_text(render_card(card, found=tried.read(folder)), encoding="utf-8")


def _files(mode: Mode, fitted: ModeFit) -> dict[str, bytes]:
    """The bytes of each model file of a mode."""
    return {
        f"sentences-{mode}.npz": packed_sentences(fitted.sentences.model()),
        f"numbers-{mode}.npz": packed_numbers(fitted.numbers.model()),
        f"signal-{mode}.npz": packed_answers("signal", fitted.signal.model()),
        f"outcome-{mode}.npz": packed_answers("outcome", fitted.outcome.model()),
    }


def _figures(
    fitted: ModeFit,
    learned: Sequence[LabelledExample],
    added: Sequence[Example[Any]],
    unseen: Sequence[LabelledExample],
) -> dict[str, Any]:
    return {
        "signal": _answer_figures(fitted.signal, [*learned, *added], unseen),
        "trust": evaluate.task_trust(
            answers.SIGNAL, [example.told for example in unseen], fitted.signal.chances(unseen)
        ),
        "outcome": _answer_figures(fitted.outcome, learned, unseen),
        "sentences": _sentence_figures(fitted.sentences, unseen),
        "numbers": fitted.numbers.figures(unseen, _parts(fitted.sentences.model(), unseen)),
    }


def _answer_figures(
    fitted: answers.AnswerFit, learned: Sequence[Example[Any]], unseen: Sequence[LabelledExample]
) -> dict[str, Any]:
    judged = {"cross-validated": (learned, fitted.unheard), "test": (unseen, fitted.chances(unseen))}
    return {
        name: evaluate.task_figures(fitted.task, [example.told for example in examples], chances)
        for name, (examples, chances) in judged.items()
    }


def _sentence_figures(
    fitted: sentence_fits.SentenceFit, unseen: Sequence[LabelledExample]
) -> dict[str, dict[str, Any]]:
    """For each label: who decides and why, and how the decision does on the test voices."""
    model = fitted.model()
    labelled = [example for example in unseen if example.told.sentences]
    truth = np.vstack([sentence_truth(example) for example in labelled])
    found = np.vstack([_found(model, example) for example in labelled])
    scores = precision_recall_fscore_support(truth, found, zero_division=0.0)
    return {
        label: {
            "decided by": "rules" if settled.by_rule else "model",
            "cross-validated": {
                "true": settled.true,
                "rules": _round(settled.rules_f1),
                "model": _round(settled.model_f1),
            },
            "test": dict(
                zip(("precision", "recall", "f1", "true"), (_round(float(s[j])) for s in scores), strict=True)
            ),
        }
        for j, (label, settled) in enumerate(fitted.settled.items())
    }


def _parts(model: SentenceModel, examples: Sequence[LabelledExample]) -> dict[str, Floats]:
    return {example.told.id: answers.hear(model, example).parts for example in examples}


def _found(model: SentenceModel, example: LabelledExample) -> NDArray[np.bool_]:
    heard = answers.hear(model, example)
    return sentence_found(example.reading, labelling.join(example.reading, heard, model))


def _round(figure: float) -> float:
    return round(figure, 3)
