"""What the commands share: common options, an analyser with them, errors as one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.errors import AnalyserError

if TYPE_CHECKING:
    from analyser.core import Analyser
    from analyser.settings import Settings

Model = Annotated[str | None, typer.Option(metavar="NAME", help="A spaCy model by name or path. [env: ANALYSER_MODEL]")]
Models = Annotated[
    str | None, typer.Option(metavar="DIR", help="Models of your own, from `analyser train`. [env: ANALYSER_MODELS]")
]
Framework = Annotated[str, typer.Option(metavar="NAME", help="Whose values to listen for: a name, or a .toml file.")]
MaxWords = Annotated[int | None, typer.Option(min=1, help="The longest answer, in words. [default: 20000]")]
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


def analyser(
    framework: str,
    model: str | None,
    fast: bool,
    max_words: int | None = None,
    settings: "Settings | None" = None,
    models: str | None = None,
) -> "Analyser":
    """An analyser with the common options."""
    from analyser.core import Analyser

    return Analyser(framework=framework, model=model, fast=fast, max_words=max_words, settings=settings, models=models)


def settings() -> "Settings":
    """What the user set in files, for work in this folder."""
    from analyser import configuration

    return configuration.found().settings
