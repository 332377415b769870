"""The coverage plan: what to tell in the interview, why, and what the bank still lacks."""

from collections.abc import Iterator, Mapping, Sequence

from analyser.bank._choose import SLOTS, Slot, assign, borrow
from analyser.bank._merit import WELL_HEARD, failings, quality, weaknesses, worth
from analyser.bank._twins import groups, twins
from analyser.findings import paired
from analyser.framework import Framework
from analyser.results import SIGNALS, SignalName
from analyser.stories import Choice, Mend, Plan, Story, Writing
from analyser.wording import listed


def plan(stories: Sequence[Story], texts: Mapping[int, str], framework: Framework) -> Plan:
    """The plan for a bank; ``texts`` are the stories' words by row."""
    heard = [story for story in stories if story.error is None]
    pairs = twins([story.row for story in heard], [texts[story.row] for story in heard])
    filled = assign(heard, texts, groups([story.row for story in heard], pairs))
    borrowed = borrow(heard, filled)
    told = {**filled, **borrowed}
    return Plan(
        choices=tuple(_choice(slot, told) for slot in SLOTS),
        gaps=tuple(_gaps(filled, borrowed, heard, framework)),
        twice=tuple(sorted({story.row for story in borrowed.values()})),
        twins=pairs,
        mend=tuple(_mend(story, framework) for story in heard if _fails(story)),
        misfiled=tuple(story.row for story in heard if story.filed_under and story.filed_under != story.signal),
        write_next=tuple(_writing(told, borrowed, framework)),
    )


def _choice(slot: Slot, filled: Mapping[Slot, Story]) -> Choice:
    signal, place = slot
    story = filled.get(slot)
    if story is None:
        return Choice(signal=signal, place=place, row=None, probability=0, quality=0, why=_nothing(slot, filled))
    return Choice(
        signal=signal,
        place=place,
        row=story.row,
        probability=story.probabilities[signal],
        quality=quality(story, signal),
        why=" ".join(_reasons(story, slot, filled)),
    )


def _nothing(slot: Slot, filled: Mapping[Slot, Story]) -> str:
    if slot[1] == "backup" and (slot[0], "core") in filled:
        return f"No other story that is free is heard as {slot[0]}."
    return f"No story is heard as {slot[0]}."


def _reasons(story: Story, slot: Slot, filled: Mapping[Slot, Story]) -> Iterator[str]:
    """How surely it is heard so, what is weak in it, and why not a better one."""
    signal = slot[0]
    yield _heard(story, signal)
    weak = list(weaknesses(story, signal))
    yield f"It {listed(weak)}." if weak else "Nothing speaks against it."
    yield from _rivals(story, slot, filled)
    if story.because and slot[1] == "core":
        yield f"“{paired(' '.join(story.because.split()))}”"


def _heard(story: Story, signal: SignalName) -> str:
    share = "over 99%" if story.probabilities[signal] > 0.99 else f"{story.probabilities[signal]:.0%}"
    if story.signal == signal:
        return f"Heard as {signal}, {share}."
    first = story.signal if story.signal != "none" else "no signal at all"
    return f"Heard as {first} first, and as {signal} with {share}."


def _rivals(story: Story, slot: Slot, filled: Mapping[Slot, Story]) -> Iterator[str]:
    """A story that would be better here, and where it is needed more."""
    signal, place = slot
    used = [story.row for at, story in filled.items() if at == (signal, "core")] if place == "backup" else []
    better = [
        (worth(other, signal), other, at)
        for at, other in filled.items()
        if at[0] != signal and other.row not in used and worth(other, signal) > worth(story, signal)
    ]
    if better:
        _, other, (needed, as_place) = max(better, key=lambda entry: entry[0])
        yield f"“{other.title}” would be stronger here, but is needed more as {as_place} for {needed}."
    if place == "core" and any(at != slot and other.row == story.row for at, other in filled.items()):
        yield "It is used for another signal too, since nothing else fits."


def _gaps(
    filled: Mapping[Slot, Story], borrowed: Mapping[Slot, Story], heard: Sequence[Story], framework: Framework
) -> Iterator[str]:
    for signal in SIGNALS:
        title, core = framework.called(signal), filled.get((signal, "core"))
        if core is None and (signal, "core") not in borrowed:
            yield f"{title}: no story is heard as {signal}."
        elif core is None:
            yield f"{title}: only a story that is needed elsewhere is heard as {signal}."
        elif core.probabilities[signal] < WELL_HEARD:
            yield f"{title}: the best story is heard so with only {core.probabilities[signal]:.0%}."
        if core is not None and (signal, "backup") not in filled:
            yield f"{title}: there is no backup."
    if not any(story.fault == "admits" for story in heard):
        yield "No story admits a fault of your own."


def _fails(story: Story) -> list[str]:
    failing = {"role": story.role_clear, "tradeoff": story.tradeoff, "outcome": story.outcome not in {"none", None}}
    return [name for name, passed in failing.items() if passed is False and story.signal is not None]


def _mend(story: Story, framework: Framework) -> Mend:
    names = _fails(story)
    tips = {str(name): tip for name, tip in framework.filters.items()}
    return Mend(row=story.row, fails=tuple(names), add=tuple(tips[name].what for name in names))


def _writing(filled: Mapping[Slot, Story], borrowed: Mapping[Slot, Story], framework: Framework) -> Iterator[Writing]:
    """What to write next, the most needed first."""
    needs = [(signal, *_need(signal, filled, borrowed)) for signal in SIGNALS]
    for signal, _, reason in sorted((need for need in needs if need[2]), key=lambda need: need[1]):
        told = framework.serving(signal)[0]
        yield Writing(signal=signal, reason=reason, question=told.questions[0], shows=told.shows)


def _need(signal: SignalName, filled: Mapping[Slot, Story], borrowed: Mapping[Slot, Story]) -> tuple[int, str]:
    """How badly a signal needs a story (0 is worst), and why; no reason, no need."""
    core = filled.get((signal, "core"))
    if core is None:
        return 0, "You have no story for it."
    if (signal, "core") in borrowed:
        return 1, "Its only story is needed elsewhere."
    if weak := _weak(core, signal):
        return 2, f"Its best story {weak}."
    return 3, "" if (signal, "backup") in filled else "It has no backup."


def _weak(story: Story, signal: SignalName) -> str:
    if story.probabilities[signal] < WELL_HEARD:
        return f"is heard so with only {story.probabilities[signal]:.0%}"
    return next(failings(story), "") if signal == "accountability" else ""
