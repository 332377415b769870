"""Reading, models and framework put together: the feedback on one answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from analyser import features, gate, labelling, verdicts
from analyser.advice import Story, advise
from analyser.framework import Framework
from analyser.models import Models
from analyser.reading import Floats, Reading
from analyser.results import (
    Answer,
    CannotTell,
    Checks,
    Fault,
    Feedback,
    Finding,
    MadeBy,
    Quote,
    Signal,
    SignalLabel,
)

REASONS = 3  # quotes that stand behind a signal
WITHIN_REACH = 0.5  # a runner-up is named from this share of the winner's probability on

UNKNOWN_SIGNAL = Signal(label="none", confidence=None, probabilities=None, runner_up=None, because=())
UNKNOWN_CHECKS = Checks(role_clear=None, tradeoff_obvious=None, outcome=None)
UNKNOWN_FAULT = Fault(verdict=None, parts=None)


@dataclass(frozen=True)
class Judge:
    """Gives feedback on what was read, by its models and framework."""

    models: Models
    framework: Framework
    made_by: MadeBy

    def feedback(self, answer: Answer, reading: Reading, vectors: Floats | None) -> Feedback:
        """The whole feedback; ``vectors`` are the sentences' (shape (n, 384)), or ``None`` in fast mode."""
        refused = gate.unreadable(answer.text)
        if refused is not None:
            return self._compose(answer, reading, reading.findings, refused)
        labels = self.models.sentences.probabilities(reading, vectors)
        findings = labelling.join(reading, labels, self.models.sentences)
        signal = self._signal(reading, vectors)
        if signal.label == "none" and (refused := gate.no_story(reading)) is not None:
            return self._compose(answer, reading, findings, refused)
        return self._compose(answer, reading, findings, None, signal)

    def _compose(
        self,
        answer: Answer,
        reading: Reading,
        findings: Sequence[Finding],
        cannot_tell: CannotTell | None,
        signal: Signal = UNKNOWN_SIGNAL,
    ) -> Feedback:
        told = cannot_tell is None
        story = Story(
            reading=reading,
            findings=findings,
            words=len(gate.spoken_words(answer.text)),
            seconds=verdicts.seconds([answer.text]),
            signal=signal.label,
            checks=verdicts.checks(reading, findings) if told else UNKNOWN_CHECKS,
            fault=verdicts.fault(signal.label, findings) if told else UNKNOWN_FAULT,
            parts=verdicts.parts(signal.label, findings, self.framework),
            sections=verdicts.sections(reading, findings, self.framework) if told else (),
        )
        return Feedback(
            answer=answer,
            words=story.words,
            seconds=story.seconds,
            findings=tuple(findings),
            cannot_tell=cannot_tell,
            signal=signal,
            checks=story.checks,
            fault=story.fault,
            parts=story.parts,
            sections=story.sections,
            advice=advise(story, self.framework) if told else (),
            made_by=self.made_by,
        )

    def _signal(self, reading: Reading, vectors: Floats | None) -> Signal:
        model, counts = self.models.signal, features.terms(reading)
        chances = model.probabilities(counts, vectors)
        first, second = np.argsort(-chances)[:2]
        label = model.classes[first]
        within = chances[second] >= WITHIN_REACH * chances[first]
        return Signal(
            label=cast("SignalLabel", label),
            confidence=float(chances[first]),
            probabilities={name: float(p) for name, p in zip(model.classes, chances, strict=True) if name != "none"},
            runner_up=cast("SignalLabel", model.classes[second]) if within else None,
            because=self._because(reading, model.losses(counts, vectors, label)),
        )

    def _because(self, reading: Reading, losses: Sequence[float]) -> tuple[Quote, ...]:
        """The sentences without which the label would be least likely, in the order of the text."""
        telling = sorted(range(len(losses)), key=lambda i: -losses[i])[:REASONS]
        return tuple(reading.sentences[i].quote() for i in sorted(telling) if losses[i] > 0)
