"""Whether one occasion is told, or only how things usually are; and whether the question wants one.

"I have tried to make lists" and "I worked at a hotel" tell of no day on which something happened; "I asked her" and
"we moved the shelves" do.
"""

from collections.abc import Iterator
from itertools import pairwise

from analyser import lexicon
from analyser.gate import spoken_words
from analyser.reading import Deed, Reading

_HAVE = frozenset("have has having 've ’ve".split())
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_BETWEEN = 2  # words that may stand between "have" and its participle: "have always just done"
# Outlines of a life that are a deed all the same, where the question is who did it.
_CHARGE = frozenset({"lead", "oversee"})
# What a question names that wants to know what somebody is like …
_TRAITS = frozenset(
    "weakness weaknesses strength strengths flaw flaws shortcoming shortcomings trait traits qualities personality "
    "yourself".split()
)
_CALLED = frozenset({("a", "leader"), ("team", "player")})
# … and what it says where it wants a time when that showed.
_OCCASION = frozenset(
    "time times example examples instance situation occasion story episode moment once ever when did recently".split()
)


def asks_about_self(question: str | None) -> bool:
    """Whether the question wants to know what the speaker is like, and no time when that showed."""
    words = spoken_words(question or "")
    named = not _TRAITS.isdisjoint(words) or not _CALLED.isdisjoint(pairwise(words))
    return named and _OCCASION.isdisjoint(words)


def own_deeds(reading: Reading) -> list[Deed]:
    """What the speaker says outright with an "I": a deed, and no outline of a life, but for what they led."""
    outline = lexicon.of("agency").sets["outline"] - _CHARGE
    return [deed for deed in reading.deeds if deed.agent == "I" and deed.event and deed.verb.lower() not in outline]


def told_once(reading: Reading) -> list[Deed]:
    """What the speaker or the team did at one time: no outline of a life, nor what they "have done" up to now."""
    outline, lasting = lexicon.of("agency").sets["outline"], set(_lasting(reading))
    own = (deed for deed in reading.deeds if deed.event and deed.agent in {"I", "we"})
    return [deed for deed in own if deed.start not in lasting and deed.verb.lower() not in outline]


def _lasting(reading: Reading) -> Iterator[int]:
    """Where the verbs stand that tell no one time: "not insisting", "have tried to sort and to file"."""
    for sentence in reading.sentences:
        lasts = False
        for i, token in enumerate(sentence.tokens):
            before = {one.text.lower() for one in sentence.tokens[max(0, i - 1 - _BETWEEN) : i]}
            if token.tag in _FINITE:
                lasts = token.text.lower() in _HAVE
            elif token.tag == "VBG" or (lasts and token.tag == "VB") or (token.tag == "VBN" and before & _HAVE):
                yield token.start
