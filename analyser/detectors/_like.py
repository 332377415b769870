"""When "like" means something: a verb, a comparison, an example, an estimate. All else is a filler."""

import itertools

from spacy.tokens import Token

from analyser.detectors._neighbours import (
    CLAUSE_SUBJECTS,
    FINITE,
    Phrase,
    before,
    closes,
    following,
    starts_figure,
    word,
)
from analyser.detectors._syntax import norm

_HELPERS = frozenset("not 'd would do did does 'll will to".split())
_LIKERS = frozenset("i we you they people who".split())
_NOT_AN_OBJECT = (CLAUSE_SUBJECTS - {"it", "you"}) | {"i"}
_SPEAKERS = frozenset("i we he she they".split())
_OBJECTS = frozenset("me him her us them mine yours himself myself".split())
_POINTERS = frozenset("this that these those so".split())
_DO = frozenset("do does did would 'd might may could will".split())
_CORE = frozenset("look sound feel seem taste smell".split())
_BE_OR_HAVE = frozenset("was were 'm am 've have had just".split())
_SAID = frozenset("said say saying mentioned told telling talking explained described".split())
_CROWDS = frozenset("lot bit little hundred thousand million couple few ton bunch dozen".split())
_NAMES = frozenset({"NN", "NNS", "NNP", "NNPS"})
_ADVERBS = frozenset("already really also always never still particularly".split())


def means_something(it: Phrase) -> bool:
    """Whether this "like" could not be left out."""
    looks = (_is_verb, _is_part_of_word, _recalls, _points, _compares, _likens, _gives_example)
    return any(look(it) for look in looks)


def _is_part_of_word(it: Phrase) -> bool:
    """A mentor-like way."""
    start = it.span.start
    return start > 0 and it.span.doc[start - 1].text == "-" and not it.span.doc[start - 1].whitespace_


def _recalls(it: Phrase) -> bool:
    """Like I was saying before, like we've mentioned."""
    return it.next in {"i", "we"} and word(it.second) in _BE_OR_HAVE and bool(it.later(5) & _SAID)


def _is_verb(it: Phrase) -> bool:
    """I like small teams, they don't like waiting, would like to."""
    after = it.right
    if after is None or after.is_punct:
        ended = word(it.touching) not in {",", "-"} and not (it.touching is None and it.span[0].tag_ == "UH")
        asked = it.earlier(4) & {"what", "somebody", "someone", "people"} and after is not None and after.text == ","
        return it.previous in _HELPERS or (bool(ended or asked) and (_liker(it) in _LIKERS or _is_liker(it.left)))
    if it.next in {"it", "them"} and closes(it.second) and _is_liker(it.left):
        return True
    if it.next == "to" and it.second is not None and it.second.tag_ == "VB" and _is_wished(it):
        return True
    if it.previous == "not" and "what" in it.earlier(4) and it.next == "about":
        return True
    adverb = after.pos_ == "ADV" and it.second is not None and it.second.pos_ in {"VERB", "AUX"}
    interrupted = adverb or norm(after) in it.sets["adverbs"] or after.pos_ == "ADP"
    if it.left is not None and it.previous in _HELPERS:
        return not (interrupted or after.tag_ in {"VB", "VBD", "VBN"} or _is_no_helper(it.left, it.span[0]))
    if _liker(it) in _LIKERS:
        interjected = it.span[0].tag_ == "UH" or after.tag_ in FINITE | {"VBN"}
        named = it.span[0].pos_ == "VERB" and norm(after) in {"this", "people"} and not is_subject(after)
        return not (interjected or interrupted or (norm(after) in _NOT_AN_OBJECT and not named))
    if it.previous == "really" and it.left is not None and word(before(it.span.doc, it.left.i)) == "not":
        return not (interrupted or after.tag_ in {"VB", "VBD", "VBN"})
    return it.previous in _ADVERBS and it.span[0].pos_ == "VERB"


def _is_wished(it: Phrase) -> bool:
    """Founders like to lead, I just like to get around, we would really like to know."""
    if _is_liker(it.left):
        return True
    beyond = before(it.span.doc, it.left.i) if it.left is not None and it.left.pos_ == "ADV" else None
    return beyond is not None and (norm(beyond) in {"would", "'d"} or _is_liker(beyond))


def _is_liker(token: Token | None) -> bool:
    return token is not None and (token.tag_ in {"NNS", "NNPS"} or norm(token) in _LIKERS | {"he", "she"})


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
        return after is not None and after.pos_ in {"DET", "NOUN", "ADJ", "PROPN"} and norm(after) not in _POINTERS
    return norm(earlier) == "not" and beyond not in _DO and word(after) not in _SPEAKERS


def _points(it: Phrase) -> bool:
    """Like this, like him; but "it had like these lights", "like that was the plan"."""
    if it.right is None or it.next not in _OBJECTS | _POINTERS or is_subject(it.right):
        return False
    if it.next in _OBJECTS or it.second is None or it.second.pos_ not in {"NOUN", "ADJ", "NUM"}:
        return True
    return it.left is not None and it.left.pos_ == "NOUN"


def _likens(it: Phrase) -> bool:
    """What it was like; like everybody else; the ward was like a corridor; red like a tomato; a city like Leeds."""
    if it.left is None:
        return False
    if it.right is None or closes(it.touching) or it.next in {"when", "as", "for"}:
        asked = it.earlier(9) & {"what", "how"} and norm(it.left) not in _SPEAKERS | {","}
        return bool(asked) and (it.left.pos_ in {"AUX", "ADV"} or it.left.lemma_ == "be" or it.left.pos_ == "PRON")
    if it.next in it.sets["peers"]:
        return word(it.second) in {"else", "other"} or closes(it.second)
    if it.next == "the" and word(it.second) in {"ones", "others", "rest", "last"}:
        return not it.later(4) & (it.sets["units"] | {"of"})
    beyond = before(it.span.doc, it.left.i)
    if (it.right.tag_ == "VBG" or _ends_on_a_thing(it)) and _is_what_it_is(it, beyond):
        return True
    if it.next in {"a", "an"} and it.second is not None and norm(it.second) not in {"lot", "bit", "little"}:
        if it.left.pos_ == "ADJ":
            return it.previous not in {"more", "much"}
        return it.left.lemma_ == "be" and beyond is not None and (beyond.pos_ == "NOUN" or norm(beyond) == "one")
    one = beyond is not None and it.left.tag_ == "NN" and norm(beyond) in {"a", "an"}
    return one and (it.next in _POINTERS or it.right.pos_ == "PROPN") and norm(it.right) != "i"


def _ends_on_a_thing(it: Phrase) -> bool:
    """It's like *the deli counter*, you take a number; but "like the main thing", "like the prices, the tables"."""
    if it.next != "the" or it.left is None or it.left.tag_ != "VBZ" or it.right is None:
        return False
    named = list(itertools.takewhile(lambda token: token.pos_ in {"NOUN", "PROPN"}, it.span.doc[it.right.i + 1 :]))
    after = following(it.span.doc, named[-1].i + 1) if named else None
    if not named or after is None or norm(after) in {"but", "except"}:
        return bool(named)
    return after.is_punct and (after.text != "," or word(following(it.span.doc, after.i + 1)) == "you")


def _is_what_it_is(it: Phrase, beyond: Token | None) -> bool:
    """It's like, that was kind of like: before "asking for rain"."""
    be = it.left
    if it.previous == "of" and word(beyond) in {"kind", "sort"} and beyond is not None:
        be = before(beyond.doc, beyond.i)
        beyond = before(be.doc, be.i) if be is not None else None
    return be is not None and be.lemma_ == "be" and word(beyond) in {"it", "that"}


def _compares(it: Phrase) -> bool:
    """Feels like, works like a queue, took it like a man, said something like I feel alone."""
    if it.left is None:
        return False
    senses = it.sets["senses"]
    beyond = before(it.span.doc, it.left.i) if it.left.pos_ == "ADV" and it.previous != "just" else None
    if _is_sense(it.left, senses) or (beyond is not None and _is_sense(beyond, senses)):
        return not _is_broken(it)
    if it.right is None or (it.next in _SPEAKERS and it.previous != "something"):
        return False
    if it.next in CLAUSE_SUBJECTS | {"no"} and it.previous != "exactly" and it.previous in it.sets["comparers"]:
        quoting = it.previous == "something" and bool(it.earlier(5) & _SAID)
        return it.next != "no" and (quoting or not is_subject(it.right))
    if it.previous == "just":
        return it.right.pos_ in {"DET", "PRON", "PROPN"}
    if it.previous == "almost":
        return it.right.pos_ == "DET"
    if it.previous in _OBJECTS | {"it"} and it.right.pos_ == "DET":
        noun = it.second is not None and it.second.pos_ in {"NOUN", "ADJ", "NUM"}
        return noun and it.left.head.lemma_ not in it.sets["giving"]
    return it.previous in it.sets["comparers"]


def _is_sense(token: Token, senses: frozenset[str]) -> bool:
    """Whether it compares: it *feels* like, they *work* like; but "in good *shape* like"."""
    lemma = token.lemma_.lower()
    return lemma in senses and (token.pos_ in {"VERB", "AUX"} or lemma in _CORE)


def _is_broken(it: Phrase) -> bool:
    """It felt, like, *very small*; i think, like, *it was* late: what follows needs no "like"."""
    if it.right is None:
        return False
    verb = it.left.lemma_.lower() if it.left is not None else ""
    if verb == "think":
        thought = it.right.pos_ in {"DET", "NOUN", "PROPN"} or it.next in _OBJECTS | _POINTERS | {"you"}
        return not thought or is_subject(it.right)
    if verb not in _CORE and (it.next in _SPEAKERS or it.later(3) & it.sets["units"] or it.next == "right"):
        return verb in it.sets["doings"]
    certain = it.right.pos_ == "ADJ" or it.right.tag_ == "VBN" or norm(it.right) in {"very", "really", "so"}
    graded = it.right.pos_ in {"ADJ", "ADV", "VERB"} and certain
    third = following(it.span.doc, it.second.i + 1) if it.second is not None else None
    nouns = {t.pos_ for t in (it.second, third) if t is not None} & {"NOUN", "PROPN", "NUM"}
    return graded and not nouns


def _gives_example(it: Phrase) -> bool:
    """Tools like Redis; and an estimate, which is fair: like thirty, but "like two ropes"."""
    if starts_figure(it.span.doc, it.span.end):
        unit = norm(it.second).rstrip("s") in it.sets["units"] | {"and", "or"} if it.second is not None else False
        counted = it.left is not None and (it.left.pos_ == "ADP" or it.left.lemma_ in {"be", "have"})
        return word(it.touching) not in {"one", "two"} or unit or counted or starts_figure(it.span.doc, it.span.end + 1)
    if (
        it.next == "one"
        and it.second is not None
        and (it.second.like_num or norm(it.second) in it.sets["units"] | {"in"})
    ):
        return True
    if it.touching is not None and it.touching.text == '"':
        return it.left is not None and it.left.tag_ == "NNS"
    several = it.span.start > 0 and it.span.doc[it.span.start - 1].tag_ in {"NNS", "NNPS"}
    return several and it.touching is not None and (it.touching.tag_ in _NAMES or _is_described(it))


def _is_described(it: Phrase) -> bool:
    """Ideas like *solar ovens*, events like *a fair*; not "we sold drinks like a lot"."""
    if it.second is None or it.touching is None or it.second.tag_ not in _NAMES:
        return False
    one = word(it.touching) in {"a", "an"} and norm(it.second) not in _CROWDS
    return one or (it.touching.pos_ == "ADJ" and it.second.tag_ == "NNS")


def is_subject(token: Token) -> bool:
    """Whether a finite verb follows: "that was"."""
    after = following(token.doc, token.i + 1)
    return after is not None and (after.tag_ in FINITE or norm(after) in {"'s", "'re", "'m"})
