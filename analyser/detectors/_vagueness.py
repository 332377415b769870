"""Which vague phrases are meant otherwise: "something broke", "ninety or something", "things that you can see".

One function for each group of ``hedging.toml`` whose words have other senses; true means no hedge.
"""

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from analyser.detectors._neighbours import CONJUNCTIONS, NOISE, PERSONS, Phrase, closes, ends_figure, word
from analyser.detectors._syntax import norm

_LOOSE = frozenset("third thirds quarter fifth fifths sixth eighth tenth".split())  # rough enough by itself


def _extender(it: Phrase) -> bool:
    """*Something* broke; whatever *we tried*; and everything *else*; on a figure: ninety or something."""
    if it.left is not None and it.left.pos_ == "DET":
        return True
    short = _short_extender(it)
    return _long_extender(it) if short is None else short


def _short_extender(it: Phrase) -> bool | None:
    """And all *the lights*, and so *we left*, and the rest *went home*; ``None`` for the other phrases."""
    if it.last in {"that", "this"} and it.first in {"and", "all"} and it.span[-2].lower_ in {"all", "of"}:
        return not _may_end(it.touching) or (it.first == "all" and not _is_listed(it))
    if it.last == "rest":
        return not (_is_listed(it) and (closes(it.touching) or it.next in PERSONS | {"it"}))
    if it.last in {"so", "all", "nothing"}:
        after = it.touching
        if it.last == "nothing" and after is not None and norm(after) in PERSONS:
            return not _is_listed(it)
        if it.last == "so" and (it.left is None or it.left.is_punct or word(after) in NOISE):
            return True  # a new sentence begins, perhaps with a noise: "The rest left. And so um we"
        return not _is_listed(it) or (after is not None and norm(after) in PERSONS) or not closes(after)
    return None


def _long_extender(it: Phrase) -> bool:
    """*Something like that* is the noise, ninety *or something*, and everything *else*."""
    if it.first in {"something", "anything", "that"} and not _is_listed(it):
        return True
    if len(it.span) == 1 and it.previous == "or":
        return True  # the whole phrase has been judged
    if it.last in {"something", "whatever"} and _ends_measure(it):
        return True
    after = it.touching
    if after is None or closes(after):
        return False
    if it.last == "whatever" and it.first == "or" and after.pos_ == "ADV":
        return False
    if it.last == "stuff" and after.tag_ in {"VBG", "RB"}:
        return False
    if it.last in {"something", "stuff", "on"} and norm(after) in PERSONS | {"it", "there"}:
        return it.last == "something" and norm(after) in {"i", "we", "you"}
    if it.last == "things" and norm(after) in PERSONS:
        return "these" not in {norm(token) for token in it.span}
    if it.last == "everything" and norm(after) in {"in", "on", "around", "else"}:
        return True
    return not _may_end(after) or norm(after) in {"of", "like", "about"}


def _ends_measure(it: Phrase) -> bool:
    """Ninety or something, five minutes away, whatever; but not "a fifth or something"."""
    doc, end = it.span.doc, it.span.start
    end -= end > 0 and doc[end - 1].text == ","
    end -= end > 0 and norm(doc[end - 1]) in {"later", "ago", "away"}
    return ends_figure(doc, end) and norm(doc[end - 1]) not in _LOOSE


def _may_end(after: Token | None) -> bool:
    """Whether the phrase may end here: a clause or a place of its own follows, "and stuff before we opened"."""
    return closes(after) or (after is not None and after.pos_ in {"ADP", "INTJ", "SCONJ"})


def _is_listed(it: Phrase) -> bool:
    """Whether it ends a list or a clause: "bugs and all"; not "for anything like that"."""
    return it.left is not None and it.left.pos_ in {"NOUN", "PROPN", "PUNCT", "ADJ", "PRON"}


def _placeholder(it: Phrase) -> bool:
    """Things that are named after all ("some things *that* broke"), a crowd that no result is told of."""
    if it.first == "various":
        return it.touching is None or it.touching.pos_ not in {"NOUN", "ADJ"}
    if it.last in it.sets["crowds"]:
        return not it.earlier(7) & it.sets["gains"]
    if it.last not in {"things", "stuff"}:
        return False
    if len(it.span) == 1:
        return it.next in it.sets["naming"] or _is_named(it) or not _is_loose(it)
    return it.next in it.sets["naming"] or word(it.touching) in {"like", ":", ",", "-"}


def _is_named(it: Phrase) -> bool:
    """Doing things *like holding meetings*, things *like this*; not "stuff like when they left"."""
    if word(it.touching) != "like" or it.right is None:
        return False
    return (
        it.right.pos_ in {"NOUN", "PROPN", "ADJ"} or it.right.tag_ == "VBG" or it.next in {"a", "the", "this", "that"}
    )


def _is_loose(it: Phrase) -> bool:
    """Whether a bare "things" is all that is told of a deed: I handled things, stubborn about stuff."""
    if it.previous in {"about", "on"}:
        told = word(it.touching) in {"like", ":"} and it.next != "when"
        return closes(it.touching) and not told
    if it.next in {"improved", "went", "got", "worked"} and it.last == "things":
        return it.previous in CONJUNCTIONS | {"", ".", ",", "that"} and not it.later(3) & {"wrong", "bad", "worse"}
    return it.previous in it.sets["loose_deeds"] and it.next not in {"differently", "right", "wrong", "to"}


OTHERWISE: Mapping[str, Callable[[Phrase], bool]] = {
    "extender": _extender,
    "placeholder": _placeholder,
}
