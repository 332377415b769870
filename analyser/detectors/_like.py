"""When "like" means something: a verb, a comparison, an example, an estimate. All else is a filler."""

from spacy.tokens import Token

from analyser.detectors._neighbours import CLAUSE_SUBJECTS, FINITE, Phrase, before, following, starts_figure, word
from analyser.detectors._syntax import norm

_HELPERS = frozenset("not 'd would do did does 'll will to".split())
_LIKERS = frozenset("i we you they people who".split())
_NOT_AN_OBJECT = (CLAUSE_SUBJECTS - {"it", "you"}) | {"i"}
_SPEAKERS = frozenset("i we he she they".split())
_OBJECTS = frozenset("me him her us them mine yours himself myself".split())
_POINTERS = frozenset("this that these those so".split())
_DO = frozenset("do does did would 'd might may could will".split())
_ADVERBS = frozenset("really also always never still particularly".split())


def means_something(it: Phrase) -> bool:
    """Whether this "like" could not be left out."""
    return _is_verb(it) or _points(it) or _compares(it) or _gives_example(it)


def _is_verb(it: Phrase) -> bool:
    """I like small teams, they don't like waiting, would like to."""
    after = it.right
    if after is None or after.is_punct:
        return it.previous in _HELPERS
    interrupted = norm(after) in it.sets["adverbs"] or after.pos_ == "ADP"
    if it.left is not None and it.previous in _HELPERS:
        return not (interrupted or after.tag_ in {"VB", "VBD", "VBN"} or _is_no_helper(it.left, it.span[0]))
    if _liker(it) in _LIKERS:
        interjected = it.span[0].tag_ == "UH" or after.tag_ in FINITE
        return not (interjected or interrupted or norm(after) in _NOT_AN_OBJECT)
    return it.previous in _ADVERBS and it.span[0].pos_ == "VERB"


def _liker(it: Phrase) -> str:
    """The word before it, past "kind of"."""
    at = it.span.start
    softened = [norm(token) for token in it.span.doc[max(0, at - 2) : at]] in (["kind", "of"], ["sort", "of"])
    return word(before(it.span.doc, at - 2)) if softened else it.previous


def _is_no_helper(earlier: Token, like: Token) -> bool:
    """Going to *like* spring out; was not *like* loving it; cut to *like* the overview; did *like* a survey."""
    beyond = word(before(earlier.doc, earlier.i))
    after = following(like.doc, like.i + 1)
    if norm(earlier) == "to":
        return beyond in {"going", "gon"} or like.pos_ != "VERB"
    if norm(earlier) in {"do", "did", "does"}:
        return word(after) in {"a", "an"}
    return norm(earlier) == "not" and beyond not in _DO and word(after) not in _SPEAKERS


def _points(it: Phrase) -> bool:
    """Like this, like him; but "it had like these lights", "like that was the plan"."""
    if it.right is None or it.next not in _OBJECTS | _POINTERS or is_subject(it.right):
        return False
    if it.next in _OBJECTS or it.second is None or it.second.pos_ not in {"NOUN", "ADJ", "NUM"}:
        return True
    return it.left is not None and it.left.pos_ == "NOUN"


def _compares(it: Phrase) -> bool:
    """Feels like, something like, works like a queue, took it like a man."""
    if it.left is None:
        return False
    senses = it.sets["senses"]
    beyond = before(it.span.doc, it.left.i) if it.left.pos_ == "ADV" and it.previous != "just" else None
    if it.left.lemma_.lower() in senses or (beyond is not None and beyond.lemma_.lower() in senses):
        return True
    if it.right is None or it.next in _SPEAKERS:
        return False
    if it.previous == "just":
        return it.right.pos_ in {"DET", "PRON", "PROPN"}
    if it.previous in _OBJECTS | {"it"} and it.right.pos_ == "DET":
        noun = it.second is not None and it.second.pos_ in {"NOUN", "ADJ", "NUM"}
        return noun and it.left.head.lemma_ not in it.sets["giving"]
    return it.previous in it.sets["comparers"]


def _gives_example(it: Phrase) -> bool:
    """Tools like Redis; and an estimate, which is fair: like thirty, but "like two ropes"."""
    if starts_figure(it.span.doc, it.span.end):
        return word(it.touching) not in {"one", "two"} or starts_figure(it.span.doc, it.span.end + 1)
    nouns = it.touching is not None and it.touching.tag_ in {"NN", "NNS", "NNP", "NNPS"}
    return nouns and it.span.start > 0 and it.span.doc[it.span.start - 1].tag_ in {"NNS", "NNPS"}


def is_subject(token: Token) -> bool:
    """Whether a finite verb follows: "that was"."""
    after = following(token.doc, token.i + 1)
    return after is not None and (after.tag_ in FINITE or norm(after) in {"'s", "'re", "'m"})
