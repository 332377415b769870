"""The two sides of a tradeoff, as far as the sentence shows them: the words of the choice, the words of its cost.

One piece of the sentence (``_pieces``) is the cost, by its marker ("even though …", "which meant …") or by its verb
("we dropped …", "… had to wait"); the choice is the deed beside it, or that of the sentence before. Whether there
is a tradeoff at all is not asked here: of a sentence that states none, the sides mean nothing.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span

from analyser.detectors._clauses import is_state
from analyser.detectors._pieces import Piece, openers, pieces, words
from analyser.detectors._syntax import NOMINATIVE, SUBJECTS, lemmas, norm, sentence_spans
from analyser.detectors._told import Told

Sides = tuple[Span | None, Span | None]  # the choice, the cost

_MODALS = frozenset("would 'd might could may will can".split())
_IT = frozenset({"which", "that", "it", "this", ""})
_SKIPPED = frozenset("that us me them him her".split())
_EMPTY = frozenset("nothing for in by on".split())
_ANNOUNCING = frozenset({"mean", "cost", "accept", "know", "be"})
_NEAR = 6  # words from "the price" to its "was"
_DEEDS = ("deciding", "doing", "keeping")
# How surely a piece is the cost: by a marker, by a verb of losing, by a comparison.
_MARKED, _LOST, _LESSER = range(3)


def sides(doc: Doc, at: int) -> Sides:
    """The choice and the cost of a sentence, by its index; either may be ``None``."""
    sentence = sentence_spans(doc)[at]
    if _cues().isdisjoint(lemmas(doc)[sentence.start : sentence.end]):
        return None, None
    here = list(pieces(sentence))
    place, cost = _cost(here)
    chosen = _choice(here, place) or (_earlier(sentence_spans(doc)[at - 1]) if cost and at else None)
    return chosen.words if chosen else None, cost.words if cost else None


@cache
def _cues() -> frozenset[str]:
    """The lemmas without which a sentence shows no side."""
    sets = ("deciding", "doing", "keeping", "picking", "price", "lesser_side")
    return frozenset({"mean", "cost", "accept", "know"}).union(openers(), _losing(), *map(words, sets))


def _cost(here: list[Piece]) -> tuple[int | None, Piece | None]:
    """The surest of the pieces that name a cost, and its place."""
    found = [(rank, at, cost) for at, piece in enumerate(here) for rank, cost in _costs(piece) if cost.words]
    if not found:
        return None, None
    _, at, cost = min(found, key=lambda one: one[:2])
    return at, _whole(cost, here[at + 1 :])


def _whole(cost: Piece, rest: list[Piece]) -> Piece:
    """With the verb, where an aside parts it from its subject: a small group, the frail ones, *would lose it*."""
    root = cost.doc[cost.start : cost.end].root
    verb = root.head.i if root.dep_ in SUBJECTS else root.i
    return cost.part(cost.start, next((piece.end for piece in rest if piece.start <= verb < piece.end), cost.end))


def _costs(piece: Piece) -> Iterator[tuple[int, Piece]]:
    """What a piece may name as a cost, and how surely."""
    marked = _rather(piece) or _named(piece) or (piece if piece.opening == "cost" else None)
    if marked:
        yield _MARKED, marked
    elif piece.opening == "":
        yield from ((_LOST, _clause(verb, piece)) for verb in piece.verbs if _loses(verb))
        if words("lesser_side") & piece.said:
            yield from ((_LESSER, _clause(verb, piece)) for verb in piece.verbs if _is_lesser(verb))


def _clause(verb: Told, piece: Piece) -> Piece:
    """The piece from the verb's subject on: speech runs clauses together."""
    start = verb.subject.left_edge.i if verb.subject else piece.start
    more = any(not t.is_punct and t.dep_ != "prt" for t in piece.doc[verb.verb.i + 1 : piece.end])
    return piece.part(start, piece.end) if more and piece.start <= start < verb.verb.i else piece


def _rather(piece: Piece) -> Piece | None:
    """He would rather *lose a week* than the client: the loss is what he takes."""
    said = [norm(t) for t in piece.tokens]
    start = said.index("rather") + 1 if "rather" in said else len(said)
    end = said.index("than", start) if "than" in said[start:] else 0
    loses = start < end and piece.tokens[start].lemma_.lower() in words("losing") - {"have", "take"}
    return piece.part(piece.start + start, piece.start + end) if loses else None


def _named(piece: Piece) -> Piece | None:
    """What follows *it meant*, *I accepted that*, *we knew that*, *the price was*."""
    verb = next((verb for verb in piece.verbs if _announces(verb, piece)), None)
    if verb is None:
        return None
    after, risk = verb.verb.i + 1, [norm(t) for t in piece.doc[verb.verb.i + 1 : verb.verb.i + 3]]
    after += 2 * (risk in (["the", "risk"], ["the", "fact"]))
    while after < piece.end and norm(piece.doc[after]) in _SKIPPED:
        after += 1
    said = [norm(t) for t in piece.doc[after : piece.end]]
    return piece.part(after, piece.end) if said and said[0] not in _EMPTY and said[-1] not in _MODALS else None


def _announces(verb: Told, piece: Piece) -> bool:
    """Whether the cost follows the verb."""
    if verb.lemma not in _ANNOUNCING or verb.negated:
        return False
    if verb.lemma in {"mean", "cost"}:
        return verb.who in _IT
    if verb.lemma in {"accept", "know"}:
        likely = verb.lemma == "accept" or not _MODALS.isdisjoint(norm(t) for t in piece.tokens if t.i > verb.verb.i)
        return verb.who in NOMINATIVE and likely and verb.helpers.isdisjoint(_MODALS)
    before = piece.doc[max(piece.start, verb.verb.i - _NEAR) : verb.verb.i]
    return any(t.lemma_.lower() in words("price") for t in before)


@cache
def _losing() -> frozenset[str]:
    apart = {verb.split("_")[0] for verb in words("letting_go")}
    return words("sacrificing") | words("cutting") | apart | {"lose", "wait"}


def _loses(verb: Told) -> bool:
    """Whether something is lost, dropped, put off, left out or has to wait."""
    if verb.lemma not in _losing():
        return False
    after = verb.after(3)
    if verb.negated or not (after or verb.passive or verb.lemma == "wait"):
        return False
    if verb.lemma == "wait":
        return verb.who not in NOMINATIVE | {""} and not verb.helpers.isdisjoint({"had", "would"})
    if verb.lemma == "lose":
        return words("no_things").isdisjoint(after[:1]) and verb.helpers.isdisjoint({"would", "'d"})
    apart = after[:1] not in (["'s"], ["us"]) and any(f"{verb.lemma}_{word}" in words("letting_go") for word in after)
    lost = apart or verb.lemma in words("sacrificing") | words("cutting")
    return lost and not {"had", "been"} <= verb.helpers and (verb.past or verb.passive or verb.verb.tag_ == "VBG")


def _is_lesser(verb: Told) -> bool:
    """It was less money; the report came late."""
    thing = verb.who in _IT if verb.lemma == "be" else verb.lemma == "come" and verb.who not in NOMINATIVE
    return thing and verb.past


def _choice(here: list[Piece], cost: int | None) -> Piece | None:
    """What was chosen: whatever was done right before a marker, else the choice nearest before the cost, or after."""
    if cost and here[cost].opening == "cost" and _chooses(here[cost - 1], ()):
        return here[cost - 1]
    at = len(here) if cost is None else cost
    return next((piece for piece in (*reversed(here[:at]), *here[at + 1 :]) if _chooses(piece, _DEEDS)), None)


def _earlier(sentence: Span) -> Piece | None:
    """The choice that the sentence before ends on: I chose the small one."""
    return next((piece for piece in reversed(list(pieces(sentence))) if _chooses(piece, ("choosing",))), None)


def _chooses(piece: Piece, deeds: Sequence[str]) -> bool:
    """Whether the piece tells what somebody took for the cost: one of the deeds, or any where none is named."""
    if not piece.words or piece.opening in {"cost", "aside"} or any(map(_loses, piece.verbs)):
        return False
    if piece.opening == "gain":
        return not piece.said <= words("gaining") | words("no_choice")
    return any(_decides(verb, deeds) for verb in piece.verbs)


def _decides(verb: Told, deeds: Sequence[str]) -> bool:
    """We went with, the director picked, I shipped; in the present of a story: so I choose."""
    deed = any(verb.lemma in words(name) for name in deeds) if deeds else not is_state(verb.verb)
    picks = verb.lemma in words("picking") and verb.verb.tag_ in {"VBP", "VBZ"}
    if not (deed and verb.past) and not picks:
        return False
    somebody = verb.who in NOMINATIVE | {""} or (verb.subject is not None and verb.subject.lemma_ in words("chiefs"))
    if verb.negated or verb.passive or not somebody or not verb.helpers.isdisjoint(_MODALS):
        return False
    after = verb.after(2)
    return words("no_choice").isdisjoint(after) and (verb.lemma != "go" or after[:1] in (["with"], ["for"]))
