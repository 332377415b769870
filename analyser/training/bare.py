"""Answers laid bare: without capitals and punctuation, as a dictation writes them, with their labels in place."""

import re
from bisect import bisect_left

from analyser import pipeline
from analyser.training.corpus import LabelledAnswer

_MARKS = r"""[.!?;:…—–"“”()]+"""
_PUNCTUATION = re.compile(rf"(?<!\d){_MARKS}|{_MARKS}(?!\d)|,+\s*$|\s-+\s")
_COMMAS = re.compile(r",(?!\d)")


def laid_bare(answer: LabelledAnswer, commas: bool = False) -> LabelledAnswer:
    """The answer without capitals and punctuation, but for its commas if they are wanted; labels keep their words."""
    text, origin, sentences = "", list[int](), []
    for sentence in answer.sentences:
        bare, kept = _strip(answer.text[sentence.start : sentence.end], commas)
        if bare:
            if text:
                text, origin = f"{text} ", [*origin, origin[-1] + 1]
            sentences.append(sentence.model_copy(update={"start": len(text), "end": len(text) + len(bare)}))
            text, origin = text + bare, [*origin, *(sentence.start + i for i in kept)]
    moved = [(span, bisect_left(origin, span.start), bisect_left(origin, span.end)) for span in answer.spans or ()]
    spans = tuple(span.model_copy(update={"start": start, "end": end}) for span, start, end in moved if start < end)
    left = {"text": text, "sentences": tuple(sentences), "spans": None if answer.spans is None else spans}
    return answer.model_copy(update=left)


def _strip(sentence: str, commas: bool) -> tuple[str, list[int]]:
    """The words of a sentence, one blank between two of them, and where in the sentence each character stood."""
    bare = _PUNCTUATION.sub(_blank, "".join(map(_small, pipeline.clean(sentence))))
    bare = bare if commas else _COMMAS.sub(" ", bare)
    kept = [i for i, sign in enumerate(bare) if not sign.isspace() or (i and not bare[i - 1].isspace())]
    words = " ".join(bare.split())
    return words, kept[: len(words)]


def _small(sign: str) -> str:
    return lowered if len(lowered := sign.lower()) == 1 else sign


def _blank(marks: re.Match[str]) -> str:
    return " " * len(marks[0])
