"""How often each finding is right: precision, recall and F1 by label, precision by rule, and the errors in words.

A finding is right where a reader marked the same label at the same place: for phrases where they touch, for
sentences where one covers half of the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analyser import rules
from analyser.accuracy import Accuracy, Decider, Tally, Text, key
from analyser.results import Finding
from analyser.training.bare import laid_bare
from analyser.training.boundaries import is_raw
from analyser.training.corpus import SENTENCE_LABELS, SPANS, Corpus, LabelledAnswer, SplitName
from analyser.training.deciders import BY_REPORT, Deciders

ERRORS = 10  # that are shown of each label
AROUND = 45  # characters shown on either side of a phrase
AS_TOLD: tuple[Text, ...] = ("written", "raw")  # the answers as they stand in the corpus
RIGHT, WRONG, FOUND, MISSED = Tally(right=1), Tally(wrong=1), Tally(found=1), Tally(missed=1)


@dataclass(frozen=True, slots=True)
class Marked:
    """A place that a reader marked with a label."""

    label: str
    start: int
    end: int


@dataclass
class Judged:
    """The tallies by label and by rule, with the errors of each label in words."""

    labels: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, answer: LabelledAnswer, findings: Iterable[Finding]) -> None:
        """Compare the findings on an answer with its labels."""
        marked = list(_marked(answer))
        judged = SENTENCE_LABELS if answer.spans is None else (*SENTENCE_LABELS, *SPANS)
        found = [finding for finding in findings if finding.label in judged]
        for finding in found:
            right = any(_same(finding, place) for place in marked)
            self._count(self.labels, finding.label, RIGHT if right else WRONG)
            self._count(self.rules, key(finding.rule, finding.label), RIGHT if right else WRONG)
            if not right:
                self.errors[finding.label].append(f"false: {_quoted(answer, finding)} ({finding.rule}, {answer.id})")
        for place in marked:
            hit = any(_same(finding, place) for finding in found)
            self._count(self.labels, place.label, FOUND if hit else MISSED)
            if not hit:
                self.errors[place.label].append(f"missed: {_quoted(answer, place)} ({answer.id})")

    @staticmethod
    def _count(tallies: dict[str, Tally], name: str, one: Tally) -> None:
        tallies[name] = tallies[name].plus(one)


@dataclass(frozen=True)
class Counted:
    """What was judged, by who gave the findings and of which text."""

    judged: Mapping[Decider, Mapping[Text, Judged]]

    def accuracy(self, corpus: str, split: str, answers: int) -> Accuracy:
        """The counts alone, to be kept; rules that found nothing are there, with nothing counted."""
        labels = {
            decider: {text: dict(judged.labels) for text, judged in by_text.items()}
            for decider, by_text in self.judged.items()
        }
        by_rule = {mode: self._rules(decider) for mode, decider in BY_REPORT.items() if decider in self.judged}
        return Accuracy(corpus=corpus, split=split, answers=answers, labels=labels, rules=by_rule)

    def _rules(self, decider: Decider) -> dict[str, Tally]:
        tallies = {key(rule.id, rule.label): Tally() for rule in rules.every()}
        for text in AS_TOLD:
            for name, tally in self.judged[decider][text].rules.items():
                tallies[name] = tallies.get(name, Tally()).plus(tally)
        return tallies

    def worst(self) -> Iterator[str]:
        """For each label some errors of the report: the answers in turn, so that no single one fills the list."""
        told = self.judged["full" if "full" in self.judged else "fast"]
        for label in (*SENTENCE_LABELS, *SPANS):
            errors = [error for text in AS_TOLD for error in told[text].errors[label]]
            if errors:
                yield f"{label}: {len(errors)} errors"
                yield from (f"  {error}" for error in errors[:: max(1, len(errors) // ERRORS)][:ERRORS])


def judge(deciders: Deciders, answers: Sequence[LabelledAnswer], compare: bool = False) -> Counted:
    """Compare what is found in the answers with what their reader marked.

    To ``compare``, the rules and the models are heard alone, too; the answers are laid bare; and those without full
    stops are cut by the parser as well.
    """
    judged: dict[Decider, dict[Text, Judged]] = defaultdict(lambda: defaultdict(Judged))
    for text, told, cut in _texts(answers, compare):
        for answer, by_decider in deciders.hear(told, cut=cut, alone=compare):
            for decider, findings in by_decider.items():
                judged[decider][text].add(answer, findings)
    return Counted(judged)


def of_split(deciders: Deciders, source: Corpus, split: SplitName, compare: bool) -> tuple[Accuracy, Counted]:
    """The counts on a part of the corpus, and what they were made from."""
    answers = source.split(split)
    counted = judge(deciders, answers, compare)
    return counted.accuracy(source.digest, split, len(answers)), counted


def _texts(answers: Sequence[LabelledAnswer], compare: bool) -> Iterator[tuple[Text, Sequence[LabelledAnswer], bool]]:
    """The kinds of text, each with its answers, and whether our boundaries cut it."""
    written, raw = ([answer for answer in answers if is_raw(answer) is kind] for kind in (False, True))
    yield from (("written", written, True), ("raw", raw, True))
    if compare:
        bare = [laid_bare(answer) for answer in written]
        yield from (("bare", bare, True), ("bare by parser", bare, False), ("raw by parser", raw, False))


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
