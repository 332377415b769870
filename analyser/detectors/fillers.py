"""Fillers: sounds and words that buy time and say nothing (um, like, you know).

The word list proposes; where its words can mean something, a function of the group's name says when they do.
"""

from collections.abc import Callable, Iterable, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._like import is_subject, means_something
from analyser.detectors._neighbours import CLAUSE_SUBJECTS, FINITE, Phrase, before, closes, word
from analyser.detectors._syntax import norm, quoted

_BEFORE_KNOWING = frozenset("do did as if who what how let than".split())
_BEFORE_RIGHT = frozenset("be is are was were 's 're 'm all the that not".split())
_BEFORE_UNDERSTANDING = _BEFORE_KNOWING | frozenset("when because once until that where sure help make so".split())
_SAYING = frozenset("said say says like goes was just oh".split())
_QUOTING = frozenset("said says goes".split())
_ASKING = frozenset("asked ask know knew say said see wonder wondered and".split())


class Fillers(Detector):
    """Finds ``filler`` spans."""

    key = "fillers"

    def find(self, doc: Doc) -> Iterable[Span]:
        """The phrases that stand for nothing, outside quotations."""
        quotes = quoted(doc)
        return (span for span in self.phrases(doc) if span.start not in quotes and self._is_empty(span))

    def _is_empty(self, span: Span) -> bool:
        otherwise = _OTHERWISE.get(span.id_.partition("/")[2])
        return not (otherwise and otherwise(Phrase(span, self.lexicon.sets)))


def _sound(it: Phrase) -> bool:
    """Tell 'em, which is read as "them"; the ER was full."""
    ward = it.span.text == "ER" or (it.first == "er" and it.previous in {"the", "an"})
    measured = it.first == "mm" and it.left is not None and it.left.like_num
    return it.first == "them" or measured or (ward and it.right is not None and it.right.tag_ in FINITE)


def _you_know(it: Phrase) -> bool:
    """Do you know Kafka, as you know, everybody you know, you know that he left, she said you know it's late."""
    if it.last in {"understand", "see"}:
        return not _is_appeal(it)
    if len(it.span) != 2:
        return False
    if word(it.touching) == "it" and it.later(3) & {"when", "if"}:
        return True
    if it.next in it.sets["known"] or (it.next == "that" and closes(it.second)):
        return True
    if it.previous in it.sets["before_known"] or (it.previous == "that" and closes(it.touching)):
        return True
    if it.next in {"the", "your"} and _follows_comma(it.span):
        return word(it.touching) != ","
    if it.previous in _QUOTING or (it.previous == "," and it.left is not None and _is_quoting(it.left)):
        return True
    earlier = it.span.doc[it.span.start - 1] if it.span.start else None
    if word(earlier) in _BEFORE_KNOWING:
        return word(it.touching) != ","
    if word(it.touching) in {"if", "when", "whether"}:
        return it.previous not in {"so", "but", "and", "that", "because"}
    return it.touching is not None and norm(it.touching) == "that" and not is_subject(it.touching)


def _is_quoting(comma: Token) -> bool:
    """She said, *you know you are late*: the words of somebody begin."""
    return word(before(comma.doc, comma.i)) in _QUOTING


def _is_appeal(it: Phrase) -> bool:
    """They had paid, you see, in cash; they had not paid you understand and I had to ask."""
    if it.last == "see":
        return _follows_comma(it.span) and word(it.touching) == ","
    after = it.touching
    return it.previous not in _BEFORE_UNDERSTANDING and (closes(after) or word(after) in CLAUSE_SUBJECTS)


def _follows_comma(span: Span) -> bool:
    return span.start > 0 and span.doc[span.start - 1].text == ","


def _i_mean(it: Phrase) -> bool:
    """By throughput I mean requests; what I mean; I mean it."""
    if it.previous in {"what", "how", "do"} or it.earlier(4) & {"by", "say"}:
        return True
    return it.next in {"by", "business"} or (it.right is not None and it.next == "it" and not is_subject(it.right))


def _right(it: Phrase) -> bool:
    """All but the tag: "it was late, right?"."""
    earlier = it.span.doc[it.span.start - 1] if it.span.start else None
    enclosed = word(it.touching) == "," and _follows_comma(it.span)
    asked = word(it.touching) == "?" and earlier is not None and norm(earlier) not in _BEFORE_RIGHT
    return not (enclosed or asked)


def _so_yeah(it: Phrase) -> bool:
    """And yeah, *we shipped it*: only at the end it says nothing."""
    if it.first == "yeah":  # the last word of all
        return it.left is None or it.previous in _SAYING or (it.touching is not None and it.right is not None)
    return it.first in {"and", "but"} and it.touching is not None and it.touching.text not in {".", "…"}


def _searching(it: Phrase) -> bool:
    """A question that is told: she asked what is it."""
    after = it.touching
    return it.last == "it" and (
        it.previous in _ASKING or not (after is None or after.is_punct or after.pos_ in {"DET", "INTJ"})
    )


_OTHERWISE: Mapping[str, Callable[[Phrase], bool]] = {
    "sound": _sound,
    "like": means_something,
    "you-know": _you_know,
    "i-mean": _i_mean,
    "right": _right,
    "so-yeah": _so_yeah,
    "searching": _searching,
}


@Language.factory("analyser_fillers", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Fillers:
    """The component ``analyser_fillers``."""
    return Fillers(nlp)
