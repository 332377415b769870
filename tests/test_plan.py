"""The preparation plan: what comes when, for any number of days, and a calendar that others can read."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise

import pytest
from icalendar import Calendar
from rich.cells import cell_len
from typer.testing import CliRunner

from analyser import bank, cli, framework, resources
from analyser.cli import _shared
from analyser.reports.agenda import render
from analyser.results import SIGNALS
from analyser.schedule import A_DAY, A_SHORT_DAY, SHORT, agenda, needs

NETFLIX = framework.named("netflix")
START = date(2026, 12, 1)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FAULTS = resources.path("data", "samples", "bank_faults.csv")


@pytest.fixture(scope="module")
def review(fast):
    frame = bank.read(FAULTS)
    column = bank.recognise(frame).text
    return bank.review(bank.score(frame, column, analyser=fast), column)


def of_a_story(plan):
    """The sessions of each story, in order."""
    key = lambda task: (task.signal or "", task.place or "")  # noqa: E731
    about = sorted((task for task in plan.tasks if task.signal), key=key)
    return {name: list(tasks) for name, tasks in groupby(about, key)}


@pytest.mark.parametrize("with_bank", [False, True])
@pytest.mark.parametrize("days", [1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 365])
def test_any_number_of_days(days, with_bank, review):
    plan = agenda(NETFLIX, days, START, review if with_bank else None)
    assert [task.day for task in plan.tasks] == sorted(task.day for task in plan.tasks)
    assert {task.day for task in plan.tasks} <= set(range(1, days + 1))
    assert all(task.date == START + timedelta(days=task.day - 1) for task in plan.tasks)
    most = max(len(list(tasks)) for _, tasks in groupby(plan.tasks, lambda task: task.day))
    assert most <= (A_SHORT_DAY if days < SHORT else A_DAY)
    assert days < 3 or [task.kind for task in plan.tasks if task.day == days] == ["rest"]


@pytest.mark.parametrize("days", [14, 30, 90])
@pytest.mark.parametrize("with_bank", [False, True])
def test_a_story_goes_through_its_stages_on_different_days(days, with_bank, review):
    order = ["write", "mend", "stress-test", "rehearse"]
    for tasks in of_a_story(agenda(NETFLIX, days, START, review if with_bank else None)).values():
        assert [task.kind for task in tasks] == sorted((task.kind for task in tasks), key=order.index)
        assert all(one.day < next_.day for one, next_ in pairwise(tasks))
        assert {"write", "mend"} - {task.kind for task in tasks}, "what is written is not mended at once"


def test_a_month_has_room_for_all():
    plan = agenda(NETFLIX, 30, START)
    assert len(of_a_story(plan)) == 10
    assert plan.left_out == ()
    assert sum(task.kind == "mock" for task in plan.tasks) == 3


def test_a_week_leaves_the_backups_out_and_says_so():
    plan = agenda(NETFLIX, 7, START)
    assert {place for _, place in of_a_story(plan)} == {"core"}
    assert plan.left_out == tuple(f"{NETFLIX.signals[signal].title}: the backup" for signal in SIGNALS)


@pytest.mark.parametrize("name", framework.names())
def test_every_framework_has_a_plan(name):
    assert render(agenda(framework.named(name), 30, START), width=80, color=False)


def test_no_day_and_no_year():
    for days in (0, 366):
        with pytest.raises(ValueError, match="1 to 365"):
            agenda(NETFLIX, days, START)


def test_a_bank_says_what_is_written_and_what_is_mended(review):
    wanted = list(needs(NETFLIX, review))
    first = {(need.signal, need.place): need for need in wanted}
    for choice in review.plan.choices:
        need = first[choice.signal, choice.place]
        assert (need.title is None) == (need.first == "write")
        assert choice.row or need.first == "write"
    assert first["accountability", "core"].mend.startswith("Name your own mistake")
    assert [need.first for need in wanted[:5]] == sorted(
        (need.first for need in wanted[:5]), key=["write", "mend", "stress-test"].index
    )
    told = " ".join(task.what for task in agenda(NETFLIX, 30, START, review).tasks)
    assert "Mend “Checkout redesign” (Accountability)" in told


def test_a_story_that_is_in_use_twice_serves_where_it_is_at_home(review):
    home = next(choice for choice in review.plan.choices if choice.signal == "judgment")
    away = home.model_copy(update={"signal": "ownership"})
    plan = review.plan.model_copy(update={"twice": (home.row,), "choices": (home, away)})
    twice = review.model_copy(update={"plan": plan})
    assert {need.signal: need.title for need in needs(NETFLIX, twice)} == {
        "judgment": "Export, first version", "ownership": None
    }  # fmt: skip


# --- its forms ---


@pytest.mark.parametrize("width", [40, 80])
def test_it_fits_the_window(width, review):
    told = render(agenda(NETFLIX, 30, START, review), width=width, color=False)
    assert all(cell_len(line) <= width for line in told.splitlines())
    assert told.startswith("30 days to the interview\n")


def test_every_session_is_in_every_form(review):
    plan = agenda(NETFLIX, 21, START, review)
    flat = " ".join(render(plan, width=1000, color=False).split())
    table = render(plan, "markdown").replace("\\", "")
    calendar = Calendar.from_ical(render(plan, "ics", now=NOW))
    assert len(calendar.events) == len(plan.tasks)
    for task, event in zip(plan.tasks, calendar.events, strict=True):
        assert " ".join(task.what.split()) in flat
        assert " ".join(task.what.split()) in table
        assert str(event["summary"]) == " ".join(task.what.split())
        assert event.start == task.date
        assert event.end == task.date + timedelta(days=1)


def test_the_calendar_keeps_to_its_standard(review):
    plan = agenda(NETFLIX, 30, START, review)
    written = render(plan, "ics", now=NOW)
    lines = written.split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert "\n" not in written.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    calendar = Calendar.from_ical(written)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert calendar.errors == []
    names = [str(event["uid"]) for event in calendar.events]
    assert len(set(names)) == len(names)
    assert all(event["dtstamp"].dt == NOW and event.errors == [] for event in calendar.events)
    assert written == render(plan, "ics", now=NOW)


def test_a_title_is_never_a_line_of_the_calendar(review):
    story = review.stories[0].model_copy(update={"title": "x\r\nEND:VEVENT\nBEGIN:VALARM; a, b \u2028 c"})
    hostile = review.model_copy(update={"stories": (story, *review.stories[1:])})
    written = render(agenda(NETFLIX, 30, START, hostile), "ics", now=NOW)
    assert "BEGIN:VALARM\r\n" not in written
    assert len(Calendar.from_ical(written).events) == len(agenda(NETFLIX, 30, START, review).tasks)


# --- the command ---


@pytest.fixture
def run(monkeypatch, fast):
    monkeypatch.setattr(_shared, "analyser", lambda *_: fast)
    return lambda *arguments: CliRunner().invoke(cli.app, ["plan", *arguments])


def test_a_plan(run):
    done = run("--days", "30", "--start", "2026-12-01")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "  1  Tue 1 Dec" in done.stdout
    assert "Wed 30 Dec" in done.stdout


def test_a_calendar_in_a_file(run, tmp_path):
    out = tmp_path / "plan.ics"
    done = run("--days", "7", "--bank", str(FAULTS), "--format", "ics", "-o", str(out), "--start", "2026-12-01")
    assert done.exit_code == 0
    assert f"Written: {out}" in done.stderr
    assert Calendar.from_ical(out.read_bytes()).events[0].start == START


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--days", "0"], "'--days': give a whole number from 1 to 365."),
        (["--days", "soon"], "'--days': give a whole number from 1 to 365."),
        (["--start", "tomorrow"], "'--start': give a day as year, month and day"),
        (["--bank", "none.csv"], "none.csv"),
        (["-o", "/nowhere/plan.md"], "cannot be written"),
    ],
)
def test_errors_are_sentences(run, arguments, says):
    done = run(*arguments)
    assert done.exit_code == 2
    assert says in done.stderr


def test_the_commands_of_a_plan_are_there():
    known = {command.callback.__name__ for command in cli.app.registered_commands}
    commands = {task.command for task in agenda(NETFLIX, 30, START).tasks if task.command}
    assert {command.split()[1] for command in commands} <= known
