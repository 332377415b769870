"""Rows written back in the authoring format, to read or to edit: read again, they are the same."""

from collections.abc import Iterator, Sequence

from analyser.errors import InputError
from analyser.results import FaultParts
from analyser.training.corpus.authoring import BREAK, FAULT_PART_OF, SIDES, SPAN_OF, UNLABELLED
from analyser.training.corpus.folder import Corpus
from analyser.training.corpus.labelled import SENTENCE_LABELS, ContrastPair, Labelled, LabelledAnswer

LETTER_OF = {label: letter for letter, label in SPAN_OF.items()}


def written(corpus: Corpus, name: str) -> str:
    """The answers of the voice, or the pairs of the topic, in the authoring format.

    Raises:
        InputError: the corpus has neither.
    """
    told = [answer for answer in corpus.answers if answer.voice == name]
    compared = [pair for pair in corpus.pairs if pair.topic == name]
    if not told and not compared:
        raise InputError(f"The corpus has no voice and no topic {name!r}; splits.toml lists them.")
    return write(told) if told else write_pairs(compared)


def write(voice: Sequence[LabelledAnswer]) -> str:
    """A voice's answers in the authoring format: read again, they are the same."""
    lines = [f"voice: {voice[0].voice}", f"register: {voice[0].manner}"]
    if all(answer.spans is None for answer in voice):
        lines.append(UNLABELLED)
    for answer in voice:
        lines += ["", f"== {answer.id}", *_written_header(answer), "--", *_written(answer)]
    return "\n".join(lines) + "\n"


def write_pairs(topic: Sequence[ContrastPair]) -> str:
    """A topic's pairs in the authoring format: read again, they are the same."""
    lines = [f"topic: {topic[0].topic}"]
    for pair in topic:
        lines += ["", f"== {pair.kind}{' raw' if pair.raw else ''}"]
        for sign, side in zip(SIDES, pair.sides, strict=True):
            lines += [f"{sign} {line}" for line in _written(side)]
    return "\n".join(lines) + "\n"


def _written_header(answer: LabelledAnswer) -> Iterator[str]:
    held = answer.fault_parts or FaultParts(mistake=False, impact=False, correction=False, behaviour_change=False)
    parts = [short for short, name in FAULT_PART_OF.items() if getattr(held, name)]
    yield f"question: {answer.question}"
    yield f"signal: {answer.signal}"
    yield f"also: {', '.join(answer.also)}".rstrip()
    yield f"role: {'clear' if answer.role_clear else 'unclear'}"
    yield f"tradeoff: {'yes' if answer.tradeoff_obvious else 'no'}"
    yield f"outcome: {answer.outcome}"
    yield " ".join([f"fault: {answer.fault}", *parts])


def _written(told: Labelled) -> Iterator[str]:
    at = 0
    for sentence in told.sentences:
        yield from [BREAK] * told.text[at : sentence.start].count("\n")
        at = sentence.start
        marked = ""
        for span in sorted(told.spans or (), key=lambda span: span.start):
            if sentence.start <= span.start < sentence.end:
                marked += f"{told.text[at : span.start]}{{{LETTER_OF[span.label]} {told.text[span.start : span.end]}}}"
                at = span.end
        labels = [*sentence.parts, *(name for name in SENTENCE_LABELS if name in sentence.labels - set(sentence.parts))]
        yield f"{', '.join(labels)} | {marked}{told.text[at : sentence.end]}".lstrip()
        at = sentence.end
