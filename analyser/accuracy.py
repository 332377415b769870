"""How often each finding is right: what ``analyser evaluate --detectors`` counted, kept beside the models.

The same counts fill ``docs/accuracy.md``; ``analyser explain RULE`` tells them of one rule.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from analyser import resources, rules, strict
from analyser.errors import DataError
from analyser.results import Rule

FILE = "accuracy.json"
PAGE = "docs/accuracy.md"

Mode = Literal["full", "fast"]
# Who gives the findings: the report in either mode; the rules alone; the sentence model to which they are not shown.
Decider = Literal["full", "fast", "rules", "full model", "fast model"]
# Of which text: with full stops; the same laid bare; written down as it was spoken; the last two cut by the parser.
Text = Literal["written", "bare", "raw", "bare by parser", "raw by parser"]
Count = Annotated[int, Field(ge=0)]


class Tally(NamedTuple):
    """Findings that are right and that are not; places that were marked and found, and not found."""

    right: Count = 0
    wrong: Count = 0
    found: Count = 0
    missed: Count = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def true(self) -> int:
        """How many places were marked."""
        return self.found + self.missed

    @property
    def given(self) -> int:
        """How many findings there are."""
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """The share of the findings that is right; 0 without any."""
        return self.right / max(1, self.given)

    @property
    def recall(self) -> float:
        """The share of what was marked that is found; 0 where nothing was."""
        return self.found / max(1, self.true)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0


class Accuracy(strict.Strict):
    """All that was counted, on which part of which corpus; a rule goes by its ``key``."""

    corpus: Annotated[str, Field(min_length=1)]
    split: str
    answers: Count
    labels: dict[Decider, dict[Text, dict[str, Tally]]]
    rules: dict[Mode, dict[str, Tally]]

    def tally(self, label: str, decider: Decider, *texts: Text) -> Tally:
        """What was counted of a label in texts taken together."""
        whole = Tally()
        for text in texts:
            whole = whole.plus(self.labels[decider][text].get(label, Tally()))
        return whole


def key(rule: str, label: str) -> str:
    """What a rule is counted by; ``meaning`` gives several labels, and each is counted by itself."""
    return f"{rule}/{label}" if rules.is_meant(rule) else rule


def anchor(rule: str, label: str) -> str:
    """Where the page has the rule."""
    return key(rule, label).replace("/", "-")


def read(file: Path) -> Accuracy:
    """The counts of a file.

    Raises:
        DataError: it cannot be read, or breaks the form.
    """
    try:
        return Accuracy.model_validate_json(file.read_bytes())
    except OSError as error:
        raise DataError(f"{file} cannot be read: {error.strerror}.") from None
    except ValidationError as error:
        raise strict.explain(str(file), error) from None


def written(accuracy: Accuracy) -> str:
    """The counts as JSON, each tally in a line: right, wrong, found, missed."""
    text = json.dumps(accuracy.model_dump(), indent=1, sort_keys=True)
    return re.sub(r"\[[\d,\s]+\]", lambda tally: json.dumps(json.loads(tally[0])), text) + "\n"


def measured(every: Iterable[Rule], folder: str | Path | None = None) -> tuple[Rule, ...]:
    """The rules with what was counted of them with the models of the folder, the user's or the shipped ones.

    They are as they were where nobody has counted with these models.

    Raises:
        DataError: the counts cannot be read.
    """
    file = resources.models(folder) / FILE
    if not file.exists():
        return tuple(every)
    counted = read(file)
    return tuple(rule.model_copy(update=_counted(counted, key(rule.id, rule.label), rule)) for rule in every)


def _counted(accuracy: Accuracy, name: str, rule: Rule) -> dict[str, object]:
    tallies = {mode: tallies.get(name) for mode, tallies in accuracy.rules.items()}
    found = {mode: (tally.right, tally.given) for mode, tally in tallies.items() if tally}
    return {"measured": found, "row": f"{PAGE}#{anchor(rule.id, rule.label)}"} if found else {}
