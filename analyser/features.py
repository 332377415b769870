"""What the models see of an answer: the one definition, used in training and in serving alike.

Two views. *Terms* are strings counted in a sentence (words, delexicalised words, deeds, what the
detectors found); they fit the written world. *Meaning* is a sentence's vector from the encoder, which
carries over to real speech. In fast mode there are only the terms.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from analyser.reading import Floats, Reading, Sentence, Token

# Word classes whose members say what a story is about, not what happens in it.
_TOPIC = frozenset({"NOUN", "PROPN", "NUM", "SYM", "X", "ADJ"})
_SILENT = frozenset({"PUNCT", "SPACE", "INTJ"})
# Nouns that tell what kind of story this is stay as they are.
_TELLING = frozenset(
    "feedback decision mistake fault risk data tradeoff option opinion idea team manager lead boss customer user "
    "deadline result problem issue conversation disagreement agreement error review responsibility reason".split()
)
EDGES = 4  # sentences of a longer answer that count as its beginning or its end
NEIGHBOUR = 0.7  # what a sentence's neighbours, and the answer, weigh beside itself
OUTSIDE = -5.0  # the score of a label before the first sentence and after the last: surely not


def words(sentence: Sentence) -> list[Token]:
    """The sentence's words, without punctuation and interjections."""
    return [token for token in sentence.tokens if token.pos not in _SILENT]


def _delexicalised(token: Token) -> str:
    lemma = token.lemma.lower()
    return token.pos if token.pos in _TOPIC and lemma not in _TELLING else lemma


def _ngrams(items: Sequence[str], longest: int, prefix: str) -> Iterator[str]:
    for n in range(1, longest + 1):
        for i in range(len(items) - n + 1):
            yield f"{prefix}:{' '.join(items[i : i + n])}"


def terms(reading: Reading) -> list[Counter[str]]:
    """The terms of each sentence: words and word pairs, delexicalised 1–3-grams, deeds, findings."""
    counts = []
    for sentence in reading.sentences:
        spoken = words(sentence)
        count = Counter(_ngrams([token.text.lower() for token in spoken], 2, "w"))
        count.update(_ngrams([_delexicalised(token) for token in spoken], 3, "d"))
        counts.append(count)
    for index, term in _events(reading):
        counts[index][term] += 1
    return counts


def _events(reading: Reading) -> Iterator[tuple[int, str]]:
    """Deeds and findings as terms, each with the index of its sentence."""
    starts = np.array([sentence.start for sentence in reading.sentences])
    for deed in reading.deeds:
        yield _index(starts, deed.start), f"deed:{deed.agent} {deed.verb.lower()}"
        yield _index(starts, deed.start), f"agent:{deed.agent}{' event' if deed.event else ''}"
    for finding in reading.findings:
        yield _index(starts, finding.start), f"found:{finding.label}"
        yield _index(starts, finding.start), f"rule:{finding.rule}"


def _index(starts: NDArray[np.int64], offset: int) -> int:
    return max(0, int(np.searchsorted(starts, offset, side="right")) - 1)


def pooled(vectors: Floats) -> Floats:
    """An answer's meaning, shape ``(768,)``: the mean and the maximum of its sentences' vectors; zeros for none."""
    if not len(vectors):
        return np.zeros(2 * vectors.shape[1])
    return np.concatenate([vectors.mean(axis=0), vectors.max(axis=0)])


def pooled_without(vectors: Floats) -> Floats:
    """The same with each sentence taken away in turn, shape ``(n, 768)``."""
    if len(vectors) < 2:
        return np.zeros((len(vectors), 2 * vectors.shape[1]))
    means = (vectors.sum(axis=0) - vectors) / (len(vectors) - 1)
    second, first = np.partition(vectors, -2, axis=0)[-2:]
    is_first = np.arange(len(vectors))[:, None] == vectors.argmax(axis=0)
    return np.hstack([means, np.where(is_first, second, first)])


def in_context(counts: Sequence[Counter[str]], placed: bool = True) -> list[Counter[str]]:
    """Each sentence's terms, with what its neighbours were found to be and, if ``placed``, where it stands.

    A sentence that was taken from no answer has no place.
    """
    own = [count.copy() for count in counts]
    found = [[term for term in count if term.startswith(("found:", "agent:"))] for count in own]
    last = len(own) - 1
    for i, count in enumerate(own):
        if placed:
            count.update([f"from start:{min(i, EDGES)}", f"from end:{min(last - i, EDGES)}"])
            count[f"fifth:{5 * i // (last + 1)}"] += 1
        count.update(f"before {term}" for term in (found[i - 1] if i else ()))
        count.update(f"after {term}" for term in (found[i + 1] if i < last else ()))
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
