"""A sentence seen as a piece of a story: where it stands, what is done in it, what came before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from analyser.detectors._clauses import Clause, clauses
from analyser.detectors._syntax import lemmas, norms, quoted, sentence_spans, solid

_SHORTEST = 5  # sentences; in fewer, a place says nothing
# The tags of prepared notes; one alone may be anything, so that two different ones must be there.
_TAG = re.compile(
    r"(?:^|(?<=[\s(\[]))(?:([STAR])[)\]:]|(situation|task|action|result|outcome|lesson|learning)s?\s?[:)–-])", re.I
)
_SECTIONS = {"s": "context", "t": "context", "a": "action", "r": "result", "o": "result", "l": "lesson"}


@dataclass(frozen=True, slots=True)
class View:
    """A sentence and what the rules ask of it.

    ``place`` runs from 0 to 1 and is ``None`` in a short answer; ``tag`` is the section under which
    prepared notes put it; ``heard`` are the groups that fired before, ``told`` the deeds of the speaker
    or the team up to here.
    """

    span: Span
    nth: int
    place: float | None
    tag: str | None
    words: tuple[str, ...]
    deeds: tuple[Clause, ...]
    cues: frozenset[str]
    inside: frozenset[int]
    heard: set[str]
    told: int

    def within(self, stretch: tuple[float, float] | None) -> bool:
        """Whether the sentence stands in this stretch of the answer."""
        return self.place is None or stretch is None or stretch[0] <= self.place <= stretch[1]

    def having(self, words: frozenset[str]) -> Iterator[Token]:
        """The tokens whose lemma is one of the words."""
        every = lemmas(self.span.doc)
        return (self.span.doc[i] for i in range(self.span.start, self.span.end) if every[i] in words)

    def did(self, verbs: frozenset[str], *agents: str) -> bool:
        """Whether one of these agents is told to have done one of these things."""
        return any(
            d.event and d.agent in agents and d.verb.lemma_.lower() in verbs
            for d in self.deeds
            if d.verb.dep_ != "acomp"  # I was convinced
        )


def views(doc: Doc, cues: list[tuple[int, str]], heard: set[str]) -> Iterator[View]:
    """The sentences in order; ``cues`` are the phrases found, as token and group."""
    spans, deeds, tags, inside = sentence_spans(doc), clauses(doc), _tags(doc.text), quoted(doc)
    forms, spoken = norms(doc), solid(doc)
    last = len(spans) - 1
    for nth, span in enumerate(spans):
        yield View(
            span=span,
            nth=nth,
            place=nth / last if len(spans) >= _SHORTEST else None,
            tag=next((name for start, name in reversed(tags) if start <= span.start_char + 2), None),
            words=tuple(forms[i] for i in range(span.start, span.end) if spoken[i]),
            deeds=tuple(d for d in deeds if span.start <= d.verb.i < span.end),
            cues=frozenset(group for start, group in cues if span.start <= start < span.end),
            inside=inside,
            heard=heard,
            told=sum(d.event and d.agent in {"I", "we"} for d in deeds if d.verb.i < span.start),
        )


def _tags(text: str) -> list[tuple[int, str]]:
    found = [(m.start(), _SECTIONS[(m[1] or m[2])[0].lower()]) for m in _TAG.finditer(text) if m[2] or m[1].isupper()]
    return found if len({name for _, name in found}) > 1 else []
