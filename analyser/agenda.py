"""What is to be done on which day before the interview: frozen models."""

from datetime import date
from typing import Literal

from analyser.results import About, Result, SignalName
from analyser.stories import Place

Kind = Literal["write", "mend", "stress-test", "rehearse", "mock", "rest"]


class Task(Result):
    """One thing to do: on which day (from 1), for which story, with which command, and how long it takes.

    ``signal`` and ``place`` are ``None`` where it is about all stories.
    """

    day: int
    date: date
    kind: Kind
    signal: SignalName | None
    place: Place | None
    what: str
    detail: str
    command: str | None
    minutes: int


class Agenda(Result):
    """The days before an interview; ``left_out`` says what there is no time for."""

    start: date
    days: int
    tasks: tuple[Task, ...]
    left_out: tuple[str, ...]
    framework: About
