"""Every story of a bank heard: one row in, the same row out, with what an interviewer heard beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import pandas as pd
from pydantic import ValidationError

from analyser.bank import _columns
from analyser.bank._heard import HEARD, Heard, cells, made_by
from analyser.core import Analyser
from analyser.errors import AnalyserError, InputError
from analyser.results import Answer, Feedback
from analyser.settings import Settings

CHUNK = 32  # stories that a process is given at a time

Told = Answer | str  # a story, or why there is none


@dataclass(frozen=True, slots=True)
class Options:
    """What an analyser is made with, in whatever process."""

    framework: str = "netflix"
    model: str | None = None
    fast: bool = False
    max_words: int | None = None
    settings: Settings | None = field(default=None, hash=False)
    models: str | None = None


class Scored(NamedTuple):
    """A bank with what was heard in each story, and the column of the stories."""

    frame: pd.DataFrame
    text: str


def score(
    frame: pd.DataFrame,
    text: str = "story",
    *,
    question: str | None = None,
    options: Options | None = None,
    jobs: int = 1,
    analyser: Analyser | None = None,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """The bank with what was heard in each story, in columns that begin with ``heard_``.

    No row is lost, added or moved, and no other column changes; the same columns of an earlier scoring are
    replaced. A row that cannot be heard (empty, too long, not text, not English) says why in ``heard_error``.

    Args:
        frame: a row for each story.
        text: the column of the stories.
        question: the column of the questions asked; one that is known by its name, if left out.
        options: what the analyser is made with.
        jobs: processes that share the work, each with its own models; -1 takes every core.
        analyser: one that is there already, instead of ``options``; it works in this process alone.
        progress: told after each story, or chunk, how many more are done.

    Raises:
        InputError: there is no such column, or several of the name; or ``jobs`` is 0.
        ModelError: a model is missing or does not fit.
    """
    if jobs == 0:
        raise InputError("No processes (--jobs 0) can do no work; name one or more, or -1 for every core.")
    told = _told(frame, text, question)
    shares = [told[start : start + CHUNK] for start in range(0, len(told), CHUNK)]
    rows: list[Heard] = []
    for heard in _spread(shares, options or Options(), jobs) if jobs != 1 else _in_turn(told, options, analyser):
        rows += heard
        if progress:
            progress(len(heard))
    return _beside(frame, rows)


def _beside(frame: pd.DataFrame, rows: Sequence[Heard]) -> pd.DataFrame:
    heard_cells = {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in HEARD.items()}
    heard = pd.DataFrame(heard_cells).set_axis(frame.index, axis=0)
    kept = [name not in HEARD and name != _columns.FAULT for name in frame.columns]
    return pd.concat([frame.loc[:, kept], heard], axis=1)


def _told(frame: pd.DataFrame, text: str, question: str | None) -> list[Told]:
    names = list(frame.columns)
    for name in (text, *([question] if question else ())):
        if names.count(name) != 1:
            many = "no" if name not in names else "more than one"
            listed = ", ".join(repr(str(other)) for other in names)
            raise InputError(f"There is {many} column {name!r} in the bank; its columns are {listed}.")
    asked = question or next(_columns.known([name for name in names if name != text], "question"), None)
    nothing = [None] * len(frame)
    faults = frame[_columns.FAULT] if _columns.FAULT in names else nothing
    questions = frame[asked] if asked in names else nothing
    return [tell(*row) for row in zip(frame[text], questions, faults, strict=True)]


def tell(story: object, question: object, fault: object) -> Told:
    """What a row tells, from its cells: an answer, or why there is none."""
    if isinstance(fault, str) and fault:
        return fault
    if not isinstance(story, str):
        return _no_text(story)
    try:
        return Answer(text=story, question=question if isinstance(question, str) and question.strip() else None)
    except ValidationError as error:
        return f"This story {error.errors()[0]['msg'].removeprefix('Value error, ')}."


def _no_text(cell: object) -> str:
    if _columns.is_missing(cell):
        return "There is no story in this row. Write it down the way you would say it."
    kind = "a number" if isinstance(cell, int | float) else f"a value of the kind {type(cell).__name__}"
    return f"This cell holds {kind}, not a story. Write it down as text."


def _in_turn(told: Sequence[Told], options: Options | None, analyser: Analyser | None) -> Iterator[list[Heard]]:
    if told:
        hearing = analyser or _analyser(options or Options())
        yield from ([heard] for heard in _hear(told, hearing))


def _spread(shares: Sequence[Sequence[Told]], options: Options, jobs: int) -> Iterator[list[Heard]]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend="loky", inner_max_num_threads=1):
        yield from Parallel(n_jobs=jobs, return_as="generator")(delayed(hear)(told, options) for told in shares)


def hear(told: Sequence[Told], options: Options) -> list[Heard]:
    """What was heard in each row, in order, by this process's own analyser: what a worker does."""
    analyser = _analyser(options)
    with analyser.forgetting():  # a worker may meet millions of names
        return list(_hear(told, analyser))


def heard_by(options: Options) -> str:
    """What ``heard_by`` says of every row that an analyser with these options hears."""
    return made_by(_analyser(options).made_by)


@cache
def _analyser(options: Options) -> Analyser:
    """One for each process: the models are what takes long to load."""
    return Analyser(
        framework=options.framework,
        model=options.model,
        fast=options.fast,
        max_words=options.max_words,
        settings=options.settings,
        models=options.models,
    )


def _hear(told: Sequence[Told], analyser: Analyser) -> Iterator[Heard]:
    """What was heard in each story, in order."""
    feedbacks = _feedbacks([story for story in told if isinstance(story, Answer)], analyser)
    for story in told:
        heard = story if isinstance(story, str) else next(feedbacks)
        yield {"heard_error": heard} if isinstance(heard, str) else cells(heard)


def _feedbacks(answers: Sequence[Answer], analyser: Analyser) -> Iterator[Feedback | str]:
    """The feedback on each answer, or why it was refused; the others are read all the same."""
    done = 0
    while done < len(answers):
        try:
            for feedback in analyser.pipe(answers[done:]):
                yield feedback
                done += 1
        except AnalyserError as error:
            yield str(error)
            done += 1
        except Exception:  # whichever answer of those read together it was, the others are heard
            yield _alone(answers[done], analyser)
            done += 1


def _alone(answer: Answer, analyser: Analyser) -> Feedback | str:
    try:
        return analyser.analyse(answer)
    except Exception as error:  # a fault of ours must not cost the rows beside it
        return f"This story could not be read ({type(error).__name__}: {error}). Please report it."
