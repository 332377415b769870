"""Who does the work: this process, several on this machine, or a Dask cluster. All are asked in the same way."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from analyser import bank
from analyser.bank import Heard, Options, Told
from analyser.errors import InputError

_ANSWER, _WORKER = 10, 60  # seconds for a scheduler to answer, and for its first worker to be there
_LOOK = 1  # seconds between two looks of a process whether the one that began it is still there
_ONE_THREAD = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")
_ONE_AT_A_TIME = threading.Lock()  # a Dask worker may have several threads, an analyser serves one
_LOST = (
    "A process that did the work was lost, most likely for want of memory. What is complete is kept: "
    "run the same command with --resume, and with fewer --jobs if it happens again."
)

_P = ParamSpec("_P")
_T = TypeVar("_T")
Task = tuple[int, list[Told]]
Result = tuple[int, list[Heard]]


@dataclass(frozen=True)
class Workers:
    """Where work is submitted to, and how many tasks are to be under way so that nobody has to wait."""

    executor: Executor
    under_way: Callable[[], int]

    def heard_by(self, options: Options) -> str:
        """What they hear with; this machine need not have loaded it.

        Raises:
            ModelError: a model is missing or does not fit.
        """
        return self.executor.submit(bank.heard_by, options).result()

    def hear(self, tasks: Iterable[Task], options: Options) -> Iterator[Result]:
        """What was heard in each task, as they are done, in any order."""
        running: set[Future[Result]] = set()
        for number, told in tasks:
            running.add(self.executor.submit(_hear, number, told, options))
            while len(running) >= self.under_way():
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)


def _hear(number: int, told: list[Told], options: Options) -> Result:
    """The one function that every worker runs."""
    with _ONE_AT_A_TIME:
        return number, bank.hear(told, options)


@contextmanager
def gather(jobs: int = 1, scheduler: str | None = None) -> Iterator[Workers]:
    """The workers of a Dask cluster, or as many processes of this machine; they are let go in the end.

    Raises:
        InputError: there are none (no such scheduler, no worker, ``jobs`` is 0), or they were lost.
    """
    if jobs == 0:
        raise InputError("No processes (--jobs 0) can do no work; name one or more, or -1 for every core.")
    try:
        with _cluster(scheduler) if scheduler else _processes(jobs) if jobs != 1 else _here() as workers:
            yield workers
    except BrokenProcessPool:
        raise InputError(_LOST) from None


class _Here(Executor):
    """Does the work at once, in this very process."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def _here() -> Iterator[Workers]:
    yield Workers(_Here(), lambda: 1)


@contextmanager
def _processes(jobs: int) -> Iterator[Workers]:
    from joblib import effective_n_jobs
    from joblib.externals.loky import ProcessPoolExecutor

    many = effective_n_jobs(jobs)
    executor = ProcessPoolExecutor(many, initializer=_follow, initargs=(os.getpid(),), env=_ONE_THREAD)
    try:
        yield Workers(executor, lambda: 2 * many)
    finally:
        executor.shutdown(wait=True, kill_workers=True)


def _follow(first: int) -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the first one; and end with it, if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(first,), daemon=True).start()


def _end_with(first: int) -> None:
    while os.getppid() == first:
        time.sleep(_LOOK)
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise InputError("--scheduler needs Dask: pip install 'answer-analyser[cluster]'.") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said below, in a sentence
    try:
        client = Client(address, timeout=_ANSWER, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"No Dask scheduler answers at {address} ({error}); start one: dask scheduler.") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WORKER)
        except TimeoutError:
            raise InputError(
                f"The scheduler at {address} has no workers; start some with `dask worker {address} --nthreads 1`."
            ) from None
        try:
            yield Workers(client.get_executor(), lambda: 2 * max(1, len(client.nthreads())))
        except KilledWorker:
            raise InputError(_LOST) from None
        except (OSError, CancelledError):
            raise InputError(f"The scheduler at {address} was lost. Start it again, and add --resume.") from None
