"""All that is known of one story when advice is given, and what one piece of advice is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyser import occasions, quoting
from analyser.framework_tables import Tip
from analyser.labelling import overlaps
from analyser.reading import Reading
from analyser.results import Checks, Fault, Part, Praise, Quote, Section, SignalLabel
from analyser.rules import BY_MEANING
from analyser.settings import Limits
from analyser.verdicts import Findings, labelled

UNSURE = 0.4  # confidence below which a signal is a guess: its missing parts may belong to another story
SURELY_TOLD = 0.6  # confidence from which on a signal is a story's, though no deed in it is heard
FEW_EVENTS = 2  # the speaker's and the team's own; with fewer, nothing is told that happened
# What a single occasion is told by; context, options and lessons are told of anything.
TOLD = frozenset(
    "decision action result said_or_heard evidence support influence own_fault shared_fault team_only".split()
)


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of an answer when advice is given; ``deaf`` is whether rules for what is told are off."""

    reading: Reading
    findings: Findings
    words: int
    seconds: float
    signal: SignalLabel
    checks: Checks
    fault: Fault
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    limits: Limits = field(default_factory=Limits)
    question: str | None = None
    deaf: bool = False
    confidence: float | None = None
    praise: tuple[Praise, ...] = ()

    def first(self, *labels: str) -> Quote | None:
        """The first finding with one of the labels that can be quoted."""
        return quoting.first(labelled(self.findings, *labels), self.findings)

    def rate(self, *labels: str) -> float:
        """Findings with the labels in 100 words."""
        return 100 * len(labelled(self.findings, *labels)) / max(1, self.words)

    @property
    def asked_of(self) -> SignalLabel:
        """The signal that advice is given for: none where it is a guess, or a failure that is heard as none."""
        guessed = self.confidence is not None and self.confidence < UNSURE
        no_failure = self.signal == "accountability" and self.fault.verdict == "not_a_failure"
        return "none" if guessed or no_failure else self.signal

    @property
    def is_untold(self) -> bool:
        """Whether it speaks in general: nothing that was done or said once is heard, nor where it would have been.

        Where no signal is heard, a sentence that only the models take for a deed is none.
        """
        if self.deaf:
            return False
        if self.asked_of == "none" and len(occasions.told_once(self.reading)) < FEW_EVENTS:
            return self.is_of_self or all(one.rule.endswith(f"/{BY_MEANING}") for one in self._deeds)
        if self.signal != "none" and (self.confidence or 0) >= SURELY_TOLD:
            return False
        events = sum(deed.event and deed.agent in {"I", "we"} for deed in self.reading.deeds)
        return not self._deeds and (events < FEW_EVENTS or not labelled(self.findings, "context"))

    @property
    def is_of_self(self) -> bool:
        """Whether it says what the speaker is like, as it was asked to: no story, so that none is to be mended."""
        return self.asked_of == "none" and occasions.asks_about_self(self.question)

    @property
    def unpraised(self) -> Findings:
        """The findings outside what is praised: no sentence is held up and blamed at once."""
        return [one for one in self.findings if not any(overlaps(one, kept.quote) for kept in self.praise)]

    @property
    def _deeds(self) -> Findings:
        return labelled(self.findings, *TOLD)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of advice that could be given, the words it is about, and what its reason leaves open, by name."""

    name: str
    tip: Tip
    quote: Quote | None
    given: Mapping[str, str] = field(default_factory=dict)
