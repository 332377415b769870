"""The figures that are printed of every finding, on an answer counted by hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyser import DataError, accuracy, cli, resources, rules
from analyser.accuracy import Tally
from analyser.reports import rules as reports
from analyser.results import Finding
from analyser.training import accuracy_page, corpus, deciders, detectors
from analyser.training.bare import laid_bare
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


def counted(judged):
    """As if the report had found no more than was judged, all in answers with punctuation."""
    return detectors.Counted({"full": {"written": judged, "raw": detectors.Judged()}})


ENDLESS = answer(None).model_copy(
    update={
        "text": "so we had the plan ready and then the ferry broke down we could not cross i rang the office they said "
        "wait until the morning nobody knew who had the key i took the van and drove around the lake we lost a day",
        "sentences": (),
    }
)


@pytest.fixture
def judged():
    tallies = detectors.Judged()
    marked = answer([span("belief", 0, 7), span("metric", 29, 42)])
    tallies.add(marked, [
        found("belief", 2, 7), found("belief", 44, 49, "a/other"), found("result", 0, 24), found("team_only", 0, 12),
    ])  # fmt: skip
    return tallies


def test_labels_are_counted_at_their_place(judged):
    assert judged.labels["belief"] == (1, 1, 1, 0)  # the phrase is touched; the second is none
    assert judged.labels["metric"] == (0, 0, 0, 1)
    assert judged.labels["team_only"] == (1, 0, 1, 0)  # more than half of the sentence
    assert judged.labels["result"] == (0, 1, 0, 1)  # three letters of it are not half


def test_rates_are_of_what_was_counted():
    tally = Tally(right=3, wrong=1, found=3, missed=3)
    assert (tally.precision, tally.recall, round(tally.f1, 3)) == (0.75, 0.5, 0.6)
    assert (Tally().precision, Tally().recall, Tally().f1) == (0, 0, 0)


def test_rules_are_counted_by_what_they_found(judged):
    assert judged.rules == {"a/rule": (2, 1, 0, 0), "a/other": (0, 1, 0, 0)}


def test_what_the_model_means_is_counted_by_label():
    tallies = detectors.Judged()
    tallies.add(answer(None), [found("action", 0, 20, "parts/meaning"), found("result", 0, 20, "parts/meaning")])
    assert tallies.rules == {"parts/meaning/action": (1, 0, 0, 0), "parts/meaning/result": (0, 1, 0, 0)}


def test_errors_are_quoted_with_their_place(judged):
    said = "\n".join(counted(judged).worst())
    assert "false: " in said
    assert "[Maybe] it rained. (a/other, a-1)" in said
    assert "missed: " in said
    assert "[four accounts]" in said


def test_phrases_that_nobody_marked_are_not_judged():
    tallies = detectors.Judged()
    tallies.add(answer(None), [found("belief", 0, 7), found("action", 0, 20)])
    assert tallies.rules == {"a/rule": (1, 0, 0, 0)}


class Listener:
    """Notes how it is asked to hear which texts; finds that all is a result."""

    def __init__(self):
        self.heard = []

    def hear(self, answers, *, cut, alone):
        for one in answers:
            self.heard.append((one.text, cut, alone))
            yield one, {"full": (), "rules": (found("result", 21, 43),)} if alone else {"full": ()}


def test_answers_are_heard_as_they_stand():
    listener = Listener()
    judged = detectors.judge(listener, [answer([])]).judged
    assert listener.heard == [(TEXT, True, False)]
    assert judged["full"]["written"].labels["result"].missed == 1


def test_to_compare_they_are_laid_bare_and_the_rules_heard_alone():
    listener = Listener()
    judged = detectors.judge(listener, [answer([])], compare=True).judged
    bare = "i think we moved it we lost four accounts maybe it rained"
    assert listener.heard == [(TEXT, True, True), (bare, True, True), (bare, False, True)]
    assert judged["rules"]["written"].labels["result"] == (1, 0, 1, 0)


# ---- laid bare


def test_labels_stay_with_their_words():
    told = answer([span("belief", 0, 7), span("metric", 29, 42), span("possibility", 44, 49), span("filler", 59, 60)])
    bare = laid_bare(told)
    assert [bare.text[one.start : one.end] for one in bare.sentences] == [
        "i think we moved it", "we lost four accounts", "maybe it rained",
    ]  # fmt: skip
    assert [one.labels for one in bare.sentences] == [one.labels for one in told.sentences]
    words = [(one.label, bare.text[one.start : one.end].strip()) for one in bare.spans]
    assert words == [("belief", "i think"), ("metric", "four accounts"), ("possibility", "maybe")]
    assert laid_bare(answer(None)).spans is None


@pytest.mark.parametrize(
    ("text", "bare", "with_commas"),
    [
        (
            "Well, 1,200 of them – or 3.5% – left!",
            "well 1,200 of them or 3.5% left",
            "well, 1,200 of them or 3.5% left",
        ),
        ("“No,” she said; don't.", "no she said don't", "no, she said don't"),
        (
            "  (Sort   of) a well-known 10:30 call...",
            "sort of a well-known 10:30 call",
            "sort of a well-known 10:30 call",
        ),
    ],
)
def test_punctuation_goes_and_figures_stay(text, bare, with_commas):
    whole = [{"start": 0, "end": len(text), "parts": [], "fault": None, "tradeoff": False, "team_only": False}]
    told = LabelledAnswer.model_validate(answer(None).row() | {"text": text, "sentences": whole})
    assert laid_bare(told).text == bare
    assert laid_bare(told, commas=True).text == with_commas


# ---- who decides


def test_the_rules_and_the_model_are_heard_alone():
    every = deciders.Deciders.load(fast=True)
    told = answer([])
    ((_, by),) = every.hear([told], alone=True)
    assert by.keys() == {"fast", "fast model", "rules"}
    assert any(finding.rule == "hedging/belief-verb" for finding in by["rules"])
    assert not any(finding.rule.endswith("/meaning") for finding in by["rules"])
    assert all(finding.rule.endswith("/meaning") for finding in by["fast model"])
    ((_, reported),) = every.hear([told])
    assert reported == {"fast": by["fast"]}


def test_the_parser_can_be_left_to_itself():
    every = deciders.Deciders.load(fast=True)
    ((_, ours),) = every.hear([ENDLESS])
    ((_, parsers),) = every.hear([ENDLESS], cut=False)
    ((_, again),) = every.hear([ENDLESS])
    assert ours == again != parsers


# ---- what is published

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def kept():
    """What was counted with the shipped models."""
    return accuracy.read(resources.path("models", accuracy.FILE))


def test_the_page_is_of_the_counts_and_these_of_the_corpus_and_the_models(kept):
    assert accuracy_page.page(kept) == PAGE, "run `make accuracy`"
    assert kept.corpus == corpus.read().digest, "run `make accuracy`"
    assert kept.corpus == json.loads(resources.path("models", "card.json").read_text())["corpus"], "run `make accuracy`"
    assert kept.split == "test"
    for label in (*corpus.SENTENCE_LABELS, *corpus.SPANS):
        assert f"| {label} " in PAGE


@pytest.mark.parametrize("rule", rules.every(), ids=lambda rule: f"{rule.id} {rule.label}")
def test_page_counts_and_explain_say_the_same(rule, kept):
    (told,) = accuracy.measured([rule])
    screen = " ".join(reports.explained([told], width=200, color=False).split())
    name = accuracy.key(rule.id, rule.label)
    (row,) = [
        line for line in PAGE.splitlines() if f'<a id="{accuracy.anchor(rule.id, rule.label)}"></a>{name} ' in line
    ]
    full, fast = (kept.rules[mode][name] for mode in ("full", "fast"))
    assert told.row == f"docs/accuracy.md#{name.replace('/', '-')}"
    assert told.row in screen
    for tally in (full, fast):
        if tally.given:
            assert f"{tally.right} of {tally.given} " in row
    if full.given:
        assert f"Right {'once' if full.right == 1 else f'{full.right} times'} of {full.given} found" in screen
    assert ("too rare to say" in screen) == (full.given < 10)


def test_a_rule_without_counts_is_told_without_them():
    rule = rules.every()[0]
    assert "How often it is right" not in reports.explained([rule], width=80, color=False)


def test_counts_are_kept_and_read_again(tmp_path, judged):
    counts = counted(judged).accuracy("abc", "test", 1)
    file = tmp_path / accuracy.FILE
    file.write_text(accuracy.written(counts), encoding="utf-8")
    assert accuracy.read(file) == counts
    assert '"belief": [1, 1, 1, 0]' in file.read_text(encoding="utf-8")


def test_models_of_your_own_come_with_their_own_counts(tmp_path, judged):
    rule = next(rule for rule in rules.every() if rule.id == "hedging/belief-verb")
    assert accuracy.measured([rule], tmp_path) == (rule,)
    counts = counted(judged).accuracy("abc", "test", 1)
    (tmp_path / accuracy.FILE).write_text(accuracy.written(counts), encoding="utf-8")
    assert accuracy.measured([rule], tmp_path)[0].measured == {"full": (0, 0)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "the whole: invalid JSON"),
        ('{"corpus": "a", "split": "test", "answers": 1, "labels": {}}', "rules: field required"),
        ('{"corpus": "a", "split": "test", "answers": 1, "labels": {}, "rules": {}, "x": 1}', "x: unknown key"),
        ('{"corpus": "a", "split": "test", "answers": 1, "labels": {}, "rules": {"full": {"a/b": [1, -1, 0, 0]}}}',
         "greater than or equal to 0"),
    ],
)  # fmt: skip
def test_broken_counts_are_named(tmp_path, content, reason):
    (tmp_path / accuracy.FILE).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=reason) as caught:
        accuracy.measured(rules.every(), tmp_path)
    assert str(caught.value).startswith(str(tmp_path / accuracy.FILE))


def test_the_page_without_comparison_is_shorter(judged):
    page = accuracy_page.page(counted(judged).accuracy("abc", "dev", 1), anchors=False)
    assert "flatter" in page
    assert "Without punctuation" not in page
    assert "<a id" not in page
    assert all(len(line) <= 80 for line in page.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--compare"], "--compare goes with --detectors"),
        (["--save", "x"], "--save with --detectors or --tried"),
        (["--detectors", "--save", "x", "--split", "dev"], "leave out --split"),
        (["--detectors", "--save", "no such folder"], "no such folder is no folder"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments, reason):
    done = CliRunner().invoke(cli.app, ["evaluate", *arguments])
    assert done.exit_code == 2
    assert reason in done.stderr
