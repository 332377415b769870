"""The command on many answers."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _shared
from analyser.cli.bank import Jobs, TextColumn

if TYPE_CHECKING:
    from analyser.batch import Done

Rows = Annotated[int, typer.Option(min=1, max=10_000, help="Answers in a part; each part is written when it is done.")]
Address = Annotated[str | None, typer.Option(metavar="tcp://HOST:PORT", help="Let the workers of a Dask cluster work.")]


def batch(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A Parquet or JSONL file, or a folder of them.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where the parts are written.")],
    text_column: TextColumn = None,
    rows: Rows = 500,
    jobs: Jobs = 1,
    scheduler: Address = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier run stopped.")] = False,
    framework: _shared.Framework = "netflix",
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
    max_words: _shared.MaxWords = None,
) -> None:
    """Hear a data set of any size, part by part: a folder of the same rows, with what was heard in each.

    On this machine:  analyser batch answers.parquet -o heard --jobs -1     If it was stopped, add --resume.
    """
    with _shared.errors_as_sentences(), _resumable(out):
        from analyser import bank as banks
        from analyser import batch as batches
        from analyser.errors import InputError

        options = banks.Options(framework, model, fast, max_words, _shared.settings(), models)
        begun = time.monotonic()
        with _progress() as progress:
            done = batches.run(
                dataset,
                out,
                text=text_column,
                rows=rows,
                options=options,
                jobs=jobs,
                scheduler=scheduler,
                resume=resume,
                progress=progress,
            )
        typer.echo(_told(done, time.monotonic() - begun, out), err=True)
        if 0 < done.heard == done.errors:
            raise InputError(_shared.nothing_heard("answer", "answers", done.heard, done.first_error))


def _told(done: "Done", seconds: float, out: Path) -> str:
    rate = done.heard / max(seconds, 0.001)
    facts = [
        f"{done.heard:,} answers read in {seconds:,.0f} s, {rate:,.0f} a second" if done.heard else "Nothing to do"
    ]
    facts += [f"{done.rows - done.heard:,} were there before"] * (done.rows > done.heard)
    facts += [f"{done.errors:,} could not be heard, and say why in heard_error"] * (done.errors > 0)
    return f"{'; '.join(facts)}. Written: {out}, {done.parts:,} parts."


@contextmanager
def _resumable(out: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"Stopped. What is complete is in {out}; the same command with --resume does the rest.", err=True)
        raise typer.Exit(130) from None


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar with rate and time left on a terminal's standard error; nothing in a pipe."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield None
        return
    from analyser.reports import progress

    with progress.bar() as tell:
        yield tell
