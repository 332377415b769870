"""The command line: parse, call, print. Heavy imports happen inside the command that needs them.

One file for each family of commands; ``app`` gathers them.
"""

import io
import sys
import warnings
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from analyser.cli import answers, bank, batch, corpus, drafts, fault, frameworks, models, plan, practice, tuning

_PREFIX = "Value error, "  # what the validating library says before each reason of its own


class _Group(TyperGroup):
    """The commands; what is wrong with an option is told in plain words."""

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401 - typer moved its type
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(_PREFIX)
            raise


app = typer.Typer(
    cls=_Group,
    help="Tells what an experienced interviewer heard in a spoken answer. Nothing leaves this machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(answers.feedback)
app.command()(bank.bank)
app.command()(batch.batch)
app.command()(fault.fault)
app.command()(practice.practice)
app.command()(plan.plan)
app.command()(drafts.compare)
app.command()(drafts.history)
app.command("frameworks")(frameworks.show)
app.command()(tuning.explain)
app.command()(tuning.config)
app.command()(models.train)
app.command()(models.evaluate)
app.add_typer(corpus.app, name="corpus", no_args_is_help=True)


def main() -> None:
    """Run the command line."""
    warnings.showwarning = _say_warning
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that the terminal cannot show must not end the report
    app()


def _say_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"Warning: {message}", err=True)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"analyser {version('answer-analyser')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    pass
