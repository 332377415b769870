"""Practice: which question comes next, what an interviewer would ask after the answer, and whether the reply helps.

The questions that were asked are remembered in the user's data folder, one a line, so that none comes twice before
all were asked. Nothing that the user said is written there.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyser import resources
from analyser.advice import HEART
from analyser.errors import InputError
from analyser.framework import Framework
from analyser.framework_tables import AdviceId
from analyser.results import Feedback, SignalName
from analyser.stories import Review

NAME = "asked.txt"
# Advice on how a thing is said: no reply could mend it.
MANNER: tuple[AdviceId, ...] = (
    "hedging", "fillers", "performative", "headings", "too_long", "too_long_section", "too_long_context",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, and the signal that it asks for."""

    signal: SignalName
    question: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The biggest gap of an answer: what to mend, if anything, and the question that an interviewer would ask."""

    what: str
    follow_up: str


class Asked:
    """The questions that were asked before, each as often as it was.

    Args:
        file: where they are kept, instead of the user's data folder.

    Every method raises ``InputError`` where the file cannot be used.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or resources.user_data() / NAME

    def counts(self) -> Counter[str]:
        """How often each question was asked."""
        try:
            text = self.file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return Counter()
        except OSError as error:
            raise self._unusable(error) from None
        return Counter(text.splitlines())

    def add(self, question: str) -> None:
        """Remember a question; several processes may do so at once."""
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8", newline="\n") as lines:
                lines.write(f"{question}\n")
        except OSError as error:
            raise self._unusable(error) from None

    def forget(self) -> None:
        """Remove the file."""
        try:
            self.file.unlink(missing_ok=True)
        except OSError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: OSError) -> InputError:
        return InputError(f"{self.file} cannot be used: {error.strerror or error}.")


def prompts(framework: Framework, signals: Iterable[SignalName]) -> list[Prompt]:
    """The questions of some signals, in their order."""
    return [
        Prompt(signal, question)
        for signal in signals
        for serving in framework.serving(signal)
        for question in serving.questions
    ]


def lacking(review: Review) -> tuple[SignalName, ...]:
    """The signals that a bank needs a story for, the most needed first; all of them where it lacks nothing."""
    return tuple(next_.signal for next_ in review.plan.write_next) or tuple(review.titles)


def choose(among: Sequence[Prompt], asked: Counter[str], rng: random.Random | None = None) -> Prompt:
    """One of the questions that were asked least; with several signals, of any of them."""
    return (rng or random.Random()).choice(fresh(among, asked))


def fresh(among: Sequence[Prompt], asked: Counter[str]) -> list[Prompt]:
    """The questions that are still to come before any is repeated."""
    least = min(asked[prompt.question] for prompt in among)
    return [prompt for prompt in among if asked[prompt.question] == least]


def biggest_gap(feedback: Feedback, asked: SignalName, framework: Framework) -> Gap:
    """What to ask after the answer: about the first thing that it lacks; where it lacks none, about its heart."""
    wanted = framework.serving(asked, feedback.answer.question)[0]
    manner = {framework.advice[name].what for name in MANNER}
    if asked in {feedback.signal.label, feedback.signal.runner_up}:
        lacks = next((one for one in feedback.advice if one.what not in manner), None)
        if lacks:
            return Gap(lacks.what, lacks.follow_up)
    missing = [part.name for part in feedback.parts if not part.present and part.name in wanted.missing]
    heart = [part for part in wanted.parts if part in HEART[asked]] or list(wanted.parts)
    if feedback.signal.label == asked:
        return Gap("", wanted.missing[(missing or heart)[-1]].follow_up)
    return Gap(wanted.missing[heart[0]].what, wanted.missing[heart[0]].follow_up)


def is_closed(gap: Gap, before: Feedback, after: Feedback) -> bool:
    """Whether the answer with the reply no longer has the gap that it had."""
    had = any(one.what == gap.what for one in before.advice)
    return had and after.cannot_tell is None and all(one.what != gap.what for one in after.advice)
