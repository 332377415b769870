"""What a reader should look at again: answers that repeat each other, labels that contradict each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neighbors import NearestNeighbors

from analyser.training.corpus.folder import Corpus
from analyser.training.corpus.labelled import LabelledAnswer

ALIKE = 0.6  # TF-IDF cosine from which on two answers count as one told twice
OPENING, MOST_OPENINGS = 5, 3  # words that open an answer, and how many answers may share them
_WORD = re.compile(r"[\w'’]+")


def doubts(corpus: Corpus) -> list[str]:
    """One sentence for each thing that looks wrong; none for a sound corpus."""
    return [
        *_alike([answer.id for answer in corpus.answers], [answer.text for answer in corpus.answers]),
        *_openings(corpus.answers),
        *(f"{answer.id}: {what}." for answer in corpus.answers for what in _contradictions(answer)),
    ]


def nearest(texts: Sequence[str]) -> list[tuple[float, int, int]]:
    """For each text the cosine with the one most like it, and both numbers; the most alike first."""
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    distances, found = NearestNeighbors(n_neighbors=2, metric="cosine").fit(matrix).kneighbors(matrix)
    rows = enumerate(zip(distances, found, strict=True))
    # of two texts that are the same, either may come first
    closest = ((i, next(k for k in (1, 0) if near[k] != i), gaps, near) for i, (gaps, near) in rows)
    return sorted(((1 - float(gaps[k]), i, int(near[k])) for i, k, gaps, near in closest), reverse=True)


def _alike(ids: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    for cosine, one, other in nearest(texts):
        if cosine >= ALIKE and one < other:
            yield f"{ids[one]} and {ids[other]} are alike (cosine {cosine:.2f}); rewrite one."


def _openings(answers: Sequence[LabelledAnswer]) -> Iterator[str]:
    heard = Counter(" ".join(_WORD.findall(answer.text.lower())[:OPENING]) for answer in answers)
    for words, times in heard.items():
        if times > MOST_OPENINGS:
            yield f"{times} answers open with {words!r}; {MOST_OPENINGS} may."


def _contradictions(answer: LabelledAnswer) -> Iterator[str]:
    said = frozenset(label for sentence in answer.sentences for label in sentence.labels)
    if answer.fault == "admits" and "own_fault" not in said:
        yield "fault is 'admits', but no sentence is own_fault"
    if answer.tradeoff_obvious and "tradeoff" not in said:
        yield "tradeoff_obvious, but no sentence is a tradeoff"
    if answer.fault_parts and answer.fault_parts.mistake and "own_fault" not in said:
        yield "the part 'mistake' is there, but no sentence is own_fault"
    if answer.outcome == "measured" and answer.spans is not None and not any(s.label == "metric" for s in answer.spans):
        yield "outcome is 'measured', but no phrase is a metric"
