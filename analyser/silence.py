"""What the user does not want to hear: findings of silenced rules go, and nothing is concluded from their absence.

The models still read what was said; only what is told of it is cut.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analyser import rules
from analyser.results import Checks, Fault, Finding, Part
from analyser.settings import Settings

# The labels that a part of a story is told by, where they differ from its name.
_PART_LABELS = {"mistake": "own_fault"}


@dataclass(frozen=True, slots=True)
class Silence:
    """The user's switches, and the ids that the marks of one answer name."""

    settings: Settings
    marked: frozenset[str] = frozenset()

    def covers(self, rule: str, label: str) -> bool:
        """Whether nothing is to be heard of a rule's finding with this label."""
        marked = not self.marked.isdisjoint(rules.lineage(rule, label))
        return marked or self.settings.is_off(rule, label)

    def kept(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings that are to be heard of."""
        return tuple(f for f in findings if not self.covers(f.rule, f.label))

    def is_deaf(self, label: str) -> bool:
        """Whether no rule is left that gives the label."""
        if not (self.marked or self.settings.rules):
            return False
        return all(self.covers(rule.id, label) for rule in rules.every() if rule.label == label)

    def checks(self, checks: Checks) -> Checks:
        """The filters; what cannot be heard is unknown, not failed."""
        deaf: dict[str, None] = {}
        if self.is_deaf("tradeoff"):
            deaf["tradeoff_obvious"] = None
        if self.is_deaf("metric") and checks.outcome != "concrete":
            deaf["outcome"] = None
        return checks.model_copy(update=deaf)

    def fault(self, fault: Fault) -> Fault:
        """The fault verdict, unknown where an admission cannot be heard."""
        if fault.verdict != "not_a_failure" and self.is_deaf("own_fault"):
            return Fault(verdict=None, parts=None)
        return fault

    def parts(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """The parts that can be heard at all."""
        return tuple(part for part in parts if not self.is_deaf(_PART_LABELS.get(part.name, part.name)))
