"""How a verb was told: who did it, with which helping words, denied or not, done or only thought of.

The words before the verb are read one by one, since a parse of raw speech often loses them; the parse is
asked for what does not stand there, as the subject that two verbs share.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from spacy.tokens import Doc, Span, Token

from analyser.detectors._syntax import SPEECH, norm, norms, quoted, subject

_BE = frozenset("was were be been being am is are 'm".split())
_MODAL = frozenset("should could would might must will can to does 'll".split())
_HELPERS = _BE | _MODAL | frozenset("have had 've ve 'd 's has ought of do did not never got all both".split())
_BETWEEN = frozenset("um uh er like you know kind sort just really even totally also , -".split())
_PRONOUNS = frozenset("i we he she they it you who that which nobody somebody someone everybody everyone".split())
_SAYING = SPEECH | frozenset("think feel believe go".split())
_BEFORE_CLAUSE = frozenset(
    'me us that like , " maybe probably well him her them okay ok yeah no oh hey look so be it this all'.split()
)
# Past forms that the tagger often takes for a present.
_PAST = frozenset("forgot took made gave chose went lost left broke sent dropped put cut let".split())
_FURTHEST = 10  # tokens before the verb; a longer way is no longer one verb's


@dataclass(frozen=True)
class Told:
    """A verb with its subject and its helping words."""

    verb: Token
    subject: Token | None
    helpers: frozenset[str]

    @cached_property
    def lemma(self) -> str:
        """The verb's lemma in lower case."""
        return self.verb.lemma_.lower()

    @cached_property
    def who(self) -> str:
        """The subject in lower case, or nothing."""
        return norm(self.subject) if self.subject is not None else ""

    @property
    def negated(self) -> bool:
        """Whether it is denied: not, never."""
        return not self.helpers.isdisjoint({"not", "never"})

    @cached_property
    def past(self) -> bool:
        """Whether it is told as a deed of the past: no modal, no present, no habit of now."""
        if self.helpers & (_MODAL - {"to"} if {"had", "to"} <= self.helpers else _MODAL):
            return False
        word = self.verb.lower_
        sure = self.verb.tag_ in {"VBD", "VBN"} or word in _PAST or word.endswith("ed")
        return sure or bool(self.helpers & {"did", "had", "was", "were"})

    @property
    def passive(self) -> bool:
        """Whether the subject is the one it was done to."""
        return self.verb.tag_ in {"VBN", "VBD"} and bool(self.helpers & (_BE | {"got"}))

    def after(self, reach: int) -> list[str]:
        """The words after it in its sentence, in lower case."""
        return norms(self.verb.doc)[self.verb.i + 1 : min(self.verb.i + 1 + reach, self.verb.sent.end)]

    @property
    def hindsight(self) -> bool:
        """Whether it is what ought to have happened: should have told, ought to have told, should've."""
        return self._unreal and bool(self.helpers & {"should", "ought"})

    @property
    def missed_chance(self) -> bool:
        """Whether it is what was possible and not done: could have told."""
        return self._unreal and bool(self.helpers & {"could", "might"})

    @property
    def _unreal(self) -> bool:
        have = self.helpers & {"have", "had", "'ve", "ve", "of"}
        return bool(have) and self.verb.tag_ in {"VBN", "VBD", "VB", "VBP"}


def told(verb: Token) -> Told:
    """The verb with what stands before it."""
    known = _known(verb.doc)
    return known.get(verb.i) or known.setdefault(verb.i, _told(verb))


@lru_cache(maxsize=1)  # several detectors ask of the same verbs in turn
def _known(doc: Doc) -> dict[int, Told]:
    """What was already told of the verbs of ``doc``, by their place."""
    return {}


def _told(verb: Token) -> Told:
    helpers: set[str] = set()
    doc, words, at = verb.doc, norms(verb.doc), verb.i - 1
    while at >= 0 and verb.i - at < _FURTHEST:
        word = words[at]
        if word in _HELPERS:
            helpers.add("did" if doc[at].lower_ == "did" else word)  # the norm of "did" before "n't" is "do"
        elif word not in _BETWEEN and doc[at].pos_ not in {"ADV", "INTJ"}:
            break
        at -= 1
    near = max(at, 0)
    if words[near] == "who" and at >= 4 and words[at - 1] == "one":
        near = at - 4  # I was the one who
    direct = words[near] in _PRONOUNS or (near < verb.i and doc[near].pos_ in {"NOUN", "PROPN"})
    return Told(verb, doc[near] if direct else subject(verb), frozenset(helpers))


def is_verb(token: Token) -> bool:
    """Whether the token is a verb that tells something: auxiliaries other than ``be`` do not."""
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ != "auxpass" and token.lemma_.lower() == "be")


def not_mine(doc: Doc) -> frozenset[int]:
    """Indices of the tokens in quotation marks that somebody other than the speaker says."""
    inside = quoted(doc)
    found: set[int] = set()
    for sentence in doc.sents if inside else ():
        here = inside.intersection(range(sentence.start, sentence.end))
        if here and not _i_say(sentence, inside):
            found |= here
    return frozenset(found)


def _i_say(sentence: Span, inside: frozenset[int]) -> bool:
    """Whether the speaker is the one who says what a sentence quotes."""
    said = (t for t in sentence if t.i not in inside and t.lemma_.lower() in SPEECH)
    return any(norm(t) in {"i", "we"} for verb in said for t in [told(verb).subject] if t is not None)


def reported(token: Token) -> bool:
    """Whether somebody else says, thinks or feels the clause that begins with ``token``: "he said that I …"."""
    that = token.i > 0 and norm(token.doc[token.i - 1]) == "that"
    for at in range(token.i - 1, max(token.i - _FURTHEST, 0) - 1, -1):
        word = token.doc[at]
        if word.lemma_.lower() in _SAYING or (norm(word) == "like" and word.doc[at - 1].lemma_.lower() == "be"):
            return told(word).who not in {"i", "we", "you", ""}
        if word.lemma_.lower() not in _BEFORE_CLAUSE and (not that or word.pos_ in {"VERB", "AUX"}):
            return False
    return False
