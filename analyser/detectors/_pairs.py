"""Which two quantities are the ends of one movement: "from 800 ms to 120 ms", "it was forty minutes, cut to six"."""

from spacy.tokens import Doc

from analyser.detectors._numbers import APPROXIMATORS, DASHES, Quantity, before, is_numeral, word

_NEAR = 6  # words, at most, between the two ends
_LOWERED = frozenset("cut brought got reduced lowered trimmed went dropped fell came".split())


def belong(doc: Doc, words: list[str], left: Quantity, right: Quantity) -> bool:
    """Whether the second is what the first became."""
    return _is_pair(words, left, right) or _is_cut(doc, words, left, right)


def _is_pair(words: list[str], left: Quantity, right: Quantity) -> bool:
    """Whether the two are the ends of "from … to …", with at most a few words of the first one's between."""
    close = right.start - left.end <= _NEAR
    return (
        close
        and "name" not in {left.kind, right.kind}
        and before(words, left.start) == "from"
        and before(words, right.start) == "to"
    )


def _is_cut(doc: Doc, words: list[str], left: Quantity, right: Quantity) -> bool:
    """Whether the second is what the first came to: "it was forty minutes, and we cut it to six"."""
    at = right.start - 1
    while word(words, at) in APPROXIMATORS | {"it", "that", "them", "down", "to"}:
        at -= 1
    ended = "to" in words[at + 1 : right.start] and word(words, at) in _LOWERED
    bare = right.kind == "count" and all(is_numeral(w) or w in DASHES for w in words[right.start : right.end])
    near = at - left.end <= _NEAR and doc[left.start].sent == doc[right.start].sent
    return ended and bare and near and left.kind in {"time", "money", "share"}
