"""Commands on what the user sets: the settings that apply, the rules that they switch."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _shared

if TYPE_CHECKING:
    from analyser.configuration import Row


class Form(StrEnum):
    """As what it is printed."""

    text = "text"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", help="What it is printed as.")]


def config(form: FormOption = Form.text, framework: _shared.Framework = "netflix") -> None:
    """Print the settings that apply here, and which file each comes from."""
    with _shared.errors_as_sentences():
        from analyser import configuration
        from analyser.framework import named

        found = configuration.found()
        rows = list(found.rows(named(framework)))
        if form is Form.json:
            typer.echo(json.dumps([row.plain() for row in rows], indent=2, ensure_ascii=False))
            return
        for file, _ in found.layers:
            typer.echo(f"Read from {file}")
        if not found.layers:
            typer.echo(f"Nothing is set; write {configuration.NAME} here, or {configuration.user_file()} for all work.")
        typer.echo()
        typer.echo(_columns(rows))


def _columns(rows: list["Row"]) -> str:
    keys, values = max(len(row.key) for row in rows), max(len(row.value) for row in rows)
    return "\n".join(f"{row.key:<{keys}}  {row.value:<{min(values, 40)}}  {row.file or 'as it comes'}" for row in rows)


def explain(
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", help="As hedging/belief; all without one.")] = None,
    form: FormOption = Form.text,
) -> None:
    """Tell what a rule finds, why it matters, what to do, and where it draws the line."""
    with _shared.errors_as_sentences():
        from analyser import accuracy, configuration, rules

        name = rules.parse(rule) if rule else None
        chosen = configuration.found().settings.applied(rules.under(name) if name else rules.every())
        chosen = accuracy.measured(chosen)
        if form is Form.json:
            typer.echo(json.dumps([one.model_dump() for one in chosen], indent=2, ensure_ascii=False))
            return
        from analyser.reports import rules as pages

        typer.echo((pages.explained if name and "/" in name else pages.listed)(chosen), nl=False)
