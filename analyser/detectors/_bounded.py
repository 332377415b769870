"""Bounded uncertainty: a clause that names a specific unknown, risk or probability, and does not apologise for it."""

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Doc, Token

from analyser.detectors import _chances
from analyser.detectors._limits import STOPS, end_of, start_of
from analyser.detectors._neighbours import (
    CLAUSE_SUBJECTS,
    CONJUNCTIONS,
    FINITE,
    PERSONS,
    following,
    starts_figure,
    word,
)
from analyser.detectors._speech import is_anothers
from analyser.detectors._syntax import norm, positions, subject

_OWN = frozenset("i we nobody no-one one none anyone us".split())
_OTHERS = frozenset("he she they you".split())
_DENIED = frozenset("not no nobody never none without nothing neither".split())
_PAST = frozenset("did was were had could knew without".split())
_OPEN = frozenset("would could might will was were 'd wo going".split())
_QUESTIONS = frozenset("whether weather if how what which when who where why".split())
_INVERTED = frozenset("would will was were".split())
_ABOUT_WHAT = frozenset("what who where why".split())
_NAMED = frozenset("that we i it the if whether losing".split())
_BEFORE, _BETWEEN = 6, 5  # tokens

Found = tuple[int, int, str]


class Bounded:
    """Finds clauses; each comes with the group it belongs to."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self._unknown = sets["unknown"]
        self._measures = sets["unmeasured"]
        self._looks: tuple[tuple[frozenset[str], Callable[[Token], Found | None]], ...] = (
            (sets["knowing"] | self._unknown, self._open_question),
            (sets["risks"], self._risk),
            (frozenset({"guarantee"}), self._no_guarantee),
            (sets["losses"], self._possible_loss),
            (sets["failures"], self._threat),
            (frozenset({"chance", "chances", "odds", "one"}), self._odds),
            (sets["knowledge"], self._gap),
            (frozenset({"whether", "how", "what", "which"}), self._fronted),
            (frozenset({"might", "may", "could"}), self._doubtful),
        )
        self._words = frozenset().union(*(words for words, _ in self._looks))

    def find(self, doc: Doc, quotes: frozenset[int]) -> Iterator[Found]:
        """Every bounded clause of ``doc`` outside quotations as first token, end (exclusive), group."""
        # One search for the words of all: it is the dear part.
        near = [doc[i] for i in positions(doc, self._words) if i not in quotes]
        told = [(token, norm(token)) for token in near]
        for words, look in self._looks:
            for token, word_ in told:
                found = look(token) if word_ in words else None
                if found:
                    yield found

    def _open_question(self, token: Token) -> Found | None:
        """We did not know whether …, nobody could tell me which …, it was unclear if …."""
        question = _question_after(token) or self._unmeasured(token) or _doubted(token)
        if question is None:
            return None
        start = start_of(token)
        said = {form for t in token.doc[start : token.i + 1] for form in (t.lower_, norm(t))}
        if not said & _PAST or (norm(token) not in self._unknown and not said & _DENIED):
            return None
        if norm(token) in {"tell", "told", "say"} and "could" not in said and said & {"i", "we"}:
            return None
        if norm(token) == "open" and norm(question) not in {"whether", "if"}:
            return None
        if norm(token) in {"find", "found"} and word(following(token.doc, token.i + 1)) != "out":
            return None
        told = {norm(t) for t in token.doc[token.i : question.i]} & {"me", "us"}
        return (start, end_of(question), "bounded-unknown") if told or _is_own(token, start) else None

    def _unmeasured(self, token: Token) -> Token | None:
        """The noun of "we did not know the failure rate"."""
        after = following(token.doc, token.i + 1)
        if norm(token) not in {"know", "knew", "known"} or word(after) != "the" or after is None:
            return None
        return next((t for t in token.doc[after.i : after.i + 4] if norm(t) in self._measures), None)

    def _no_guarantee(self, token: Token) -> Found | None:
        """There was no guarantee that the account would continue."""
        doc = token.doc
        earlier = [norm(t) for t in doc[max(0, token.i - 4) : token.i]]
        after = following(doc, token.i + 1)
        if (
            after is None
            or earlier[-3:] != ["there", "was", "no"]
            or not _OPEN & {norm(t) for t in doc[after.i : after.i + 8]}
        ):
            return None
        return token.i - 3, end_of(after), "bounded-risk"

    def _risk(self, token: Token) -> Found | None:
        """The risk was that …, there was a one in three chance of …."""
        doc = token.doc
        earlier = [norm(t) for t in doc[max(0, token.i - _BEFORE - 2) : token.i]]
        after = following(doc, token.i + 1)
        if after is None or _DENIED & set(earlier[-2:]):
            return None
        if norm(after) in {"was", "were"} and word(following(doc, after.i + 1)) in _NAMED:
            start = token.left_edge.i if token.i - token.left_edge.i < 4 else token.i
            return start, end_of(after), "bounded-risk"
        opens = norm(after) in PERSONS | {"of", "that", "to", "it"} or after.pos_ == "DET"
        if "there" not in earlier or "was" not in earlier or not opens:
            return None
        return token.i - earlier[::-1].index("there") - 1, end_of(after), "bounded-risk"

    def _threat(self, token: Token) -> Found | None:
        """The bridge could be closed by the time we came back."""
        start = _chances.threat(token)
        return None if start is None else (start, end_of(token), "bounded-risk")

    def _doubtful(self, token: Token) -> Found | None:
        """The new farm might not manage the week."""
        start = _chances.doubtful(token)
        return None if start is None else (start, end_of(token), "bounded-risk")

    def _odds(self, token: Token) -> Found | None:
        """The storm had a forty percent chance of turning north."""
        if norm(token) == "one" and word(following(token.doc, token.i + 1)) != "in":
            return None
        start = _chances.odds(token)
        return None if start is None else (start, end_of(token), "bounded-risk")

    def _gap(self, token: Token) -> Found | None:
        """We had no figures on the new street."""
        start = _chances.gap(token)
        return None if start is None else (start, end_of(token), "bounded-unknown")

    def _fronted(self, token: Token) -> Found | None:
        """Whether he would take the other truck was open."""
        found = _chances.fronted(token)
        return None if found is None else (*found, "bounded-unknown")

    def _possible_loss(self, token: Token) -> Found | None:
        """It might cost us the account, option B could have doubled sign-ups."""
        doc = token.doc
        helpers = [norm(t) for t in doc[max(0, token.i - 3) : token.i]]
        modal = next((w for w in helpers if w in {"might", "could", "may"}), None)
        if modal is None or _DENIED & set(helpers) or is_anothers(token):
            return None
        who = subject(token)
        if (
            who is None
            or who.i > token.i
            or (norm(who) == "i" and not {"have", "'ve"} & set(helpers))
            or not _has_object(token)
        ):
            return None
        return who.left_edge.i, end_of(token), "bounded-risk"


def _has_object(verb: Token) -> bool:
    after = following(verb.doc, verb.i + 1)
    return after is not None and (
        starts_figure(verb.doc, after.i) or any(c.dep_ in {"dobj", "dative", "dep"} for c in verb.children)
    )


def _question_after(token: Token) -> Token | None:
    """The word that opens the question which the speaker could not answer."""
    for after in token.doc[token.i + 1 : token.i + 1 + _BETWEEN]:
        lower = norm(after)
        if lower in _QUESTIONS:
            return after if _is_open(after) or _is_sought(token, after) else None
        if lower in _INVERTED and after.i == token.i + 1 and word(following(after.doc, after.i + 1)) in CLAUSE_SUBJECTS:
            return after
        if after.text in STOPS - {","} or after.pos_ == "VERB" or lower in CLAUSE_SUBJECTS | CONJUNCTIONS:
            return None
    return None


def _is_sought(token: Token, question: Token) -> bool:
    """Whether somebody looked for the answer: nobody could say *what* held it up, I couldn't find out *why*."""
    earlier = {norm(t) for t in token.doc[max(0, token.i - 5) : token.i]}
    clause = token.doc[question.i + 1 : question.i + 10]
    return (
        "could" in earlier
        and len(clause) > 1
        and clause[0].tag_ != "TO"
        and (any(t.tag_ in FINITE for t in clause) or norm(question) == "why")
    )


def _doubted(token: Token) -> Token | None:
    """The clause of "we weren't sure the search would work": what would happen, no question word needed."""
    after = following(token.doc, token.i + 1)
    if norm(token) not in {"sure", "certain"} or after is None or after.pos_ not in {"DET", "PRON"}:
        return None
    clause = {norm(t) for t in token.doc[after.i : after.i + 6]}
    return after if clause & {"would", "'d", "could"} else None


def _is_open(question: Token) -> bool:
    """Whether the question is a specific one: not "what to do", not "who he is", not ", which was bad"."""
    doc, lower = question.doc, norm(question)
    nxt = following(doc, question.i + 1)
    if nxt is None or norm(nxt) == "to" or nxt.is_punct:
        return False
    clause = doc[question.i : question.i + 10]
    if lower == "which":
        return norm(nxt) not in {"was", "is", "meant", "made", "i", "we"}
    if lower == "how":
        return nxt.pos_ in {"ADJ", "ADV"} or any(norm(t) in _OPEN for t in clause)
    return lower not in _ABOUT_WHAT or any(norm(t) in _OPEN - {"was", "were"} for t in clause)


def _is_own(token: Token, start: int) -> bool:
    """Whether the speaker did not know it, or nobody did; not "she did not know whether"."""
    words = {norm(t) for t in token.doc[start : token.i]}
    named = any(t.dep_ == "nsubj" and t.pos_ in {"NOUN", "PROPN"} for t in token.doc[start : token.i])
    if words & _OTHERS or (named and "nobody" not in words):
        return False
    who = subject(token)
    return bool(words & (_OWN | {"no", "it", "what", "without"})) or who is None or norm(who) in _OWN
