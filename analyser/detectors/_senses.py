"""Which hedging phrases are meant otherwise: "I think about users", "that kind of problem", "a little company".

One function for each group of ``hedging.toml`` whose words have other senses; true means no hedge.
"""

from collections.abc import Callable, Mapping

from spacy.tokens import Span, Token

from analyser.detectors._neighbours import (
    CLAUSE_SUBJECTS, CONJUNCTIONS, FINITE, NOISE, PERSONS, before, clause_follows, closes, ends_figure, following,
    starts_figure, word,
)  # fmt: skip
from analyser.detectors._syntax import norm

Sets = Mapping[str, frozenset[str]]
_CONDITIONS = frozenset("if when whenever unless until what how who where than do did does".split())
_DETERMINERS = frozenset("the a an my our his her their your this these those no every each".split())
_NARROWED = frozenset("it they i we this that which there".split())


def _next(span: Span, ahead: int = 0) -> str:
    return word(following(span.doc, span.end + ahead))


def _previous(span: Span) -> str:
    return word(before(span.doc, span.start))


def _after(span: Span) -> Token | None:
    """The very next token, noises included."""
    return following(span.doc, span.end, noise=False)


def _belief_verb(span: Span, sets: Sets) -> bool:
    """I think *about*, when I think …, I assume the role."""
    nxt, verb = _next(span), norm(span[-1])
    if _previous(span) in _CONDITIONS:
        return True
    if verb == "think":
        at = following(span.doc, span.end)
        return nxt in sets["think_otherwise"] and not (
            nxt == "about" and at is not None and starts_figure(span.doc, at.i + 1)
        )
    if verb == "believe" and (nxt in {"in", "me", "him", "her", "them", "you"} or _is_creed(span)):
        return True
    if nxt in _DETERMINERS and verb not in {"guess", "suppose", "think"}:
        return not clause_follows(span.doc, span.end) and _previous(span) not in {",", "-"}
    return nxt in {"for", "about", "role"} and verb in {"assume", "figure", "imagine"}


def _is_creed(span: Span) -> bool:
    return _next(span) == "that" and _next(span, 1) in {"very", "quite", "deeply", "strongly", "so"}


def _feel(span: Span, sets: Sets) -> bool:
    """I feel *bad*, I feel like *a fraud*, I feel like *giving up*."""
    if _previous(span) in _CONDITIONS:
        return True
    nxt = following(span.doc, span.end)
    if nxt is None or nxt.is_punct:
        return norm(span[-1]) == "like"
    if norm(span[-1]) == "like":
        return nxt.tag_ == "VBG" or not clause_follows(span.doc, span.end)
    if nxt.pos_ == "ADV" and norm(nxt) not in {"so", "very", "really", "quite", "too", "pretty"}:
        nxt = following(span.doc, nxt.i + 1)
    return word(nxt) not in CLAUSE_SUBJECTS | {"the"} or nxt is None or not clause_follows(span.doc, nxt.i + 1, 5)


def _would_say(span: Span, sets: Sets) -> bool:
    """What somebody would say to somebody: every time, I'd say *no*."""
    if _previous(span) in _CONDITIONS | {"as", "sometimes", "'d"} or _next(span) in sets["would_say_otherwise"]:
        return True
    after = _after(span)
    if after is not None and after.text in {'"', "'", ":"}:
        return True
    if starts_figure(span.doc, span.end) or ends_figure(span.doc, span.start):
        return True
    earlier = {norm(t) for t in span.doc[max(0, span.start - 20) : span.start]}
    if _previous(span) not in {"and", "then", ",", "so"}:
        return False
    return bool(earlier & {"'d", "would"}) and bool(earlier & {"when", "time", "every", "always", "and", "whenever"})


def _do_not_know(span: Span, sets: Sets) -> bool:
    """I don't know *Go*, I don't know *what* they do."""
    after = _after(span)
    if _previous(span) in _CONDITIONS | {"that", "because", "where"} or "did" in {token.lower_ for token in span}:
        return True
    if after is None or after.is_punct or norm(after) in NOISE:
        return False
    if norm(after) in sets["known_objects"]:
        return True
    if norm(after) in {"that", "it"}:
        second = following(span.doc, after.i + 1)
        return second is None or (second.tag_ not in FINITE and norm(second) not in CLAUSE_SUBJECTS)
    if after.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} or norm(after) in _DETERMINERS:
        earlier = before(span.doc, span.start)
        return earlier is None or earlier.pos_ not in {"ADP", "VERB", "AUX", "DET"}
    return False


def _not_sure(span: Span, sets: Sets) -> bool:
    """I'm not sure *why* he left; even *if* I'm not sure."""
    if norm(span[-1]) == "depends":
        return _next(span) in {"on", "upon"}
    return _previous(span) in _CONDITIONS or _next(span) in {"why", "what", "who", "where", "how", "which"}


_REMEMBERED = frozenset("exactly precisely if whether what who when which where how".split())


def _memory(span: Span, sets: Sets) -> bool:
    """I don't remember *him*."""
    if _previous(span) in _CONDITIONS:
        return True
    last = norm(span[-1])
    if last not in {"remember", "recall"} or norm(span[0]) in {"if", "as", "from", "to"}:
        return False
    nxt = following(span.doc, span.end)
    return not (closes(nxt) or word(nxt) in _REMEMBERED | CLAUSE_SUBJECTS)


def _perhaps(span: Span, sets: Sets) -> bool:
    """A bounded estimate ("maybe thirty"), a noun ("a maybe"), what was thought of at the time."""
    doc = span.doc
    if starts_figure(doc, span.end) or (ends_figure(doc, span.start) and closes(_after(span))):
        return True
    if norm(span[0]) == "possibly" and word(before(doc, span.start)) in {"not", "could", "can", "i", "we"}:
        return True
    return (norm(span[0]) == "maybe" and _previous(span) in {"a", "the", "definite"}) or _is_past_thought(span)


def _is_past_thought(span: Span) -> bool:
    """Whether it stands in what the speaker thought at the time: "I thought maybe it would work"."""
    for token in reversed(span.doc[max(0, span.start - 5) : span.start]):
        if token.is_punct or norm(token) in CONJUNCTIONS:
            return False
        if norm(token) in _THOUGHT:
            return True
    return False


_THOUGHT = frozenset(
    "thought knew figured wondered worried hoped assumed realised realized decided thinking wondering knowing felt "
    "afraid worry accepted accept knowing".split()
)


def _likely(span: Span, sets: Sets) -> bool:
    """Likely *buyers*, *more* likely than."""
    if _previous(span) in {"more", "less", "as", "very", "how", "equally", "just", "a", "the", "of"}:
        return True
    after = _after(span)
    return after is not None and after.pos_ in {"NOUN", "PROPN"}


def _modal(span: Span, sets: Sets) -> bool:
    """The month; *may* I; you might remember; what might go wrong *if* …; people who might join."""
    modal, doc = span[0], span.doc
    nxt, who = _next(span), _previous(span)
    if who not in _NARROWED and "have" not in {norm(token) for token in span}:
        return True
    if word(before(doc, span.start - 1)) in {"that", "people", "who", "things"}:
        return True
    if modal.tag_ != "MD" or nxt in {"i", "we", "as"} or closes(_after(span)):
        return True
    if who in {"you", "one", "people", "who", "so", "and", "to"} or (modal.head.dep_ == "relcl" and who != "which"):
        return True
    earlier = {norm(token) for token in doc[max(0, span.start - 14) : span.start]}
    return bool(earlier & {"if", "whether"}) or _is_past_thought(span)


def _could(span: Span, sets: Sets) -> bool:
    """What was able to be (it could be *read* either way), or was not (it could have been *worse*)."""
    doc, nxt = span.doc, following(span.doc, span.end)
    if _previous(span) not in {"it", "that", "this", "which"} or nxt is None or _is_past_thought(span):
        return True
    earlier = before(doc, before(doc, span.start).i)  # type: ignore[union-attr]
    if word(earlier) in {"so", "if", "how", "where", "when", "whether", "thing", "knew", "as"}:
        return True
    if norm(nxt) in sets["counterfactual"] or norm(nxt).startswith("any"):
        return True
    verbal = norm(span[-1]) in {"be", "been"} and nxt.tag_ in {"VBN", "VBG"}
    around = [*doc[max(0, span.start - 8) : span.start], *doc[span.end : span.end + 12]]
    return verbal or span[0].head.dep_ == "relcl" or "could" in {norm(token) for token in around}


def _should(span: Span, sets: Sets) -> bool:
    """What somebody *ought* to be."""
    return _previous(span) not in {"it", "that", "this", "they", "we", "things", "everything", "which"}


def _seem(span: Span, sets: Sets) -> bool:
    """An error *appeared*; they did not want to *seem* cheap; the logo looks like a bird."""
    first, who = norm(span[0]), _previous(span)
    if who in {"to", "not", "would", "you"} or _is_past_thought(span):
        return True
    if first.endswith("s") and norm(span[-1]) == "like" and first != "seems":
        return who not in {"it", "that", "this", "which"} or not clause_follows(span.doc, span.end)
    return first.startswith("appear") and _next(span) in {"in", "on", "at"}


def _impersonal(span: Span, sets: Sets) -> bool:
    """It's possible *to* do it; *if* it's possible."""
    return _next(span) in {"to", "for", ".", ","} or _previous(span) in _CONDITIONS


def _kind_of(span: Span, sets: Sets) -> bool:
    """The noun: *that* kind of problem, *all* sorts of traffic, *my own* sort of thing."""
    earlier, after = before(span.doc, span.start), _after(span)
    who = word(earlier)
    if starts_figure(span.doc, span.end):
        return True
    if who in {"that", "this", "which", "what", "some"} and after is not None:
        return after.tag_ not in {"VBD", "VBZ", "MD"} and not (after.pos_ == "ADV" and who == "that")
    if who in {"a", "an", "my", "the"} and len(span) == 2:
        meant = after is not None and (after.pos_ in {"ADJ", "ADV", "VERB"} or norm(after) in NOISE)
        return who == "the" or not meant
    return who in sets["kind_determiners"] or norm(span[-1]) == "kind"


def _a_bit(span: Span, sets: Sets) -> bool:
    """A little *company*, a bit *of code*, for a bit, quite a bit, a little *later*."""
    after = _after(span)
    if _previous(span) in {"for", "after", "in", "quite", "not", "by", "every", "wait", "waited", "with", "such"}:
        return True
    if norm(span[-1]) in {"a", "an"} or closes(after) or after is None:
        return False
    lower = norm(after)
    if lower in {"of", "while", "later", "before", "longer", "by", "earlier"}:
        return not (lower == "of" and _next(span, 1) in {"a", "an"})
    if lower in {"more", "less"}:
        return not _is_graded(following(span.doc, after.i + 1))
    if after.pos_ in {"NOUN", "PROPN", "NUM"} or lower == "extra":
        return True
    return after.pos_ == "ADJ" and after.dep_ == "amod" and span[0].head.i == after.head.i


def _is_graded(token: Token | None) -> bool:
    return token is not None and token.pos_ in {"ADJ", "ADV"}


def _degree(span: Span, sets: Sets) -> bool:
    """Slightly *different*: a comparison; a fairly *treated* team."""
    after = _after(span)
    if norm(span[0]) == "somewhat":
        return False
    if after is None or after.pos_ not in {"ADJ", "ADV"} or after.tag_ in {"JJR", "RBR"}:
        return True
    return norm(after) in {"different", "up", "down", "above", "below", "small", "new", "large"} or after.dep_ == "amod"


def _extent(span: Span, sets: Sets) -> bool:
    """In a way *that* worked, *in such* a way, in some ways *to*."""
    if norm(span[0]) == "not":
        return span[0].lower_ != "not" or not closes(_after(span))
    if norm(span[0]) != "in":
        return False
    after, earlier = _after(span), before(span.doc, span.start)
    if (
        earlier is not None
        and earlier.pos_ in {"ADJ", "VERB", "ADV", "NOUN"}
        and word(earlier) not in {"think", "guess"}
    ):
        return not closes(after)
    return word(after) in {"that", "to", "where", "which", "of", "as"}


def _tend(span: Span, sets: Sets) -> bool:
    """What others do as a rule: *kids with no sleep* tend to give up."""
    return before(span.doc, span.start) is not None and before(span.doc, span.start).pos_ in {"NOUN", "PROPN"}


def _just(span: Span, sets: Sets) -> bool:
    """Just a *week later*, we needed just two, just *as*: only where it makes the speaker's part small."""
    nouns = [norm(token) for token in span.doc[span.end : span.end + 5]]
    if norm(span[-1]) in {"a", "an", "some"}:
        return not sets["small_parts"] & set(nouns[:3]) or "later" in nouns
    return "not" in {norm(token) for token in span}


def _attempt(span: Span, sets: Sets) -> bool:
    """A literal attempt: I tried to reach her four times, but …"""
    doc, verb = span.doc, following(span.doc, span.end)
    last = norm(span[-1])
    if last == "helped":
        return verb is None or verb.tag_ not in {"VB", "VBP"} or _previous(span) in {"what", "that"}
    if last in {"out", "with"}:
        return False
    if norm(verb) == "make" and word(following(doc, verb.i + 1)) != "sure" if verb is not None else True:
        return True
    if verb is None or norm(verb) not in sets["vague_deeds"]:
        return last == "to" and norm(span[-2]) != "hoping" and norm(span[-2]) != "helped"
    return bool({norm(t) for t in doc[span.end : span.end + 14]} & {"but", "not", "failed", "twice", "times", "never"})


def _extender(span: Span, sets: Sets) -> bool:
    """*Something* broke; whatever *we tried*; and everything *else*; on a figure: ninety or something."""
    if norm(span[-1]) in {"that", "this"}:
        return norm(span[-2]) == "all" and not closes(_after(span))
    if ends_figure(span.doc, span.start) and norm(span[-1]) == "something":
        return True
    after = _after(span)
    if closes(after) or after is None:
        return False
    if norm(span[-1]) in {"something", "stuff", "on"} and norm(after) in PERSONS | {"it", "there"}:
        return norm(after) not in {"it", "there", "he", "she", "they"} and norm(span[-1]) == "something"
    return after.pos_ not in {"ADP", "INTJ"} or norm(after) in {"of", "like", "about"}


def _things(span: Span, sets: Sets) -> bool:
    """Things that are named after all: some things *that* broke, stuff *like* water and film."""
    if norm(span[0]) in {"thing", "thingy"}:
        return not (
            span.start and span.doc[span.start - 1].tag_ == "NN" and span.doc[span.start - 1].dep_ == "compound"
        )
    return _next(span) in {"that", "which", "who", "i", "we", "they", "he", "she", "you", "such", "include"} or (
        word(_after(span)) in {"like", ":", ",", "-"}
    )


def _various(span: Span, sets: Sets) -> bool:
    after = _after(span)
    return after is None or after.pos_ not in {"NOUN", "ADJ"}


def _something_like(span: Span, sets: Sets) -> bool:
    """A figure ("something like 60 percent") or the words said."""
    after = _after(span)
    return norm(span[-1]) == "like" and (after is None or after.is_punct or starts_figure(span.doc, span.end))


OTHER: dict[str, Callable[[Span, Sets], bool]] = {
    "belief-verb": _belief_verb,
    "belief-feel": _feel,
    "would-say": _would_say,
    "do-not-know": _do_not_know,
    "not-sure": _not_sure,
    "memory": _memory,
    "perhaps": _perhaps,
    "likely": _likely,
    "modal": _modal,
    "could-be": _could,
    "should-be": _should,
    "seem": _seem,
    "impersonal": _impersonal,
    "kind-of": _kind_of,
    "a-bit": _a_bit,
    "degree": _degree,
    "extent": _extent,
    "just": _just,
    "tend-to": _tend,
    "attempt": _attempt,
    "extender": _extender,
    "things": _things,
    "various": _various,
}
