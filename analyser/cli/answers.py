"""Commands on one answer."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _shared

if TYPE_CHECKING:
    from analyser.results import Feedback


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


def feedback(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="Text or a transcript; - reads the input.")] = "-",
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="The question that was asked.")] = None,
    form: Annotated[Format, typer.Option("--format", help="What the report is written as.")] = Format.text,
    framework: _shared.Framework = "netflix",
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
    fail_on: Annotated[list[Check] | None, typer.Option(help="Exit with 1 where this fails; may be repeated.")] = None,
    max_words: _shared.MaxWords = None,
    save_as: Annotated[str | None, typer.Option(metavar="NAME", help="Keep it as a draft of this story.")] = None,
) -> None:
    """Tell what an interviewer heard in an answer.

    Paste it and end with Ctrl-D, pipe it in, or name a file:  analyser feedback answer.txt
    """
    with _shared.errors_as_sentences():
        if save_as is not None:
            from analyser.history import checked

            save_as = checked(save_as)
        answer = _shared.answer(file, question)
        made = _shared.analyser(framework, model, fast, max_words, _shared.settings(), models)
        result = made.analyse(answer)
        from analyser.reports import render

        typer.echo(render(result, form.value), nl=False)
        if save_as is not None:
            save(save_as, result)
        raise typer.Exit(int(any(_fails(result, check) for check in fail_on or ())))


def save(name: str, result: "Feedback") -> None:
    """Keep a draft, and say what changed since the one before."""
    from analyser.comparison import compare
    from analyser.drafts import Draft
    from analyser.history import History
    from analyser.reports.drafts import summary

    history = History()
    saved = history.save(name, Draft.of(result))
    typer.echo(f"Saved as draft {saved.number} of {name} in {history.file}.", err=True)
    if before := history.find(f"{name}@{saved.number - 1}"):
        typer.echo(f"Since draft {before.number}: {summary(compare(before.draft, saved.draft))}.", err=True)


def _fails(result: "Feedback", check: Check) -> bool:
    passed = {
        Check.role: result.checks.role_clear,
        Check.tradeoff: result.checks.tradeoff_obvious,
        Check.outcome: result.checks.outcome in {"measured", "concrete"},
        Check.fault: result.fault.verdict in {"admits", "not_a_failure"},
        Check.signal: result.signal.label != "none",
    }
    return not passed[check]
