"""Speed and memory of the analyser, as ratios against spaCy itself in the same run: ``make bench``.

Every figure is the best of several rounds, taken in turns so that a busy machine slows both sides alike.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

import spacy

from analyser import Analyser, pipeline, resources
from analyser.detectors import ORDER
from analyser.training import corpus

ROUNDS = 3
TEXTS = [answer.text for answer in corpus.read().split("dev")]
SAMPLE = str(resources.path("data", "samples", "judgment.txt"))


def best(*actions: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The shortest time of each action in seconds, the actions taking turns."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, taken in zip(actions, times, strict=True):
            begun = time.perf_counter()
            action()
            taken.append(time.perf_counter() - begun)
    return [min(taken) for taken in times]


def run(*arguments: str) -> Callable[[], object]:
    """A command in a process of its own."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def throughput() -> None:
    """The whole analysis, and the detectors alone, against the bare parse of the same texts."""
    bare = spacy.load(pipeline.model_name(), exclude=pipeline.UNNEEDED)
    sentences = pipeline.language()
    pipeline.add_sentences(sentences)
    detectors = pipeline.load()
    full, fast = Analyser(), Analyser(fast=True)
    cleaned = [pipeline.clean(text) for text in TEXTS]
    words = sum(len(text.split()) for text in TEXTS)
    times = best(
        lambda: list(bare.pipe(cleaned, batch_size=pipeline.BATCH)),
        lambda: list(sentences.pipe(cleaned, batch_size=pipeline.BATCH)),
        lambda: list(detectors.pipe(cleaned, batch_size=pipeline.BATCH)),
        lambda: list(fast.pipe(TEXTS)),
        lambda: list(full.pipe(TEXTS)),
    )
    names = (
        "spaCy, same components",
        "+ sentence starts",
        f"+ {len(ORDER)} detectors",
        "whole analysis, --fast",
        "whole analysis",
    )
    print(f"\nThroughput: {len(TEXTS)} answers, {words:,} words, one process")
    for name, taken in zip(names, times, strict=True):
        print(f"  {name:26}{words / taken:9,.0f} words/s   {taken / times[0]:.2f} × the bare parse")


def long_answer() -> None:
    """Time for a word of a very long answer against one of an ordinary one: near 1 where nothing grows out of hand."""
    analyser = Analyser()
    short = TEXTS[0]
    long = " ".join(TEXTS)[: 30 * len(short)]
    times = best(lambda: analyser.analyse(short), lambda: analyser.analyse(long))
    ratio = (times[1] / len(long)) / (times[0] / len(short))
    print(f"\nA long answer: {len(long.split()):,} words in {times[1]:.1f} s, {ratio:.2f} × a short one, by the word")


def cold_start() -> None:
    """One answer from the shell, against importing spaCy and loading its model."""
    load = f"import spacy; spacy.load({pipeline.model_name()!r}, exclude={pipeline.UNNEEDED!r})"
    names = ("import spacy + load", "analyser feedback --fast", "analyser feedback", "import spacy", "analyser --help")
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
    loaded, imported = ("import spacy + load", times[0]), ("import spacy", times[3])
    for name, taken, (against, base) in zip(names, times, (loaded, loaded, loaded, imported, imported), strict=True):
        print(f"  {name:26}{taken:9.2f} s         {taken / base:.2f} × {against}")


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
    long_answer()
    cold_start()
    memory()
