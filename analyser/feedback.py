"""Reading, models and framework put together: the feedback on one answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from analyser import faults, features, gate, labelling, marks, numbers, timing, verdicts
from analyser.advice import advise
from analyser.framework import Framework
from analyser.models import Heard, Models
from analyser.praise import praise
from analyser.reading import Floats, Reading
from analyser.results import (
    Answer,
    CannotTell,
    Checks,
    Fault,
    Feedback,
    Finding,
    MadeBy,
    Praise,
    Quote,
    Signal,
    SignalLabel,
)
from analyser.settings import Settings
from analyser.silence import Silence
from analyser.story import TOLD, Story
from analyser.timing import Clock

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
    settings: Settings = field(default_factory=Settings)

    def feedback(self, answer: Answer, reading: Reading, vectors: Floats | None) -> Feedback:
        """The whole feedback; ``vectors`` are the sentences' (shape (n, 384)), or ``None`` in fast mode."""
        silence = self._silence(answer)
        refused = gate.unreadable(marks.blank(answer.text))
        if refused is not None:
            return self._compose(answer, reading, silence.kept(reading.findings), refused)
        heard = self.models.hear(features.terms(reading), vectors)
        signal = self._signal(reading, heard)
        joined = labelling.join(reading, heard, self.models.sentences)
        counts = numbers.terms(reading)
        chances = self.models.numbers.probabilities(reading, counts, heard.parts, heard.vectors)
        findings = silence.kept(labelling.sort_numbers(joined, reading, counts, chances, self.models.numbers))
        told = signal.label != "none" or verdicts.is_dodged(answer.question, findings)
        if not told and (refused := gate.no_story(reading)) is not None:
            return self._compose(answer, reading, findings, refused)
        if verdicts.fault(signal, answer.question, findings).verdict == "not_a_failure":
            findings = labelling.without_guessed_blame(findings)
        outcomes = self.models.outcome.chances(heard.beside(numbers.heights(reading, chances)))
        checks = verdicts.checks(reading, findings, signal, outcomes)
        return self._compose(answer, reading, findings, None, signal, checks)

    def _compose(
        self,
        answer: Answer,
        reading: Reading,
        findings: Sequence[Finding],
        cannot_tell: CannotTell | None,
        signal: Signal = UNKNOWN_SIGNAL,
        checks: Checks = UNKNOWN_CHECKS,
    ) -> Feedback:
        told, silence, clock = cannot_tell is None, self._silence(answer), Clock(answer)
        verdict = silence.fault(verdicts.fault(signal, answer.question, findings)) if told else UNKNOWN_FAULT
        story = Story(
            reading=reading,
            findings=findings,
            words=len(gate.spoken_words(marks.blank(answer.text))),
            seconds=clock.whole,
            signal=signal.label,
            confidence=signal.confidence,
            checks=silence.checks(checks),
            fault=faults.explained(verdict, signal, reading, findings, silence),
            parts=silence.parts(verdicts.parts(signal.label, findings, self.framework, clock, answer.question)),
            sections=timing.sections(reading, findings, self.framework, clock) if told else (),
            limits=self.settings.limits,
            question=answer.question,
            deaf=any(silence.is_deaf(label) for label in TOLD),
        )
        story = replace(story, praise=self._praise(story))
        return Feedback(
            answer=answer,
            words=story.words,
            seconds=story.seconds,
            timed_by=clock.timed_by,
            findings=tuple(findings),
            cannot_tell=cannot_tell,
            signal=signal,
            crosswalk=self.framework.crosswalk(signal.label, answer.question),
            checks=story.checks,
            fault=story.fault,
            parts=story.parts,
            sections=story.sections,
            praise=story.praise,
            advice=advise(story, self.framework) if told else (),
            framework=self.framework.about(),
            made_by=self.made_by,
        )

    def _praise(self, story: Story) -> tuple[Praise, ...]:
        if story.signal == "none":
            return ()
        return praise(story.reading, story.findings, story.checks, story.fault, story.parts, self.framework)

    def _silence(self, answer: Answer) -> Silence:
        return Silence(self.settings, marks.ignored(answer.text))

    def _signal(self, reading: Reading, heard: Heard) -> Signal:
        model = self.models.signal
        chances = model.chances(heard)
        label, second = sorted(chances, key=lambda name: -chances[name])[:2]
        within = chances[second] >= WITHIN_REACH * chances[label]
        return Signal(
            label=cast("SignalLabel", label),
            confidence=chances[label],
            probabilities={name: p for name, p in chances.items() if name != "none"},
            runner_up=cast("SignalLabel", second) if within else None,
            because=_because(reading, model.losses(heard, label, chances[label])),
            features=model.strongest(heard, label, self.models.sentences.labels),
        )


def _because(reading: Reading, losses: Floats) -> tuple[Quote, ...]:
    """The sentences without which the label would be least likely, in the order of the text; no stubs among them."""
    quotes = [sentence.quote() for sentence in reading.sentences]
    speaking = [i for i, said in enumerate(quotes) if losses[i] > 0 and verdicts.is_telling(said, reading.findings)]
    return tuple(quotes[i] for i in sorted(sorted(speaking, key=lambda i: -losses[i])[:REASONS]))
