"""The command on failure stories: one, or all of a bank."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analyser.cli import _shared
from analyser.cli.bank import Jobs, TextColumn

Source = Annotated[
    str, typer.Argument(metavar="[FILE|-]", help="An answer, a transcript or a story bank; - reads the input.")
]


class Form(StrEnum):
    """As what it is printed."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"


def fault(
    file: Source = "-",
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="The question that was asked.")] = None,
    form: Annotated[Form, typer.Option("--format", help="What the verdict is written as.")] = Form.text,
    text_column: TextColumn = None,
    framework: _shared.Framework = "netflix",
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
    jobs: Jobs = 1,
    max_words: _shared.MaxWords = None,
) -> None:
    """Tell whether a failure story admits the fault, and which sentence decides it; of a bank, for every story.

    One answer:  analyser fault answer.txt     A bank:  analyser fault stories.csv
    """
    with _shared.errors_as_sentences():
        from analyser import bank as banks

        if file != "-" and banks.is_bank(file):
            review = _shared.review(Path(file), text_column, framework, model, fast, models, jobs, max_words)
            from analyser.reports import faults

            typer.echo(faults.render(review, form.value), nl=False)
            return
        answer = _shared.answer(file, question)
        made = _shared.analyser(framework, model, fast, max_words, _shared.settings(), models)
        result = made.analyse(answer)
        from analyser.reports import fault as page

        typer.echo(page.render(result, form.value), nl=False)
