"""The ids of rules: which there are, what each covers, what there is to say of it.

From wide to narrow: ``hedging`` (a detector), ``hedging/belief`` (a label), ``hedging/belief-verb`` (one rule).
``fault/meaning`` is what a model gives where no rule agrees. A point may stand for the stroke.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from analyser import lexicon
from analyser.detectors import ORDER
from analyser.errors import InputError
from analyser.results import Rule

BY_MEANING = "meaning"
HEADING = "phrases/heading"
BY_SENTENCE = ("agency", "tradeoff", "fault", "parts")  # detectors that mark whole sentences


def parse(text: str) -> str:
    """The id as it is written everywhere.

    Raises:
        InputError: there is no such rule; the message names the nearest ones.
    """
    wanted = text.strip().lower().replace(".", "/")
    if wanted in known():
        return wanted
    near = get_close_matches(wanted, known(), n=3, cutoff=0.6)
    guess = f"did you mean {' or '.join(near)}?" if near else f"the first part is one of {', '.join(ORDER)}."
    raise InputError(f"There is no rule {text.strip()!r}; {guess} `analyser explain` lists them all.")


@cache
def known() -> tuple[str, ...]:
    """Every id that there is."""
    return tuple(dict.fromkeys(name for rule in every() for name in reversed(lineage(rule.id, rule.label))))


def lineage(rule: str, label: str) -> tuple[str, str, str]:
    """The ids that cover a rule, the narrowest first."""
    detector = rule.partition("/")[0]
    return rule, f"{detector}/{label}", detector


def is_off(switches: Mapping[str, bool], rule: str, label: str) -> bool:
    """Whether the rule is switched off: the narrowest id that has a switch decides."""
    return not next((switches[name] for name in lineage(rule, label) if name in switches), True)


def is_meant(rule: str) -> bool:
    """Whether the id stands for what a model gives where no rule agrees."""
    return rule.endswith(f"/{BY_MEANING}")


def judges_sentences(detector: str) -> bool:
    """Whether the detector marks whole sentences, of which the sentence model has the last word."""
    return detector in BY_SENTENCE


@cache
def every() -> tuple[Rule, ...]:
    """All rules, detector by detector."""
    return tuple(rule for detector in ORDER for rule in (*_written(detector), *_meant(detector)))


def under(name: str) -> tuple[Rule, ...]:
    """The rules that an id covers."""
    return tuple(rule for rule in every() if name in lineage(rule.id, rule.label))


def _written(detector: str) -> Iterator[Rule]:
    words = lexicon.of(detector)
    for name, group in words.groups.items():
        yield Rule(
            id=f"{detector}/{name}",
            detector=words.title,
            label=group.label,
            why=group.why,
            fix=group.fix,
            phrases=group.phrases,
            hits=group.hits,
            misses=group.misses,
        )


def _meant(detector: str) -> Iterator[Rule]:
    """What a model gives: one id for all labels of the detector."""
    words = lexicon.of(detector)
    for label, reason in words.meaning.items():
        name = f"{detector}/{BY_MEANING}"
        yield Rule(id=name, detector=words.title, label=label, why=reason.why, fix=reason.fix)
