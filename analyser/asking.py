"""Which of some known questions a question is like, by the words that they share; rare words count for more."""

import math
from collections import Counter
from collections.abc import Sequence

# Words that are in every question whatever it asks for.
_FRAME = frozenset(
    "a about all an and any are as at be been but by can could describe did do does ever example for from get give had "
    "has have how i if in is it its last me most my of on one or our out share some something someone somebody tell "
    "that the their them then there they thing this through time to up us walk was we were what when where which who "
    "whom why with would you your yourself".split()
)
_ENDINGS = ("ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")
_SHORTEST = 4  # letters that are left of a word without its ending


def likeness(question: str, known: Sequence[str]) -> list[float]:
    """How like each known question is, from 0 (no word shared) to 1 (the same words)."""
    bags = [_words(text) for text in known]
    spread = Counter(word for bag in bags for word in bag)
    rarity = {word: math.log((1 + len(bags)) / (1 + count)) + 1 for word, count in spread.items()}
    asked = _words(question)
    return [_cosine(asked, bag, rarity, math.log(1 + len(bags)) + 1) for bag in bags]


def _cosine(one: frozenset[str], other: frozenset[str], rarity: dict[str, float], unseen: float) -> float:
    shared, left, right = (sum(rarity.get(word, unseen) ** 2 for word in words) for words in (one & other, one, other))
    return shared / math.sqrt(left * right) if shared else 0.0


def _words(text: str) -> frozenset[str]:
    plain = "".join(c if c.isalnum() else " " for c in text.lower().replace("'", "").replace("’", ""))
    return frozenset(_stem(word) for word in plain.split() if word not in _FRAME)


def _stem(word: str) -> str:
    """The word without its ending, so that *failed* and *failure* are near enough to *fail* and each other's forms."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST), "")
    return word.removesuffix(ending)
