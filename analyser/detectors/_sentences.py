"""Sentence boundaries that the layout decides; the parser decides the rest, punctuated or not.

A prepared answer often comes as notes: a new line that starts with a bullet or a STAR tag starts a
sentence, and so does one after an empty line. A line break alone does not: people paste text that was
wrapped at 80 columns.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

_BULLET = re.compile(r"[-–—*•·]|\d{1,2}[.)]|\(?[STAR]\)?[:.)]?|[A-Z][a-z]+:")
_TERMINAL = {".", "!", "?", "…"}


def _starts(doc: Doc, i: int) -> bool:
    """Whether the layout says that token ``i`` starts a sentence."""
    before, token = doc[i - 1], doc[i]
    if before.is_space and before.text.count("\n"):
        ended = i < 2 or doc[i - 2].text in _TERMINAL
        return "\n\n" in before.text.replace("\r", "").replace(" ", "") or ended or _is_bullet(doc, i)
    return before.text in {"!", "?"} and token.is_alpha and token.text[0].isupper()


def _is_bullet(doc: Doc, i: int) -> bool:
    return bool(_BULLET.fullmatch(doc[i : i + 2].text) or _BULLET.fullmatch(doc[i].text))


@Language.component("analyser_sentences", assigns=["token.is_sent_start"])
def split(doc: Doc) -> Doc:
    """Mark the sure starts before the parse; all else stays open for the parser."""
    for i in range(1, len(doc)):
        if not doc[i].is_space and _starts(doc, i):
            doc[i].is_sent_start = True
    return doc
