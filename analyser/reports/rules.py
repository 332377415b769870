"""Rules explained: what each finds, why it matters, what to do, and its examples."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from rich.console import RenderableType
from rich.text import Text

from analyser.reports._console import BAD, DIM, GOOD, WIDE, console, hanging, printed, row, section, text
from analyser.reports._labels import INKS, label
from analyser.results import ENOUGH, Rule

FEW = 3  # examples of each kind, where several rules are told at once
COLUMN = 24
BY_MEANING = "by a model, from what the whole sentence means"
UNHEARD = "on answers that no model has heard"
MORE = "`analyser explain RULE` tells all about one of them."


def listed(rules: Iterable[Rule], *, width: int | None = None, color: bool | None = None) -> str:
    """One line for each rule, under its detector."""
    page = console(width, color)
    return printed(page, [*_list(rules, page.width >= WIDE), Text(), text(MORE, DIM)])


def explained(rules: Iterable[Rule], *, width: int | None = None, color: bool | None = None) -> str:
    """A page for each rule; where they are several, with a few of their examples."""
    page, many = console(width, color), list(rules)
    most = None if len(many) == 1 else FEW
    return printed(page, chain.from_iterable((*_gap(i), *_gap(i), *_page(rule, most)) for i, rule in enumerate(many)))


def _list(rules: Iterable[Rule], wide: bool) -> Iterator[RenderableType]:
    for title, group in groupby(rules, key=lambda rule: rule.detector):
        yield from section(title, *_labels(list(group), wide))


def _labels(rules: list[Rule], wide: bool) -> Iterator[RenderableType]:
    """The rules of one detector, under what they call that which they find."""
    for i, name in enumerate(dict.fromkeys(rule.label for rule in rules)):
        yield from _gap(i)
        yield _gist(name)
        yield from (_line(rule, wide) for rule in rules if rule.label == name)


def _line(rule: Rule, wide: bool) -> RenderableType:
    example = _example(rule.hits[0], "") if rule.hits else text(BY_MEANING, DIM)
    return row([_name(rule)], example, [COLUMN]) if wide else Text("\n  ").join([_name(rule), example])


def _gap(position: int) -> list[RenderableType]:
    """An empty line, but not before the first."""
    return [Text()] if position else []


def _name(rule: Rule) -> Text:
    name = text(rule.id, INKS[label(rule.label).ink].terminal)
    return Text.assemble(name, (" (off)", BAD)) if rule.off else name


def _gist(name: str) -> Text:
    return Text.assemble((label(name).name, "bold"), f": {label(name).gist}", overflow="fold")


def _page(rule: Rule, most: int | None) -> Iterator[RenderableType]:
    yield Text.assemble(_name(rule), "  ", _gist(rule.label), overflow="fold")
    yield Text()
    yield text(rule.why)
    yield text(rule.fix)
    if not rule.hits:
        yield Text()
        yield text(f"Found {BY_MEANING}.", DIM)
    yield from section("How often it is right", *_measured(rule))
    if not most:
        yield from section("Its words", *_words(rule.phrases))
    yield from section("Your own words for it", *_words(rule.yours))
    yield from section("It finds", *_examples(rule.hits, most, "+", GOOD))
    yield from section("It leaves alone", *_examples(rule.misses, most, "–", DIM))
    if most and len(rule.hits) > most:
        yield text(f"… and more: analyser explain {rule.id}", DIM)


def _measured(rule: Rule) -> Iterator[RenderableType]:
    """What was counted on unheard answers; the fast mode by itself where it differs."""
    full = rule.measured.get("full", rule.measured.get("fast"))
    fast = rule.measured.get("fast", full)
    if full is not None and fast is not None:
        yield text(_rate(*full))
        if fast != full:
            yield text(f"In fast mode: {fast[0]} of {fast[1]}.")
        yield text(rule.row or "", DIM)


def _rate(right: int, found: int) -> str:
    """In words; where it found too little, without a rate."""
    if not found:
        return f"It found nothing {UNHEARD}: too rare to say."
    said = f"Right {_times(right)} of {found} found"
    return f"{said}, {UNHEARD}: too rare to say." if found < ENOUGH else f"{said} ({right / found:.0%}), {UNHEARD}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _words(phrases: Iterable[str]) -> Iterator[RenderableType]:
    if phrases:
        yield text(" · ".join(phrases))


def _examples(marked: tuple[str, ...], most: int | None, sign: str, style: str) -> Iterator[RenderableType]:
    for example in marked[:most]:
        yield hanging(sign, [_example(example, style)])


def _example(marked: str, style: str) -> Text:
    """The sentence, what is found in it in brackets and in colour."""
    return Text.assemble(
        *((piece, style if piece.startswith("[") else "") for piece in re.split(r"(\[[^\]]*\])", marked) if piece),
        overflow="fold",
    )
