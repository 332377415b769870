"""What a user may set: rules on or off, phrases of their own, time bands, limits.

::

    [rules]                                # a detector, a label or one rule; the narrowest decides
    fillers = false
    hedging.belief = false

    [phrases]                              # found from now on, wherever they are said
    hedging.belief = ["from where I sit"]  # "a|b" are alternatives, "(c)" may be left out

    [shields]                              # never marked by this detector
    hedging = ["kind of blue"]

    [bands]                                # seconds for each section of the answer
    context = [15, 25]

    [limits]
    seconds = 90                           # how long an answer may take

Which files they are read from is told in ``configuration``.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from analyser import lexicon, rules, strict
from analyser.errors import InputError
from analyser.framework import Framework
from analyser.framework_tables import SectionId, Tip
from analyser.limits import MAX_WORDS
from analyser.results import Rule

MOST_FORMS = 200  # that the alternatives of one phrase may make


def _flat(value: object) -> object:
    """``hedging.belief = …`` is a table in a table to TOML, and the id ``hedging/belief`` to us."""
    if not isinstance(value, dict):
        return value
    pairs: dict[str, object] = {}
    for key, inner in value.items():
        nested = _flat(inner)
        pairs |= {f"{key}/{name}": v for name, v in nested.items()} if isinstance(nested, dict) else {key: inner}
    return pairs


def _rule(name: str) -> str:
    try:
        return rules.parse(name)
    except InputError as error:
        raise ValueError(str(error).rstrip(".")) from None


def _markable(name: str) -> str:
    """The id of a detector that marks words; sentences are judged as a whole."""
    found = _rule(name)
    detector = found.partition("/")[0]
    if rules.judges_sentences(detector):
        raise ValueError(f"{detector} judges whole sentences and takes no phrases; switch it off under [rules] instead")
    return found


def _group(name: str) -> str:
    """The rule that a phrase of the user's goes to: of a label, the first."""
    found = _markable(name)
    if "/" not in found:
        raise ValueError(f"say what a phrase of {found} is: one of {', '.join(_labels(found))}")
    return rules.under(found)[0].id


def _labels(detector: str) -> list[str]:
    return sorted(f"{detector}/{label}" for label in lexicon.of(detector).labels)


def _detector(name: str) -> str:
    found = _markable(name)
    if "/" in found:
        raise ValueError(f"a shield holds for a whole detector; write {found.partition('/')[0]} instead of {found}")
    return found


def _lines(block: object) -> object:
    return [line for line in block.splitlines() if line.strip()] if isinstance(block, str) else block


def _phrase(text: str) -> str:
    forms = 1
    for word in text.split():
        forms *= word.count("|") + 1 + word.startswith("(")
    if not any(character.isalnum() for character in text):
        raise ValueError("a phrase has words")
    if forms > MOST_FORMS:
        raise ValueError(f"the phrase {text[:40]!r} stands for {forms} others; write at most {MOST_FORMS} in one line")
    return " ".join(text.lower().split())


def _band(band: tuple[float, float]) -> tuple[float, float]:
    if not 0 <= band[0] < band[1]:
        raise ValueError("give the fewest and the most seconds, as in [20, 30]")
    return band


def _minutes(seconds: float) -> str:
    """A limit as one says it: two minutes, 90 seconds."""
    minutes = {1: "one minute", 2: "two minutes", 3: "three minutes", 4: "four minutes", 5: "five minutes"}
    whole = int(seconds) // 60 if seconds % 60 == 0 else 0
    return minutes.get(whole, f"{seconds:g} seconds")


def _with_limit(tip: Tip, limit: str) -> Tip:
    return tip.model_copy(update={key: text.replace("{limit}", limit) for key, text in tip.model_dump().items()})


Phrases = Annotated[tuple[Annotated[str, AfterValidator(_phrase)], ...], BeforeValidator(_lines)]
RuleId = Annotated[str, AfterValidator(_rule)]
GroupId = Annotated[str, AfterValidator(_group)]
DetectorId = Annotated[str, AfterValidator(_detector)]
Band = Annotated[tuple[float, float], AfterValidator(_band)]


class Limits(strict.Strict):
    """From where on something is too much."""

    seconds: float = Field(default=120, gt=0)  # that an answer should take at most
    advice: int = Field(default=5, ge=0)  # things to mend that are shown
    hedges: float = Field(default=2.0, ge=0)  # in 100 words; fluent interview speech has about one
    fillers: float = Field(default=4.0, ge=0)  # in 100 words
    words: int = Field(default=MAX_WORDS, ge=1)  # of an answer that is read


class Settings(strict.Strict):
    """What the user set; as it comes, nothing."""

    rules: Annotated[dict[RuleId, StrictBool], BeforeValidator(_flat)] = Field(default_factory=dict)
    phrases: Annotated[dict[GroupId, Phrases], BeforeValidator(_flat)] = Field(default_factory=dict)
    shields: dict[DetectorId, Phrases] = Field(default_factory=dict)
    bands: dict[SectionId, Band] = Field(default_factory=dict)
    limits: Limits = Limits()

    def is_off(self, rule: str, label: str) -> bool:
        """Whether a rule is switched off."""
        return rules.is_off(self.rules, rule, label)

    def applied(self, to: Iterable[Rule]) -> tuple[Rule, ...]:
        """The rules with what the user made of them."""
        return tuple(
            rule.model_copy(update={"off": self.is_off(rule.id, rule.label), "yours": self.phrases.get(rule.id, ())})
            for rule in to
        )

    def own_phrases(self, detector: str) -> dict[str, tuple[str, ...]]:
        """The user's phrases for a detector, by group."""
        of = (name.split("/") for name in self.phrases)
        return {group: self.phrases[f"{owner}/{group}"] for owner, group in of if owner == detector}

    def timed(self, framework: Framework) -> Framework:
        """The framework with the user's time bands, and ``{limit}`` in its advice written out."""
        given = {name: {"low": band[0], "high": band[1]} for name, band in self.bands.items()}
        new = {name: s.model_copy(update=given.get(name, {})) for name, s in framework.sections.items()}
        limit = _minutes(self.limits.seconds)
        tips = {name: _with_limit(tip, limit) for name, tip in framework.advice.items()}
        return framework.model_copy(update={"sections": new, "advice": tips})

    @property
    def digest(self) -> str | None:
        """Twelve hex digits that tell these settings from others; ``None`` where nothing is set."""
        if self == Settings():
            return None
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()[:12]
