"""How often the analyser is right: figures against labelled answers, for the card and the command line."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, ValidationError
from sklearn.metrics import f1_score, precision_recall_fscore_support

from analyser import strict
from analyser.core import Analyser
from analyser.errors import InputError
from analyser.reading import Floats
from analyser.results import Answer, Feedback, Outcome, SignalLabel, Verdict
from analyser.training import corpus
from analyser.training.answers import CLASSES, Task

SHOWN_ERRORS = 10


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
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}.") from None
    judged = [_row(line, form, names or {}, f"{file}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not judged:
        raise InputError(f"{file} holds no labelled answer; it needs one JSON object a line.")
    return judged


def _row(line: str, form: type[Row], names: Names, where: str) -> Row:
    try:
        row = json.loads(line)
        if isinstance(row, dict) and names:
            row = {**row, **_renamed(row, names)}
        return form.model_validate(row)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not a JSON object ({error.msg}).") from None
    except ValidationError as error:
        raise InputError(str(strict.explain(where, error))) from None


def _renamed(row: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """The signals of a row, each by our name; two that become one stand once, and none beside itself."""
    signal, also = row.get("signal"), row.get("also")
    renamed: dict[str, Any] = {"signal": names.get(signal, signal)} if isinstance(signal, str) else {}
    if isinstance(also, list):
        others = [names.get(name, name) if isinstance(name, str) else name for name in also]
        renamed["also"] = [name for name in dict.fromkeys(others) if name != renamed.get("signal")]
    return renamed


def of_split(split: corpus.SplitName) -> list[Judged]:
    """The answers of one split of the project's corpus."""
    return [Judged.model_validate(answer.model_dump()) for answer in corpus.read().split(split)]


def class_figures(
    classes: Sequence[str], truth: Sequence[str], also: Sequence[Sequence[str]], chances: Floats
) -> dict[str, float]:
    """Accuracy, accuracy with runner-ups, macro-F1, and expected calibration error in ten bins."""
    guessed = guesses(classes, chances)
    right = np.array([guess == label for guess, label in zip(guessed, truth, strict=True)])
    defended = [ok or guess in others for ok, guess, others in zip(right, guessed, also, strict=True)]
    return {
        "answers": len(truth),
        "strict": round(float(right.mean()), 3),
        "with_runner_up": round(float(np.mean(defended)), 3),
        "macro_f1": round(float(f1_score(truth, guessed, average="macro", labels=sorted(set(truth)))), 3),
        "calibration_error": round(calibration_error(chances.max(axis=1), right), 3),
    }


def guesses(classes: Sequence[str], chances: Floats) -> list[str]:
    """The likeliest class of each row."""
    return [classes[i] for i in chances.argmax(axis=1)]


def label_figures(labels: Sequence[str], truth: Sequence[str], guessed: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each label: how many answers truly have it, precision, recall and F1."""
    columns = precision_recall_fscore_support(truth, guessed, labels=list(labels), zero_division=0.0)
    return {
        label: {
            "true": int(true),
            "precision": round(float(precision), 3),
            "recall": round(float(recall), 3),
            "f1": round(float(f1), 3),
        }
        for label, precision, recall, f1, true in zip(labels, *columns, strict=True)
    }


def task_figures(task: Task, told: Sequence[Any], chances: Floats) -> dict[str, float]:
    """The same for labelled answers and the chances that a model of the task gave them."""
    return class_figures(task.classes, [task.right(one) for one in told], [task.others(one) for one in told], chances)


def calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """How far confidence and accuracy lie apart, averaged over equally wide bins by their size."""
    bin_of = _bins(confidence, bins)
    gaps = [abs(confidence[bin_of == b].mean() - right[bin_of == b].mean()) * (bin_of == b).mean()
            for b in np.unique(bin_of)]  # fmt: skip
    return float(sum(gaps))


def _bins(confidence: Floats, bins: int = 10) -> NDArray[np.int64]:
    return np.minimum((confidence * bins).astype(np.int64), bins - 1)


@dataclass(frozen=True)
class Evaluation:
    """What the analyser said of some answers, beside what a reader said."""

    judged: Sequence[Judged]
    feedbacks: Sequence[Feedback]

    def figures(self) -> dict[str, Any]:
        """Signal figures, and the accuracy of each answer-level verdict."""
        return {
            "signal": self.signal(),
            "role_clear": self._accuracy("role_clear", [f.checks.role_clear for f in self.feedbacks]),
            "tradeoff_obvious": self._accuracy("tradeoff_obvious", [f.checks.tradeoff_obvious for f in self.feedbacks]),
            "outcome": self._accuracy("outcome", [f.checks.outcome for f in self.feedbacks]),
            "fault": self._accuracy("fault", [f.fault.verdict for f in self.feedbacks]),
        }

    def signal(self) -> dict[str, float]:
        """The signal figures; where the analyser cannot tell, it counts as ``none``."""
        chances = np.array([_chances(feedback) for feedback in self.feedbacks])
        return class_figures(CLASSES, [j.signal for j in self.judged], [j.also for j in self.judged], chances)

    def labels(self) -> dict[str, dict[str, float]]:
        """For each signal: how many answers truly have it, precision, recall and F1."""
        return label_figures(CLASSES, [j.signal for j in self.judged], [f.signal.label for f in self.feedbacks])

    def matrix(self) -> list[list[int]]:
        """How often each signal (rows, a reader's) was heard as each (columns), in the order of ``CLASSES``."""
        counted = self.confusion()
        return [[counted.get((true, heard), 0) for heard in CLASSES] for true in CLASSES]

    def reliability(self) -> list[dict[str, float]]:
        """For each tenth of confidence that occurs: how many answers, the mean confidence, and how many are right."""
        chances = np.array([_chances(feedback) for feedback in self.feedbacks])
        right = np.array([j.signal == f.signal.label for j, f in zip(self.judged, self.feedbacks, strict=True)])
        confidence = chances.max(axis=1)
        tenth = _bins(confidence)
        return [
            {
                "answers": int((tenth == b).sum()),
                "confidence": round(float(confidence[tenth == b].mean()), 3),
                "right": round(float(right[tenth == b].mean()), 3),
            }
            for b in np.unique(tenth)
        ]

    def errors(self) -> list[dict[str, Any]]:
        """The wrong signals of which the analyser was surest, with the answer's text."""
        wrong = [(j, f) for j, f in zip(self.judged, self.feedbacks, strict=True) if j.signal != f.signal.label]
        surest = sorted(wrong, key=lambda pair: -(pair[1].signal.confidence or 0.0))[:SHOWN_ERRORS]
        return [
            {
                "reader": judged.signal,
                "also": list(judged.also),
                "analyser": feedback.signal.label,
                "confidence": feedback.signal.confidence,
                "question": judged.question,
                "text": judged.text,
            }
            for judged, feedback in surest
        ]

    def plain(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "figures": self.figures(),
            "labels": self.labels(),
            "classes": list(CLASSES),
            "confusion": self.matrix(),
            "reliability": self.reliability(),
            "errors": self.errors(),
            "made_by": self.feedbacks[0].made_by.model_dump(),
        }

    def confusion(self) -> dict[tuple[str, str], int]:
        """How often each label was given for each: (a reader's, the analyser's)."""
        pairs = [(j.signal, f.signal.label) for j, f in zip(self.judged, self.feedbacks, strict=True)]
        return {pair: pairs.count(pair) for pair in sorted(set(pairs))}

    def _accuracy(self, name: str, said: Sequence[object]) -> dict[str, float]:
        """Among the answers that have the label, if any; "cannot tell" is no right answer."""
        pairs = [(getattr(j, name), s) for j, s in zip(self.judged, said, strict=True) if getattr(j, name) is not None]
        if not pairs:
            return {"answers": 0}
        right = sum(wanted == given for wanted, given in pairs)
        values = sorted({str(wanted) for wanted, _ in pairs})
        f1 = f1_score([str(w) for w, _ in pairs], [str(s) for _, s in pairs], average="macro", labels=values)
        return {
            "answers": len(pairs),
            "accuracy": round(right / len(pairs), 3),
            "macro_f1": round(float(f1), 3),
        }


def _chances(feedback: Feedback) -> list[float]:
    five = feedback.signal.probabilities or {}
    chances = [five.get(name, 0.0) for name in CLASSES]
    chances[CLASSES.index("none")] = 1 - sum(chances)
    return chances


def evaluate(analyser: Analyser, judged: Iterable[Judged]) -> Evaluation:
    """Let the analyser judge the answers.

    Raises:
        InputError: there are none.
    """
    judged = list(judged)
    if not judged:
        raise InputError("There is no labelled answer to compare with.")
    answers = (Answer(text=answer.text, question=answer.question) for answer in judged)
    return Evaluation(judged, list(analyser.pipe(answers)))
