"""Deeds told without a finite verb of their own: gerunds, clefts, nouns that say whose deed it was."""

from typing import Literal

from spacy.tokens import Token

from analyser.detectors._events import words
from analyser.detectors._syntax import SPEAKER, TEAM, norm, verb_of

Agent = Literal["I", "we", "other", "nobody"]

ME = SPEAKER | {"me", "myself"}
_MEANS = frozenset({"by", "after", "through"})
_BETWEEN = frozenset({"to", "just", "um", "uh", "like"})


def telling(verb: Token) -> Token:
    """The verb that tells whether it happened: of *calling them fixed it*, *by calling them I won*, the finite one."""
    by = verb.head if verb.dep_ == "pcomp" and norm(verb.head) in _MEANS else None
    return what_was_done(verb) or effect(verb) or (verb_of(by.head) if by is not None else verb)


def owner_of(noun: Token) -> Agent | None:
    """Whose it is: *my* visit, *our* call, *me* calling them."""
    owner = next((norm(c) for c in noun.children if c.dep_ in {"poss", "nsubj"}), None)
    return None if owner is None else "I" if owner in {"my", *ME} else "we" if owner in {"our", *TEAM} else "other"


def what_was_done(verb: Token) -> Token | None:
    """The *did* of *what I did was call every one of them*, the *handled* of *the way I handled it was to call him*."""
    return _handled(verb) or _did(verb)


def _handled(verb: Token) -> Token | None:
    while verb.dep_ == "conj" and verb.tag_ in {"VB", "VBG"}:
        verb = verb.head
    if verb.dep_ != "xcomp" or verb.head.lower_ != "was":
        return None
    subjects = [c for c in verb.head.children if c.i < verb.head.i]
    ways = (c for c in subjects if c.dep_ == "nsubj" and c.lemma_.lower() in words("ways"))
    did = (c for c in subjects if c.dep_ == "csubj" and c.lower_ == "did")
    return next(did, None) or next((c for way in ways for c in way.children if c.dep_ == "relcl"), None)


def _did(verb: Token) -> Token | None:
    at = verb.i - 1
    while at > 0 and norm(verb.doc[at]) in _BETWEEN:
        at -= 1
    cleft = verb.tag_ in {"VB", "VBP"} and at > 1 and verb.doc[at].lower_ in {"was", "is"}
    return verb.doc[at - 1] if cleft and verb.doc[at - 1].lower_ == "did" else None


def is_cleft(did: Token) -> bool:
    """The *did* of *what I did was*: the deed comes after."""
    return did.lower_ == "did" and did.i + 1 < len(did.doc) and did.nbor().lower_ in {"was", "is"}


def effect(verb: Token) -> Token | None:
    """What a gerund brought about: *rebuilding it bought us a month*."""
    if verb.tag_ != "VBG" or any(c.dep_ in {"aux", "mark"} for c in verb.children):
        return None
    head = verb.head if verb.dep_ == "csubj" else _verb_after_it(verb)
    return head if head is not None and head.i > verb.i and head.lemma_.lower() in words("effects") else None


def _verb_after_it(verb: Token) -> Token | None:
    """The parser takes the *it* of *rebuilding it bought us a month* for the subject of the second verb."""
    doc, i = verb.doc, verb.i
    near = i + 2 < len(doc) and norm(doc[i + 1]) in {"it", "them", "that"} and doc[i + 2].tag_ == "VBD"
    return doc[i + 2] if near and verb.dep_ not in {"xcomp", "pcomp"} else None
