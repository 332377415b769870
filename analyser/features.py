"""What the models see of an answer: the one definition, used in training and in serving alike.

Two views. *Terms* are strings counted in a sentence (words, delexicalised words, deeds, what the
detectors found); they fit the written world. *Meaning* is a sentence's vector from the encoder, which
carries over to real speech. In fast mode there are only the terms.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from analyser.reading import Floats, Reading, Sentence, Token

# Word classes whose members say what a story is about, not what happens in it.
_TOPIC = frozenset({"NOUN", "PROPN", "NUM", "SYM", "X", "ADJ"})
_SILENT = frozenset({"PUNCT", "SPACE", "INTJ"})
# Nouns that tell what kind of story this is stay as they are.
_TELLING = frozenset(
    "feedback decision mistake fault risk data tradeoff option opinion idea team manager lead boss customer user "
    "deadline result problem issue conversation disagreement agreement error review responsibility reason".split()
)
WORDS = "w:"  # what a term of plain words begins with
EDGES = 4  # sentences of a longer answer that count as its beginning or its end
NEIGHBOUR = 0.7  # what a sentence's neighbours, and the answer, weigh beside itself
OUTSIDE = -5.0  # the score of a label before the first sentence and after the last: surely not


def words(sentence: Sentence) -> list[Token]:
    """The sentence's words, without punctuation and interjections."""
    return [token for token in sentence.tokens if token.pos not in _SILENT]


def _delexicalised(token: Token) -> str:
    lemma = token.lemma.lower()
    return token.pos if token.pos in _TOPIC and lemma not in _TELLING else lemma


def _ngrams(items: Sequence[str], longest: int, prefix: str) -> list[str]:
    """The n-grams up to the longest, the shorter ones first; each is one that is shorter by a word, and a word."""
    grams = shorter = [prefix + item for item in items]
    for n in range(1, longest):
        shorter = [f"{gram} {item}" for gram, item in zip(shorter, items[n:], strict=False)]
        grams = grams + shorter
    return grams


def terms(reading: Reading) -> list[Counter[str]]:
    """The terms of each sentence: words and word pairs, delexicalised 1–3-grams, deeds, findings."""
    counts = []
    for sentence in reading.sentences:
        spoken = words(sentence)
        plain = _ngrams([token.text.lower() for token in spoken], 2, WORDS)
        counts.append(Counter(plain + _ngrams([_delexicalised(token) for token in spoken], 3, "d:")))
    for index, term in _events(reading):
        counts[index][term] += 1
    return counts


def plain(count: Mapping[str, int]) -> dict[str, int]:
    """The terms of plain words among those of a sentence."""
    return {term: often for term, often in count.items() if term.startswith(WORDS)}


def _events(reading: Reading) -> Iterator[tuple[int, str]]:
    """Deeds and findings as terms, each with the index of its sentence."""
    starts = [sentence.start for sentence in reading.sentences]
    for deed in reading.deeds:
        yield _index(starts, deed.start), f"deed:{deed.agent} {deed.verb.lower()}"
        yield _index(starts, deed.start), f"agent:{deed.agent}{' event' if deed.event else ''}"
    for finding in reading.findings:
        yield _index(starts, finding.start), f"found:{finding.label}"
        yield _index(starts, finding.start), f"rule:{finding.rule}"


def _index(starts: Sequence[int], offset: int) -> int:
    return max(0, bisect_right(starts, offset) - 1)


def pooled(vectors: Floats) -> Floats:
    """An answer's meaning, shape ``(768,)``: the mean and the maximum of its sentences' vectors; zeros for none."""
    if not len(vectors):
        return np.zeros(2 * vectors.shape[1])
    return np.concatenate([vectors.mean(axis=0), vectors.max(axis=0)])


def pooled_without(vectors: Floats) -> Floats:
    """The same if each sentence in turn were taken away, shape ``(sentences, 768)``."""
    first, second = _highest(vectors, 2)
    highest = np.where(vectors == first, second, first) if len(vectors) > 1 else np.zeros(vectors.shape)
    return np.hstack([_others(vectors) / max(1, len(vectors) - 1), highest])


def summed_up(parts: Floats) -> Floats:
    """What an answer's sentences were heard as, shape ``(4 × labels,)``.

    ``parts`` holds the probability of each label for each sentence; of each label its highest, its mean, its
    second highest, and the root of its sum.
    """
    first, second = _highest(parts, 2, 0.0)
    total = parts.sum(axis=0)
    return np.concatenate([first, total / max(1, len(parts)), second, np.sqrt(total)])


def summed_up_without(parts: Floats) -> Floats:
    """The same if each sentence in turn were taken away, shape ``(sentences, 4 × labels)``."""
    first, second, third = _highest(parts, 3, 0.0)
    total = _others(parts)
    highest = np.where(parts >= first, second, first), np.where(parts >= second, third, second)
    return np.hstack([highest[0], total / max(1, len(parts) - 1), highest[1], np.sqrt(total)])


def _highest(rows: Floats, count: int, lowest: float = -np.inf) -> Floats:
    """The highest values of each column, shape ``(count, width)``; ``lowest`` where there are too few."""
    padded = np.vstack([rows, np.full((count, rows.shape[1]), lowest)])
    return np.asarray(np.sort(padded, axis=0)[: -count - 1 : -1])


def _others(rows: Floats) -> Floats:
    """The sum of all rows but each in turn; from both sides, since what is subtracted leaves rounding behind."""
    none = np.zeros((1, rows.shape[1]))
    before, after = np.cumsum(rows[:-1], axis=0), np.cumsum(rows[:0:-1], axis=0)[::-1]
    return np.vstack([none, before]) + np.vstack([after, none])


def in_context(counts: Sequence[Counter[str]], placed: bool = True) -> list[Counter[str]]:
    """Each sentence's terms, with what its neighbours were found to be and, if ``placed``, where it stands.

    A sentence that was taken from no answer has no place.
    """
    found = [[term for term in count if term.startswith(("found:", "agent:"))] for count in counts]
    last = len(counts) - 1
    own = []
    for i, count in enumerate(counts):
        beside = [f"before {term}" for term in (found[i - 1] if i else ())]
        beside += [f"after {term}" for term in (found[i + 1] if i < last else ())]
        if placed:
            beside += [
                f"from start:{min(i, EDGES)}",
                f"from end:{min(last - i, EDGES)}",
                f"fifth:{5 * i // (last + 1)}",
            ]
        own.append(count.copy())
        own[i].update(beside)
    return own


def around(vectors: Floats, placed: bool = True) -> Floats:
    """Each sentence's vector, those beside it and, if ``placed``, the mean of all, shape ``(n, 4 × width)``."""
    before, after = _beside(vectors, 0.0)
    whole = vectors.mean(axis=0) if placed and len(vectors) else np.zeros(vectors.shape[1])
    others = NEIGHBOUR * np.hstack([before, after, np.broadcast_to(whole, vectors.shape)])
    return np.hstack([vectors, others])


def in_story(terms: Floats, meaning: Floats | None) -> Floats:
    """What is known of each sentence after all were scored by themselves, a row a sentence.

    ``terms`` and ``meaning`` hold one score a label for each sentence. A row has the sentence's own scores
    and its neighbours'; of the terms' scores also the best before and after it, and the mean; and its place.
    """
    before, after = _beside(terms, OUTSIDE)
    sooner, later = np.maximum.accumulate(before), np.maximum.accumulate(after[::-1])[::-1]
    mean = np.broadcast_to(terms.mean(axis=0), terms.shape)
    blocks = [terms, before, after, sooner, later, mean, _places(len(terms))]
    return np.hstack(blocks if meaning is None else [*blocks, meaning, *_beside(meaning, 0.0)])


def _beside(rows: Floats, outside: float) -> tuple[Floats, Floats]:
    """The row before each and the row after each; ``outside`` where there is none."""
    edge = np.full((1, rows.shape[1]), outside)
    return np.vstack([edge, rows[:-1]]), np.vstack([rows[1:], edge])


def _places(length: int) -> Floats:
    """How far into the answer each sentence stands, how many are before and after it, and how many there are."""
    at = np.arange(length, dtype=np.float64)
    return np.stack([at / max(1, length - 1), at, at[::-1], np.full(length, float(length))], axis=1)
