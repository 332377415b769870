"""What every detector is: look (``find``), write one span group (``__call__``), nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from analyser import lexicon
from analyser.detectors._syntax import quoted

YOURS = "yours"  # what a span of the user's own phrases says of itself
REQUIRES = ["token.dep", "token.head", "token.lemma", "token.tag", "doc.sents"]


class Detector:
    """A component whose spans carry a label of the guidelines and the id of their rule, ``detector/group``.

    A subclass sets ``key`` (its word list lies beside it as ``<key>.toml``) and writes ``find``.
    ``overlapping`` says whether its spans may cover each other, as the parts of one sentence do; where
    they may not, the longest one stays.
    """

    key: ClassVar[str]
    overlapping: ClassVar[bool] = False

    def __init__(self, nlp: Language) -> None:
        self.lexicon = lexicon.of(self.key)
        # NORM rather than LOWER: "don’t", "dont" and "don't" all read "do not".
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for group_id, group in self.lexicon.groups.items():
            self._matcher.add(group_id, [nlp.make_doc(form) for form in group.expanded])
        self._shields = PhraseMatcher(nlp.vocab, attr="NORM")
        forms = [form for phrase in self.lexicon.shields for form in lexicon.expand(phrase)]
        self._shields.add("shield", [nlp.make_doc(form) for form in forms])
        self._own, self._forbidden = PhraseMatcher(nlp.vocab, attr="NORM"), PhraseMatcher(nlp.vocab, attr="NORM")

    def learn(self, nlp: Language, phrases: Mapping[str, Iterable[str]], shields: Iterable[str]) -> None:
        """Take on a user's phrases, by group, and shields.

        They are taken at their word: no other sense is looked for, and what a shield touches is never marked.
        """
        for group, lines in phrases.items():
            self._own.add(group, [nlp.make_doc(form) for line in lines for form in lexicon.expand(line)])
        for line in shields:
            self._forbidden.add("shield", [nlp.make_doc(form) for form in lexicon.expand(line)])

    def find(self, doc: Doc) -> Iterable[Span]:
        """The spans of this detector in ``doc``; looks, does not touch. Without code of its own: the phrases."""
        return self.phrases(doc)

    def phrases(self, doc: Doc) -> Iterator[Span]:
        """What the word list's phrases match, longest first come, and nothing that a shield covers."""
        shielded = self.shielded(doc)
        for key, start, end in self._matcher(doc):
            if not shielded.intersection(range(start, end)):
                yield self.span(doc, start, end, doc.vocab.strings[key])

    def shielded(self, doc: Doc) -> set[int]:
        """Indices of the tokens that the word list's shields cover."""
        return _covered(self._shields(doc))

    def words(self, name: str) -> frozenset[str]:
        """The named word list of the lexicon."""
        return self.lexicon.sets[name]

    def span(self, doc: Doc, start: int, end: int, group: str) -> Span:
        """Tokens ``start`` to ``end`` (exclusive) as found by the rule ``group``."""
        return Span(doc, start, end, label=self.lexicon.groups[group].label, span_id=f"{self.key}/{group}")

    def __call__(self, doc: Doc) -> Doc:
        found = [*self.find(doc), *self._by_user(doc)]
        allowed = _outside(found, self._forbidden(doc)) if self._forbidden else found
        kept = _distinct(allowed) if self.overlapping else filter_spans(allowed)
        doc.spans[self.key] = sorted(kept, key=lambda span: (span.start, span.end, span.label_))
        return doc

    def _by_user(self, doc: Doc) -> Iterator[Span]:
        if self._own:
            inside = quoted(doc)
            for key, start, end in self._own(doc):
                if start not in inside:
                    found = self.span(doc, start, end, doc.vocab.strings[key])
                    found.kb_id_ = YOURS
                    yield found


Matches = list[tuple[int, int, int]]  # of a PhraseMatcher: a key, the first token, the one after the last


def _covered(matches: Matches) -> set[int]:
    return {i for _, start, end in matches for i in range(start, end)}


def _outside(spans: list[Span], shields: Matches) -> list[Span]:
    shielded = _covered(shields)
    return [span for span in spans if shielded.isdisjoint(range(span.start, span.end))]


def _distinct(spans: list[Span]) -> list[Span]:
    """Of several rules that give one label to one span, the first."""
    first: dict[tuple[int, int, int], Span] = {}
    for span in spans:
        first.setdefault((span.start, span.end, span.label), span)
    return list(first.values())
