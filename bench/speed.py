"""Speed and memory of the analyser, as ratios against spaCy itself in the same run: ``make bench``.

Every figure is the best of several rounds, taken in turns so that a busy machine slows both sides alike. Where all
is done in one process, its processor time is given too: it hardly depends on what else the machine does.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import spacy

from analyser import Analyser, models, pipeline, resources
from analyser.detectors import ORDER
from analyser.training import corpus

ROUNDS = 3
TEXTS = [answer.text for answer in corpus.read().split("dev")]
SAMPLE = str(resources.path("data", "samples", "judgment.txt"))


class Taken(NamedTuple):
    """The shortest time of an action in seconds: by the clock, and of the processor in this process."""

    clock: float
    processor: float


def best(*actions: Callable[[], object], rounds: int = ROUNDS) -> list[Taken]:
    """What each action takes at best, the actions taking turns."""
    times: list[list[tuple[float, float]]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, taken in zip(actions, times, strict=True):
            clock, processor = time.perf_counter(), time.process_time()
            action()
            taken.append((time.perf_counter() - clock, time.process_time() - processor))
    return [Taken(*map(min, zip(*taken, strict=True))) for taken in times]


def ratios(taken: Taken, base: Taken, against: str) -> str:
    """Both times as multiples of another's."""
    clock, processor = taken.clock / base.clock, taken.processor / base.processor
    return f"{clock:.2f} × {against} by the clock, {processor:.2f} × by processor time"


def run(*arguments: str) -> Callable[[], object]:
    """A command in a process of its own."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def throughput() -> None:
    """The whole analysis, and the detectors alone, against the bare parse of the same texts."""
    bare = spacy.load(pipeline.model_name(), exclude=pipeline.UNNEEDED)
    detectors = pipeline.load()
    parts = [f"analyser_{detector}" for detector in ORDER]
    full, fast = Analyser(), Analyser(fast=True)
    cleaned = [pipeline.clean(text) for text in TEXTS]
    words = sum(len(text.split()) for text in TEXTS)
    times = best(
        lambda: list(bare.pipe(cleaned, batch_size=pipeline.BATCH)),
        lambda: list(detectors.pipe(cleaned, batch_size=pipeline.BATCH, disable=parts)),
        lambda: list(detectors.pipe(cleaned, batch_size=pipeline.BATCH)),
        lambda: list(fast.pipe(TEXTS)),
        lambda: list(full.pipe(TEXTS)),
    )
    names = (
        "spaCy, same components",
        "+ lemmas from memory, sentence starts",
        f"+ {len(ORDER)} detectors",
        "whole analysis, --fast",
        "whole analysis",
    )
    print(f"\nThroughput: {len(TEXTS)} answers, {words:,} words, one process")
    for name, taken in zip(names, times, strict=True):
        print(f"  {name:38}{words / taken.clock:9,.0f} words/s   {ratios(taken, times[0], 'the bare parse')}")


def one_answer() -> None:
    """One answer, with everything loaded, against the bare parse of the same text."""
    bare = spacy.load(pipeline.model_name(), exclude=pipeline.UNNEEDED)
    full, fast = Analyser(), Analyser(fast=True)
    some = TEXTS[::8]
    times = best(
        lambda: [bare(pipeline.clean(text)) for text in some],
        lambda: [fast.analyse(text) for text in some],
        lambda: [full.analyse(text) for text in some],
    )
    print(f"\nOne answer at a time, warm: the mean of {len(some)}")
    for name, taken in zip(("nlp(text)", "analyse, --fast", "analyse"), times, strict=True):
        print(f"  {name:26}{1000 * taken.clock / len(some):9.1f} ms        {ratios(taken, times[0], 'nlp(text)')}")


def two_processes() -> None:
    """A bank by two processes against one, both warm; in fast mode, since the encoder alone keeps two cores busy."""
    from analyser import bank

    frame = pd.DataFrame({"story": TEXTS * 2})
    options, one = bank.Options(fast=True), Analyser(fast=True)
    bank.score(frame, "story", options=options, jobs=2)  # starts the processes and loads the models in each
    alone, both = best(
        lambda: bank.score(frame, "story", options=options, analyser=one),
        lambda: bank.score(frame, "story", options=options, jobs=2),
    )
    print(f"\nTwo processes, --fast: {alone.clock / both.clock:.2f} times as many stories a second as one")


def long_answer() -> None:
    """Time for a word of a very long answer against one of an ordinary one: near 1 where nothing grows out of hand."""
    analyser = Analyser()
    short = TEXTS[0]
    long = " ".join(TEXTS)[: 30 * len(short)]
    times = best(lambda: analyser.analyse(short), lambda: analyser.analyse(long))
    ratio = (times[1].clock / len(long)) / (times[0].clock / len(short))
    words = f"{len(long.split()):,} words in {times[1].clock:.1f} s"
    print(f"\nA long answer: {words}, {ratio:.2f} × a short one, by the word")


def cold_start() -> None:
    """One answer from the shell, against importing spaCy and loading its model."""
    load = f"import spacy; spacy.load({pipeline.model_name()!r}, exclude={pipeline.UNNEEDED!r})"
    names = (
        "import spacy + load",
        "analyser feedback --fast",
        "analyser feedback",
        "import spacy",
        "analyser --help",
    )
    feedback = ("-m", "analyser", "feedback", SAMPLE)
    times = best(
        run("-c", load),
        run(*feedback, "--fast"),
        run(*feedback),
        run("-c", "import spacy"),
        run("-m", "analyser", "--help"),
        rounds=5,
    )
    print("\nCold start")
    for at, (name, taken) in enumerate(zip(names, times, strict=True)):
        against = 0 if at < 3 else 3
        ratio = taken.clock / times[against].clock
        print(f"  {name:26}{taken.clock:9.2f} s         {ratio:.2f} × {names[against]}")
    (heads,) = best(lambda: models.load("full"))
    print(f"  {'our models, loaded':26}{heads.clock:9.2f} s         {heads.clock / times[3].clock:.2f} × import spacy")


_PEAK = "import resource as r; print(r.getrusage(r.RUSAGE_SELF).ru_maxrss)"


def memory() -> None:
    """Peak resident memory of one process that loads and reads everything."""
    load = f"import spacy; nlp = spacy.load({pipeline.model_name()!r}, exclude={pipeline.UNNEEDED!r})"
    texts = json.dumps(TEXTS)
    scripts = {
        "spaCy, same components": f"import json, sys; {load}; list(nlp.pipe(json.load(sys.stdin))); {_PEAK}",
        "analyser": "import json, sys; from analyser import Analyser; "
        f"list(Analyser().pipe(json.load(sys.stdin))); {_PEAK}",
    }
    print("\nPeak memory")
    peaks = {}
    for name, script in scripts.items():
        done = subprocess.run([sys.executable, "-c", script], input=texts, text=True, check=True, capture_output=True)
        peaks[name] = int(done.stdout) / 1024
        print(f"  {name:26}{peaks[name]:9.0f} MiB       {peaks[name] / next(iter(peaks.values())):.2f} ×")


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, spaCy {spacy.__version__}, {os.cpu_count()} cores")
    throughput()
    one_answer()
    two_processes()
    long_answer()
    cold_start()
    memory()
