"""A clock for one who speaks: one plain line on standard error, until Enter is pressed."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

import typer

CELLS = 24


def line(seconds: float, limit: float) -> str:
    """The clock as a line.

    >>> line(30, 120)
    '0:30 of 2:00  ━━━━━━──────────────────'
    """
    done = min(CELLS, round(CELLS * seconds / limit))
    over = "  wind up" if seconds >= limit else ""
    return f"{_minutes(seconds)} of {_minutes(limit)}  {'━' * done}{'─' * (CELLS - done)}{over}"


def wait() -> None:
    """Until Enter is pressed, or the input ends."""
    with suppress(EOFError):
        input()


def run(limit: float, wait: Callable[[], object] = wait, now: Callable[[], float] = time.monotonic) -> float:
    """Show the clock until ``wait`` returns; gives the seconds that passed."""
    started, done = now(), Event()
    ticking = Thread(target=tick, args=(done, lambda: now() - started, limit), daemon=True)
    ticking.start()
    try:
        wait()
    finally:
        done.set()
        ticking.join()
    return now() - started


def tick(done: Event, passed: Callable[[], float], limit: float) -> None:
    """Write the line anew each second until it is done."""
    while True:
        typer.echo(f"\r{line(passed(), limit)}", nl=False, err=True)
        if done.wait(1):
            return


def is_at_hand() -> bool:
    """Whether somebody sits at a terminal."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
