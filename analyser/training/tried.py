"""Every way to tell the signal that was tried, fitted by the code that ships, and what it gave.

On voices of the corpus that were not heard, by the folds of the training, and on labelled answers from elsewhere.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from analyser import features
from analyser.encoder import WIDTH
from analyser.models import MODES, Mode
from analyser.reading import Floats
from analyser.training import corpus, cutting
from analyser.training.answers import SIGNAL, answer_bags, calibrate, hear, join
from analyser.training.attention import Attended
from analyser.training.baselines import SHOWN, UNHEARD, Examples, Figures, shown
from analyser.training.examples import prepare, prepare_contrast, voices
from analyser.training.fit import Counted, Indices, folds, on_one_thread
from analyser.training.judged import read_judged
from analyser.training.sentences import SentenceFit, fit_sentences
from analyser.training.table import Table
from analyser.training.views import Boosted, Halves, Rows, Terms, Trial
from analyser.training.ways import WAYS, Way

FILE = "tried.json"
ELSEWHERE = "elsewhere"
SMOOTHED = 0.1  # of an answer that belongs to all classes alike
HEADINGS = {"strict": "strict", "with_runner_up": "runner-up", "macro_f1": "F1"}
Tried = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """The answers to learn from, then those from elsewhere; ``parts`` holds what the sentences of each are heard as."""

    learned: Examples
    elsewhere: Examples
    parts: Mapping[Mode, Sequence[Floats]]

    @classmethod
    def of(cls, learned: Examples, elsewhere: Examples, sentences: Mapping[Mode, SentenceFit]) -> "Material":
        """Those that are learned from are heard by rounds that had not heard their voices."""
        models = {mode: sentences[mode].model() for mode in MODES}
        parts = {
            mode: [
                *(sentences[mode].unheard[example.told.id] for example in learned),
                *(hear(models[mode], example).parts for example in elsewhere),
            ]
            for mode in MODES
        }
        return cls(learned, elsewhere, parts)

    @property
    def every(self) -> Examples:
        """All of them."""
        return [*self.learned, *self.elsewhere]

    def turns(self) -> list[tuple[Indices, Indices]]:
        """Which answers teach and which are tried: the folds of the training, and all for those from elsewhere."""
        known, others = np.arange(len(self.learned)), np.arange(len(self.learned), len(self.every))
        return [*folds(voices(self.learned)), *([(known, others)] if len(others) else [])]


def _summed(material: Material, mode: Mode) -> Floats:
    return np.array([features.summed_up(parts) for parts in material.parts[mode]])


def _meant(material: Material) -> Floats:
    return np.array([features.pooled(example.vectors) for example in material.every])


def _thirds(vectors: Floats) -> Floats:
    means = [part.mean(axis=0) if len(part) else np.zeros(WIDTH) for part in np.array_split(vectors, 3)]
    return np.concatenate([features.pooled(vectors), *means])


def _said(material: Material, prefix: str = "") -> Terms:
    bags = answer_bags(material.every)
    return Terms(Counted.of([Counter({t: n for t, n in bag.items() if t.startswith(prefix)}) for bag in bags]))


def _found(material: Material) -> Floats:
    """How many findings of each label the detectors made, in logarithms."""
    counts = [Counter(finding.label for finding in example.reading.findings) for example in material.every]
    labels = sorted(set().union(*counts))
    return np.asarray(np.log1p([[count[label] for label in labels] for count in counts]))


def _halves(rows: Sequence[Floats], summary: Callable[[Floats], Floats]) -> Halves:
    """Each answer whole, and its first half and its second as answers of their own."""
    cut = [half for row in rows for half in np.array_split(row, 2)]
    return Halves(np.array([summary(row) for row in rows]), np.array([summary(half) for half in cut]))


VIEWS: Mapping[str, Callable[[Material], Trial]] = {
    "parts": lambda material: Rows(_summed(material, "full")),
    "parts, fast": lambda material: Rows(_summed(material, "fast")),
    "parts and findings": lambda material: Rows(np.hstack([_summed(material, "full"), _found(material)])),
    "parts of halves": lambda material: _halves(material.parts["full"], features.summed_up),
    "mean": lambda material: Rows(_meant(material)[:, :WIDTH]),
    "meaning": lambda material: Rows(_meant(material)),
    "meaning by thirds": lambda material: Rows(np.array([_thirds(e.vectors) for e in material.every])),
    "meaning of halves": lambda material: _halves([e.vectors for e in material.every], features.pooled),
    "meaning attended": lambda material: Attended([e.vectors for e in material.every]),
    "terms": _said,
    "words": lambda material: _said(material, features.WORDS),
    "delexicalised": lambda material: _said(material, "d:"),
    "parts boosted": lambda material: Boosted(_summed(material, "full")),
}


def _right(examples: Examples) -> Floats:
    return np.eye(len(SIGNAL.classes))[[SIGNAL.classes.index(SIGNAL.right(example.told)) for example in examples]]


def _plain(examples: Examples) -> Floats:
    weights = [1.0 if example.told.manner == "vivid" else 2.0 for example in examples]
    return np.asarray(SIGNAL.targets(examples) * np.array(weights)[:, None])


TARGETS: Mapping[str, Callable[[Examples], Floats]] = {
    "shares": SIGNAL.targets,
    "right alone": _right,
    "smoothed": lambda examples: (1 - SMOOTHED) * _right(examples) + SMOOTHED / len(SIGNAL.classes),
    "plain doubled": _plain,
}


@on_one_thread
def figures(material: Material) -> dict[str, dict[str, Figures]]:
    """What each way gives, by where it was tried."""
    known: dict[tuple[str, str], Floats] = {}
    return {way.name: _tried(way, material, known) for way in WAYS}


def _tried(way: Way, material: Material, known: dict[tuple[str, str], Floats]) -> dict[str, Figures]:
    targets, count = TARGETS[way.targets](material.learned), len(material.learned)
    for name in way.views:
        if (name, way.targets) not in known:
            known[name, way.targets] = _heard(VIEWS[name](material), targets, material)
    heard = [known[name, way.targets] for name in way.views]
    trust, prior = calibrate([view[:count] for view in heard], targets, way.shares)
    chances = join(heard, trust, SIGNAL.handicapped(prior) if way.handicapped else prior)
    tried = {UNHEARD: (material.learned, chances[:count]), ELSEWHERE: (material.elsewhere, chances[count:])}
    return {where: shown(examples, given) for where, (examples, given) in tried.items() if examples}


def _heard(view: Trial, targets: Floats, material: Material) -> Floats:
    """The log-probabilities of all answers, each by a fit that has not heard its voice."""
    turns = material.turns()
    heard = np.zeros((len(material.every), targets.shape[1]))
    every = Parallel(n_jobs=-1)(delayed(view.held)(targets, *turn) for turn in turns)
    for (_, held), chances in zip(turns, every, strict=True):
        heard[held] = chances
    return heard


def compare(file: Path | None = None) -> Tried:
    """Fit every way anew on the corpus' train and dev splits, and try it there and on labelled answers of a file.

    Raises:
        InputError: the file cannot be read, or a line lacks its labels.
    """
    told, source = read_judged(file) if file else [], corpus.read()
    whole, learned = cutting.cut_unheard(source.split("train", "dev"))
    with cutting.cutter(whole) as first:
        contrast = prepare_contrast(source.contrast("train", "dev"), first)
        elsewhere = prepare(told, first) if told else []
    ways = figures(Material.of(learned, elsewhere, fit_sentences(learned, contrast)))
    return {"corpus": source.digest, "learned": len(learned), ELSEWHERE: len(elsewhere), "ways": ways}


# ---- kept and shown


def read(folder: Path) -> Tried | None:
    """What was tried, as it is kept beside the models; ``None`` where it is not."""
    file = folder / FILE
    found: Tried | None = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    return found


def written(tried: Tried) -> str:
    """As ``read`` reads it."""
    return json.dumps(tried, indent=1) + "\n"


def render(tried: Tried, form: str) -> str:
    """The figures as ``json``, or as a table in Markdown that can be read as it stands."""
    return written(tried).rstrip() if form == "json" else table(tried).aligned()


def table(tried: Tried) -> Table:
    """A row for each way."""
    keys = [(where, key) for where in (UNHEARD, *([ELSEWHERE] if tried[ELSEWHERE] else [])) for key in SHOWN[1:]]
    columns = ("the signal by", *(f"{HEADINGS[key]}{'*' * (where == ELSEWHERE)}" for where, key in keys))
    rows = [(name, *(f"{row[where][key]:.3f}" for where, key in keys)) for name, row in tried["ways"].items()]
    return Table(_title(tried), columns, tuple(rows))


def _title(tried: Tried) -> str:
    there = f"; with a star: the file's {tried[ELSEWHERE]:,} answers" if tried[ELSEWHERE] else ""
    return f"Unheard voices, cross-validated on {tried['learned']:,} answers{there}"


def reasons() -> dict[str, str]:
    """Why each way was kept or left."""
    return {way.name: way.why for way in WAYS}
