"""Commands on drafts: compare two, look back on all of them."""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _shared
from analyser.cli.answers import Format

if TYPE_CHECKING:
    from analyser.core import Analyser
    from analyser.drafts import Draft


class PastForm(StrEnum):
    """The forms of a history."""

    text = "text"
    json = "json"
    html = "html"


Source = "A text file or transcript, - for the input, or a saved draft: NAME for the latest, NAME@1 for the first."


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help=Source)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=Source)],
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="The question that was asked.")] = None,
    form: Annotated[Format, typer.Option("--format", help="What the comparison is written as.")] = Format.text,
    framework: _shared.Framework = "netflix",
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
) -> None:
    """Tell what changed from one draft to the next: what is mended, what is new, what is still open.

    Files:  analyser compare first.txt second.txt     Saved drafts:  analyser compare launch@1 launch
    """
    with _shared.errors_as_sentences():
        from analyser.comparison import compare as compared
        from analyser.errors import InputError
        from analyser.reports.drafts import render_comparison

        made = cache(lambda: _shared.analyser(framework, model, fast, None, _shared.settings(), models))
        if old == new == "-":
            raise InputError("Only one of the two can be the input; name a file or a saved draft for the other.")
        before, after = (_draft(source, question, made) for source in (old, new))
        typer.echo(render_comparison(compared(before, after), form.value), nl=False)


def _draft(source: str, question: str | None, made: Callable[[], "Analyser"]) -> "Draft":
    """What is meant: a file goes before a saved draft of the same name."""
    from analyser import readers
    from analyser.drafts import Draft
    from analyser.history import History

    if source != "-" and not Path(source).exists():
        return History().named(source).draft
    return Draft.of(made().analyse(readers.answer(source, question)))


def history(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A story; all of them without it.")] = None,
    form: Annotated[PastForm, typer.Option("--format", help="What the history is written as.")] = PastForm.text,
    wipe: Annotated[bool, typer.Option("--wipe", help="Remove all that is saved; with a NAME, that story.")] = False,
) -> None:
    """Show the drafts that were saved with `analyser feedback --save-as NAME`, and where they are going."""
    with _shared.errors_as_sentences():
        from analyser.errors import InputError
        from analyser.history import History

        past = History()
        if wipe:
            gone = past.wipe(name)
            if name is None:
                from analyser.practice import Asked

                Asked().forget()
            typer.echo(f"{gone} draft{'' if gone == 1 else 's'} removed.", err=True)
            return
        drafts = past.drafts(name)
        if name and not drafts:
            raise InputError(f"Nothing is saved under {name!r}; `analyser history` lists what is.")
        from analyser.reports.drafts import render_history

        typer.echo(render_history(drafts, form.value), nl=False)
