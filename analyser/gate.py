"""Whether there is anything to judge: "cannot tell" is a result, and comes with its reason."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from analyser.reading import Reading
from analyser.results import CannotTell

FEWEST_WORDS = 25
# Function words (the, and, to …) make up a sixth and more of any English answer, telegram style included; other
# languages share a few by accident. The tests hold the whole corpus above this line, other languages below.
FEWEST_FUNCTION_WORDS = 0.12
MOST_REPEATS = 0.4  # of all words the commonest one; in speech "the" or "I" reaches a tenth
FEWEST_LETTERS = 0.6  # of all characters that are not blanks

# No word that other languages write too (am, so, was, in, an, on, no, me, a, he …).
_FUNCTION = frozenset(
    "the and or but if because when then that this these those there it its she they them his her their my we our "
    "you your to of for with from by about into over after before than is are were be been being did does have has "
    "had will would could should can may might must not what which who how any more just very also up out i".split()
)


_REASONS = {
    reason.code: reason
    for reason in (
        CannotTell(
            code="empty",
            reason="There are no words to read.",
            fix="Paste in what you said, the way you said it.",
        ),
        CannotTell(
            code="too_short",
            reason=f"Fewer than {FEWEST_WORDS} words are too few to judge an answer by.",
            fix="Tell the whole of it, as you would aloud: what happened, what you did, how it ended.",
        ),
        CannotTell(
            code="noise",
            reason="This does not read like speech.",
            fix="Check that the right text was pasted: spoken sentences and nothing else.",
        ),
        CannotTell(
            code="not_english",
            reason="This does not read like English, the only language heard here.",
            fix="Give the answer in English; plain words are fine, and so are mistakes.",
        ),
        CannotTell(
            code="no_story",
            reason="Nothing is told here that happened once.",
            fix="Take one event that really happened, and say what you did in it and what came of it.",
        ),
    )
}


@lru_cache(maxsize=1024)  # sentences are counted for their part and for their section
def spoken_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case: what has a letter or a digit, between blanks."""
    words = (piece.strip(".,;:!?\"'“”‘’()[]-–—*•…").lower() for piece in text.split())
    return tuple(word for word in words if word.isalnum() or any(map(str.isalnum, word)))


def unreadable(text: str) -> CannotTell | None:
    """Why a text cannot be judged at all, or ``None`` where it can."""
    words = spoken_words(text)
    if not words:
        return _REASONS["empty"]
    if len(words) < FEWEST_WORDS:
        return _REASONS["too_short"]
    if _is_noise(text, words):
        return _REASONS["noise"]
    return _REASONS["not_english"] if function_share(words) < FEWEST_FUNCTION_WORDS else None


def function_share(words: Sequence[str]) -> float:
    """Which part of the words are English function words."""
    plain = (word.replace("’", "'").split("'")[0] for word in words)
    return sum(word in _FUNCTION for word in plain) / max(1, len(words))


def _is_noise(text: str, words: Sequence[str]) -> bool:
    solid = Counter("".join(text.split()))
    letters = sum(n for character, n in solid.items() if unicodedata.category(character)[0] in "LMN") / solid.total()
    commonest = Counter(words).most_common(1)[0][1] / len(words)
    return letters < FEWEST_LETTERS or commonest > MOST_REPEATS


def no_story(reading: Reading) -> CannotTell | None:
    """Why a readable text shows no signal, where nothing in it is told as having happened."""
    return None if any(deed.event for deed in reading.deeds) else _REASONS["no_story"]
