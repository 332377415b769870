"""An evaluation as a table, as JSON, or as a page with pictures."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from analyser.training.evaluate import Evaluation

WORDS = 60  # of an answer, in the table; a page has them all
SIDE = 300  # of the reliability diagram


def render(evaluation: Evaluation, form: str) -> str:
    """The evaluation in one of the forms ``table``, ``json``, ``html``."""
    plain = evaluation.plain()
    if form == "json":
        return json.dumps(plain, indent=2, ensure_ascii=False)
    return _page(plain) if form == "html" else "\n".join(_table(plain))


def _table(plain: Mapping[str, Any]) -> Iterator[str]:
    for name, row in plain["figures"].items():
        yield f"{name:18}" + "  ".join(f"{key} {value}" for key, value in row.items())
    yield f"\n{'signal':18}{'true':>6}{'precision':>11}{'recall':>8}{'F1':>7}"
    for label, row in plain["labels"].items():
        yield f"{label:18}{row['true']:>6}{row['precision']:>11.3f}{row['recall']:>8.3f}{row['f1']:>7.3f}"
    yield "\nReader (rows) and analyser (columns):"
    yield f"{'':18}" + "".join(f"{name[:6]:>8}" for name in plain["classes"])
    for name, counts in zip(plain["classes"], plain["confusion"], strict=True):
        yield f"{name:18}" + "".join(f"{count or '·':>8}" for count in counts)
    yield f"\n{'confidence':18}{'right':>6}{'answers':>9}"
    for row in plain["reliability"]:
        yield f"{row['confidence']:<18.2f}{row['right']:>6.2f}{row['answers']:>9}"
    yield from _coverage(plain)
    yield from _errors(plain["errors"])


def _coverage(plain: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n{'at least so sure':18}{'right':>6}{'answers':>9}{'share':>7}{'or runner-up':>14}{'none as signal':>16}"
    for row in plain["coverage"]:
        right, runner_up, silent = (_rate(row[name]) for name in ("right", "with_runner_up", "none_as_signal"))
        yield f"{row['at_least']:<18.2f}{right:>6}{row['answers']:>9}{row['coverage']:>7.2f}{runner_up:>14}{silent:>16}"
    if (share := confident_silence(plain)) is not None:
        yield f"Of the answers without a signal, {share:.0%} are given one with {plain['confident']:.0%} or more."


def confident_silence(plain: Mapping[str, Any]) -> float | None:
    """Which share of the answers without a signal is confidently given one; ``None`` where all have one."""
    share: float | None = next(row for row in plain["coverage"] if row["at_least"] == plain["confident"])[
        "none_as_signal"
    ]
    return share


def _rate(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def _errors(errors: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if errors:
        yield "\nThe errors of which the analyser was surest:"
    for error in errors:
        words = error["text"].split()
        sure = "cannot tell" if error["confidence"] is None else f"{error['confidence']:.2f}"
        also = f" (or {', '.join(error['also'])})" if error["also"] else ""
        yield f"\n{sure}  {error['reader']}{also} → {error['analyser']}"
        yield "  " + " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def _page(plain: Mapping[str, Any]) -> str:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    settings: dict[str, Any] = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    page = jinja2.Environment(loader=loader, autoescape=True, **settings)
    page.filters["rate"] = _rate
    most = max(count for row in plain["confusion"] for count in row) or 1
    largest = max(row["answers"] for row in plain["reliability"])
    shown = {"most": most, "largest": largest, "side": SIDE, "silence": confident_silence(plain)}
    return page.get_template("evaluation.html.j2").render(**plain, **shown)
