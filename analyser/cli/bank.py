"""The command on a story bank."""

from pathlib import Path
from typing import Annotated

import typer

from analyser.cli import _shared

TextColumn = Annotated[str | None, typer.Option(metavar="NAME", help="The stories' column, where unknown.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the scored bank, by its ending.")]
Jobs = Annotated[int, typer.Option(help="Processes that share the work; -1 takes every core.")]


def bank(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE|-", help="A table, Markdown, a Notion zip or a folder; - reads CSV or JSONL."),
    ],
    out: Out = None,
    report: Annotated[Path | None, typer.Option(metavar="HTML", help="Write a page to print and take along.")] = None,
    text_column: TextColumn = None,
    framework: _shared.Framework = "netflix",
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
    jobs: Jobs = 1,
    max_words: _shared.MaxWords = None,
) -> None:
    """Hear every story of a bank, and plan which to tell: five core stories, a backup for each, and the gaps.

    Read are CSV, XLSX, Parquet, JSONL, Markdown and Notion's export:  analyser bank stories.csv -o scored.xlsx
    """
    with _shared.errors_as_sentences():
        from analyser import bank as banks

        _check(file, out, report)
        chosen = _shared.settings()
        options = banks.Options(framework, model, fast, max_words, chosen, models)
        scored = _shared.scored(file, text_column, options, jobs)
        review = banks.review(scored.frame, scored.text, framework=framework, limits=chosen.limits)
        from analyser.reports import bank_terminal

        typer.echo(bank_terminal.render(review), nl=False)
        if out:
            banks.write(scored.frame, out, scored.text)
        if report:
            from analyser.reports import bank_html

            _shared.write(bank_html.render(review).encode("utf-8"), report)
        for written in filter(None, (out, report)):
            typer.echo(f"Written: {written}", err=True)
        refused = scored.frame["heard_error"]
        if len(refused) and refused.notna().all():
            raise _shared.nothing_heard("story", "stories", len(refused), refused.iloc[0])


def _check(file: Path, out: Path | None, report: Path | None) -> None:
    """Whether the files can be written, before the work is done for nothing."""
    from analyser import bank as banks
    from analyser.errors import InputError

    if out:
        banks.check(out)
    for written in filter(None, (out, report)):
        if written.resolve() == file.resolve():
            raise InputError(f"{written} is the bank itself; give the result a name of its own.")
    if report and (report.is_dir() or not report.resolve().parent.is_dir()):
        raise InputError(f"{report} cannot be written: name a file in a folder that is there.")
