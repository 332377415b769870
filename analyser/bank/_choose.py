"""Five core stories and a backup for each: an optimal assignment, the same for the same stories in any order."""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import product
from typing import get_args

from analyser.bank._merit import worth
from analyser.results import SIGNALS, SignalName
from analyser.stories import Place, Story

SLOTS: tuple[tuple[SignalName, Place], ...] = tuple(product(SIGNALS, get_args(Place)))

_CORE = 3  # a core story weighs as much as this many backups
# Worths are counted in thousandths, and ties are broken by the stories' own words: whole numbers add up exactly, so
# that a story that is not chosen cannot change what is.
_STEPS, _TIES = 1_000, 10**9

Slot = tuple[SignalName, Place]


def assign(stories: Sequence[Story], texts: Mapping[int, str], group: Mapping[int, int]) -> dict[Slot, Story]:
    """The stories for the places that can be filled, each story once; of a story told twice, one telling."""
    from scipy.optimize import linear_sum_assignment

    by_head: dict[int, list[Story]] = {}
    for story in stories:
        by_head.setdefault(group[story.row], []).append(story)
    tellings = list(by_head.values())
    best = [[max(telling, key=lambda s: _value(s, slot, texts)) for telling in tellings] for slot in SLOTS]
    values = [[_value(story, slot, texts) for story in row] for slot, row in zip(SLOTS, best, strict=True)]
    if not tellings:
        return {}
    rows, columns = linear_sum_assignment([[*row, *[0] * len(SLOTS)] for row in values], maximize=True)
    return {SLOTS[i]: best[i][j] for i, j in zip(rows, columns, strict=True) if j < len(tellings) and values[i][j]}


def borrow(stories: Sequence[Story], filled: Mapping[Slot, Story]) -> dict[Slot, Story]:
    """The best story for each core place that stayed empty, though it is in use elsewhere."""
    empty = [signal for signal in SIGNALS if (signal, "core") not in filled]
    best = {signal: max(stories, key=lambda story: worth(story, signal), default=None) for signal in empty}
    return {(signal, "core"): story for signal, story in best.items() if story and worth(story, signal)}


def _value(story: Story, slot: Slot, texts: Mapping[int, str]) -> int:
    signal, place = slot
    steps = round(_STEPS * worth(story, signal)) * (_CORE if place == "core" else 1)
    return steps * _TIES + _tie(texts[story.row], slot) if steps else 0


def _tie(text: str, slot: Slot) -> int:
    digest = hashlib.sha256("\x1f".join((*slot, text)).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:3], "big")
