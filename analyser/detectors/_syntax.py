"""Who says what of whom: questions about a parse that several detectors ask."""

from functools import cache, lru_cache

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span, Token

SPEAKER = frozenset({"i"})
TEAM = frozenset({"we", "us", "ourselves"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
SPEECH = frozenset(
    "say tell ask answer reply explain write shout mention warn admit claim argue announce add suggest insist".split()
)
VERBS = frozenset({"VERB", "AUX"})
NOMINATIVE = frozenset({"i", "we", "he", "she", "they"})
_OBJECT_CONTROL = frozenset("get ask tell want let make help have force allow push convince persuade".split())
# Verbs whose complement is what their subject says or holds.
HOLDING = SPEECH | {"think", "feel", "believe", "want", "worry", "know"}
_OPEN, _CLOSE, _SINGLE = frozenset({'"', "“", "``"}), frozenset({'"', "”", "''"}), frozenset({"'"})
_FURTHEST = 120  # tokens; a quotation mark without a partner opens nothing


@cache
def _ids(words: frozenset[str]) -> frozenset[int]:
    return frozenset(map(get_string_id, words))


def positions(doc: Doc, words: frozenset[str], attribute: str = "NORM") -> list[int]:
    """Where a token's attribute is any of the words: without a look at each token, which costs more than all else."""
    wanted = _ids(words)
    return [i for i, number in enumerate(doc.to_array(attribute).tolist()) if number in wanted]


def strings(doc: Doc, attribute: str) -> list[str]:
    """An attribute of every token: each different one is looked up once."""
    ids = doc.to_array(attribute).tolist()
    read = {number: doc.vocab.strings[number] for number in set(ids)}
    return [read[number] for number in ids]


@lru_cache(maxsize=1)
def norms(doc: Doc) -> list[str]:
    """``norm`` of every token."""
    return [word.lower() for word in strings(doc, "NORM")]


@lru_cache(maxsize=1)
def lemmas(doc: Doc) -> list[str]:
    """The lemma of every token in lower case."""
    return [lemma.lower() for lemma in strings(doc, "LEMMA")]


@lru_cache(maxsize=1)
def solid(doc: Doc) -> list[bool]:
    """Whether each token is a word: neither punctuation nor white space."""
    flags = np.asarray(doc.to_array(["IS_PUNCT", "IS_SPACE"]))
    words: list[bool] = (flags.sum(axis=1) == 0).tolist()
    return words


def norm(token: Token) -> str:
    """The word in lower case with its apostrophes and contractions resolved: ``n't`` is ``not``."""
    return token.norm_.lower()


def subject(verb: Token) -> Token | None:
    """The subject of a verb: its own, or the one it shares (coordination, control, auxiliaries).

    In speech the parser errs, and the pronoun right before a finite verb does not: it goes first.
    """
    for _ in range(8):  # a chain of shared subjects is short; a wrong parse may be a long one
        own = _pronoun_before(verb) or _own_subject(verb)
        if own is not None:
            return own
        if verb.dep_ not in {"conj", "xcomp", "aux", "auxpass", "cop"} or verb.head.i == verb.i:
            return None
        if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _OBJECT_CONTROL:
            controller = next((c for c in verb.head.children if c.dep_ in {"dobj", "dative"}), None)
            if controller is not None:
                return controller
        verb = verb.head
    return None


def _own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself; of several ("our team we …") the nearest."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    return min(own, key=lambda child: abs(child.i - verb.i)) if own else None


def _pronoun_before(verb: Token) -> Token | None:
    """I, we, he, she, they right before the verb, but for adverbs and auxiliaries."""
    if verb.tag_ == "VBG" or verb.dep_ in {"xcomp", "amod"}:
        return None
    token = verb
    for _ in range(5):
        if token.is_sent_start or token.i == 0:
            return None
        token = token.nbor(-1)
        if norm(token) in NOMINATIVE:
            return token.head if token.dep_ == "conj" and token.head.dep_ in SUBJECTS else token
        if token.pos_ not in {"ADV", "AUX", "INTJ"} and token.dep_ != "neg":
            return None
    return None


def verb_of(token: Token) -> Token:
    """The nearest verb above the token, or the root of its sentence."""
    while token.pos_ not in VERBS and token.head.i != token.i:
        token = token.head
    return token


def is_negated(verb: Token) -> bool:
    """Whether the verb itself is denied: not, n't, never."""
    return any(child.dep_ == "neg" or norm(child) == "never" for child in verb.children)


@lru_cache(maxsize=1)  # several detectors ask of the same Doc in turn
def quoted(doc: Doc) -> frozenset[int]:
    """Indices of the tokens inside quotation marks, double or single."""
    return frozenset(_in_doubles(doc)) | frozenset(_in_singles(doc))


def _in_doubles(doc: Doc) -> set[int]:
    inside: set[int] = set()
    opened: int | None = None
    for i in positions(doc, _OPEN | _CLOSE, "ORTH"):
        if opened is not None and doc[i].text in _CLOSE and i - opened <= _FURTHEST:
            inside.update(range(opened + 1, i))
            opened = None
        elif doc[i].text in _OPEN:
            opened = i
    return inside


def _in_singles(doc: Doc) -> set[int]:
    """Between ' and ', where the first one opens a word and the second one closes one."""
    inside: set[int] = set()
    opened: int | None = None
    for i in positions(doc, _SINGLE, "ORTH"):
        opens = not doc[i].whitespace_ and (i == 0 or bool(doc[i - 1].whitespace_))
        if opened is not None and not opens and i - opened <= _FURTHEST:
            inside.update(range(opened + 1, i))
        opened = i if opens else None
    return inside


def is_reported(token: Token) -> bool:
    """Whether the token stands in what somebody other than the speaker said, told or thought."""
    for above in token.ancestors:
        if above.lemma_.lower() in HOLDING and _below_complement(token, above):
            teller = subject(above)
            return teller is not None and norm(teller) not in SPEAKER | TEAM
    return False


def _below_complement(token: Token, verb: Token) -> bool:
    """Whether the token lies in the verb's clause complement."""
    return any(c.dep_ in {"ccomp", "xcomp"} and (c.i == token.i or c.is_ancestor(token)) for c in verb.children)


@lru_cache(maxsize=1)
def sentence_spans(doc: Doc) -> tuple[Span, ...]:
    """The sentences, without white space at their ends; none that has no word."""
    blank, words, found = doc.to_array("IS_SPACE").tolist(), solid(doc), []
    for sentence in doc.sents:
        start, end = sentence.start, sentence.end
        if any(words[start:end]):
            while blank[start]:
                start += 1
            while blank[end - 1]:
                end -= 1
            found.append(doc[start:end])
    return tuple(found)
