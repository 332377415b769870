"""How often the analyser is right: figures against labelled answers, for the card and the command line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_recall_fscore_support

from analyser.core import Analyser
from analyser.errors import InputError
from analyser.reading import Floats
from analyser.results import Answer, Feedback
from analyser.training.answers import CLASSES, Task
from analyser.training.judged import Judged

SHOWN_ERRORS = 10
AT_LEAST = (0.0, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9)  # the confidences that the curve is drawn through
CONFIDENT = 0.7  # from here on a report says "most likely"

Flags = NDArray[np.bool_]


def class_figures(
    classes: Sequence[str], truth: Sequence[str], also: Sequence[Sequence[str]], chances: Floats
) -> dict[str, float]:
    """Accuracy, accuracy with runner-ups, macro-F1, and expected calibration error by tenths of confidence."""
    guessed = guesses(classes, chances)
    right, defended = _right(guessed, truth, also)
    return {
        "answers": len(truth),
        "strict": round(float(right.mean()), 3),
        "with_runner_up": round(float(defended.mean()), 3),
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


def task_trust(task: Task, told: Sequence[Any], chances: Floats) -> dict[str, Any]:
    """How far confidence can be trusted, for the card: by tenths, and by how many answers are left unjudged."""
    truth, also = [task.right(one) for one in told], [task.others(one) for one in told]
    return trust(task.classes, truth, also, chances)


def trust(
    classes: Sequence[str], truth: Sequence[str], also: Sequence[Sequence[str]], chances: Floats
) -> dict[str, Any]:
    """The reliability by tenths of confidence, and the curve of coverage against risk."""
    guessed, confidence = guesses(classes, chances), chances.max(axis=1)
    right, defended = _right(guessed, truth, also)
    silent, heard = np.array(truth) == "none", np.array(guessed) != "none"
    curve = [_covered(least, confidence >= least, right, defended, silent, heard) for least in AT_LEAST]
    return {"reliability": reliability(confidence, right), "coverage": curve}


def _right(guessed: Sequence[str], truth: Sequence[str], also: Sequence[Sequence[str]]) -> tuple[Flags, Flags]:
    """Which guesses are right: strictly, and with runner-ups."""
    right = np.array([guess == label for guess, label in zip(guessed, truth, strict=True)])
    return right, right | [guess in others for guess, others in zip(guessed, also, strict=True)]


def _covered(least: float, sure: Flags, right: Flags, defended: Flags, silent: Flags, heard: Flags) -> dict[str, Any]:
    """Of the answers with this confidence at least: how many there are, and how many are right.

    ``none_as_signal`` is the share of the answers without a signal that are given one as confidently as that.
    """
    return {
        "at_least": least,
        "answers": int(sure.sum()),
        "coverage": _share(sure),
        "right": _share(right[sure]),
        "with_runner_up": _share(defended[sure]),
        "none_as_signal": _share((sure & heard)[silent]),
    }


def _share(holds: Flags) -> float | None:
    """How often it holds; ``None`` among nothing."""
    return round(float(holds.mean()), 3) if len(holds) else None


def reliability(confidence: Floats, right: Flags) -> list[dict[str, float]]:
    """For each tenth of confidence that occurs: how many answers, the mean confidence, and how many are right."""
    tenth = _tenths(confidence)
    return [
        {
            "answers": int((tenth == b).sum()),
            "confidence": round(float(confidence[tenth == b].mean()), 3),
            "right": round(float(right[tenth == b].mean()), 3),
        }
        for b in np.unique(tenth)
    ]


def calibration_error(confidence: Floats, right: Flags) -> float:
    """How far confidence and accuracy lie apart, averaged over the tenths of confidence by their size."""
    tenth = _tenths(confidence)
    held = [tenth == one for one in np.unique(tenth)]
    return float(sum(abs(confidence[these].mean() - right[these].mean()) * these.mean() for these in held))


def _tenths(confidence: Floats) -> NDArray[np.int64]:
    return np.minimum((confidence * 10).astype(np.int64), 9)


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
        return class_figures(CLASSES, *self._told(), self._sure())

    def trust(self) -> dict[str, Any]:
        """How far the signal's confidence can be trusted; see ``trust``."""
        return trust(CLASSES, *self._told(), self._sure())

    def _told(self) -> tuple[list[str], list[Sequence[str]]]:
        return [j.signal for j in self.judged], [j.also for j in self.judged]

    def _sure(self) -> Floats:
        return np.array([_chances(feedback) for feedback in self.feedbacks])

    def labels(self) -> dict[str, dict[str, float]]:
        """For each signal: how many answers truly have it, precision, recall and F1."""
        return label_figures(CLASSES, [j.signal for j in self.judged], [f.signal.label for f in self.feedbacks])

    def matrix(self) -> list[list[int]]:
        """How often each signal (rows, a reader's) was heard as each (columns), in the order of ``CLASSES``."""
        counted = self.confusion()
        return [[counted[true, heard] for heard in CLASSES] for true in CLASSES]

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
            **self.trust(),
            "confident": CONFIDENT,
            "errors": self.errors(),
            "made_by": self.feedbacks[0].made_by.model_dump(),
        }

    def confusion(self) -> Counter[tuple[str, str]]:
        """How often each label was given for each: (a reader's, the analyser's)."""
        return Counter((j.signal, f.signal.label) for j, f in zip(self.judged, self.feedbacks, strict=True))

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
