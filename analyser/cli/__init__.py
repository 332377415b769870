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
_NO_NUMBER = ("Input should be greater", "Input should be less", "Input should be a valid integer")  # as it says


class _Group(TyperGroup):
    """The commands; what is wrong with an option is told in plain words."""

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401 - typer moved its type
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = _plain(error.message.removeprefix(_PREFIX), error.param)
            raise


def _plain(reason: str, option: object) -> str:
    """The reason, in words that say what to give."""
    if "does not match the format" in reason:
        return "give a day as year, month and day, such as 2027-05-31."
    if not reason.startswith(_NO_NUMBER):
        return reason
    low, high = (getattr(option, end, None) for end in ("min", "max"))
    band = f" from {low} to {high}" if high is not None else f" of {low} or more" if low is not None else ""
    return f"give a whole number{band}."


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
