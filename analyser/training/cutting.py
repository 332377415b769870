"""What all else is learned from: sentences as the boundary model will cut those of voices that it has not heard."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from analyser import sentences
from analyser.training import boundaries
from analyser.training.corpus import LabelledAnswer
from analyser.training.examples import LabelledExample, prepare
from analyser.training.fit import folds
from analyser.training.packing import put

CUTTERS = 3  # boundary models that each leave out a part of the voices


@contextmanager
def cutter(fitted: boundaries.BoundaryFit) -> Iterator[Path]:
    """A folder with the boundary model alone: all else is fitted on the sentences that it cuts."""
    with tempfile.TemporaryDirectory() as scratch:
        put(Path(scratch), {sentences.FILE: fitted.packed()}, {})
        yield Path(scratch)


def cut_unheard(every: Sequence[LabelledAnswer]) -> tuple[boundaries.BoundaryFit, list[LabelledExample]]:
    """The boundary model, and the answers as read.

    Each of these is cut by a boundary model that has not heard its voice: as an unseen one will be.
    """
    told, turns = boundaries.gather(every), list(folds([answer.voice for answer in every], CUTTERS))
    heard = [{every[i].voice for i in seen} for seen, _ in turns]
    whole, *parts = boundaries.fit_each([told, *([one for one in told if one.voice in voices] for voices in heard)])
    examples: dict[int, LabelledExample] = {}
    for (_, held), part in zip(turns, parts, strict=True):
        with cutter(part) as folder:
            examples.update(zip(held.tolist(), prepare([every[i] for i in held], folder), strict=True))
    return whole, [examples[i] for i in range(len(every))]
