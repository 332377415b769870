"""Phrases that are easy to say and hard to prove: slogans, clichés, headings, titles, a strength sold as a weakness."""

import itertools
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._syntax import SPEAKER, TEAM, is_negated, norm, positions, quoted, subject, verb_of
from analyser.detectors._told import told

_WRITTEN, _SPOKEN = 2, 3  # so many different headings make a template, with a colon and without
_LETTERS = frozenset("star")
_LEADS = frozenset({"as", "because", "since", "being"})
_MARKS = frozenset(": - – —".split())
_QUALIFIERS = frozenset({"DET", "ADJ", "ADP", "NUM", "PART"})
_OTHERS = frozenset({"he", "she", "they"})
_REACH = 6  # words from a title to what it was used for


class Phrases(Detector):
    """Finds what sounds well and says nothing yet."""

    key = "phrases"

    def find(self, doc: Doc) -> Iterable[Span]:
        """The phrases that the speaker means, the headings of a template, and titles used as an argument."""
        inside = quoted(doc)
        meant = (span for span in self.phrases(doc) if span.start not in inside and self._is_meant(span))
        leads = (doc[i] for i in positions(doc, _LEADS) if i not in inside)
        titles = (span for token in leads for span in self._titles(token))
        return itertools.chain(meant, self._headings(doc), titles)

    # --- slogans ---

    def _is_meant(self, span: Span) -> bool:
        """Whether the speaker says it of themselves: "she was a team player" is no slogan, "I was not" is candour."""
        if not span.id_.endswith("/slogan"):
            return True
        verb = next((t for t in span if t.pos_ in {"VERB", "AUX"}), None) or verb_of(span.root)
        near = [verb, *span.doc[max(span.sent.start, span.start - 4) : span.start]]
        if (
            _OTHERS & {norm(t) for t in near}
            or is_negated(verb)
            or any(t.lemma_.lower() in self.words("wanting") for t in near)
        ):
            return False
        who = subject(verb)
        return who is None or who in span or norm(who) in SPEAKER | TEAM | {"myself", "you", "which", "that", "what"}

    # --- headings ---

    def _headings(self, doc: Doc) -> Iterator[Span]:
        """All headings of a template, or none: one alone may be a word like any other."""
        near = [doc[i] for i in positions(doc, self.words("headings") | _LETTERS, "LOWER")]
        written = [span for token in near if (span := self._written(token))]
        spoken = [self.span(doc, t.i, t.i + 1, "heading") for t in near if self._is_spoken(t)]
        for spans, enough in ((written, _WRITTEN), (spoken if not written else [], _SPOKEN)):
            if len({next(t for t in span if t.is_alpha).lower_[0] for span in spans}) >= enough:
                yield from spans

    def _written(self, token: Token) -> Span | None:
        """As "Situation:", "(S)", "S –"."""
        letter = token.text in {"S", "T", "A", "R"}
        if token.i + 1 == len(token.doc) or not (letter or token.lower_ in self.words("headings")):
            return None
        left, right = token.i and token.nbor(-1).text, token.nbor().text
        if letter and left and norm(token.nbor(-1)) in self.words("lettered"):
            return None
        if not letter and token.nbor().like_num and token.i + 2 < len(token.doc) and token.nbor(2).text in _MARKS:
            return self.span(token.doc, token.i, token.i + 3, "heading")
        if (left, right) in {("(", ")"), ("[", "]")}:
            return self.span(token.doc, token.i - 1, token.i + 2, "heading")
        opens = (
            (letter and right == ":")
            or not token.i
            or token.is_sent_start
            or token.nbor(-1).is_space
            or token.nbor(-1).is_punct
            or (token.is_title and right != ":" and len(token) > 1)
        )
        return self.span(token.doc, token.i, token.i + 2, "heading") if opens and right in _MARKS else None

    def _is_spoken(self, token: Token) -> bool:
        """As "situation we had a client … task i had to …": a bare noun before a new clause."""
        if token.lower_ not in self.words("headings") or token.i + 1 == len(token.doc):
            return False
        bare = not token.i or (token.nbor(-1).pos_ not in _QUALIFIERS and token.nbor(-1).tag_ != "PRP$")
        return bare and norm(token.nbor()) in self.words("openers")

    # --- titles ---

    def _titles(self, token: Token) -> Iterator[Span]:
        """As "as the lead I told them", "because I was the manager they had to listen"."""
        if token.i and norm(token.nbor(-1)) == "soon":
            return
        doc, title = token.doc, self._title_after(token)
        if title is None:
            return
        after = doc[title.i + 1 : min(title.i + 1 + _REACH, len(doc))]
        if norm(token) == "as":
            yield from (self.span(doc, token.i, verb.i + 1, "title") for verb in after if self._is_order(verb))
        elif self._is_obeyed([norm(t) for t in after]):
            yield self.span(doc, token.i, title.i + 1, "title")

    def _title_after(self, token: Token) -> Token | None:
        """The title in "as the senior engineer", "because I was their boss"."""
        start = token.i + 1 + 2 * (norm(token) in {"because", "since"})
        if start >= len(token.doc) or norm(token.doc[start]) not in {"the", "their", "our"}:
            return None
        if start > token.i + 1 and norm(token.nbor()) != "i":
            return None
        words = token.doc[start + 1 : start + 4]
        titles = [t for t in words if t.lemma_.lower() in self.words("titles")]
        title = titles[0] if titles else None
        while title is not None and title.i + 1 < len(token.doc) and title.nbor().pos_ == "NOUN":
            title = title.nbor()
        return title

    def _is_obeyed(self, after: list[str]) -> bool:
        them = [i for i, word in enumerate(after) if word in self.words("followers")]
        return bool(them) and not self.words("obeying").isdisjoint(after[them[0] :])

    def _is_order(self, verb: Token) -> bool:
        how = told(verb)
        return verb.lemma_.lower() in self.words("orders") and how.who == "i" and not how.passive and not how.negated


@Language.factory("analyser_phrases", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Phrases:
    """The component ``analyser_phrases``."""
    return Phrases(nlp)
