"""Which softening phrases are meant otherwise: "that kind of problem", "a little company", "just a week later".

One function for each group of ``hedging.toml`` whose words have other senses; true means no hedge.
"""

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from analyser.detectors._neighbours import (
    CONJUNCTIONS,
    NOISE,
    PERSONS,
    Phrase,
    before,
    closes,
    ends_figure,
    following,
    starts_figure,
    word,
)
from analyser.detectors._syntax import norm

_BE = frozenset("was is 's am 'm were are 're be been".split())
_BEFORE_ALL = _BE | PERSONS | {"would", "'d"}  # "we'd all kind of talk", not "of all kinds"
_BECOME = _BE | frozenset("become became becomes got get felt feel".split())
_WISHES = frozenset({"want", "wanted"})  # "I just want to say": only that
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})


def _kind_of(it: Phrase) -> bool:
    """The noun: *that* kind of problem, *all* sorts of traffic, *my own* sort of thing."""
    if starts_figure(it.span.doc, it.span.end) and it.right is not None and it.right.pos_ != "ADJ":
        return True
    if it.previous in {"that", "which", "this"} and it.next in it.sets["kind_verbs"]:
        return False
    if it.previous == "all" and it.left is not None and word(before(it.span.doc, it.left.i)) in _BEFORE_ALL:
        return False
    if it.previous in {"all", "which"} and it.touching is not None and it.touching.pos_ in {"VERB", "AUX"}:
        return False
    if it.previous in {"that", "this", "these", "those", "which", "what", "some"} and it.touching is not None:
        return it.touching.tag_ not in ({"VBD", "VBZ", "VBN", "MD"} if it.previous != "what" else {"MD"})
    if it.previous in {"a", "an", "my"} and it.last == "of":
        graded = it.touching is not None and it.touching.pos_ in {"ADJ", "ADV", "VERB"}
        return not graded and word(it.touching) not in NOISE
    return it.previous in it.sets["kind_determiners"]


def _a_bit(it: Phrase) -> bool:
    """A little *company*, a bit of *code*, *for* a bit, *quite* a bit, a little *later*."""
    after = it.touching
    if it.first != "a":
        return it.previous == "a" or _bare_bit(it)  # after "a" the whole phrase has been judged
    if it.previous in it.sets["bit_prepositions"]:
        return True
    if it.next in {"over", "under"} and it.second is not None and starts_figure(it.span.doc, it.second.i):
        return True
    if closes(after) or after is None:
        return False
    if norm(after) == "of":
        return word(it.second) not in {"a", "an"}
    if it.previous in _BECOME and (it.last == "bit" or norm(after) in it.sets["predicates"]):
        return norm(after) in {"later", "of"}
    if norm(after) in {"while", "later", "before", "longer", "by", "earlier", "extra"} or after.pos_ in _NOUNS:
        return True
    if norm(after) in {"more", "less"}:
        return not _is_graded(following(after.doc, after.i + 1))
    return after.pos_ == "ADJ" and after.dep_ == "amod" and it.span[0].head.i == after.head.i


def _bare_bit(it: Phrase) -> bool:
    """Was bit *confusing*, as it is said where articles are rare."""
    after = it.touching
    graded = after is not None and after.pos_ in {"ADJ", "ADV", "VERB"}
    if len(it.span) == 1 and it.first == "little":  # "it was little painful"
        noun = it.second is not None and it.second.pos_ in _NOUNS
        return it.previous not in _BECOME or not graded or noun
    return not (graded or closes(after)) if it.first == "little" else it.previous not in _BECOME or not graded


def _is_graded(token: Token | None) -> bool:
    return token is not None and token.pos_ in {"ADJ", "ADV"}


def _degree(it: Phrase) -> bool:
    """Slightly *higher*: a comparison; a relatively *small* team: a fact; *thirty*-ish: a figure."""
    if it.first == "somewhat" or it.first.endswith("ish"):
        return it.first == "ish" and _rounds(it)
    after = it.touching
    if after is None or not (_is_graded(after) or norm(after) == "well") or after.tag_ in {"JJR", "RBR"}:
        return True
    if it.first == "fairly":
        return norm(after) not in {"sure", "certain", "confident"}
    noun = following(after.doc, after.i + 1)
    return norm(after) in it.sets["measures"] or (noun is not None and noun.pos_ in _NOUNS and after.pos_ == "ADJ")


def _rounds(it: Phrase) -> bool:
    hyphen = it.span.start > 0 and it.span.doc[it.span.start - 1].text == "-"
    return ends_figure(it.span.doc, it.span.start - hyphen)


def _extent(it: Phrase) -> bool:
    """In a way *that* worked, wrong *in a way* a child would follow; we do*n't really* test, *not really* a joke."""
    if it.first == "not":
        return it.span[0].lower_ != "not" or not (closes(it.touching) or it.next == "no")
    if it.first == "if":
        return it.touching is None or it.touching.pos_ in {"VERB", "AUX", "ADV"} or it.next in {"that", "of"}
    if it.first != "in":
        return False
    if it.previous in CONJUNCTIONS and it.next in PERSONS | {"it", "every", "everything"}:
        return False
    if it.left is not None and it.left.pos_ in {"ADJ", "VERB", "ADV", "NOUN"} and it.previous not in {"think", "guess"}:
        return not closes(it.touching)
    return word(it.touching) in {"that", "to", "where", "which", "of", "as"}


def _tend_to(it: Phrase) -> bool:
    """What others do as a rule: *new teams* tend to overbuild."""
    return it.left is not None and it.left.pos_ in {"NOUN", "PROPN"}


def _just(it: Phrase) -> bool:
    """Just *a week later*, I just *joined*, just *as*, *she* just left: all but what makes the speaker's part small."""
    after = it.touching
    if it.next in {"kind", "sort", "kinda", "sorta"}:
        return it.previous not in _BE | {"i", "we"}
    if it.previous in _BE:
        return not _is_small(it)
    if it.previous not in {"i", "we"} or after is None:
        return True
    return not (after.pos_ == "VERB" or norm(after) in {"do", "did"}) or norm(after) in it.sets["recent"] | _WISHES


def _is_small(it: Phrase) -> bool:
    """It was just *a script*, I'm just *a student*, it was just *too early*; not "just after", "just a week"."""
    be = it.left
    who = word(before(be.doc, be.i)) if be is not None else ""
    if who not in {"i", "we", "it", "that", "this", "those"} or it.next in it.sets["exact"] or closes(it.right):
        return bool(it.later(4) & it.sets["small_parts"]) and it.next in {"a", "an", "some", "the"}
    if it.next in {"a", "an", "to", "too", "some"}:
        stressed = it.second is not None and norm(it.second) in {"very", "really", "such", "huge", "incredibly"}
        return not stressed and not starts_figure(it.span.doc, it.span.end)
    return it.right is not None and it.right.tag_ in {"NN", "NNS", "IN"}


def _attempt(it: Phrase) -> bool:
    """A literal attempt: I tried to *reach her four times*, but …; I helped *a customer*."""
    verb = it.right
    if it.last == "with":  # the whole work, but "with the two doors" tells the part
        whole = it.next in {"the", "our"} and it.second is not None and it.second.pos_ in _NOUNS - {"NUM"}
        return not (whole or it.later(3) & it.sets["whole_works"])
    if it.first == "and" and (not it.earlier(12) & {"i", "we"} or it.earlier(8) & {"he", "she", "they", "you"}):
        return True
    if it.last == "out" or verb is None:
        return verb is None
    if it.last == "helped":
        return verb.tag_ not in {"VB", "VBP"}
    if it.last == "to" and "try" in {norm(token) for token in it.span}:
        return norm(verb) not in it.sets["vague_deeds"] and "not" not in {norm(token) for token in it.span}
    if it.later(14) & {"but", "not", "failed", "twice", "times", "never"}:
        return True
    if "tried" not in {norm(token) for token in it.span}:
        return False
    sure = norm(verb) == "make" and word(it.second) == "sure"
    return not sure and norm(verb) not in it.sets["vague_deeds"]


OTHERWISE: Mapping[str, Callable[[Phrase], bool]] = {
    "kind-of": _kind_of,
    "a-bit": _a_bit,
    "degree": _degree,
    "extent": _extent,
    "tend-to": _tend_to,
    "just": _just,
    "attempt": _attempt,
}
