"""What the second round learns from: whole answers, and fragments of them.

In whole answers nearly every sentence has others around it. A model that knew nothing else would hear next to
nothing in a sentence that stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from analyser import features
from analyser.reading import Floats
from analyser.training.fit import Indices

# Fragments of each answer, cut at random, and the sentences that one has at most.
FRAGMENTS, LONGEST, SEED = 2, 4, 0


@dataclass(frozen=True)
class Stories:
    """Rows as ``features.in_story`` makes them: one for each sentence, the first ``told``, then those of fragments.

    ``sentences`` says which sentence a row is about.
    """

    rows: Floats
    sentences: Indices
    told: int

    @classmethod
    def of(cls, answers: Sequence[slice], terms: Floats, meaning: Floats | None) -> Self:
        """From the first round's scores of each sentence, where each answer has its own; fragments are cut here."""
        chance = np.random.default_rng(SEED)
        texts = [*answers, *(_fragment(answer, chance) for answer in answers for _ in range(FRAGMENTS))]
        rows = [features.in_story(terms[text], None if meaning is None else meaning[text]) for text in texts]
        sentences = np.concatenate([np.arange(text.start, text.stop) for text in texts])
        return cls(np.vstack(rows), sentences, answers[-1].stop)

    @property
    def whole(self) -> Floats:
        """The rows of whole answers, one a sentence."""
        return self.rows[: self.told]

    def about(self, seen: Indices) -> tuple[Floats, Indices]:
        """All rows about some sentences, and which sentence each is about."""
        chosen = np.isin(self.sentences, seen)
        return self.rows[chosen], self.sentences[chosen]


def _fragment(answer: slice, chance: np.random.Generator) -> slice:
    length = int(chance.integers(1, min(LONGEST, answer.stop - answer.start) + 1))
    start = int(chance.integers(answer.start, answer.stop - length + 1))
    return slice(start, start + length)
