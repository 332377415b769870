"""From one core to a hundred million answers: ``python bench/scale.py`` prints the figures of ``docs/scale.md``.

Rates are those of ``analyser batch`` on the corpus' dev answers, between its first part and its last, so that loading
the models is not in them. A core's work is counted in seconds of processor time, which a busy machine stretches less
than it does the hours on the clock.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analyser.training import corpus

PRICE = 0.04  # of a core-hour, an assumption: put in your own
ANSWERS = 240
ROWS = 16  # in a part, here
SCALES = (10_000, 1_000_000, 100_000_000)
CORES = (2, 16, 1_000)
_SCRIPT = """
import sys, time, resource
from analyser import bank, batch
data, out, rows, jobs, mode = sys.argv[1:]
seen = []
batch.run(data, out, rows=int(rows), jobs=int(jobs), options=bank.Options(fast=mode == "fast"),
          progress=lambda done, _: seen.append((done, time.perf_counter(), time.process_time())))
(first, begun, used), (last, ended, used_up) = seen[1], seen[-1]
peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print((last - first) / (ended - begun), (last - first) / (used_up - used), *peaks)
"""


class Run(NamedTuple):
    """What a run took: answers a second by the clock and by its processor time, peak memory in MiB, bytes written."""

    clock: float
    core: float
    itself: int  # the process that reads and writes, and does the work if it is alone
    worker: int
    written: int


def measure(data: Path, jobs: int, mode: str) -> Run:
    """Hear the data in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _SCRIPT, str(data), f"{folder}/heard", str(ROWS), str(jobs), mode]
        printed = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout.split()
        size = sum(file.stat().st_size for file in Path(folder, "heard").iterdir())
    return Run(float(printed[0]), float(printed[1]), int(printed[2]), int(printed[3]), size)


def arithmetic(rate: float) -> None:
    """What that many answers take, at so many a second on a core."""
    on = "".join(f"{f'on {cores:,} cores':>16}" for cores in CORES)
    print(f"\n  {'answers':>13}{'core-hours':>12}{'cost':>9}{on}")
    for answers in SCALES:
        hours = answers / rate / 3600
        spans = "".join(f"{_span(hours / cores):>16}" for cores in CORES)
        print(f"  {answers:13,}{hours:12,.1f}{hours * PRICE:9,.2f}{spans}")


def _span(hours: float) -> str:
    return f"{hours / 24:,.1f} days" if hours > 48 else f"{hours:,.1f} h" if hours > 1 else f"{hours * 60:,.1f} min"


def main() -> None:
    """Measure, then reckon."""
    texts = [answer.text for answer in corpus.read().split("dev")]
    texts = (texts * (ANSWERS // len(texts) + 1))[:ANSWERS]
    words = sum(len(text.split()) for text in texts) / ANSWERS
    print(f"{ANSWERS} answers of {words:.0f} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data.parquet")
        pd.DataFrame({"answer": texts}).to_parquet(data)
        for mode in ("fast", "full"):
            one, two = measure(data, 1, mode), measure(data, 2, mode)
            print(f"\n{mode} mode: {one.core:,.1f} answers, {one.core * words:,.0f} words in a second of a core")
            print(f"  one process: {one.clock:,.1f} answers a second by the clock, {one.itself:,} MiB")
            memory = f"each {two.worker:,} MiB, the one that reads {two.itself:,} MiB"
            print(f"  two processes: {two.clock / one.clock:.2f} × one; {memory}")
            print(
                f"  written: {one.written / ANSWERS:,.0f} bytes an answer; read: {data.stat().st_size / ANSWERS:,.0f}"
            )
            served = f"{two.core:,.0f} answers a second: {two.core / one.core:,.0f} cores"
            print(f"  the one that reads and writes can serve {served}")
            arithmetic(one.core)


if __name__ == "__main__":
    main()
