"""Parts of speech and lemmas, by memory: the spaCy component ``analyser_lemmas``.

spaCy's attribute ruler and lemmatizer put hundreds of patterns to every token, though what they write hangs on the
token's form, tag and dependency alone, or with those of the next token where a pattern has two ("let's"). So each
such run of tokens is put to them once, in a small Doc of its own, and what they write is kept. They write the same
as ever, morphology apart, which nothing here asks for.
"""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_ASKED = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})  # what the patterns may ask of a token
_READ: tuple[str, ...] = ("ORTH", "TAG", "DEP")  # what that hangs on
_WRITTEN: tuple[str, ...] = ("TAG", "DEP", "POS", "LEMMA")

_SERVED = ["attribute_ruler", "lemmatizer"]

Row = tuple[int, ...]


class Lemmas:
    """Does the work of an attribute ruler and a lemmatizer."""

    def __init__(self, nlp: Language, ruler: AttributeRuler, lemmatizer: EnglishLemmatizer) -> None:
        self._vocab, self._ruler, self._lemmatizer = nlp.vocab, ruler, lemmatizer
        self._joining = Matcher(nlp.vocab, validate=False)
        for number, pattern in enumerate(_patterns(ruler)):
            if len(pattern) > 1:
                self._joining.add(str(number), [pattern])
        self._known: dict[Row, Row] = {}
        self._joined: dict[tuple[Row, ...], list[Row]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Write tag, part of speech and lemma of every token."""
        read: list[Row] = list(map(tuple, doc.to_array(list(_READ)).tolist()))
        self._learn([token for token in dict.fromkeys(read) if token not in self._known])
        rows = [self._known[token] for token in read]
        for start, end in self._runs(doc):
            run = tuple(read[start:end])
            rows[start:end] = self._joined.get(run) or self._joined.setdefault(run, self._rows(self._asked(run)))
        _write(doc, _WRITTEN, rows)
        return doc

    def forget(self) -> None:
        """Let go of what the vocabulary has let go of: the name of a forgotten lemma cannot be read any more."""
        names: Any = self._vocab.strings  # numbers are asked for too, which its types do not know
        self._known = {read: row for read, row in self._known.items() if read[0] in names and row[-1] in names}
        self._joined = {
            run: rows
            for run, rows in self._joined.items()
            if all(read[0] in names for read in run) and all(row[-1] in names for row in rows)
        }
        self._lemmatizer.cache.clear()

    def _learn(self, tokens: list[Row]) -> None:
        """Ask of single tokens, all at once; those that a pattern joins here are strangers, and are asked of alone."""
        asked = self._asked(tokens)
        self._known.update(zip(tokens, self._rows(asked), strict=True))
        if len(tokens) > 1:
            for start, end in self._runs(asked):
                for token in tokens[start:end]:
                    self._learn([token])

    def _asked(self, tokens: Sequence[Row]) -> Doc:
        """A Doc of these tokens, with what spaCy writes."""
        doc = Doc(self._vocab, [self._vocab.strings[form] for form, *_ in tokens])
        _write(doc, _READ[1:], [rest for _, *rest in tokens])
        return self._lemmatizer(self._ruler(doc))

    def _rows(self, doc: Doc) -> list[Row]:
        return list(map(tuple, doc.to_array(list(_WRITTEN)).tolist()))

    def _runs(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """The tokens that patterns join, start and end (exclusive)."""
        last, until = 0, 0
        for _, start, end in sorted(self._joining(doc, allow_missing=True), key=lambda match: match[1]):
            if start >= until:
                yield last, until
                last = start
            until = max(until, end)
        yield last, until


def _write(doc: Doc, names: Sequence[str], rows: Sequence[Sequence[int]]) -> None:
    if rows:
        doc.from_array(cast("Any", names), cast("Any", np.array(rows, np.uint64)))


def _patterns(ruler: AttributeRuler) -> Iterator[list[dict[str, Any]]]:
    for entry in ruler.patterns:
        yield from cast("Any", entry["patterns"])


def fits(nlp: Language) -> bool:
    """Whether the attribute ruler and the lemmatizer come last, and ask for no more than can be remembered."""
    if nlp.pipe_names[-2:] != _SERVED:
        return False
    (_, ruler), (_, lemmatizer) = nlp.pipeline[-2:]
    if not (isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, EnglishLemmatizer)):
        return False
    asked = {key for pattern in _patterns(ruler) for token in pattern for key in token}
    return asked <= _ASKED and lemmatizer.mode == "rule" and not lemmatizer.overwrite


def add(nlp: Language) -> None:
    """Let this component stand in for the two, where it can; they stay in the pipeline, disabled."""
    if fits(nlp):
        nlp.add_pipe("analyser_lemmas")
        nlp.select_pipes(disable=_SERVED)


def forget(nlp: Language) -> None:
    """Let the component, if it is there, let go of what the vocabulary has let go of."""
    for _, component in nlp.pipeline:
        if isinstance(component, Lemmas):
            component.forget()


@Language.factory("analyser_lemmas", assigns=["token.tag", "token.dep", "token.pos", "token.lemma"])
def create(nlp: Language, name: str) -> Lemmas:
    """The component for the attribute ruler and the lemmatizer of ``nlp``."""
    ruler, lemmatizer = map(nlp.get_pipe, _SERVED)
    return Lemmas(nlp, cast("AttributeRuler", ruler), cast("EnglishLemmatizer", lemmatizer))
