"""The figures that are printed of every finding, on an answer counted by hand."""

import json
from pathlib import Path

import feedbacks
import pytest

from analyser import resources
from analyser.results import Finding
from analyser.training import corpus, detectors
from analyser.training.corpus import LabelledAnswer

TEXT = "I think we moved it. We lost four accounts. Maybe it rained."
SENTENCES = [(0, 20, ["action"], True), (21, 43, ["result"], False), (44, 60, [], False)]


def answer(spans):
    sentences = [
        {"start": start, "end": end, "parts": parts, "fault": None, "tradeoff": False, "team_only": team}
        for start, end, parts, team in SENTENCES
    ]
    return LabelledAnswer.model_validate({
        "id": "a-1", "voice": "ann", "register": "notes", "question": "?", "signal": "none", "also": [],
        "role_clear": False, "tradeoff_obvious": False, "outcome": "measured", "fault": "not_a_failure",
        "fault_parts": None, "text": TEXT, "sentences": sentences, "spans": spans,
    })  # fmt: skip


def found(label, start, end, rule="a/rule"):
    return Finding(detector="x", label=label, start=start, end=end, text=TEXT[start:end], rule=rule, why=".", fix=".")


def span(label, start, end):
    return {"label": label, "start": start, "end": end}


@pytest.fixture
def judged():
    tallies = detectors.Judged()
    marked = answer([span("belief", 0, 7), span("metric", 29, 42)])
    tallies.add(marked, [
        found("belief", 2, 7), found("belief", 44, 49, "a/other"), found("result", 0, 24), found("team_only", 0, 12),
    ])  # fmt: skip
    return tallies


def test_labels_are_counted_at_their_place(judged):
    cells = {row[0]: row[1:5] for row in judged.tables()[0].rows}
    assert cells["belief"] == ("1", "0.50", "1.00", "0.67")  # the phrase is touched; the second is none
    assert cells["metric"] == ("1", "0.00", "0.00", "0.00")
    assert cells["team_only"] == ("1", "1.00", "1.00", "1.00")  # more than half of the sentence
    assert cells["result"] == ("1", "0.00", "0.00", "0.00")  # three letters of it are not half


def test_rules_are_counted_by_what_they_found(judged):
    rows = {rule: (count, precision) for rule, count, precision in judged.tables()[1].rows}
    assert rows == {"a/rule": ("3", "0.67"), "a/other": ("1", "0.00")}


def test_errors_are_quoted_with_their_place(judged):
    said = "\n".join(judged.worst())
    assert "false: " in said
    assert "[Maybe] it rained. (a/other, a-1)" in said
    assert "missed: " in said
    assert "[four accounts]" in said


def test_phrases_that_nobody_marked_are_not_judged():
    tallies = detectors.Judged()
    tallies.add(answer(None), [found("belief", 0, 7), found("action", 0, 20)])
    assert {row[0] for row in tallies.tables()[1].rows} == {"a/rule"}
    assert tallies.rules["a/rule"].right == 1
    assert tallies.rules["a/rule"].wrong == 0


def test_an_analysers_findings_are_judged():
    class Silent:
        def pipe(self, answers):
            return (feedbacks.feedback(one.text) for one in answers)

    assert detectors.judge(Silent(), [answer([])]).labels["punctuated"]["result"].missed == 1


def test_the_page_in_the_docs_is_of_this_corpus_and_knows_every_label():
    page = (Path(__file__).parent.parent / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert f"`{corpus.read().digest}`" in page, "run `make accuracy`"
    assert f"`{json.loads(resources.path('models', 'card.json').read_text())['corpus']}`" in page, "run `make accuracy`"
    for label in (*corpus.SENTENCE_LABELS, *corpus.SPANS):
        assert f"| {label} |" in page
