"""Stories told twice: their words compared, the rarer in this bank the weightier."""

import math
from collections import Counter
from collections.abc import Sequence

from analyser.gate import spoken_words
from analyser.stories import Twins

# Cosine of weighted word counts. Of 3.1 million pairs of different answers in the corpus five reach this, none by one
# speaker; the story of the sample bank that is told anew in other sentences reaches 0.74.
ALIKE = 0.4
ROWS_AT_A_TIME = 1_000
MOST = 20_000  # stories; above, comparing all with all takes minutes
COMMON = 0.2  # in a large bank, a word of more than this share of the stories tells none of them apart
LARGE = 200


def twins(rows: Sequence[int], texts: Sequence[str]) -> tuple[Twins, ...]:
    """The pairs of rows that tell the same story, likest first; none are looked for in more than ``MOST``."""
    if not 2 <= len(texts) <= MOST:
        return ()
    matrix = _vectors([Counter(spoken_words(text)) for text in texts])
    found = []
    for start in range(0, len(texts), ROWS_AT_A_TIME):
        near = (matrix[start : start + ROWS_AT_A_TIME] @ matrix.T).tocoo()
        kept = (near.data >= ALIKE) & (near.row + start < near.col)
        for i, j, likeness in zip(near.row[kept] + start, near.col[kept], near.data[kept], strict=True):
            found.append(Twins(first=rows[i], second=rows[j], likeness=round(min(1.0, float(likeness)), 2)))
    return tuple(sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second)))


def _vectors(counts: Sequence[Counter[str]]):  # type: ignore[no-untyped-def]  # noqa: ANN202  # scipy has no types
    """A row of length 1 for each story, a column for each word."""
    from scipy.sparse import csr_array

    spread = Counter(word for count in counts for word in count)
    most = COMMON * len(counts) if len(counts) > LARGE else len(counts)
    weights = {word: math.log((1 + len(counts)) / many) for word, many in spread.items() if many <= most}
    places = {word: place for place, word in enumerate(weights)}
    entries = [(row, *entry) for row, count in enumerate(counts) for entry in _unit(count, weights, places)]
    at, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((values, (at, columns)), shape=(len(counts), max(1, len(places))), dtype=float)


def _unit(count: Counter[str], weights: dict[str, float], places: dict[str, int]) -> list[tuple[int, float]]:
    raised = {word: (1 + math.log(many)) * weights[word] for word, many in count.items() if word in weights}
    length = math.sqrt(sum(value * value for value in raised.values())) or 1.0
    return [(places[word], value / length) for word, value in raised.items()]


def groups(rows: Sequence[int], pairs: Sequence[Twins]) -> dict[int, int]:
    """The first row that tells each row's story: the same one for all that tell it."""
    above = {row: row for row in rows}

    def head(row: int) -> int:
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    for pair in pairs:
        first, second = sorted((head(pair.first), head(pair.second)))
        above[second] = first
    return {row: head(row) for row in rows}
