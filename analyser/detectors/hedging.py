"""Hedging: how the speaker weakens a claim of their own, and where they name a bounded uncertainty instead.

The word list proposes phrases. Where the words of a group have other senses too, a function for that group
(``_doubts``, ``_possible``, ``_softness``, ``_vagueness``) refuses those; it asks the neighbours
first and the parse second, because the parse of an unpunctuated transcript is often wrong.
"""

import itertools
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from analyser.detectors import _doubts, _possible, _softness, _vagueness
from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._bounded import Bounded
from analyser.detectors._neighbours import NOISE, Phrase
from analyser.detectors._speech import has_gone_on, in_speech, is_anothers
from analyser.detectors._syntax import norm, quoted

_OTHERWISE = {**_doubts.OTHERWISE, **_possible.OTHERWISE, **_softness.OTHERWISE, **_vagueness.OTHERWISE}
_MINE = frozenset({"i", "we"})  # "I think" says itself whose it is
_DELIVERY = frozenset({"softener", "possibility"})  # how it is told, where the story has gone on after the words said
_REPEATED = NOISE | frozenset("i we that it 's was so and the a".split())


class Hedging(Detector):
    """Finds ``belief``, ``possibility``, ``softener``, ``vague`` and ``bounded`` spans."""

    key = "hedging"

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp)
        self._bounded = Bounded(self.lexicon.sets)

    def find(self, doc: Doc) -> Iterable[Span]:
        """Bounded clauses, and outside them the phrases that are meant as hedges by the speaker, now."""
        quotes = quoted(doc)
        bounded = [self.span(doc, *found) for found in self._bounded.find(doc, quotes)]
        named = quotes.union(*(range(span.start, span.end) for span in bounded))
        said = in_speech(doc, quotes)
        heard = (span for span in self.phrases(doc) if span.start not in named and not _is_retold(span, said))
        hedges = [span for span in heard if self._is_meant(span)]
        return [*bounded, *_once(hedges)]

    def _is_meant(self, span: Span) -> bool:
        otherwise = _OTHERWISE.get(span.id_.partition("/")[2])
        if otherwise and otherwise(Phrase(span, self.lexicon.sets)):
            return False
        ends_list = norm(span[0]) == "and" and span.label_ == "vague"  # "and stuff" is added by whoever tells it
        return norm(span[0]) in _MINE or ends_list or not is_anothers(span[0])


def _is_retold(span: Span, said: frozenset[int]) -> bool:
    """Whether it stands in somebody's words; of a softener only until the story may have gone on."""
    return span.start in said and not (span.label_ in _DELIVERY and has_gone_on(span[0], said))


def _once(spans: Iterable[Span]) -> Iterator[Span]:
    """Of a phrase that is said again at once ("I I think I think"), only the last, which stands."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    for span, later in itertools.zip_longest(ordered, ordered[1:]):
        if later is None or span.text.lower() != later.text.lower() or not _is_stutter(span, later):
            yield span


def _is_stutter(span: Span, later: Span) -> bool:
    between = span.doc[span.end : later.start]
    return len(between) <= 4 and all(norm(token) in _REPEATED for token in between)


@Language.factory("analyser_hedging", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Hedging:
    """The component ``analyser_hedging``."""
    return Hedging(nlp)
