"""A preparation plan as a table, as Markdown, or as a calendar."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from rich.console import RenderableType
from rich.text import Text

from analyser.agenda import Agenda, Task
from analyser.reports._console import DIM, WIDE, console, hanging, printed, row, text
from analyser.reports._text import one_line
from analyser.reports._view import PRIVATE
from analyser.reports.markdown import safe

if TYPE_CHECKING:
    from icalendar import Event

Form = Literal["text", "markdown", "ics"]
_DOMAIN = "answer-analyser"
DAY = 16  # columns for the day and its date


def render(
    agenda: Agenda,
    form: Form = "text",
    *,
    width: int | None = None,
    color: bool | None = None,
    now: datetime | None = None,
) -> str:
    """The plan; ``width`` and ``color`` as in ``analyser.reports.render``, ``now`` is the calendar's time stamp.

    A calendar's lines end in CR LF, as iCalendar (RFC 5545) asks; write it as it is.
    """
    if form == "ics":
        return _calendar(agenda, now or datetime.now(UTC))
    if form == "markdown":
        return "\n\n".join(_markdown(agenda)) + "\n"
    page = console(width, color)
    return printed(page, _text(agenda, page.width >= WIDE))


def _title(agenda: Agenda) -> str:
    return f"{agenda.days} day{'s' * (agenda.days > 1)} to the interview"


def _summary(agenda: Agenda) -> Iterator[str]:
    minutes, busy = sum(task.minutes for task in agenda.tasks), len({task.day for task in agenda.tasks})
    yield (
        f"{len(agenda.tasks)} session{'s' * (len(agenda.tasks) > 1)} on {busy} day{'s' * (busy > 1)}, "
        f"about {minutes / 60:.0f} hours in all. FILE stands for the file with your story."
    )
    if agenda.left_out:
        yield f"No time is left for: {'; '.join(agenda.left_out)}."


def _on(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _text(agenda: Agenda, wide: bool) -> Iterator[RenderableType]:
    yield text(_title(agenda), "bold")
    yield from map(text, _summary(agenda))
    for day, tasks in groupby(agenda.tasks, key=lambda task: task.day):
        todo = list(tasks)
        yield Text()
        head, body = f"{day:>3}  {_on(todo[0].date)}", Text("\n").join(map(_told, todo))
        yield row([text(head, "bold")], body, [DAY]) if wide else hanging("", [text(head.strip(), "bold"), body], 1)
    yield Text()
    yield text(agenda.framework.disclaimer, DIM)
    yield text(PRIVATE, DIM)


def _told(task: Task) -> Text:
    lines = [Text.assemble((one_line(task.what), "bold"), (f", {task.minutes} min", DIM)), text(one_line(task.detail))]
    return Text("\n", overflow="fold").join([*lines, *([text(task.command, DIM)] if task.command else [])])


def _markdown(agenda: Agenda) -> Iterator[str]:
    yield f"# {_title(agenda)}"
    yield "\\\n".join(map(safe, _summary(agenda)))
    rows = ["| day | date | what | how | minutes |", "| ---: | --- | --- | --- | ---: |"]
    yield "\n".join([*rows, *map(_row, agenda.tasks)])
    yield f"---\n\n{safe(agenda.framework.disclaimer)}\\\n{PRIVATE}"


def _row(task: Task) -> str:
    command = f" `{task.command}`" if task.command else ""
    what, detail = f"**{safe(task.what)}**", f"{safe(task.detail)}{command}"
    return f"| {task.day} | {_on(task.date)} | {what} | {detail} | {task.minutes} |"


def _calendar(agenda: Agenda, now: datetime) -> str:
    """All-day events, one for each session, that leave the day free for other things."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{_DOMAIN}//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _title(agenda))
    for number, task in enumerate(agenda.tasks):
        calendar.add_component(_event(task, _identity(agenda, task, number), now))
    return str(calendar.to_ical(), "utf-8")


def _event(task: Task, identity: str, now: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", identity)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", task.date)
    event.add("dtend", task.date + timedelta(days=1))
    event.add("summary", one_line(task.what))
    event.add("description", "\n".join(filter(None, (one_line(task.detail), task.command, f"{task.minutes} minutes"))))
    event.add("categories", [task.kind])
    event.add("transp", "TRANSPARENT")
    return event


def _identity(agenda: Agenda, task: Task, number: int) -> str:
    """The same for the same session of the same plan: a calendar that takes it in again keeps one."""
    told = f"{agenda.start}|{agenda.days}|{number}|{task.what}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:24]}@{_DOMAIN}"
