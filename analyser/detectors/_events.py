"""Whether a verb is told as something that happened, and not as a habit, plan, rule or hypothesis."""

from functools import cache

from spacy.tokens import Token

from analyser import lexicon
from analyser.detectors._syntax import SPEECH, is_negated, norm, norms

_AUXILIARY = frozenset({"aux", "auxpass"})
PARTICIPLES = frozenset({"VBD", "VBN"})
_PRESENT = frozenset({"is", "are", "am", "'s", "'re", "being", "be"})
_CONDITIONS = frozenset({"if", "unless", "whether"})


@cache
def words(name: str) -> frozenset[str]:
    """The named word list of ``agency.toml``."""
    return lexicon.of("agency").sets[name]


def is_event(verb: Token) -> bool:
    """Whether the verb is told as having happened: past, perfect, or the present of a story being told."""
    return not is_negated(verb) and is_told(verb)


def is_told(verb: Token) -> bool:
    """As ``is_event``, but for what did not happen too: *steps were not taken*."""
    if _is_conditional(verb):
        return False
    helpers = {norm(c): c for c in verb.children if c.dep_ in _AUXILIARY}
    if "to" in helpers or verb.tag_ == "VBG" or _is_caused(verb):
        return _is_carried_out(verb)
    if any(c.tag_ == "MD" for c in helpers.values()) and not _is_had(verb, helpers):
        return False
    if is_past(verb):
        return not helpers.keys() & _PRESENT
    if verb.tag_ == "VB" and verb.dep_ == "conj" and not helpers:
        return is_told(_joined_to(verb))
    return "did" in helpers or _is_narrative(verb)


def is_past(verb: Token) -> bool:
    """Whether the form is past: the tagger often takes *we froze* for a present."""
    if verb.tag_ in PARTICIPLES:
        return True
    base = verb.tag_ in {"VB", "VBP"} and not any(c.dep_ in _AUXILIARY for c in verb.children)
    return base and verb.lower_.removeprefix("re") in words("pasts")


def _is_conditional(verb: Token) -> bool:
    """If we waited, we lost the deposit: neither happened."""
    clauses = [verb, *(c for c in verb.children if c.dep_ == "advcl"), *([verb.head] if verb.dep_ == "conj" else [])]
    return any(c.dep_ == "mark" and norm(c) in _CONDITIONS for clause in clauses for c in clause.children)


def _is_had(verb: Token, helpers: dict[str, Token]) -> bool:
    """We'd found: the tagger takes *'d* for *would*, the participle tells."""
    return verb.tag_ in PARTICIPLES and any(w in {"'d", "d"} for w in helpers)


def _is_carried_out(verb: Token) -> bool:
    """Managed to fix, had to stop, was able to go: what the verb above says happened, happened."""
    head = verb.head
    if head.lemma_.lower() == "able" and head.head.lemma_ == "be":
        return is_event(head.head)
    return verb.dep_ in {"xcomp", "ccomp"} and head.lemma_.lower() in words("carried_out") and is_event(head)


def _joined_to(verb: Token) -> Token:
    """The infinitive that a bare verb goes on with: *we needed to sit down and just do it* is not *we needed … did*."""
    head = verb.head
    between = (c for c in head.children if c.dep_ == "xcomp" and head.i < c.i < verb.i)
    wished = (c for c in between if any(norm(t) == "to" for t in c.children))
    return next(wished, head) if head.tag_ == "VBD" else head


def _is_caused(verb: Token) -> bool:
    """I had them sign it, she made us wait: the deed has no tense of its own."""
    return verb.tag_ == "VB" and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in {"have", "make", "let"}


def _is_narrative(verb: Token) -> bool:
    """So I go to him and I say; finally I choose: the present of a story, as the head of its sentence tells."""
    if verb.tag_ not in {"VBP", "VBZ"}:
        return False
    before, below = norms(verb.doc)[verb.sent.start : verb.i], {norm(c) for c in verb.children}
    if words("habits") & {*before, *below} or "what" in below:  # what we call a fair
        return False
    if verb.lemma_.lower() in SPEECH | words("movements"):
        return bool({"so", "then", "and"} & set(before))
    return bool(set(before[:2]) & {"so", "then", "finally"}) and norm(verb.doc[verb.i - 1]) == "i"
