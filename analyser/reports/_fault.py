"""What a report says of a failure: the verdict, the sentence that decides it, the four parts, the patterns."""

from dataclasses import dataclass

from analyser.results import Fault, FaultPart, Feedback, Pattern, Quote

VERDICTS = {
    "admits": "You name the mistake as yours",
    "partial": "You admit it halfway",
    "deflects": "The fault is passed on",
    "unnamed": "No mistake is named as yours",
}
WORDS = {"admits": "Admits", "partial": "Partial", "deflects": "Deflects", "not_a_failure": "Not a failure"}
PARTS: dict[FaultPart, str] = {
    "mistake": "the mistake, named as yours",
    "impact": "what it did",
    "correction": "what you did about it",
    "behaviour_change": "what you do differently now",
}
FEW = 3  # quotes of a pattern that a report shows; JSON has them all


@dataclass(frozen=True, slots=True)
class PartLine:
    """One of the four parts: there or not, and the words by which it is heard."""

    title: str
    there: bool
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class PatternLine:
    """A pattern in plain words, why it matters, its first quotes, and how many more there are."""

    title: str
    why: str
    quotes: tuple[Quote, ...]
    more: str


@dataclass(frozen=True, slots=True)
class FaultView:
    """What a failure story does with its fault, and by what that was heard."""

    title: str
    decided_by: Quote | None
    parts: tuple[PartLine, ...]
    patterns: tuple[PatternLine, ...]


def view(feedback: Feedback) -> FaultView | None:
    """What there is to say of the fault; nothing where no failure is told."""
    fault = feedback.fault
    if fault.verdict not in VERDICTS:
        return None
    passed_on = any(finding.label == "deflection" for finding in feedback.findings)
    return FaultView(
        title=VERDICTS["unnamed" if fault.verdict == "deflects" and not passed_on else fault.verdict],
        decided_by=fault.decided_by,
        parts=_parts(fault),
        patterns=tuple(map(_pattern, fault.patterns)),
    )


def _parts(fault: Fault) -> tuple[PartLine, ...]:
    parts = fault.parts
    if parts is None:
        return ()
    return tuple(PartLine(title, getattr(parts, name), fault.quotes.get(name)) for name, title in PARTS.items())


def _pattern(pattern: Pattern) -> PatternLine:
    more = len(pattern.quotes) - FEW
    return PatternLine(pattern.title, pattern.why, pattern.quotes[:FEW], f"and {more} more" if more > 0 else "")
