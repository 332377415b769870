"""Words and numbers as a reader should see them."""

import re

from analyser.results import Quote, paired

# What could do more than be read: control characters, and marks that reorder a line.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\N{REPLACEMENT CHARACTER}")
_BLANKS = dict.fromkeys(map(ord, "\t\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_REORDER = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "")
_HARMLESS = _CONTROLS | _BLANKS | _REORDER | {ord("\n"): "\n"}
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def shown(text: str) -> str:
    """The text as it may be put before a reader: harmless, with no more than one blank line in a row."""
    return _BLANK_LINES.sub("\n\n", text.replace("\r\n", "\n").translate(_HARMLESS))


def clock(seconds: float) -> str:
    """A length of time.

    >>> clock(88.2)
    '1 min 28 s'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def percent(share: float) -> str:
    """A probability; never quite nothing, never quite all."""
    return "under 1%" if share < 0.01 else "over 99%" if share > 0.99 else f"{share:.0%}"


def one_line(text: str | Quote) -> str:
    """The words, harmless, on one line; a quotation without half a pair of quotation marks."""
    words = text if isinstance(text, str) else paired(text.text.strip())
    return " ".join(shown(words).split())
