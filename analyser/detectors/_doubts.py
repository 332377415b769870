"""Which phrases of belief and possibility are meant otherwise: "I think about users", "in May", "maybe thirty".

One function for each group of ``hedging.toml`` whose words have other senses; true means no hedge.
"""

from collections.abc import Callable, Mapping

from analyser.detectors._neighbours import (
    CLAUSE_SUBJECTS,
    CONJUNCTIONS,
    FINITE,
    NOISE,
    Phrase,
    before,
    clause_follows,
    closes,
    following,
    starts_figure,
    word,
)
from analyser.detectors._syntax import norm

_CONDITIONS = frozenset("if when whenever unless until what how where than do did does".split())
_DETERMINERS = frozenset("the a an my our his her their your this these those no every each".split())
_POINTERS = frozenset("it that this which".split())
_MODAL_SUBJECTS = _POINTERS | frozenset("they i we there".split())
_THOUGHT = frozenset(
    "thought knew figured wondered worried hoped assumed realised realized decided thinking wondering knowing felt "
    "afraid worry accepted accept".split()
)


def _belief_verb(it: Phrase) -> bool:
    """I think *about* it, when I think …, I assume the role."""
    if it.previous in _CONDITIONS:
        return True
    if it.last == "think":
        figure = it.next == "about" and it.right is not None and starts_figure(it.span.doc, it.right.i + 1)
        return it.next in it.sets["think_otherwise"] and not figure
    if it.last == "believe" and (it.next in {"in", "me", "him", "her", "them", "you"} or _is_creed(it)):
        return True
    if it.next in _DETERMINERS and it.last not in {"guess", "suppose"}:
        return not clause_follows(it.span.doc, it.span.end) and it.previous not in {",", "-"}
    return it.last in {"assume", "figure", "imagine"} and it.next in {"for", "about"}


def _is_creed(it: Phrase) -> bool:
    return it.next == "that" and word(it.second) in {"very", "quite", "deeply", "strongly", "so"}


def _belief_feel(it: Phrase) -> bool:
    """I feel *bad*, I feel like *a fraud*, I feel like *giving up*."""
    if it.previous in _CONDITIONS or it.right is None:
        return True
    if it.last == "like":
        return it.right.tag_ == "VBG" or not (it.right.is_punct or clause_follows(it.span.doc, it.span.end))
    if it.right.is_punct:
        return it.left is None or not it.left.is_punct
    adverb = it.right.pos_ == "ADV" and it.next not in it.sets["intensifiers"]
    who = it.second if adverb else it.right
    return who is None or norm(who) not in CLAUSE_SUBJECTS | {"the"} or not clause_follows(who.doc, who.i + 1, 5)


def _would_say(it: Phrase) -> bool:
    """What was said each time ("I'd say *no*"), and an estimate ("I'd say four times")."""
    if it.previous in _CONDITIONS | {"as", "sometimes", "'d"} or it.next in it.sets["would_say_otherwise"]:
        return True
    if (it.last == "say" and it.on_figure()) or (it.touching is not None and it.touching.text in {'"', "'", ":"}):
        return True
    if it.next == "it" and (it.second is None or it.second.tag_ not in FINITE):
        return True
    habit = it.earlier(20) & {"when", "whenever", "time", "every", "always", "and"}
    return it.previous in {"and", "then", ",", "so"} and bool(habit) and bool(it.earlier(20) & {"'d", "would"})


def _do_not_know(it: Phrase) -> bool:
    """I don't know *Go*, I don't know *what* they do, I *didn't* know."""
    if it.previous in _CONDITIONS | {"that", "because"} or any(token.lower_ == "did" for token in it.span):
        return True
    after = it.touching
    if after is None or after.is_punct or norm(after) in NOISE:
        return False
    if norm(after) in it.sets["known_objects"]:
        return True
    if norm(after) in {"that", "it"}:
        second = following(after.doc, after.i + 1)
        return second is None or (second.tag_ not in FINITE and norm(second) not in CLAUSE_SUBJECTS)
    noun = after.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} or norm(after) in _DETERMINERS
    # "It took, I don't know, a month": the verb before still waits for its object.
    return noun and (it.left is None or it.left.pos_ not in {"ADP", "VERB", "AUX", "DET"})


def _not_sure(it: Phrase) -> bool:
    """I'm not sure *why* he left; even *if* I'm not sure; it depends *on* the region."""
    if it.last == "depends":
        return it.next in {"on", "upon"}
    asked = it.last in {"sure", "certain", "positive"} and it.next in {"why", "what", "who", "where", "how", "which"}
    return asked or it.previous in _CONDITIONS


def _memory(it: Phrase) -> bool:
    """I don't remember *him*."""
    if it.previous in _CONDITIONS:
        return True
    if it.last not in {"remember", "recall"} or it.first in {"if", "as", "from", "to"}:
        return False
    return not (closes(it.right) or it.next in it.sets["remembered"] | CLAUSE_SUBJECTS)


def _perhaps(it: Phrase) -> bool:
    """An estimate ("maybe thirty"), a noun ("a maybe"), what was thought at the time."""
    if it.last in {"likely", "unlikely"} and len(it.span) == 1:
        return _is_chance(it)
    if starts_figure(it.span.doc, it.span.end) or (it.on_figure() and closes(it.touching)):
        return True
    if it.first == "possibly" and it.previous in {"not", "could", "can", "i", "we"}:
        return True
    return (it.first == "maybe" and it.previous in {"a", "the", "definite"}) or _is_past_thought(it)


def _is_past_thought(it: Phrase) -> bool:
    """Whether it stands in what the speaker thought at the time: "I thought maybe it would work"."""
    for token in reversed(it.span.doc[max(0, it.span.start - 5) : it.span.start]):
        if token.is_punct or norm(token) in CONJUNCTIONS:
            return False
        if norm(token) in _THOUGHT:
            return True
    return False


def _is_chance(it: Phrase) -> bool:
    """Likely *buyers*, *more* likely than."""
    noun = it.touching is not None and it.touching.pos_ in {"NOUN", "PROPN"}
    return noun or it.previous in {"more", "less", "as", "very", "how", "equally", "just", "a", "the", "of"}


def _modal(it: Phrase) -> bool:
    """The month; *may* I; you might remember; what might go wrong *if* …; people *who* might join."""
    if it.first in {"could", "should"}:
        return _could_be(it) if it.first == "could" else it.previous not in _MODAL_SUBJECTS | {"everything", "things"}
    modal, perfect = it.span[0], it.last in {"have", "'ve", "been"}
    if modal.tag_ != "MD" or it.next in {"i", "we", "as"} or closes(it.touching):
        return True
    if it.previous not in _MODAL_SUBJECTS and not (perfect and it.left is not None and it.left.pos_ == "NOUN"):
        return True
    beyond = word(before(it.span.doc, it.left.i)) if it.left is not None else ""
    if beyond in {"that", "people", "who", "things"} or (modal.head.dep_ == "relcl" and it.previous != "which"):
        return True
    return bool(it.earlier(14) & {"if", "whether"}) or _is_past_thought(it)


def _could_be(it: Phrase) -> bool:
    """What was able to be (it could be *read* either way), or was not (it could have been *worse*)."""
    if it.previous not in _POINTERS or it.left is None or it.right is None or _is_past_thought(it):
        return True
    if word(before(it.span.doc, it.left.i)) in {"so", "if", "how", "where", "when", "whether", "thing", "knew", "as"}:
        return True
    if it.next in it.sets["counterfactual"] or it.next.startswith("any") or it.right.tag_ in {"VBN", "VBG"}:
        return True
    alternatives = "could" in it.earlier(8) | it.later(12)
    return alternatives or it.span[0].head.dep_ == "relcl"


def _seem(it: Phrase) -> bool:
    """An error *appeared* on the page; not wanting to *seem* cheap; the logo looks like *a bird*."""
    if it.previous in {"to", "not", "would", "you"} or _is_past_thought(it):
        return True
    if it.last == "like" and it.first in {"looks", "sounds", "feels"}:
        return it.previous not in _POINTERS or not clause_follows(it.span.doc, it.span.end)
    return it.first.startswith("appear") and it.last not in {"to", "that"}


def _impersonal(it: Phrase) -> bool:
    """It's possible *to* do it; *if* it's possible; we showed that it's possible."""
    return it.next in {"to", "for", ".", ",", "and", "but", ""} or it.previous in _CONDITIONS


OTHERWISE: Mapping[str, Callable[[Phrase], bool]] = {
    "belief-verb": _belief_verb,
    "belief-feel": _belief_feel,
    "would-say": _would_say,
    "do-not-know": _do_not_know,
    "not-sure": _not_sure,
    "memory": _memory,
    "perhaps": _perhaps,
    "modal": _modal,
    "seem": _seem,
    "impersonal": _impersonal,
}
