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
