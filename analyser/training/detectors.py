"""How often each finding is right: precision, recall and F1 by label, precision by rule, and the errors in words.

A finding is right where a reader marked the same label at the same place: for phrases where they touch, for
sentences where one covers half of the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analyser.core import Analyser
from analyser.results import Answer, Finding
from analyser.training.boundaries import is_raw
from analyser.training.corpus import SENTENCE_LABELS, SPANS, LabelledAnswer
from analyser.training.corpus.portrait import Table

ERRORS = 10  # that are shown of each label
AROUND = 45  # characters shown on either side of a phrase
KINDS = ("all", "punctuated", "raw")


@dataclass(frozen=True, slots=True)
class Marked:
    """A place that a reader marked with a label."""

    label: str
    start: int
    end: int


@dataclass
class Tally:
    """Findings that are right and that are not; places that were marked and found, and not found."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the findings that is right; 0 without any."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what was marked that is found; 0 where nothing was."""
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0


@dataclass
class Judged:
    """The tallies by kind of text and label, and by rule, with the errors of each label in words."""

    labels: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, answer: LabelledAnswer, findings: Iterable[Finding]) -> None:
        """Compare the findings on an answer with its labels."""
        marked = list(_marked(answer))
        judged = SENTENCE_LABELS if answer.spans is None else (*SENTENCE_LABELS, *SPANS)
        found = [finding for finding in findings if finding.label in judged]
        kinds = ("all", "raw" if is_raw(answer) else "punctuated")
        for finding in found:
            right = any(_same(finding, place) for place in marked)
            self.rules[finding.rule].right += right
            self.rules[finding.rule].wrong += not right
            for kind in kinds:
                self.labels[kind][finding.label].right += right
                self.labels[kind][finding.label].wrong += not right
            if not right:
                self.errors[finding.label].append(f"false: {_quoted(answer, finding)} ({finding.rule}, {answer.id})")
        for place in marked:
            hit = any(_same(finding, place) for finding in found)
            for kind in kinds:
                self.labels[kind][place.label].found += hit
                self.labels[kind][place.label].missed += not hit
            if not hit:
                self.errors[place.label].append(f"missed: {_quoted(answer, place)} ({answer.id})")

    def tables(self) -> list[Table]:
        """A table by label and one by rule."""
        columns = ("label", *(f"{kind}: {name}" for kind in KINDS for name in ("true", "precision", "recall", "F1")))
        by_label = [(label, *(cell for kind in KINDS for cell in _cells(self.labels[kind][label])))
                    for label in (*SENTENCE_LABELS, *SPANS)]  # fmt: skip
        by_rule = [(rule, str(tally.right + tally.wrong), f"{tally.precision:.2f}")
                   for rule, tally in sorted(self.rules.items())]  # fmt: skip
        return [
            Table("By label", columns, tuple(by_label)),
            Table("By rule", ("rule", "found", "precision"), tuple(by_rule)),
        ]

    def worst(self) -> Iterator[str]:
        """For each label some of its errors: the answers in turn, so that no single one fills the list."""
        for label in (*SENTENCE_LABELS, *SPANS):
            if self.errors[label]:
                yield f"{label}: {len(self.errors[label])} errors"
                step = max(1, len(self.errors[label]) // ERRORS)
                yield from (f"  {error}" for error in self.errors[label][::step][:ERRORS])


def page(judged: Judged, source: str) -> str:
    """The tables as a page of the docs; ``source`` says on what they were counted."""
    intro = f"""\
Counted on {source}, by voices that no model has heard: of what is found, how much is right (precision); of what a
reader marked, how much is found (recall). A phrase is found where it is touched, a sentence where half of it is
covered. *Raw* answers are written down as they were spoken, without full stops.

`analyser evaluate --detectors` prints this page, with errors of each label in words; `analyser explain RULE` tells what
a rule looks for. Rules called `meaning` are those of the models: of sentences and, under `metrics`, of quantities."""
    return "\n\n".join(["# How right each finding is", intro, *(table.markdown() for table in judged.tables())]) + "\n"


def judge(analyser: Analyser, answers: Sequence[LabelledAnswer]) -> Judged:
    """Compare what the analyser finds in the answers with what their reader marked."""
    judged = Judged()
    given = analyser.pipe(Answer(text=answer.text, question=answer.question) for answer in answers)
    for answer, feedback in zip(answers, given, strict=True):
        judged.add(answer, feedback.findings)
    return judged


def _marked(answer: LabelledAnswer) -> Iterator[Marked]:
    for sentence in answer.sentences:
        yield from (Marked(label, sentence.start, sentence.end) for label in sentence.labels)
    for span in answer.spans or ():
        yield Marked(span.label, span.start, span.end)


def _same(finding: Finding, place: Marked) -> bool:
    shared = min(finding.end, place.end) - max(finding.start, place.start)
    shorter = min(finding.end - finding.start, place.end - place.start)
    needed = 1 if place.label in SPANS else (shorter + 1) // 2
    return finding.label == place.label and shared >= needed


def _quoted(answer: LabelledAnswer, place: Finding | Marked) -> str:
    around = 0 if place.label in SENTENCE_LABELS else AROUND
    before, after = answer.text[max(0, place.start - around) : place.start], answer.text[place.end : place.end + around]
    return " ".join(f"{before}[{answer.text[place.start : place.end]}]{after}".split())


def _cells(tally: Tally) -> tuple[str, ...]:
    rates = (tally.precision, tally.recall, tally.f1)
    return str(tally.found + tally.missed), *(f"{rate:.2f}" for rate in rates)
