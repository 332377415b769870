"""What the commands share: common options, an analyser with them, errors as one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.errors import AnalyserError
from analyser.limits import MAX_WORDS

if TYPE_CHECKING:
    from analyser.core import Analyser

Model = Annotated[str | None, typer.Option(metavar="NAME", help="A spaCy model by name or path. [env: ANALYSER_MODEL]")]
Framework = Annotated[str, typer.Option(metavar="NAME", help="Whose questions and values to listen for.")]
Fast = Annotated[bool, typer.Option("--fast", help="Do without the sentence encoder: quicker, less often right.")]


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """An error that the analyser foresees ends the command with its sentence and exit code 2."""
    try:
        yield
    except AnalyserError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        raise typer.Exit(130) from None


def analyser(framework: str, model: str | None, fast: bool, max_words: int = MAX_WORDS) -> "Analyser":
    """An analyser with the common options."""
    from analyser.core import Analyser

    return Analyser(framework=framework, model=model, fast=fast, max_words=max_words)
