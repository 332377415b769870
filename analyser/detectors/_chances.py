"""Risks, odds and gaps that are named plainly: "the strike could leave us short", "we had no data on renters"."""

from spacy.tokens import Doc, Token

from analyser.detectors._neighbours import CLAUSE_SUBJECTS, PERSONS, before, following, word
from analyser.detectors._speech import is_anothers
from analyser.detectors._syntax import norm, subject

_MODALS = frozenset({"might", "could", "may"})
_DENIED = frozenset("not no never without".split())
_PEOPLE = frozenset("i we you they".split())
_SHARES = frozenset("percent % in even fifty".split())
_UNREAL = frozenset("so if how what who where when whether that which people".split())
_HAD = frozenset("had was were have has saw knew".split())
_OF_WHAT = frozenset("on about for how whether if that yet to".split())
_OPEN = frozenset("open unclear unknown uncertain guess".split())
_REACH = 18  # tokens from a question to the word that it stayed open


def threat(verb: Token) -> int | None:
    """Where "the bridge could be closed" starts, with ``verb`` for what could go wrong; ``None`` if it is no threat."""
    doc = verb.doc
    near = [norm(t) for t in doc[max(0, verb.i - 4) : verb.i]]
    at = next((i for i in range(verb.i - 1, max(-1, verb.i - 5), -1) if norm(doc[i]) in _MODALS), None)
    if (
        at is None
        or any(t.is_punct for t in doc[at : verb.i])
        or _DENIED & set(near)
        or is_anothers(verb)
        or doc[at].tag_ != "MD"
        or norm(verb) == "worse"
    ):
        return None
    who = before(doc, at)
    if who is None or norm(who) in _PEOPLE or who.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    start = _phrase_start(who)
    if word(before(doc, start)) in _UNREAL or who.head.dep_ == "relcl":
        return None
    return start


def doubtful(modal: Token) -> int | None:
    """Where "the new farm might not manage the week" starts, with ``modal`` for what makes it open."""
    doc, i = modal.doc, modal.i + 1
    while i < len(doc) and norm(doc[i]) in {"not", "still", "even"}:
        i += 1
    who = before(doc, modal.i)
    if i >= len(doc) or doc[i].tag_ != "VB" or doc[i].lemma_ in {"be", "have", "get"} or who is None:
        return None
    open_ = i > modal.i + 1 or norm(modal) == "might"
    if not open_ or who.pos_ not in {"NOUN", "PROPN"} or modal.tag_ != "MD" or is_anothers(modal):
        return None
    start = _phrase_start(who)
    near = {norm(t) for t in doc[max(0, start - 8) : start]}
    return (
        None
        if near & _UNREAL or modal.head.dep_ == "relcl" or (norm(modal) == "could" and "not" in norm(doc[modal.i + 1]))
        else start
    )


def _phrase_start(noun: Token) -> int:
    """Where the subject that ends with ``noun`` begins: "half of the cars", "a crack in the wing light"."""
    who = subject(noun.head) if noun.head.pos_ in {"VERB", "AUX"} else None
    root = who if who is not None and who.left_edge.i <= noun.i <= who.right_edge.i else noun
    start = root.left_edge.i
    return start if noun.i - start < 8 and not any(t.is_punct for t in root.doc[start : noun.i]) else noun.i


def odds(token: Token) -> int | None:
    """Where "we stood an even chance of losing" starts, with ``token`` for the chance: only where it has a number."""
    doc = token.doc
    left = doc[max(0, token.i - 6) : token.i]
    right = doc[token.i + 1 : token.i + 3]
    after = following(doc, token.i + 3)
    ratio = len(right) > 1 and norm(right[0]) == "in" and right[1].like_num and (after is None or after.pos_ != "NOUN")
    counted = not _SHARES.isdisjoint(norm(t) for t in left[-4:]) and any(t.like_num or norm(t) == "even" for t in left)
    if norm(token) == "one":
        beyond = {norm(t) for t in doc[token.i + 3 : token.i + 5]}
        counted, ratio = False, ratio and not beyond.isdisjoint({"that", "chance"})
    if not (ratio or counted) or not _HAD | {"stood", "is", "gave"} & {norm(t) for t in left}:
        return None
    start = token.i
    for t in reversed(left):
        if t.is_punct and t.text != "-":
            break
        start = t.i
        if t.dep_ in {"nsubj", "expl"} or norm(t) in CLAUSE_SUBJECTS:
            return t.left_edge.i if t.i - t.left_edge.i < 6 else t.i
    return start


def gap(token: Token) -> int | None:
    """Where "we had no figures on the new street" starts, with ``token`` for what was missing."""
    doc = token.doc
    left = doc[max(0, token.i - 5) : token.i]
    words = [norm(t) for t in left]
    if "no" not in words[-3:] and not {"not"} & set(words[-4:]):
        return None
    if not _HAD & set(words) and "without" not in words:
        return None
    after = following(doc, token.i + 1)
    if word(after) not in _OF_WHAT or (word(after) == "to" and norm(token) != "way"):
        return None
    at = next((t for t in left if norm(t) in PERSONS | {"there", "nobody", "it"}), None)
    return at.i if at is not None and norm(at) not in {"he", "she", "they", "you"} else None


def fronted(token: Token) -> tuple[int, int] | None:
    """Start and end of "whether he would take it was open", with ``token`` for the question word that opens it."""
    doc: Doc = token.doc
    opens = token.is_sent_start or token.i == 0 or doc[token.i - 1].is_punct or norm(doc[token.i - 1]) in {"and", "but"}
    if not opens or word(following(doc, token.i + 1)) == "to":
        return None
    for t in doc[token.i + 3 : token.i + _REACH]:
        if t.text in {".", "?", "!", ";"}:
            return None
        earlier = {norm(x) for x in doc[max(0, t.i - 3) : t.i]}
        if norm(t) in (_OPEN if norm(token) == "whether" else _OPEN - {"open"}) and earlier & {"was", "were"}:
            return token.i, t.i + 1
        if norm(t) in {"say", "tell", "know", "learn", "see"} and "not" in earlier and earlier & {"could", "did", "we"}:
            return token.i, t.i + 1
    return None
