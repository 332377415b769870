"""Fillers: sounds and words that buy time and say nothing (um, like, you know)."""

from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._neighbours import CLAUSE_SUBJECTS, FINITE, before, following, starts_figure, word
from analyser.detectors._speech import in_quotes
from analyser.detectors._syntax import norm

_HELPERS = frozenset("not 'd would do did does 'll will to".split())
_LIKERS = frozenset("i we you they people who".split())
_PERSONS = frozenset("i we he she they".split())
_OBJECTS = frozenset("me him her us them mine yours himself myself".split())
_POINTERS = frozenset("this that these those so".split())
_BE = frozenset("be is are was were been being am 's 're 'm".split())


class Fillers(Detector):
    """Finds ``filler`` spans."""

    key = "fillers"

    def find(self, doc: Doc) -> Iterable[Span]:
        """The phrases that stand for nothing, outside quotations."""
        inside = in_quotes(doc)
        tests: dict[str, Callable[[Span], bool]] = {
            "like": self._like, "you-know": _you_know, "i-mean": _i_mean, "right": _right, "sound": _sound,
        }  # fmt: skip
        for span in self.phrases(doc):
            meant = tests.get(span.id_.partition("/")[2])
            if span.start not in inside and (meant is None or meant(span)):
                yield span

    def _like(self, span: Span) -> bool:
        token = span[0]
        earlier, after = before(token.doc, token.i), following(token.doc, token.i + 1)
        return not (self._is_verb(token, earlier, after) or self._compares(earlier, after) or _gives_example(token))

    def _is_verb(self, token: Token, earlier: Token | None, after: Token | None) -> bool:
        """I like small teams, they don't like waiting, would like to."""
        who = word(earlier)
        if after is None or after.is_punct:
            return who in _HELPERS
        loose = norm(after) in self.words("adverbs") or after.pos_ == "ADP"
        if who in _HELPERS and earlier is not None:
            return not (loose or after.tag_ in {"VB", "VBD", "VBN"} or _is_no_helper(earlier, token))
        if who in _LIKERS:
            return after.tag_ not in FINITE and not loose and norm(after) not in CLAUSE_SUBJECTS - {"it", "you"}
        return who in {"really", "also", "always", "never", "still", "particularly"} and token.pos_ == "VERB"

    def _compares(self, earlier: Token | None, after: Token | None) -> bool:
        """Like this, like me, feels like, something like."""
        if after is not None and norm(after) in _OBJECTS | _POINTERS and not _is_subject_of_next(after):
            return (
                norm(after) in _OBJECTS
                or not _points_at_noun(after)
                or (earlier is not None and earlier.pos_ == "NOUN")
            )
        if earlier is not None and earlier.pos_ == "ADV" and earlier.i > 0 and norm(earlier) != "just":
            beyond = earlier.doc[earlier.i - 1]
            earlier = beyond if beyond.lemma_ in self.words("senses") else earlier
        if earlier is None or after is None or norm(after) in _PERSONS:
            return earlier is not None and earlier.lemma_.lower() in self.words("senses")
        if norm(earlier) == "just":
            return after.pos_ in {"DET", "PRON", "PROPN"}
        if (
            norm(earlier) in _OBJECTS | {"it"} and after.pos_ == "DET"
        ):  # took it like a man, but: gave them like the keys
            return earlier.head.lemma_ not in self.words("giving") and _points_at_noun(after)
        return earlier.lemma_.lower() in self.words("senses") or norm(earlier) in self.words("comparers")


def _is_no_helper(earlier: Token, token: Token) -> bool:
    """Going to *like* spring out; was not *like* loving it; cut to *like* the overview."""
    beyond = word(before(earlier.doc, earlier.i))
    if norm(earlier) == "to":
        return beyond in {"going", "gon"} or token.pos_ != "VERB"
    return norm(earlier) == "not" and beyond in _BE


def _gives_example(token: Token) -> bool:
    """Tools like Redis; and an estimate, which is fair: like thirty."""
    doc = token.doc
    earlier, after = doc[token.i - 1] if token.i else None, following(doc, token.i + 1, noise=False)
    if starts_figure(doc, token.i + 1):
        return word(after) not in {"one", "two"} or starts_figure(doc, token.i + 2)
    if earlier is None or after is None:
        return False
    return earlier.tag_ in {"NNS", "NNPS"} and after.tag_ in {"NN", "NNS", "NNP", "NNPS"}


def _points_at_noun(token: Token) -> bool:
    after = following(token.doc, token.i + 1)
    return after is not None and after.pos_ in {"NOUN", "ADJ", "NUM"}


def _is_subject_of_next(token: Token) -> bool:
    after = following(token.doc, token.i + 1)
    return after is not None and (after.tag_ in FINITE or norm(after) in {"'s", "'re", "'m"})


def _sound(span: Span) -> bool:
    """Not "'em", which is read as "them"."""
    return norm(span[0]) != "them"


def _you_know(span: Span) -> bool:
    """Not: do you know Kafka, as you know, everybody you know, you know that he left."""
    doc = span.doc
    earlier, after = doc[span.start - 1] if span.start else None, following(doc, span.end, noise=False)
    if len(span) > 2:
        return True
    if word(earlier) in {"do", "did", "as", "if", "would", "could", "will", "can", "who", "what", "how", "let", "than"}:
        return after is not None and after.text == ","
    if word(after) == "that":
        return after is not None and _is_subject_of_next(after)
    return True


def _i_mean(span: Span) -> bool:
    """Not: by throughput I mean …, what I mean, I mean it."""
    doc = span.doc
    earlier = {norm(token) for token in doc[max(0, span.start - 4) : span.start]}
    after = following(doc, span.end)
    if word(before(doc, span.start)) in {"what", "how", "that", "do"} or earlier & {"by", "say"}:
        return False
    if word(after) == "it":
        return after is not None and _is_subject_of_next(after)
    return word(after) not in {"by", "business"}


def _right(span: Span) -> bool:
    """The tag only: "it was late, right?"."""
    after = following(span.doc, span.end, noise=False)
    earlier = span.doc[span.start - 1] if span.start else None
    return word(after) == "?" and earlier is not None and norm(earlier) not in _BE | {"all", "the", "that", "not"}


@Language.factory("analyser_fillers", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Fillers:
    """The component ``analyser_fillers``."""
    return Fillers(nlp)
