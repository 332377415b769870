"""The analyser beside what one might pick instead, on the same answers: ``make bench-rivals``.

Each rival gets an environment of its own under ``.bench/``, made once from the versions below, and reads in one process
(``bench/rivals/``). Of the corpus, dev and train are read; the labels of dev say what is a hedge. One that cannot be
installed is named with the reason, and gets no figures.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.metrics import precision_recall_fscore_support

from analyser.training import corpus
from analyser.training.corpus import LabelledAnswer, LabelledSentence
from analyser.verdicts import HEDGES

ROOT = Path(__file__).parent.parent
DRIVERS = ROOT / "bench" / "rivals"
ENVIRONMENTS = ROOT / ".bench"
ANSWERS = 2000
NONE = "–"


class Missing(NamedTuple):
    """Why a rival has no figures."""

    reason: str


class Span(NamedTuple):
    """A finding: its kind, where it stands, and whether it comes with a reason and a remedy."""

    kind: str
    start: int
    end: int
    why: bool
    fix: bool


class Run(NamedTuple):
    """What a tool took and told: seconds by the clock and of the processor; its findings, answer by answer."""

    version: str
    load: tuple[float, float]
    read: tuple[float, float]
    whole: str
    findings: list[list[Span]]

    @classmethod
    def of(cls, printed: Mapping[str, Any]) -> "Run":
        """What a driver printed."""
        spans = [[Span(*finding) for finding in found] for found in printed["findings"]]
        return cls(**{**printed, "findings": spans})

    @property
    def every(self) -> list[Span]:
        """All findings."""
        return [span for found in self.findings for span in found]


Outcome = Run | Missing


@dataclass(frozen=True)
class Rival:
    """A tool, as ``rivals/rivals.toml`` has it: what it was made for, how it is installed, what it may call a hedge."""

    name: str
    made_for: str
    pins: Sequence[str] = ()
    alone: Sequence[str] = ()
    node: bool = False
    slow: bool = False
    hedging: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The folder of its environment."""
        return ENVIRONMENTS / self.name

    def steps(self) -> list[list[str]]:
        """The commands that install it."""
        if self.node:
            return [["npm", "install", "--no-audit", "--no-fund", "--prefix", str(self.home), *self.pins]]
        pip = [str(self.home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        without = [[*pip, "--no-deps", *self.alone]] if self.alone else []
        return [[sys.executable, "-m", "venv", "--clear", str(self.home)], [*pip, *self.pins], *without]

    def command(self) -> list[str]:
        """The command that reads answers from its input."""
        if self.node:
            return ["node", str(DRIVERS / "write_good.js")]
        python = self.home / "bin" / "python" if self.pins else sys.executable
        return [str(python), "-W", "ignore", str(DRIVERS / "read.py"), self.name]


def rivals() -> list[Rival]:
    """All of them, this project last."""
    named = tomllib.loads((DRIVERS / "rivals.toml").read_text(encoding="utf-8"))
    return [Rival(name, **told) for name, told in named.items()]


def install(rival: Rival) -> Missing | None:
    """Make its environment, unless it is there with these versions."""
    if rival.node and not (shutil.which("npm") and shutil.which("node")):
        return Missing("not installed: it needs Node and npm, and they are not on this machine")
    stamp, wanted = rival.home / ".pins", "\n".join((*rival.pins, *rival.alone))
    if not wanted or (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        return None
    for step in rival.steps():
        done = subprocess.run(step, text=True, capture_output=True)
        if done.returncode:
            return Missing(f"not installed: {_reason(done.stderr)}")
    stamp.write_text(wanted, encoding="utf-8")
    return None


def _reason(printed: str) -> str:
    """The line that tells what went wrong."""
    lines = printed.strip().splitlines() or ["no reason given"]
    return next((line for line in lines if "error" in line.lower()), lines[-1]).strip()


def run(rival: Rival, texts: Sequence[str]) -> Outcome:
    """Let it read the texts in a process of its own, at home under ``.bench/``."""
    print(f"{rival.name} …", file=sys.stderr, flush=True)
    if missing := install(rival):
        return missing
    rival.home.mkdir(parents=True, exist_ok=True)
    around = {**os.environ, "HOME": str(rival.home), "NODE_PATH": str(rival.home / "node_modules")}
    done = subprocess.run(rival.command(), input=json.dumps(texts), text=True, capture_output=True, env=around)
    if done.returncode:
        return Missing(f"did not run: {(done.stderr.strip().splitlines() or [f'exit code {done.returncode}'])[-1]}")
    return Run.of(json.loads(done.stdout))


Row = Sequence[str]


def markdown(head: Row, rows: Iterable[Row], words: int) -> str:
    """A table, the first columns words and the others figures."""
    line = [":--" if i < words else "--:" for i in range(len(head))]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in (head, line, *rows))


Outcomes = Sequence[tuple[Rival, Outcome]]


def speed(outcomes: Outcomes, texts: Sequence[str]) -> str:
    """What each was made for, how long it takes to the first answer, and how fast it then reads."""

    def row(rival: Rival, told: Outcome) -> Row:
        if isinstance(told, Missing):
            return (rival.name, f"{rival.made_for} ({told.reason})", *[NONE] * 5)
        words = sum(len(text.split()) for text in texts[: len(told.findings)])
        figures = [f"{s:.1f} s" for s in told.load] + [f"{words / s:,.0f}" for s in told.read]
        return (f"{rival.name} {told.version}", rival.made_for, f"{len(told.findings):,}", *figures)

    head = ("", "made for", "answers", "load (clock)", "load (processor)", "words/s (clock)", "words/s (processor)")
    return markdown(head, (row(*pair) for pair in outcomes), 2)


def _share(held: Sequence[bool]) -> str:
    return f"{sum(held) / len(held):.0%}" if held else NONE


def reports(outcomes: Outcomes) -> str:
    """How much each says of an answer, and whether a remark quotes, gives a reason, and a remedy."""

    def row(rival: Rival, told: Outcome) -> Row:
        if isinstance(told, Missing):
            return (rival.name, told.reason, *[NONE] * 5)
        every = told.every
        kinds = str(len({span.kind for span in every}))
        quoted = _share([span.start < span.end for span in every])
        each = (_share([span.why for span in every]), _share([span.fix for span in every]))
        return (rival.name, told.whole, f"{len(every) / len(told.findings):.1f}", kinds, quoted, *each)

    head = ("", "of the whole answer", "findings an answer", "kinds", "with words", "with reason", "with fix")
    return markdown(head, (row(*pair) for pair in outcomes), 2)


def marked(sentences: Iterable[LabelledSentence], spans: Iterable[tuple[int, int]]) -> list[bool]:
    """For each sentence, whether a span lies in it or reaches into it."""
    where = list(spans)
    return [any(start < one.end and end > one.start for start, end in where) for one in sentences]


def hedging(outcomes: Outcomes, answers: Sequence[LabelledAnswer]) -> str:
    """How well each finds the sentences that hedge, where it has a kind for that; the answers are the first it read."""
    judged = [(i, answer) for i, answer in enumerate(answers) if answer.spans is not None]
    truth = [
        held
        for _, answer in judged
        for held in marked(answer.sentences, [(s.start, s.end) for s in answer.spans or () if s.label in HEDGES])
    ]

    def row(rival: Rival, told: Run, title: str, kinds: Sequence[str]) -> Row:
        found = [
            held
            for i, answer in judged
            for held in marked(answer.sentences, [(s.start, s.end) for s in told.findings[i] if s.kind in kinds])
        ]
        scores = precision_recall_fscore_support(truth, found, average="binary", zero_division=0.0)[:3]
        return (rival.name, title, str(sum(found)), *(f"{score:.2f}" for score in scores))

    rows = [
        row(rival, told, title, kinds)
        for rival, told in outcomes
        if isinstance(told, Run)
        for title, kinds in rival.hedging.items()
    ]
    head = ("", f"of {len(truth):,} sentences, {sum(truth):,} hedge", "found", "precision", "recall", "F1")
    return markdown(head, rows, 2)


def main() -> None:
    """Print the tables."""
    names = [rival.name for rival in rivals()]
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--answers", type=int, default=ANSWERS, help=f"how many are read (default {ANSWERS})")
    options.add_argument("--slow", type=int, default=ANSWERS, help="how many at most by what is slow")
    options.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME", help="some of the tools")
    chosen = options.parse_args()
    read = corpus.read()
    dev = read.split("dev")
    texts = [answer.text for answer in [*dev, *read.split("train")][: chosen.answers]]
    wanted = [rival for rival in rivals() if rival.name in chosen.only]
    outcomes = [(rival, run(rival, texts[: chosen.slow] if rival.slow else texts)) for rival in wanted]
    judged = dev[: min(chosen.answers, chosen.slow)]
    print(f"{speed(outcomes, texts)}\n\n{reports(outcomes)}\n\n{hedging(outcomes, judged)}")


if __name__ == "__main__":
    main()
