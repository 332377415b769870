"""What the commands share: common options, an analyser with them, errors as one sentence."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.errors import AnalyserError

if TYPE_CHECKING:
    from analyser.bank import Options, Scored
    from analyser.core import Analyser
    from analyser.results import Answer
    from analyser.settings import Settings
    from analyser.stories import Review

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


def answer(file: str, question: str | None) -> "Answer":
    """The answer in a file or, for ``-``, on the input; who sits at a terminal is invited to type it."""
    from analyser import readers

    if file == "-" and sys.stdin and sys.stdin.isatty():
        typer.echo("Paste or type the answer, then press Enter and Ctrl-D.", err=True)
    return readers.answer(file, question)


def scored(file: Path, text_column: str | None, options: "Options", jobs: int) -> "Scored":
    """A bank, heard."""
    from analyser import bank as banks

    frame = banks.read(file)
    column = banks.recognise(frame, text_column, "The bank" if str(file) == "-" else str(file)).text
    made_with = (options.framework, options.model, options.fast, options.max_words, options.settings, options.models)
    one = analyser(*made_with) if jobs == 1 else None
    with progress(len(frame)) as told:
        return banks.Scored(banks.score(frame, column, options=options, jobs=jobs, analyser=one, progress=told), column)


def review(
    file: Path,
    text_column: str | None,
    framework: str,
    model: str | None,
    fast: bool,
    models: str | None = None,
    jobs: int = 1,
    max_words: int | None = None,
) -> "Review":
    """A bank, heard and planned."""
    from analyser import bank as banks

    chosen = settings()
    heard = scored(file, text_column, banks.Options(framework, model, fast, max_words, chosen, models), jobs)
    return banks.review(heard.frame, heard.text, framework=framework, limits=chosen.limits)


@contextmanager
def progress(stories: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal's standard error; nothing in a pipe."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield None
        return
    with typer.progressbar(length=stories, label="Hearing", file=sys.stderr) as bar:
        yield bar.update


def nothing_heard(thing: str, things: str, count: int, first_error: object) -> AnalyserError:
    """The error of a run that heard none of ``count`` things, with the reason of the first."""
    from analyser.errors import InputError

    some = f"None of the {count:,} {things} could be heard"
    none = some if count > 1 else f"The only {thing} was not heard"
    return InputError(f"{none}. The first says why: {' '.join(str(first_error).split())}")


def write(content: bytes, file: Path) -> None:
    """Write a file, or say why it cannot be.

    Raises:
        InputError: it cannot.
    """
    from analyser.errors import InputError

    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}.") from None
