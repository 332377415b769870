"""Commands on the corpus."""

from pathlib import Path
from typing import Annotated

import typer

from analyser.cli._shared import errors_as_sentences

app = typer.Typer(help="Look at the labelled answers that the models learn from, and add to them.")
CorpusFolder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A corpus; the project's own without it.")]


@app.command()
def check(folder: CorpusFolder = None) -> None:
    """Read a corpus strictly and name what looks wrong; exit with 1 where something does."""
    with errors_as_sentences():
        from analyser.training import corpus
        from analyser.training.corpus import soundness

        read = corpus.read(folder)
        doubts = soundness.doubts(read)
        for doubt in doubts:
            typer.echo(doubt)
        typer.echo(f"{len(read.answers):,} answers and {len(read.pairs):,} contrast pairs read, {len(doubts)} doubts.")
        raise typer.Exit(int(bool(doubts)))


@app.command()
def stats(folder: CorpusFolder = None) -> None:
    """Count a corpus, in Markdown tables."""
    with errors_as_sentences():
        from analyser.training import corpus
        from analyser.training.corpus import portrait

        typer.echo("\n\n".join(table.markdown() for table in portrait.tables(corpus.read(folder))))


@app.command()
def agreement(folder: CorpusFolder = None) -> None:
    """Print how far two readers agree: Cohen's kappa for each label."""
    with errors_as_sentences():
        from analyser.training.corpus import agreement as agreements
        from analyser.training.corpus import portrait

        tables = portrait.of_agreement(agreements.read(folder))
        typer.echo("\n\n".join(table.markdown() for table in tables))


@app.command()
def convert(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Voices or topics, see docs/corpus.md.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The corpus that they go into.")],
) -> None:
    """Turn files of the authoring format into the corpus' own; each stands for a voice or a topic."""
    with errors_as_sentences():
        from analyser.training.corpus import authoring

        for file in files:
            typer.echo(f"{file} → {authoring.convert(file, out)}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="VOICE|TOPIC", help="Whose answers, or which pairs.")],
    folder: CorpusFolder = None,
) -> None:
    """Print a voice's answers or a topic's pairs in the authoring format, to read or to edit."""
    with errors_as_sentences():
        from analyser.training import corpus
        from analyser.training.corpus import rendering

        typer.echo(rendering.written(corpus.read(folder), name), nl=False)


@app.command()
def curve(
    folder: CorpusFolder = None,
    file: Annotated[Path | None, typer.Option(metavar="JSONL", help="Labelled answers from elsewhere.")] = None,
) -> None:
    """Fit on a fifth, two fifths … of the voices and print what each teaches; takes half an hour."""
    with errors_as_sentences():
        from analyser.training import corpus, curve, judged

        elsewhere = judged.read_judged(file) if file else []
        points = list(curve.curve(corpus.read(folder), elsewhere))
        typer.echo("\n\n".join(table.markdown() for table in curve.tables(points)))
