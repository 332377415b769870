"""The days before an interview: which story to write, stress-test and rehearse when.

Each story goes through its stages in order, the most needed one first, and several are under way at a time: what was
written is looked at again days later, with fresh eyes. The sessions are then spread evenly over the days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analyser.agenda import Agenda, Kind, Task
from analyser.framework import Framework
from analyser.framework_tables import Signal
from analyser.results import SIGNALS, SignalName
from analyser.stories import Place, Plan, Review, Story

MOST_DAYS = 365
# Sessions a day, at most: as many as leave room for a life, or, where there is hardly a week, as fit an evening.
A_DAY, A_SHORT_DAY, SHORT = 2, 4, 7
REST_FROM = 3  # days from which the last one is free
DAYS_A_MOCK = 10
MINUTES: dict[Kind, int] = {"write": 45, "mend": 30, "stress-test": 30, "rehearse": 15, "mock": 30, "rest": 10}
# When each stage of a story comes, counted in sessions from its beginning.
_STEPS: dict[Place, dict[Kind, tuple[float, ...]]] = {
    "core": {"write": (0,), "mend": (0,), "stress-test": (2,), "rehearse": (5, 12)},
    "backup": {"write": (0,), "mend": (0,), "stress-test": (2,), "rehearse": (5,)},
}
_BACKUPS_FROM = 6  # sessions after the first core story
# What goes last where the days are few: the smaller, the sooner it is kept.
_WEIGHTS: dict[tuple[Place, Kind], int] = {
    ("core", "write"): 0,
    ("core", "mend"): 0,
    ("core", "stress-test"): 1,
    ("core", "rehearse"): 3,
    ("backup", "write"): 5,
    ("backup", "mend"): 5,
    ("backup", "stress-test"): 6,
    ("backup", "rehearse"): 7,
}


@dataclass(frozen=True, slots=True)
class Need:
    """A story for a place in the plan: what it is called, if it is there, and what it needs first."""

    signal: SignalName
    place: Place
    title: str | None
    first: Kind
    mend: str = ""


@dataclass(frozen=True, slots=True)
class _Session:
    """A stage of a story, when it comes, and how soon it is given up."""

    at: float
    weight: float
    kind: Kind
    need: Need


def agenda(framework: Framework, days: int, start: date, review: Review | None = None) -> Agenda:
    """The plan for so many days from ``start`` on; ``review`` is of the user's bank, if there is one.

    Raises:
        ValueError: no days, or more than a year of them.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a plan is for 1 to {MOST_DAYS} days")
    wanted = list(needs(framework, review))
    every = [session for i, need in enumerate(wanted) for session in _sessions(need, i)]
    working = days - 1 if days >= REST_FROM else days
    mocks = max(1, days // DAYS_A_MOCK) if days >= REST_FROM else 0
    room = working * (A_SHORT_DAY if days < SHORT else A_DAY) - mocks
    kept = sorted(every, key=lambda session: (session.weight, session.at))[:room]
    order = _with_mocks(sorted(kept, key=lambda session: (session.at, session.weight)), mocks)
    tasks = [_task(session, 1 + i * working // len(order), start, framework) for i, session in enumerate(order)]
    if days >= REST_FROM:
        tasks.append(_rest(days, start))
    return Agenda(
        start=start,
        days=days,
        tasks=tuple(tasks),
        left_out=tuple(_left_out(wanted, kept, framework)),
        framework=framework.about(),
    )


def needs(framework: Framework, review: Review | None) -> Iterator[Need]:
    """What each of the ten places needs; core stories first, among them those that are not written yet."""
    if review is None:
        yield from (Need(signal, place, None, "write") for place in _STEPS for signal in SIGNALS)
        return
    found = [_need(choice.signal, choice.place, choice.row, review, framework) for choice in review.plan.choices]
    stages: list[Kind] = ["write", "mend", "stress-test", "rehearse"]
    for place in _STEPS:
        yield from sorted((need for need in found if need.place == place), key=lambda need: stages.index(need.first))


def _need(signal: SignalName, place: Place, row: int | None, review: Review, framework: Framework) -> Need:
    story = next((story for story in review.stories if story.row == row), None)
    if story is None or (story.row in review.plan.twice and story.signal != signal):  # it serves where it is at home
        return Need(signal, place, None, "write")
    tips = list(_tips(story, signal, review.plan, framework))
    if tips:
        return Need(signal, place, story.title, "mend", " ".join(tips))
    return Need(signal, place, story.title, "stress-test" if place == "core" else "rehearse")


def _tips(story: Story, signal: SignalName, plan: Plan, framework: Framework) -> Iterator[str]:
    """What to do about a story before it is told."""
    if signal == "accountability" and story.fault != "admits":
        yield _signal(framework, signal).missing.get("mistake", framework.advice["deflection"]).what
    yield from (tip for mend in plan.mend if mend.row == story.row for tip in mend.add)
    if story.manner:
        yield f"It {' and '.join(story.manner)}."


def _sessions(need: Need, position: int) -> Iterator[_Session]:
    """The stages that a story still has to go through."""
    steps = _STEPS[need.place]
    ahead = list(steps)[list(steps).index(need.first) :]
    begins = position + (_BACKUPS_FROM - len(SIGNALS) if need.place == "backup" else 0)
    for kind in ahead:
        if kind == "mend" and need.first == "write":
            continue
        for again, after in enumerate(steps[kind]):
            weight = _WEIGHTS[need.place, kind] + again
            yield _Session(begins + after, weight, kind, need)


def _with_mocks(sessions: Sequence[_Session], mocks: int) -> list[_Session | None]:
    """The sessions with mock interviews (``None``) among them, evenly, the last at the end."""
    order: list[_Session | None] = list(sessions)
    for i in reversed(range(mocks)):
        order.insert(round(len(sessions) * (i + 1) / mocks), None)
    return order


def _task(session: _Session | None, day: int, start: date, framework: Framework) -> Task:
    on = start + timedelta(days=day - 1)
    if session is None:
        what = "Mock interview: a question for each of the five signals, one after the other"
        detail = "Aloud, without notes; let somebody ask you, or the command, five times."
        return _made(day, on, "mock", None, what, detail, "analyser practice")
    need = session.need
    what, detail, command = _WORDS[session.kind](need, framework)
    return _made(day, on, session.kind, need, what, detail, command)


def _made(day: int, on: date, kind: Kind, need: Need | None, what: str, detail: str, command: str | None) -> Task:
    return Task(
        day=day,
        date=on,
        kind=kind,
        signal=need.signal if need else None,
        place=need.place if need else None,
        what=what,
        detail=detail,
        command=command,
        minutes=MINUTES[kind],
    )


def _rest(day: int, start: date) -> Task:
    detail = "Then leave it: a rested mind finds the words."
    what = "Say the first sentence of each story aloud"
    return _made(day, start + timedelta(days=day - 1), "rest", None, what, detail, None)


def _signal(framework: Framework, heard: SignalName) -> Signal:
    """What stands first for one of the models' signals in the framework."""
    return framework.serving(heard)[0]


def _called(need: Need, framework: Framework) -> str:
    """The story's own title, or what it is for."""
    title = _signal(framework, need.signal).title
    if need.title:
        return f"“{need.title}” ({title})"
    return f"your {'second ' if need.place == 'backup' else ''}story for {title}"


def _name(need: Need) -> str:
    return need.signal if need.place == "core" else f"{need.signal}-2"


def _write(need: Need, framework: Framework) -> tuple[str, str, str]:
    signal = _signal(framework, need.signal)
    question = signal.questions[0 if need.place == "core" else 1 % len(signal.questions)]
    detail = f"It answers “{question}” Show: {signal.shows}"
    return f"Write {_called(need, framework)}", detail, f"analyser feedback FILE --save-as {_name(need)}"


def _mend(need: Need, framework: Framework) -> tuple[str, str, str]:
    return f"Mend {_called(need, framework)}", need.mend, f"analyser feedback FILE --save-as {_name(need)}"


def _stress(need: Need, framework: Framework) -> tuple[str, str, str]:
    signal = _signal(framework, need.signal)
    asked = " ".join(f"“{signal.missing[part].follow_up}”" for part in signal.parts[-3:])
    command = "analyser fault FILE" if need.signal == "accountability" else "analyser feedback FILE --fail-on role"
    return f"Stress-test {_called(need, framework)}", f"Answer aloud: {asked}", command


def _rehearse(need: Need, framework: Framework) -> tuple[str, str, str]:
    detail = "Aloud, from memory, in under two minutes; a different beginning each time."
    return f"Rehearse {_called(need, framework)}", detail, f"analyser practice --signal {need.signal}"


_WORDS = {"write": _write, "mend": _mend, "stress-test": _stress, "rehearse": _rehearse}


def _left_out(wanted: Sequence[Need], kept: Sequence[_Session], framework: Framework) -> Iterator[str]:
    """What the days do not suffice for: stories that nothing at all is done about."""
    for need in wanted:
        if not any(session.need == need for session in kept):
            place = "backup" if need.place == "backup" else "core story"
            yield f"{_signal(framework, need.signal).title}: the {place}"
