"""Commands on the models: fit them, judge them."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _shared
from analyser.errors import InputError

if TYPE_CHECKING:
    from analyser.core import Analyser
    from analyser.training import corpus


class SplitName(StrEnum):
    """The splits of the corpus that can be evaluated."""

    train = "train"
    dev = "dev"
    test = "test"


class Form(StrEnum):
    """The forms of an evaluation."""

    table = "table"
    json = "json"
    html = "html"


def train(
    corpus: Annotated[
        Path | None, typer.Option(metavar="JSONL|DIR", help="Labelled answers of yours, or a whole corpus.")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Learn from the project's answers and yours.")] = False,
    framework: Annotated[str, typer.Option(metavar="NAME", help="Whose signals your labels name.")] = "netflix",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the models go.")] = Path("models"),
) -> None:
    """Fit the models and write them with their figures and card: on the project's corpus, or on answers of your own.

    A row of yours needs text, signal and voice:  analyser train --corpus mine.jsonl --out my_models
    """
    with _shared.errors_as_sentences():
        if add and not corpus:
            raise InputError("--add needs --corpus: the answers that are to be added.")
        if corpus and (add or not (corpus / "splits.toml").exists()):
            typer.echo(_trained_on_own(corpus, framework, add, out))
            return
        from analyser.training import corpus as corpora
        from analyser.training.train import render_card
        from analyser.training.train import train as fit_all

        typer.echo(render_card(fit_all(corpora.read(corpus), out)))


def _trained_on_own(path: Path, framework: str, add: bool, out: Path) -> str:
    """The card of models that learned from the user's own answers, alone or added to the project's."""
    from analyser.training import corpus, own, signal
    from analyser.training.train import render_card
    from analyser.training.train import train as fit_all

    rows = own.read(path, framework)
    if add:
        own.refuse_overwriting(out)
        source = corpus.read()
        own.refuse_repeats(rows, {answer.text: answer.id for answer in source.answers})
        return render_card(fit_all(source, out, rows))
    card = signal.train(rows, out)
    typer.echo("Only the signal was fitted; the models of sentences and outcome are kept as they were.", err=True)
    return render_card(card, signal.CARD)


def evaluate(
    split: Annotated[SplitName, typer.Option(help="The part of the corpus to judge.")] = SplitName.test,
    file: Annotated[Path | None, typer.Option(metavar="JSONL", help="Labelled answers of your own instead.")] = None,
    detectors: Annotated[bool, typer.Option("--detectors", help="Judge every finding, by label and by rule.")] = False,
    errors: Annotated[bool, typer.Option(help="Quote errors of each label with them.")] = True,
    form: Annotated[Form, typer.Option("--format", help="What the figures are written as.")] = Form.table,
    model: _shared.Model = None,
    models: _shared.Models = None,
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
        made = cache(lambda: _shared.analyser("netflix", model, fast, None, None, models))
        if detectors:
            if form is not Form.table:
                raise InputError("--detectors prints tables only: leave out --format.")
            if file:
                raise InputError("--detectors needs every finding labelled, as the corpus is: leave out --file.")
            typer.echo(_judged_findings(made(), split.value, errors))
            return
        from analyser.training import evaluation_pages

        typer.echo(evaluation_pages.render(evaluation.evaluate(made(), judged), form.value))


def _judged_findings(analyser: "Analyser", split: "corpus.SplitName", errors: bool) -> str:
    from analyser.training import corpus, detectors

    source = corpus.read()
    judged = detectors.judge(analyser, source.split(split))
    page = detectors.page(judged, f"the {split} split of corpus `{source.digest}`")
    return "\n".join([page, *(["## Errors\n", *judged.worst()] if errors else [])])
