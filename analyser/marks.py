"""Marks in an answer's text, each on a line of its own: ``# analyser: ignore hedging.belief, fillers``.

A mark is for the analyser and no part of the answer: it is never read, counted or timed. Whatever is read
stays where it was, so that every offset is one into the text as it was given.
"""

import re

from analyser import rules
from analyser.errors import InputError

# The first of a line, whichever sign ends lines.
_MARK = re.compile(r"(?<![^\r\n])[^\S\r\n]*#[^\S\r\n]*analyser[^\S\r\n]*:[^\r\n]*", re.IGNORECASE)


def blank(text: str) -> str:
    """The text with blanks where marks stand, character for character as long as before."""
    return _MARK.sub(lambda mark: " " * len(mark[0]), text) if "#" in text else text


def ignored(text: str) -> frozenset[str]:
    """The ids that the text's marks silence.

    Raises:
        InputError: a mark names no rule, or one that there is not; the message names its line.
    """
    if "#" not in text:
        return frozenset()
    return frozenset(name for mark in _MARK.finditer(text) for name in _names(mark, text))


def _names(mark: re.Match[str], text: str) -> list[str]:
    line = len(re.findall(r"\r\n|\r|\n", text[: mark.start()])) + 1
    verb, *names = mark[0].partition(":")[2].replace(",", " ").split() or [""]
    if verb.lower() != "ignore" or not names:
        raise InputError(f"Line {line}: a mark reads `# analyser: ignore RULE`, as in `# analyser: ignore fillers`.")
    try:
        return [rules.parse(name) for name in names]
    except InputError as error:
        raise InputError(f"Line {line}: {str(error)[0].lower()}{str(error)[1:]}") from None
