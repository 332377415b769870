"""A data set heard from end to end, or from where an earlier run stopped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyser import bank
from analyser.bank import Heard, Options
from analyser.batch._chunk import Chunk
from analyser.batch._results import Asked, Note, Results, refuse_others
from analyser.batch._source import Part, Source, find
from analyser.batch._workers import Task, Workers, gather
from analyser.errors import InputError, ModelError

ROWS = 500  # in a part: some seconds' work of a process, and what a stopped run loses at most of each


@dataclass(frozen=True)
class Done:
    """What a run did: rows in all, rows that it read itself, those of them that could not be heard, why the first."""

    rows: int
    heard: int
    errors: int
    parts: int
    first_error: str | None = None


def run(
    dataset: str | Path,
    out: str | Path,
    *,
    text: str | None = None,
    rows: int = ROWS,
    options: Options | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Done:
    """Hear every row of a data set that need not fit into memory; no row is lost, moved, or heard twice.

    The folder ``out`` gets files of the same kind (Parquet, JSONL) with the same rows in the same order, and the
    columns of ``bank.score`` beside those that were there. Whenever it is stopped, each part there is whole.

    Args:
        dataset: a Parquet or JSONL file (also ``.gz``), or a folder of such files.
        out: a folder that is new, empty, or (with ``resume``) holds a part of the same results.
        text: the answers' column, where its name is not known.
        rows: how many a part has.
        options: what the analysers are made with.
        jobs: processes of this machine that share the work; -1 takes every core.
        scheduler: the address of a Dask scheduler whose workers do the work instead.
        resume: leave the parts that are there as they are.
        progress: told how many rows are done, of how many; first of all, how many were done before.

    Raises:
        InputError: the data set, the folder or the workers cannot be used; the message says why.
        ModelError: a model is missing, does not fit, or is not the same with every worker.
    """
    source, results = _found(Path(dataset), Path(out))
    columns = _columns(source.first(rows), text, str(dataset))
    before = results.open(resume)
    options = options or Options()
    with gather(jobs, scheduler) as workers:
        asked = Asked(
            text=columns[0],
            question=columns[1],
            rows=rows,
            framework=options.framework,
            max_words=options.max_words,
            heard_by=workers.heard_by(options),
        )
        note = Note(files=source.files, asked=asked)
        if before:
            refuse_others(results.folder, before, note)
        else:
            results.begin(note)
        done = _Run(source, results, asked, progress or _nobody).go(workers, options)
    results.sweep()
    return done


def _found(dataset: Path, out: Path) -> tuple[Source, Results]:
    if out.resolve().is_relative_to(dataset.resolve()):
        raise InputError(f"{out} lies in the data set itself; name a folder elsewhere for the results.")
    source = find(dataset)
    return source, Results(out, source.ending)


def _columns(first: Chunk, text: str | None, name: str) -> tuple[str, str | None]:
    """The column of the answers, and that of the questions if there is one."""
    frame = first.frame()
    columns = bank.recognise(frame, text, name)
    return columns.text, columns.question


def _nobody(_done: int, _all: int) -> None:
    pass


@dataclass(frozen=True)
class _Run:
    source: Source
    results: Results
    asked: Asked
    progress: Callable[[int, int], None]

    def go(self, workers: Workers, options: Options) -> Done:
        parts = list(self.source.parts(self.asked.rows))
        missing = [part for part in parts if not self.results.file(part).exists()]
        waiting: dict[int, tuple[Part, Chunk]] = {}
        done = self.source.rows - sum(part.rows for part in missing)
        self.progress(done, self.source.rows)
        errors, first = 0, None
        for number, heard in workers.hear(self._tasks(missing, waiting), options):
            self._write(*waiting.pop(number), heard)
            failed = [why for row in heard if (why := row.get("heard_error")) is not None]
            first, errors = first or next(map(str, failed), None), errors + len(failed)
            done += len(heard)
            self.progress(done, self.source.rows)
        return Done(self.source.rows, sum(part.rows for part in missing), errors, len(parts), first)

    def _tasks(self, missing: Sequence[Part], waiting: dict[int, tuple[Part, Chunk]]) -> Iterator[Task]:
        """What each row tells, for the workers; the rows themselves wait here."""
        for part, chunk in self.source.read(missing, self.asked.rows):
            waiting[part.number] = part, chunk
            yield part.number, chunk.told(self.asked.text, self.asked.question)

    def _write(self, part: Part, chunk: Chunk, heard: Sequence[Heard]) -> None:
        others = {by for row in heard if (by := row.get("heard_by"))} - {self.asked.heard_by}
        if others:
            raise ModelError(
                f"A worker hears as {min(map(str, others))}, the others as {self.asked.heard_by}: "
                "install the same version and models for all, and --resume."
            )
        self.results.write(part, chunk.written(heard))
