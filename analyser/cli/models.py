"""Commands on the models: fit them, judge them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analyser.cli import _shared


class SplitName(StrEnum):
    """The splits of the corpus that can be evaluated."""

    train = "train"
    dev = "dev"
    test = "test"


def train(
    corpus: Annotated[Path | None, typer.Option(metavar="DIR", help="The labelled answers; the project's own.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the models go.")] = Path("models"),
) -> None:
    """Fit the models on the corpus and write them with their figures and card."""
    with _shared.errors_as_sentences():
        from analyser.training import corpus as corpora
        from analyser.training.train import render_card
        from analyser.training.train import train as fit_all

        typer.echo(render_card(fit_all(corpora.read(corpus), out)))


def evaluate(
    split: Annotated[SplitName, typer.Option(help="The part of the corpus to judge.")] = SplitName.test,
    file: Annotated[Path | None, typer.Option(metavar="JSONL", help="Labelled answers of your own instead.")] = None,
    model: _shared.Model = None,
    fast: _shared.Fast = False,
) -> None:
    """Print how often the analyser agrees with a reader's labels."""
    with _shared.errors_as_sentences():
        from analyser.training import evaluate as evaluation

        judged = evaluation.read_judged(file) if file else evaluation.of_split(split.value)
        if not file and split is not SplitName.test:
            typer.echo(
                f"Note: the shipped models learned from the {split.value} split; these figures flatter.", err=True
            )
        typer.echo(evaluation.evaluate(_shared.analyser("netflix", model, fast), judged).table())
