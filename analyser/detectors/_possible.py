"""Which phrases of possibility are meant otherwise: "in May", "maybe thirty", "it could have been worse".

One function for each group of ``hedging.toml`` whose words have other senses; true means no hedge.
"""

import itertools
from collections.abc import Callable, Mapping

from spacy.tokens import Token

from analyser.detectors._neighbours import (
    CONJUNCTIONS,
    PERSONS,
    Phrase,
    before,
    clause_follows,
    closes,
    following,
    starts_figure,
    word,
)
from analyser.detectors._syntax import norm

_ASKED = frozenset("why what who where how which when".split())
_CONDITIONS = frozenset("if when whenever unless until what how where than do did does".split())
_COMPARED = frozenset("least more less as very how equally just a the of".split())
_MANNERS = frozenset("looked look looks looking smiled watched stared waited".split())
_POINTERS = frozenset("it that this which".split())
_LOOSE_ENDS = frozenset("something anything whatever so stuff things not".split())
_MODAL_SUBJECTS = _POINTERS | frozenset("they i we".split())
_RELATIVES = frozenset("that people who things where what why how".split())
_OTHERS = frozenset("you they he she people".split())
_NEXT = frozenset("one a another just".split())
_TOPICS = frozenset("thing word words point note sentence detail".split())
_MODALS = frozenset("can will 'll".split())
_ASKING = frozenset("can could would should do does did are is".split())
# "For maybe a week", "maybe for a week": the words before a length or a date.
_SPANS = frozenset("for in until after at within over by on since from".split())
_ORDINALS = frozenset("first second third fourth fifth last final".split())
_THOUGHT = frozenset(
    "thought knew figured wondered worried hoped assumed realised realized decided thinking wondering knowing felt "
    "afraid worry accepted accept accepting".split()
)


def _perhaps(it: Phrase) -> bool:
    """An estimate ("maybe thirty"), a noun ("a maybe"), what was thought at the time."""
    if it.last in {"likely", "unlikely"} and (len(it.span) == 1 or _is_before_noun(it)):
        return _is_chance(it)
    if it.first == "hopefully" and it.earlier(5) & _MANNERS:
        return True
    if it.first == "maybe" and it.next in {"was", "is"} and (it.left is None or it.left.text == "."):
        return True
    if starts_figure(it.span.doc, it.span.end) or (it.on_figure() and closes(it.touching)) or _is_date(it):
        return True
    if _is_of_others(it) or _is_asked(it) or _announces(it):
        return True
    if it.first == "possibly" and it.previous in {"not", "could", "can", "i", "we"}:
        return True
    return (it.first == "maybe" and it.previous in {"a", "the", "definite"}) or _is_past_thought(it)


def _announces(it: Phrase) -> bool:
    """Maybe *one more thing about the budget*, maybe *a word on the team*: what is told next, no doubt of it."""
    opens = it.first in {"maybe", "perhaps"} and (it.left is None or it.left.is_punct or bool(it.span[0].is_sent_start))
    return opens and it.next in _NEXT and bool(it.later(4) & _TOPICS) and bool(it.later(6) & {"about", "on", "first"})


def _is_date(it: Phrase) -> bool:
    """Maybe *my third month*, maybe *one time*, maybe *in February*."""
    third = following(it.span.doc, it.second.i + 1) if it.second is not None else None
    if it.second is not None and it.second.like_num and norm(it.second) != "one" and word(third) in it.sets["seasons"]:
        return it.next in {"my", "the", "our", "every"}
    if it.next in _SPANS and it.second is not None and (starts_figure(it.span.doc, it.second.i) or _is_nth(it.second)):
        return True
    return (it.next, word(it.second)) == ("one", "time") or it.next in it.sets["months"]


def _is_nth(token: Token) -> bool:
    """Maybe in *my second year*, maybe until *the third of May*."""
    after = following(token.doc, token.i + 1)
    return norm(token) in {"my", "the", "our"} and after is not None and (after.like_num or norm(after) in _ORDINALS)


def _is_of_others(it: Phrase) -> bool:
    """What others will or may do, not what the speaker claims: maybe *you try* again, *he'll* probably laugh."""
    if it.next == "you" and word(it.second) not in {"know", "see", "are", "'re", "were"}:
        return True
    if it.next in {"they", "he", "she"} and word(it.second) in _MODALS:
        return True
    if it.left is None:
        return False
    who = word(before(it.span.doc, it.left.i))
    if it.last in {"likely", "unlikely"} and it.next == "to" and who in _OTHERS:
        return True
    return it.previous in {"will", "'ll"} and who in _OTHERS | {"it"}


def _is_asked(it: Phrase) -> bool:
    """Whether it is a question: *could you* maybe wait, *whether we should* maybe wait."""
    if "whether" in it.earlier(7):
        return True
    words = it.span.doc[max(0, it.span.start - 4) : it.span.start]
    pairs = itertools.pairwise(words)
    asked = (first.i for first, second in pairs if norm(first) in _ASKING and norm(second) in PERSONS - {"i"})
    return any(i == 0 or norm(it.span.doc[i - 1]) not in PERSONS | {"as", "than", "so"} for i in asked)


def _is_past_thought(it: Phrase) -> bool:
    """Whether it stands in what the speaker thought at the time: "I thought maybe it would work"."""
    for token in reversed(it.span.doc[max(0, it.span.start - 5) : it.span.start]):
        if token.is_punct or norm(token) in CONJUNCTIONS:
            return False
        if norm(token) in _THOUGHT:
            return True
    return False


def _is_chance(it: Phrase) -> bool:
    """Likely *buyers*, *more* likely than, *they* are likely to leave."""
    return _is_before_noun(it) or it.previous in _COMPARED or _is_of_others(it)


def _is_before_noun(it: Phrase) -> bool:
    return it.touching is not None and it.touching.pos_ in {"NOUN", "PROPN"}


def _modal(it: Phrase) -> bool:
    """The month; *may* I; you might remember; what might go wrong *if* …; people *who* might join."""
    if _has_alternative(it):
        return True
    if it.first in {"could", "should"}:
        return _could_be(it) if it.first == "could" else it.previous not in _MODAL_SUBJECTS | {"everything", "things"}
    modal, perfect = it.span[0], it.last in {"have", "'ve", "been"}
    if (
        modal.tag_ != "MD"
        or (it.next in {"i", "we", "as"} and len(it.span) == 1)
        or (closes(it.touching) and it.last != "been")
    ):
        return True
    told_of = it.left is not None and it.left.pos_ == "NOUN" and perfect
    if it.previous not in _MODAL_SUBJECTS and not told_of:
        return True
    beyond = word(before(it.span.doc, it.left.i)) if it.left is not None else ""
    relative = modal.head.dep_ == "relcl" and it.previous != "which"
    if relative or beyond in _RELATIVES:
        return True
    return bool(it.earlier(14) & {"if", "whether"}) or _is_past_thought(it)


def _has_alternative(it: Phrase) -> bool:
    """It could be *the water or the primers*: what it may be is named; not "it might be luck or something"."""
    words = [norm(token) for token in it.span.doc[it.span.end : it.span.end + 6]]
    at = words.index("or") if "or" in words else -1
    return 0 < at < len(words) - 1 and words[at + 1] not in _LOOSE_ENDS


def _could_be(it: Phrase) -> bool:
    """What was able to be (it could be *read* either way), or was not (it could have been *worse*)."""
    if it.left is None or it.right is None or _is_past_thought(it):
        return True
    if it.previous not in _POINTERS:
        reason = it.next in _ASKED or (it.next in {"the", "a", "part"} and it.later(4) & {"reason", "cause", "part"})
        return not (it.left.pos_ == "NOUN" and reason)
    if word(before(it.span.doc, it.left.i)) in {"so", "if", "how", "where", "when", "whether", "thing", "knew", "as"}:
        return True
    if it.next in it.sets["counterfactual"] or it.next.startswith("any") or it.right.tag_ in {"VBN", "VBG"}:
        return True
    alternatives = "could" in it.earlier(8) | it.later(12)
    return alternatives or it.span[0].head.dep_ == "relcl"


def _seem(it: Phrase) -> bool:
    """An error *appeared* on the page; not wanting to *seem* cheap; the logo looks like *a bird*."""
    if it.last == "to" and it.next in {"them", "him", "her", "us"}:
        return True
    if it.previous in {"to", "not", "would", "you"} or _is_past_thought(it) or _is_relative(it):
        return True
    if len(it.span) == 1 and it.first.startswith("seem"):
        return it.touching is None or it.touching.pos_ != "ADJ" or _is_before_noun_phrase(it)
    if it.last == "like" and it.first in {"looks", "sounds", "feels"}:
        return it.previous not in _POINTERS or not clause_follows(it.span.doc, it.span.end)
    return it.first.startswith("appear") and it.last not in {"to", "that"}


def _is_relative(it: Phrase) -> bool:
    """*The step that* seemed to fail: it says which one; not "and that seemed to help"."""
    named = before(it.span.doc, it.left.i) if it.left is not None and it.previous in {"that", "which"} else None
    return named is not None and named.pos_ in {"NOUN", "PROPN"} and it.span.doc[named.i + 1].text != ","


def _is_before_noun_phrase(it: Phrase) -> bool:
    return it.second is not None and it.second.pos_ in {"NOUN", "PROPN"}


def _impersonal(it: Phrase) -> bool:
    """It's possible *to* do it; *if* it's possible; we showed that it's possible."""
    return it.next in {"to", "for", ".", ",", "and", "but", ""} or it.previous in _CONDITIONS


OTHERWISE: Mapping[str, Callable[[Phrase], bool]] = {
    "perhaps": _perhaps,
    "modal": _modal,
    "seem": _seem,
    "impersonal": _impersonal,
}
