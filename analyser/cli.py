"""The command line: parse, call, print. Heavy imports happen inside the command that needs them."""

import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.errors import AnalyserError
from analyser.limits import MAX_WORDS

if TYPE_CHECKING:
    from analyser.core import Analyser
    from analyser.results import Feedback

app = typer.Typer(
    help="Tells what an experienced interviewer heard in a spoken answer. Nothing leaves this machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """The forms of a report."""

    text = "text"
    json = "json"
    markdown = "markdown"
    html = "html"


class Check(StrEnum):
    """What ``--fail-on`` can ask for; each is met where the answer fails it or the analyser cannot tell."""

    role = "role"
    tradeoff = "tradeoff"
    outcome = "outcome"
    fault = "fault"
    signal = "signal"


class SplitName(StrEnum):
    """The splits of the corpus that can be evaluated."""

    train = "train"
    dev = "dev"
    test = "test"


Model = Annotated[str | None, typer.Option(metavar="NAME", help="A spaCy model by name or path. [env: ANALYSER_MODEL]")]
Framework = Annotated[str, typer.Option(metavar="NAME", help="Whose questions and values to listen for.")]
Fast = Annotated[bool, typer.Option("--fast", help="Do without the sentence encoder: quicker, less often right.")]


def main() -> None:
    """Run the command line."""
    warnings.showwarning = _say_warning
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that the terminal cannot show must not end the report
    app()


def _say_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"Warning: {message}", err=True)


@contextmanager
def _errors_as_sentences() -> Iterator[None]:
    """An error that the analyser foresees ends the command with its sentence and exit code 2."""
    try:
        yield
    except AnalyserError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        raise typer.Exit(130) from None


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


@app.command()
def feedback(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A text file; - or nothing reads the input.")] = "-",
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="The question that was asked.")] = None,
    form: Annotated[Format, typer.Option("--format", help="What the report is written as.")] = Format.text,
    framework: Framework = "netflix",
    model: Model = None,
    fast: Fast = False,
    fail_on: Annotated[list[Check] | None, typer.Option(help="Exit with 1 where this fails; may be repeated.")] = None,
    max_words: Annotated[int, typer.Option(min=1, help="The longest answer that is read.")] = MAX_WORDS,
) -> None:
    """Tell what an interviewer heard in an answer.

    Paste it and end with Ctrl-D, pipe it in, or name a file:  analyser feedback answer.txt
    """
    with _errors_as_sentences():
        from analyser import readers

        if file == "-" and sys.stdin and sys.stdin.isatty():
            typer.echo("Paste or type the answer, then press Enter and Ctrl-D.", err=True)
        text = readers.read(file)
        result = _analyser(framework, model, fast, max_words).analyse(text, question)
        from analyser.reports import render

        typer.echo(render(result, form.value), nl=False)
        raise typer.Exit(int(any(_fails(result, check) for check in fail_on or ())))


def _analyser(framework: str, model: str | None, fast: bool, max_words: int = MAX_WORDS) -> "Analyser":
    from analyser.core import Analyser

    return Analyser(framework=framework, model=model, fast=fast, max_words=max_words)


def _fails(result: "Feedback", check: Check) -> bool:
    passed = {
        Check.role: result.checks.role_clear,
        Check.tradeoff: result.checks.tradeoff_obvious,
        Check.outcome: result.checks.outcome in {"measured", "concrete"},
        Check.fault: result.fault.verdict in {"admits", "not_a_failure"},
        Check.signal: result.signal.label != "none",
    }
    return not passed[check]


corpus_app = typer.Typer(help="Look at the labelled answers that the models learn from, and add to them.")
app.add_typer(corpus_app, name="corpus", no_args_is_help=True)
CorpusFolder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A corpus; the project's own without it.")]


@corpus_app.command()
def check(folder: CorpusFolder = None) -> None:
    """Read a corpus strictly and name what looks wrong; exit with 1 where something does."""
    with _errors_as_sentences():
        from analyser.training import corpus
        from analyser.training.corpus import soundness

        read = corpus.read(folder)
        doubts = soundness.doubts(read)
        for doubt in doubts:
            typer.echo(doubt)
        typer.echo(f"{len(read.answers):,} answers and {len(read.pairs):,} contrast pairs read, {len(doubts)} doubts.")
        raise typer.Exit(int(bool(doubts)))


@corpus_app.command()
def stats(folder: CorpusFolder = None) -> None:
    """Count a corpus, in Markdown tables."""
    with _errors_as_sentences():
        from analyser.training import corpus
        from analyser.training.corpus import portrait

        typer.echo("\n\n".join(table.markdown() for table in portrait.tables(corpus.read(folder))))


@corpus_app.command()
def agreement(folder: CorpusFolder = None) -> None:
    """Print how far two readers agree: Cohen's kappa for each label."""
    with _errors_as_sentences():
        from analyser.training.corpus import agreement as agreements
        from analyser.training.corpus import portrait

        tables = portrait.of_agreement(agreements.read(folder))
        typer.echo("\n\n".join(table.markdown() for table in tables))


@corpus_app.command()
def convert(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Voices or topics, see docs/corpus.md.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The corpus that they go into.")],
) -> None:
    """Turn files of the authoring format into the corpus' own; each stands for a voice or a topic."""
    with _errors_as_sentences():
        from analyser.training.corpus import authoring

        for file in files:
            typer.echo(f"{file} → {authoring.convert(file, out)}")


@corpus_app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="VOICE|TOPIC", help="Whose answers, or which pairs.")],
    folder: CorpusFolder = None,
) -> None:
    """Print a voice's answers or a topic's pairs in the authoring format, to read or to edit."""
    with _errors_as_sentences():
        from analyser.training import corpus
        from analyser.training.corpus import authoring

        typer.echo(authoring.written(corpus.read(folder), name), nl=False)


@app.command()
def train(
    corpus: Annotated[Path | None, typer.Option(metavar="DIR", help="The labelled answers; the project's own.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the models go.")] = Path("models"),
) -> None:
    """Fit the models on the corpus and write them with their figures and card."""
    with _errors_as_sentences():
        from analyser.training import corpus as corpora
        from analyser.training.train import render_card
        from analyser.training.train import train as fit_all

        typer.echo(render_card(fit_all(corpora.read(corpus), out)))


@corpus_app.command()
def curve(
    folder: CorpusFolder = None,
    file: Annotated[Path | None, typer.Option(metavar="JSONL", help="Labelled answers from elsewhere.")] = None,
) -> None:
    """Fit on a fifth, two fifths … of the voices and print what each teaches; takes half an hour."""
    with _errors_as_sentences():
        from analyser.training import corpus, curve, evaluate

        elsewhere = evaluate.read_judged(file) if file else []
        points = list(curve.curve(corpus.read(folder), elsewhere))
        typer.echo("\n\n".join(table.markdown() for table in curve.tables(points)))


@app.command()
def evaluate(
    split: Annotated[SplitName, typer.Option(help="The part of the corpus to judge.")] = SplitName.test,
    file: Annotated[Path | None, typer.Option(metavar="JSONL", help="Labelled answers of your own instead.")] = None,
    model: Model = None,
    fast: Fast = False,
) -> None:
    """Print how often the analyser agrees with a reader's labels."""
    with _errors_as_sentences():
        from analyser.training import evaluate as evaluation

        judged = evaluation.read_judged(file) if file else evaluation.of_split(split.value)
        if not file and split is not SplitName.test:
            typer.echo(
                f"Note: the shipped models learned from the {split.value} split; these figures flatter.", err=True
            )
        typer.echo(evaluation.evaluate(_analyser("netflix", model, fast), judged).table())
