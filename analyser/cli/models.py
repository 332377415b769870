"""Commands on the models: fit them, judge them."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _shared
from analyser.errors import InputError

if TYPE_CHECKING:
    from analyser.training import corpus

    MadeWith = tuple[str | None, str | None, bool]  # a language model, a folder of models, whether in fast mode


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
    compare: Annotated[
        bool, typer.Option("--compare", help="Beside them rules and model alone, and text without punctuation.")
    ] = False,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="The signal beside simpler ways to tell it; takes minutes.")
    ] = False,
    tried: Annotated[
        bool, typer.Option("--tried", help="Every way to tell the signal that was tried; fits them all, for minutes.")
    ] = False,
    errors: Annotated[bool, typer.Option(help="Quote errors of each label with them.")] = True,
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the figures of --detectors or --tried beside the models.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="What the figures are written as.")] = Form.table,
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
) -> None:
    """Print how often the analyser agrees with a reader's labels."""
    with _shared.errors_as_sentences():
        if baselines:
            _refuse_for_baselines(form, split, detectors or compare or bool(save) or bool(model) or fast or tried)
            typer.echo(_beside_baselines(file, models, form))
            return
        if tried:
            others = detectors or compare or bool(model or models) or fast
            _refuse_for_tried(form, save, others or split is not SplitName.test)
            typer.echo(_tried(file, save, form))
            return
        if not file and split is not SplitName.test:
            typer.echo(
                f"Note: the shipped models learned from the {split.value} split; these figures flatter.", err=True
            )
        if detectors:
            _refuse_for_detectors(form, file, save, split)
            typer.echo(_judged_findings(split.value, errors, compare, save, (model, models, fast)))
            return
        if compare or save:
            raise InputError("--compare goes with --detectors, --save with --detectors or --tried.")
        from analyser.training import evaluate as evaluation
        from analyser.training import evaluation_pages, judged

        answers = judged.read_judged(file) if file else judged.of_split(split.value)
        made = _shared.analyser("netflix", model, fast, None, None, models)
        typer.echo(evaluation_pages.render(evaluation.evaluate(made, answers), form.value))


def _refuse_for_detectors(form: Form, file: Path | None, save: Path | None, split: SplitName) -> None:
    if form is not Form.table:
        raise InputError("--detectors prints tables only: leave out --format.")
    if file:
        raise InputError("--detectors needs every finding labelled, as the corpus is: leave out --file.")
    if save and split is not SplitName.test:
        raise InputError("--save keeps figures on answers that no model has heard: leave out --split.")
    if save and not save.is_dir():
        raise InputError(f"{save} is no folder; name that of the models.")


def _refuse_for_tried(form: Form, save: Path | None, others: bool) -> None:
    if form is Form.html:
        raise InputError("--tried prints a table or JSON: leave out --format html.")
    if others:
        raise InputError("--tried fits everything anew on set splits: only --file, --save and --format go with it.")
    if save and not (save / "card.json").exists():
        raise InputError(f"{save} holds no card.json; name the folder of the models.")


def _tried(file: Path | None, save: Path | None, form: Form) -> str:
    from analyser.training import tried
    from analyser.training.train import write_page

    if sys.stderr and sys.stderr.isatty():
        typer.echo("Fitting every way anew; this takes many minutes.", err=True)
    found = tried.compare(file)
    if save:
        _shared.write(tried.written(found).encode(), save / tried.FILE)
        write_page(save)
    return tried.render(found, form.value)


def _refuse_for_baselines(form: Form, split: SplitName, others: bool) -> None:
    if form is Form.html:
        raise InputError("--baselines prints a table or JSON: leave out --format html.")
    if split is not SplitName.test or others:
        raise InputError(
            "--baselines fits and tries on set splits, in both modes: only --file, --models and --format go with it."
        )


def _beside_baselines(file: Path | None, models: str | None, form: Form) -> str:
    from analyser.training import beside

    return beside.render(beside.compare(file, Path(models) if models else None), form.value)


def _judged_findings(
    split: "corpus.SplitName", errors: bool, compare: bool, save: Path | None, made_with: "MadeWith"
) -> str:
    from analyser import accuracy
    from analyser.training import accuracy_page, corpus, detectors
    from analyser.training.deciders import Deciders

    counts, counted = detectors.of_split(Deciders.load(*made_with), corpus.read(), split, compare)
    if save:
        _shared.write(accuracy.written(counts).encode(), save / accuracy.FILE)
        _shared.write(accuracy_page.page(counts).encode(), save / accuracy_page.FILE)
    page = accuracy_page.page(counts, anchors=False)
    return "\n".join([page, *(["## Errors\n", *counted.worst()] if errors else [])])
