"""Learning curves: what another voice would teach.

The same fits on a fifth, two fifths … of the voices, tried on voices that they have not heard, and on
labelled answers from elsewhere if there are any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyser.training import answers
from analyser.training.corpus import SENTENCE_LABELS, Corpus
from analyser.training.evaluate import task_figures
from analyser.training.examples import prepare, prepare_contrast
from analyser.training.judged import Judged
from analyser.training.sentences import fit_sentences
from analyser.training.table import Table

STEPS = 5


@dataclass(frozen=True)
class Point:
    """What a share of the voices teaches: figures of the signal, here and elsewhere; F1 by sentence label."""

    voices: int
    answers: int
    signal: dict[str, float]
    elsewhere: dict[str, float] | None
    sentence_f1: dict[str, float]


def curve(source: Corpus, elsewhere: Sequence[Judged] = ()) -> Iterator[Point]:
    """One point for each fifth of the voices of train and dev, and of their pairs' topics."""
    learned, contrast = prepare(source.split("train", "dev")), prepare_contrast(source.contrast("train", "dev"))
    others = prepare(elsewhere)
    voices, topics = _in_turn(source), list(contrast)
    for step in range(1, STEPS + 1):
        heard = set(voices[: round(len(voices) * step / STEPS)])
        known = {topic: contrast[topic] for topic in topics[: round(len(topics) * step / STEPS)]}
        part = [example for example in learned if example.told.voice in heard]
        sentences = fit_sentences(part, known)
        signal = answers.fit_answers(answers.SIGNAL, part, sentences)["full"]
        yield Point(
            len(heard),
            len(part),
            task_figures(answers.SIGNAL, [example.told for example in part], signal.unheard),
            task_figures(answers.SIGNAL, elsewhere, signal.chances(others)) if elsewhere else None,
            {label: settled.model_f1 for label, settled in sentences["full"].settled.items()},
        )


def _in_turn(source: Corpus) -> list[str]:
    """The voices of train and dev, so that every share of them has all registers in like parts."""
    manners = {answer.voice: answer.manner for answer in source.split("train", "dev")}
    by_manner: dict[str, list[str]] = {}
    for voice, manner in sorted(manners.items()):
        by_manner.setdefault(manner, []).append(voice)
    place = {voice: (i + 0.5) / len(group) for group in by_manner.values() for i, voice in enumerate(group)}
    return sorted(place, key=lambda voice: (place[voice], voice))


def tables(points: Sequence[Point]) -> list[Table]:
    """The curves as tables, a column a point."""
    columns = ("", *(f"{point.voices} voices" for point in points))
    rows = [
        ("answers", *(f"{point.answers:,}" for point in points)),
        ("signal, unheard voices: macro-F1", *(f"{point.signal['macro_f1']:.3f}" for point in points)),
    ]
    for name, key in (("strict", "strict"), ("with runner-ups", "with_runner_up"), ("macro-F1", "macro_f1")):
        if points[0].elsewhere:
            rows.append((f"signal, elsewhere: {name}", *(f"{(p.elsewhere or {})[key]:.3f}" for p in points)))
    labels = [(f"{label}: F1", *(f"{point.sentence_f1[label]:.2f}" for point in points)) for label in SENTENCE_LABELS]
    return [Table("Learning curves", columns, (*rows, *labels))]
