"""Whether there is anything to judge: "cannot tell" is a result, and comes with its reason."""

from collections import Counter

from analyser.reading import Reading
from analyser.results import CannotTell

FEWEST_WORDS = 25
# Function words (the, and, to …) make up a quarter and more of any English answer, notes included; other
# languages share a few by accident. The tests hold the whole corpus above this line, other languages below.
FEWEST_FUNCTION_WORDS = 0.18
MOST_REPEATS = 0.4  # of all words the commonest one; in speech "the" or "I" reaches a tenth
FEWEST_LETTERS = 0.6  # of all characters that are not blanks

# No word that other languages write too (am, so, was, in, an, on, no, me, a, he …).
_FUNCTION = frozenset(
    "the and or but if because when then that this these those there it its she they them his her their my we our "
    "you your to of for with from by about into over after before than is are were be been being did does have has "
    "had will would could should can may might must not what which who how any more just very also up out i".split()
)


def spoken_words(text: str) -> list[str]:
    """The words of a text in lower case: what has a letter or a digit, between blanks."""
    words = (piece.strip(".,;:!?\"'“”‘’()[]-–—*•…").lower() for piece in text.split())
    return [word for word in words if any(character.isalnum() for character in word)]


def unreadable(text: str) -> CannotTell | None:
    """Why a text cannot be judged at all, or ``None`` where it can."""
    words = spoken_words(text)
    if not words:
        return CannotTell(code="empty", reason="There are no words to read. Paste the answer as you would say it.")
    if len(words) < FEWEST_WORDS:
        return CannotTell(
            code="too_short",
            reason=f"With {len(words)} words there is too little to judge. Tell the story in at least {FEWEST_WORDS}; "
            "a full answer takes 150 to 300.",
        )
    if _is_noise(text, words):
        return CannotTell(code="noise", reason="This does not read like speech. Check that the right text was pasted.")
    if function_share(words) < FEWEST_FUNCTION_WORDS:
        return CannotTell(code="not_english", reason="This does not read like English, the only language heard here.")
    return None


def function_share(words: list[str]) -> float:
    """Which part of the words are English function words."""
    plain = (word.replace("’", "'").split("'")[0] for word in words)
    return sum(word in _FUNCTION for word in plain) / max(1, len(words))


def _is_noise(text: str, words: list[str]) -> bool:
    solid = [character for character in text if not character.isspace()]
    letters = sum(character.isalnum() for character in solid) / len(solid)
    commonest = Counter(words).most_common(1)[0][1] / len(words)
    return letters < FEWEST_LETTERS or commonest > MOST_REPEATS


def no_story(reading: Reading) -> CannotTell | None:
    """Why a readable text shows no signal, where nothing in it is told as having happened."""
    if any(deed.event for deed in reading.deeds):
        return None
    return CannotTell(
        code="no_story",
        reason="Nothing is told here that happened once. Pick one event and say what you decided and did.",
    )
