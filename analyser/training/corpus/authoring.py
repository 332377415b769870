"""The authoring format: a voice or a topic as plain text that a person writes and reads.

One line a sentence, its labels before a bar, its phrases marked in braces; ``docs/corpus.md`` teaches it.
``answers`` and ``pairs`` turn it into rows with exact character offsets; ``rendering`` turns rows back.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from analyser import strict
from analyser.errors import DataError
from analyser.training.corpus.folder import CONTRAST
from analyser.training.corpus.labelled import (
    FAULTS,
    KINDS,
    PARTS,
    SENTENCE_LABELS,
    ContrastPair,
    LabelledAnswer,
)

SPAN_OF = {
    "f": "filler", "b": "belief", "p": "possibility", "s": "softener", "v": "vague", "u": "bounded",
    "m": "metric", "n": "context_number", "x": "performative",
}  # fmt: skip
BREAK = "¶"
SIDES = {"+": "true", "-": "near"}

_NAME = re.compile(r"[\w-]+")  # of a voice or topic: it becomes a file's name
_MARKED = re.compile(r"\{(\w) ([^{}]+)\}")
_YES_NO = {"yes": True, "no": False}
_ROLE = {"clear": True, "unclear": False}
FAULT_PART_OF = {"mistake": "mistake", "impact": "impact", "correction": "correction", "change": "behaviour_change"}
UNLABELLED = "spans: none"  # heads a voice whose phrases are not labelled


class Line(NamedTuple):
    """A line of a file, for the error that names it."""

    file: Path
    number: int
    text: str

    def wrong(self, what: str) -> DataError:
        """The error that says what is wrong with it."""
        return DataError(f"{self.where}: {what}: {self.text.strip()[:60]!r}.")

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.number}"

    def named(self, what: str) -> dict[str, str]:
        """The value by its key in a line 'key: value'.

        Raises:
            DataError: it is no such line, but ``what``.
        """
        key, colon, value = self.text.partition(":")
        if not colon:
            raise self.wrong(f"{what} that is no 'key: value'")
        return {key.strip(): value.strip()}


@dataclass
class _Text:
    """A text as it grows, line by line."""

    text: str = ""
    gap: str = ""
    sentences: list[dict[str, Any]] = field(default_factory=list)
    spans: list[dict[str, Any]] = field(default_factory=list)

    def add(self, labels: str, marked: str, line: Line) -> None:
        """Add a sentence."""
        self.text += self.gap.strip(" ") or " " if self.sentences else ""
        start = len(self.text)
        at = 0
        for match in _MARKED.finditer(marked):
            self._say(marked[at : match.start()], line)
            if match[1] not in SPAN_OF:
                raise line.wrong(f"{match[1]!r} marks no phrase, these do: {' '.join(SPAN_OF)}")
            here = len(self.text)
            self.text += match[2]
            self.spans.append({"start": here, "end": len(self.text), "label": SPAN_OF[match[1]]})
            at = match.end()
        self._say(marked[at:], line)
        self.sentences.append({"start": start, "end": len(self.text), **_labels(labels, line)})
        self.gap = ""

    def _say(self, plain: str, line: Line) -> None:
        if "{" in plain or "}" in plain:
            raise line.wrong("a brace that marks nothing, write {letter words}")
        self.text += plain

    def row(self) -> dict[str, Any]:
        return {"text": self.text, "sentences": self.sentences, "spans": self.spans}


def _labels(written: str, line: Line) -> dict[str, Any]:
    names = [name.strip() for name in written.split(",") if name.strip()]
    unknown = [name for name in names if name not in SENTENCE_LABELS]
    if unknown:
        raise line.wrong(f"{unknown[0]!r} is no label, these are: {', '.join(SENTENCE_LABELS)}")
    faults = [name for name in names if name in FAULTS]
    if len(faults) > 1:
        raise line.wrong(f"{faults[0]} and {faults[1]} exclude each other")
    return {
        "parts": [name for name in names if name in PARTS],
        "fault": faults[0] if faults else None,
        "tradeoff": "tradeoff" in names,
        "team_only": "team_only" in names,
    }


def answers(file: Path) -> list[LabelledAnswer]:
    """The answers of a voice's file.

    Raises:
        DataError: what is wrong, with file and line.
    """
    head, blocks = _blocks(file)
    labelled = UNLABELLED not in [f"{key}: {value}" for key, value in head.items()]
    return [_answer(head, title, lines, labelled) for title, lines in blocks]


def _answer(head: dict[str, str], title: Line, lines: list[Line], labelled: bool) -> LabelledAnswer:
    keys: dict[str, str] = {}
    rest = iter(lines)
    for line in rest:
        if line.text.strip() == "--":
            break
        keys |= line.named("a line before --")
    text = _Text()
    for line in rest:
        if line.text.strip() == BREAK:
            text.gap += "\n"
            continue
        labels, bar, marked = line.text.partition("|")
        if not bar:
            raise line.wrong("a sentence without labels, write 'labels | sentence'")
        text.add(labels, marked.strip(), line)
    try:
        row = _header(keys) | text.row()
        row = {"id": title.text[3:].strip(), "voice": head["voice"], "register": head["register"], **row}
    except KeyError as error:
        raise title.wrong(f"{error.args[0]!r} is missing or not one of the values it can have") from None
    return strict.checked(LabelledAnswer, row if labelled else row | {"spans": None}, title.where)


def _header(keys: dict[str, str]) -> dict[str, Any]:
    verdict, *parts = keys["fault"].replace(",", " ").split() or [""]
    held = {FAULT_PART_OF[part] for part in parts}
    return {
        "question": keys["question"],
        "signal": keys["signal"],
        "also": [name.strip() for name in keys.get("also", "").split(",") if name.strip()],
        "role_clear": _ROLE[keys["role"]],
        "tradeoff_obvious": _YES_NO[keys["tradeoff"]],
        "outcome": keys["outcome"],
        "fault": verdict,
        "fault_parts": None if verdict == "not_a_failure" else {name: name in held for name in FAULT_PART_OF.values()},
    }


def pairs(file: Path) -> list[ContrastPair]:
    """The contrast pairs of a topic's file; their ids are the topic and a number.

    Raises:
        DataError: what is wrong, with file and line.
    """
    head, blocks = _blocks(file)
    return [_pair(head, number, title, lines) for number, (title, lines) in enumerate(blocks, 1)]


def _pair(head: dict[str, str], number: int, title: Line, lines: list[Line]) -> ContrastPair:
    kind, *rest = title.text[3:].split() or [""]
    if kind not in KINDS or rest not in ([], ["raw"]):
        raise title.wrong(f"a pair is headed '== kind' or '== kind raw', with one of {', '.join(KINDS)}")
    sides = {"true": _Text(), "near": _Text()}
    for line in lines:
        sign, rest_of_line = line.text[:1], line.text[1:]
        labels, bar, marked = rest_of_line.partition("|")
        if sign not in SIDES or not bar:
            raise line.wrong("a line of a pair is '+ labels | sentence' or '- labels | sentence'")
        sides[SIDES[sign]].add(labels, marked.strip(), line)
    try:
        row = {"id": f"{head['topic']}-{number:03}", "topic": head["topic"], "kind": kind, "raw": bool(rest)}
    except KeyError as error:
        raise title.wrong(f"the file's head lacks {error.args[0]!r}") from None
    return strict.checked(ContrastPair, row | {side: text.row() for side, text in sides.items()}, title.where)


def head(file: Path) -> dict[str, str]:
    """The 'key: value' lines at a file's head.

    Raises:
        DataError: the file cannot be read.
    """
    return _blocks(file)[0]


def _blocks(file: Path) -> tuple[dict[str, str], list[tuple[Line, list[Line]]]]:
    """The head, and each '== …' line with the lines that are not empty below it."""
    written = strict.text(file).split("\n")
    found: dict[str, str] = {}
    blocks: list[tuple[Line, list[Line]]] = []
    for line in (Line(file, number, text) for number, text in enumerate(written, 1) if text.strip()):
        if line.text.startswith("== "):
            blocks.append((line, []))
        elif blocks:
            blocks[-1][1].append(line)
        else:
            found |= line.named("a line of the head")
    return found, blocks


def convert(file: Path, folder: Path) -> Path:
    """Turn a voice's or a topic's file into its JSONL file in a corpus folder; gives where it was written.

    Raises:
        DataError: what is wrong, with file and line; nothing is written then.
    """
    about = head(file)
    if ("voice" in about) == ("topic" in about):
        raise DataError(f"{file}:1: the head says neither 'voice: …' nor 'topic: …', or both; one of them is needed.")
    name = about.get("voice") or about.get("topic") or ""
    if not _NAME.fullmatch(name):
        raise DataError(f"{file}:1: the voice or topic {name!r} cannot name a file; use letters, digits, - and _.")
    if "voice" in about:
        target, rows = folder / f"{about['voice']}.jsonl", [answer.row() for answer in answers(file)]
    else:
        target = folder / CONTRAST / f"{about['topic']}.jsonl"
        rows = [pair.model_dump(mode="json") for pair in pairs(file)]
    if not rows:
        raise DataError(f"{file}: there is nothing below its head; an answer or a pair begins with a line '== …'.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return target
