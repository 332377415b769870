"""Which phrases of belief are meant otherwise: "I think about users", "I don't know Go", "it depends on the region".

One function for each group of ``hedging.toml`` whose words have other senses; true means no hedge.
"""

from collections.abc import Callable, Mapping

from analyser.detectors._neighbours import (
    CLAUSE_SUBJECTS,
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
_ANNOUNCED = frozenset("as sometimes 'd all thing".split())  # "that is all I'd say", "the first thing I'd say"
_OTHERS = frozenset("he she they you".split())
_ASKED = frozenset("why what who where how which when".split())


def _belief_verb(it: Phrase) -> bool:
    """I think *about* it, when I think …, I assume the role."""
    if it.previous in _CONDITIONS or _is_of_then(it) or _is_supposed(it):
        return True
    if it.last == "think":
        figure = it.next == "about" and it.right is not None and starts_figure(it.span.doc, it.right.i + 1)
        rate = it.next == "a" and word(it.second) == "lot" and "of" not in it.later(3)
        inward = it.next in {"in", "very"} and not clause_follows(it.span.doc, it.span.end)
        return (it.next in it.sets["think_otherwise"] or rate or inward) and not figure
    if it.last == "believe" and (it.next in {"in", "me", "him", "her", "them", "you"} or _is_creed(it)):
        return True
    if it.next in _DETERMINERS and it.last not in {"guess", "suppose"}:
        return not clause_follows(it.span.doc, it.span.end) and it.previous not in {",", "-", "is", "was", "were"}
    return it.last in {"assume", "figure", "imagine"} and it.next in {"for", "about"}


def _is_creed(it: Phrase) -> bool:
    """I believe very strongly *in*, I believe that *quite deeply*."""
    firm = {"very", "quite", "deeply", "strongly", "so", "firmly"}
    return it.next in firm or (it.next == "that" and word(it.second) in firm)


def _is_of_then(it: Phrase) -> bool:
    """What was believed then: I *did*n't think so; *at that time* I believe (as it is told where tenses are rare)."""
    if any(token.lower_ == "did" for token in it.span):
        return True
    return it.previous in {"first", "time"} and "at" in it.earlier(4)


def _is_supposed(it: Phrase) -> bool:
    """*Even though* I think it is done, *as long as* I think so, *when* I look at it *and* I think it holds."""
    if it.left is None:
        return False
    pair = (word(before(it.span.doc, it.left.i)), it.previous)
    if pair in {("even", "though"), ("long", "as")}:
        return True
    clause = it.span.doc[max(0, it.left.i - 10) : it.left.i]
    opened = next((t for t in reversed(clause) if norm(t) in {"when", "whenever"}), None)
    if opened is None or it.previous != "and":
        return False
    between = it.span.doc[opened.i : it.left.i]
    if any(t.is_punct for t in between) or sum(t.tag_ in FINITE for t in between) != 1:
        return False
    earlier = before(opened.doc, opened.i)
    return earlier is None or earlier.pos_ != "NOUN"  # "a day when it broke and I think …" judges today


def _belief_feel(it: Phrase) -> bool:
    """I feel *bad*, I feel like *a fraud*, I feel like *giving up*."""
    if it.previous in _CONDITIONS or _is_of_then(it):
        return True
    if it.right is None:
        return it.left is None or it.left.pos_ in {"VERB", "AUX"}
    if it.last == "like":
        return it.right.tag_ == "VBG" or not (it.right.is_punct or _is_claim(it))
    if it.right.is_punct:
        return it.left is None or not it.left.is_punct
    if it.right.pos_ in {"NOUN", "PROPN", "PRON"} and clause_follows(it.span.doc, it.right.i + 1, 4):
        return False
    adverb = it.right.pos_ == "ADV" and it.next not in it.sets["intensifiers"]
    who = it.second if adverb else it.right
    return who is None or norm(who) not in CLAUSE_SUBJECTS | {"the"} or not clause_follows(who.doc, who.i + 1, 5)


def _is_claim(it: Phrase) -> bool:
    """I feel like *it is* late, *when you wait it* is late, *the voice on the phone* matters."""
    return it.next in _CONDITIONS or clause_follows(it.span.doc, it.span.end)


def _would_say(it: Phrase) -> bool:
    """What was said each time ("I'd say *no*"), and an estimate ("I'd say four times")."""
    touched = it.touching is not None and it.touching.text == ","
    if touched and it.span.start and it.span.doc[it.span.start - 1].text == ",":
        return False
    if "not" in {norm(token) for token in it.span}:
        return not clause_follows(it.span.doc, it.span.end)
    if it.previous in _CONDITIONS | _ANNOUNCED or it.next in it.sets["would_say_otherwise"]:
        return True
    opened = it.second if touched else it.touching
    spoken = opened is not None and opened.text in {'"', "'", ":"}
    if spoken or (it.last == "say" and starts_figure(it.span.doc, it.span.end)):
        return True
    if it.next in {"that", "so"} and word(it.second) == "to":
        return True
    if it.next == "it" and not closes(it.second) and (it.second is None or it.second.tag_ not in FINITE):
        return True
    habit = it.earlier(20) & {"when", "whenever", "time", "every", "always", "and"}
    if it.earlier(7) & {"when", "whenever"} and it.earlier(5) & {"came", "called", "asked", "come", "comes"}:
        return True
    return it.previous in {"and", "then", ",", "so"} and bool(habit) and bool(it.earlier(20) & {"'d", "would"})


def _do_not_know(it: Phrase) -> bool:
    """I don't know *Go*, I don't know *what* they do, I *didn't* know."""
    relative = it.previous == "that" and it.left is not None and norm(it.span.doc[it.left.i - 1]) != "like"
    if it.previous in _CONDITIONS | {"because"} or relative or any(token.lower_ == "did" for token in it.span):
        return True
    after = it.touching
    if it.next in _ASKED | {"if", "whether"} and _is_of_hearer(it):
        return True
    if after is None or after.is_punct or norm(after) in NOISE:
        return False
    if norm(after) in {"if", "whether"}:  # whether it counts is softened; whether they still use it is not known
        return word(following(after.doc, after.i + 1)) not in {"that", "this"}
    searching = it.left is not None and (it.left.pos_ == "ADP" or it.previous == "somehow" or _follows_noise(it))
    if norm(after) in it.sets["known_objects"]:
        return not (searching and norm(after) in _ASKED)
    if norm(after) in {"that", "it"}:
        second = following(after.doc, after.i + 1)
        return second is None or (second.tag_ not in FINITE and norm(second) not in CLAUSE_SUBJECTS)
    noun = after.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} or norm(after) in _DETERMINERS
    if searching:
        return False
    # "It took, I don't know, a month": the verb before still waits for its object.
    return noun and (it.left is None or it.left.pos_ not in {"ADP", "VERB", "AUX", "DET"})


def _is_of_hearer(it: Phrase) -> bool:
    """I don't know how much *you know of* it; but "what, you know, …"."""
    words = [norm(token) for token in it.span.doc[it.span.end : it.span.end + 6]]
    at = words.index("you") if "you" in words else -1
    return 0 < at < len(words) - 1 and (words[at + 1] != "know" or words[1:2] == ["you"])


def _follows_noise(it: Phrase) -> bool:
    return it.span.start > 0 and norm(it.span.doc[it.span.start - 1]) in NOISE


def _not_sure(it: Phrase) -> bool:
    """I'm not sure *why* he left; even *if* I'm not sure; it depends *on* the region; *they* were not sure if."""
    if it.last == "depends":
        return it.next in _ASKED | {"on", "upon", "to", "of"}
    if it.first in {"hard", "difficult"}:
        return it.next in {"no", "yes", "goodbye", "sorry", "something", "it", "anything", "to"}
    if it.first == "not":
        return it.left is not None and it.left.lemma_ == "be" and word(before(it.span.doc, it.left.i)) in _OTHERS
    if it.first == "who":
        named = it.left is not None and it.left.pos_ in {"NOUN", "PROPN", "PRON"} and not it.left.is_punct
        return named or it.previous == "one"
    asked = it.last in {"sure", "certain", "positive"} and it.next in {"why", "what", "who", "where", "how", "which"}
    return asked or it.previous in _CONDITIONS


def _memory(it: Phrase) -> bool:
    """I don't remember *him*."""
    if it.previous in _CONDITIONS:
        return True
    if it.last not in {"remember", "recall"} or it.first in {"if", "as", "from", "to"}:
        return False
    return not (closes(it.right) or it.next in it.sets["remembered"] | CLAUSE_SUBJECTS)


OTHERWISE: Mapping[str, Callable[[Phrase], bool]] = {
    "belief-verb": _belief_verb,
    "belief-feel": _belief_feel,
    "would-say": _would_say,
    "do-not-know": _do_not_know,
    "not-sure": _not_sure,
    "memory": _memory,
}
