"""Where a clause of bounded uncertainty starts and ends; the parse of raw speech alone cannot say."""

from spacy.tokens import Doc, Token

from analyser.detectors._neighbours import CLAUSE_SUBJECTS, CONJUNCTIONS, FINITE, PERSONS
from analyser.detectors._syntax import norm, subject, verb_of

STOPS = frozenset(". ! ? ; : , — –".split())
_SUBJECTS = frozenset("i we he she they you it there nobody none without".split())
_QUESTIONS = frozenset("whether if how what which when who where why".split())
_BEFORE, _REACH = 6, 28  # tokens


def start_of(token: Token) -> int:
    """Where the clause starts: its subject, or the "what" of "what we did not know was whether"."""
    doc, start = token.doc, token.i
    lowest = max(0, token.i - _BEFORE)
    while start > lowest and not _begins_clause(doc[start - 1]):
        start -= 1
        if norm(doc[start]) in _SUBJECTS:
            return start - (start > 0 and norm(doc[start - 1]) == "what")
    who = subject(token)
    return who.left_edge.i if who is not None and lowest <= who.left_edge.i <= token.i else start


def _begins_clause(earlier: Token) -> bool:
    """Whether a clause may begin after this token."""
    return (
        earlier.is_punct or earlier.is_space or norm(earlier) in CONJUNCTIONS | {"um", "uh", "knew", "thought", "that"}
    )


def end_of(token: Token) -> int:
    """Where the clause of ``token`` ends: punctuation, the next clause ("and we ran a test"), or as parsed."""
    doc = token.doc
    end = min(token.i + _REACH, len(doc))
    for i in range(token.i + 1, end):
        if doc[i].text in STOPS or doc[i].is_space or _next_clause(doc, i):
            return min(i, _parsed_end(token))
    return min(end, _parsed_end(token))


def _parsed_end(token: Token) -> int:
    """Where the parse ends the clause that ``token`` opens; the end of the text where it cannot say."""
    verb = verb_of(token)
    end = verb.right_edge.i + 1
    return end if verb.i >= token.i and end > token.i + 2 else len(token.doc)


def _next_clause(doc: Doc, i: int) -> bool:
    """Whether the story goes on here: a conjunction with a new subject, a new subject after a finished clause."""
    lower = norm(doc[i])
    if lower in {"because", "so"} or doc[i].is_sent_start:
        return True
    if lower in {"and", "but", "then"}:
        return doc[i : i + 2][-1].tag_ not in FINITE and any(
            t.dep_ in {"nsubj", "nsubjpass"} or norm(t) in CLAUSE_SUBJECTS for t in doc[i + 1 : i + 5]
        )
    fresh = lower in PERSONS and i + 1 < len(doc) and doc[i + 1].tag_ in FINITE and doc[i].head.dep_ != "relcl"
    return (
        fresh
        and doc[i - 1].pos_ in {"NOUN", "PROPN", "ADJ", "ADV", "NUM", "VERB"}
        and norm(doc[i - 1]) not in _QUESTIONS
    )
