"""The command that plans the days before the interview."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analyser.cli import _shared
from analyser.cli.bank import TextColumn


class Form(StrEnum):
    """The forms of a plan."""

    text = "text"
    markdown = "markdown"
    ics = "ics"


Start = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day. [default: today]")]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write it there, not to the screen.")]


def plan(
    days: Annotated[int, typer.Option(min=1, max=365, help="Days until the interview, today among them.")] = 30,
    bank: Annotated[Path | None, typer.Option(metavar="FILE", help="Plan by what this story bank has.")] = None,
    text_column: TextColumn = None,
    start: Start = None,
    form: Annotated[Form, typer.Option("--format", help="A table, Markdown, or a calendar (iCalendar).")] = Form.text,
    out: Out = None,
    framework: _shared.Framework = "netflix",
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
) -> None:
    """Plan which story to write, stress-test and rehearse on which day.

    For a calendar:  analyser plan --days 30 --bank stories.csv --format ics -o plan.ics
    """
    with _shared.errors_as_sentences():
        from analyser.framework import named
        from analyser.schedule import agenda

        chosen = named(framework)
        review = _shared.review(bank, text_column, framework, model, fast, models) if bank else None
        first = (start or datetime.now()).date()  # noqa: DTZ005  # the user's own day
        from analyser.reports.agenda import render

        written = render(agenda(chosen, days, first, review), form.value).encode("utf-8", "replace")
        if out:
            _shared.write(written, out)
            typer.echo(f"Written: {out}", err=True)
        else:
            typer.echo(written, nl=False)
