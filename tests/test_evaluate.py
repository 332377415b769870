"""The figures that are printed about the analyser, on a few answers counted by hand."""

import json

import feedbacks
import numpy as np
import pytest

from analyser import InputError
from analyser.results import Checks, Fault, Signal
from analyser.training import evaluate, evaluation_pages
from analyser.training import judged as answers
from analyser.training.evaluate import Evaluation
from analyser.training.judged import Judged


def judged(signal="none", **labels):
    return Judged(text="I shipped it.", signal=signal, **labels)


def said(signal="none", sure=None, outcome=None, role_clear=None, tradeoff_obvious=None, fault=None):
    """What the analyser said; without ``sure`` it cannot tell."""
    chances = None if sure is None else {signal: sure}
    return feedbacks.feedback(
        "I shipped it.",
        signal=Signal(label=signal, confidence=sure, probabilities=chances, runner_up=None, because=()),
        checks=Checks(role_clear=role_clear, tradeoff_obvious=tradeoff_obvious, outcome=outcome),
        fault=Fault(verdict=fault, parts=None),
    )


TOY = Evaluation(
    judged=(
        judged("judgment", role_clear=True, outcome="measured"),
        judged("judgment", role_clear=True, also=("ownership", "candor")),
        judged("candor", also=("ownership",)),
        judged("candor", role_clear=False),
        judged("none", outcome="none"),
    ),
    feedbacks=(
        said("judgment", 0.95, role_clear=True, outcome="measured"),
        said("candor", 0.85, role_clear=False, outcome="measured"),
        said("candor", 0.75, role_clear=True, outcome="none"),
        said("judgment", 0.65),
        said(),
    ),
)


def test_signal_figures():
    assert TOY.signal() == {
        "answers": 5,
        "strict": 0.6,  # the first, the third, and the last, of which it cannot tell
        "with_runner_up": 0.8,  # and the second, that a reader would defend
        "macro_f1": 0.667,  # a half for judgment and for candor, one for none
        "calibration_error": 0.36,  # gaps: 0.025 for two of five (0.95 and 1), then 0.85, 0.25, 0.65 for one each
    }


def test_signals_that_nobody_told_do_not_count_in_macro_f1():
    figures = Evaluation(
        (judged("judgment"), judged("judgment")), (said("judgment", 0.9), said("commitment", 0.9))
    ).signal()
    assert figures["macro_f1"] == 0.667


@pytest.mark.parametrize(
    ("confidence", "right", "error"),
    [
        ([0.75, 0.75, 0.75, 0.75], [True, True, True, False], 0.0),
        ([1.0, 1.0], [True, True], 0.0),
        ([1.0, 1.0], [False, False], 1.0),
        ([0.95, 1.0], [True, False], 0.475),
        ([0.91, 0.99], [True, True], 0.05),
        ([0.85, 0.95], [False, True], 0.45),
        ([0.55, 0.95, 0.95, 0.95], [True, True, True, False], 0.325),
    ],
    ids=["honest", "sure and right", "sure and wrong", "certainty in the last bin", "a bin is averaged first",
         "bins do not level each other", "by size"],
)  # fmt: skip
def test_calibration_error(confidence, right, error):
    assert evaluate.calibration_error(np.array(confidence), np.array(right)) == pytest.approx(error)


def test_a_verdict_is_judged_on_the_answers_that_have_its_label():
    figures = TOY.figures()
    assert figures["role_clear"] == {"answers": 3, "accuracy": 0.333, "macro_f1": 0.333}
    assert figures["outcome"] == {"answers": 2, "accuracy": 0.5, "macro_f1": 0.5}


def test_a_verdict_without_any_label_is_left_out_and_harms_nothing():
    assert TOY.figures()["fault"] == {"answers": 0}
    assert TOY.figures()["tradeoff_obvious"] == {"answers": 0}
    assert "fault             answers 0\n" in evaluation_pages.render(TOY, "table")


def test_each_verdict_is_compared_with_its_own_label():
    labels = {"role_clear": True, "tradeoff_obvious": False, "outcome": "concrete", "fault": "admits"}
    figures = Evaluation((judged("candor", **labels),), (said("candor", 0.9, **labels),)).figures()
    assert all(figures[name] == {"answers": 1, "accuracy": 1.0, "macro_f1": 1.0} for name in labels)


def test_the_matrix_says_what_is_taken_for_what():
    twice = Evaluation((*TOY.judged, judged("candor")), (*TOY.feedbacks, said("judgment", 0.6)))
    assert twice.confusion()["judgment", "candor"] == 1
    assert twice.matrix()[:2] == [[1, 1, 0, 0, 0, 0], [2, 1, 0, 0, 0, 0]]
    assert sum(map(sum, twice.matrix())) == 6


def test_each_label_has_its_figures():
    labels = TOY.labels()
    assert labels["judgment"] == {"true": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert labels["none"] == {"true": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert labels["ownership"] == {"true": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_reliability_by_tenths_of_confidence():
    rows = TOY.trust()["reliability"]
    assert [row["answers"] for row in rows] == [1, 1, 1, 2]
    assert rows[-1] == {"answers": 2, "confidence": 0.975, "right": 1.0}
    error = sum(abs(row["confidence"] - row["right"]) * row["answers"] for row in rows) / 5
    assert error == pytest.approx(TOY.signal()["calibration_error"], abs=0.001)


def test_coverage_against_risk():
    """Sure by .95, .85, .75, .65 and, where it cannot tell, of none; the second is a runner-up's, the fourth wrong."""
    rows = {row["at_least"]: row for row in TOY.trust()["coverage"]}
    assert rows[0.0] == {
        "at_least": 0.0, "answers": 5, "coverage": 1.0, "right": 0.6, "with_runner_up": 0.8, "none_as_signal": 0.0,
    }  # fmt: skip
    assert (rows[0.7]["answers"], rows[0.7]["coverage"], rows[0.7]["right"]) == (4, 0.8, 0.75)
    assert (rows[0.9]["answers"], rows[0.9]["right"]) == (2, 1.0)


def test_answers_without_a_signal_that_are_confidently_given_one():
    silent = Evaluation(
        (judged(), judged(), judged(), judged(), judged("candor")),
        (said("candor", 0.75), said("candor", 0.6), said("none", 0.9), said(), said("candor", 0.9)),
    )
    shares = {row["at_least"]: row["none_as_signal"] for row in silent.trust()["coverage"]}
    assert (shares[0.0], shares[0.6], shares[0.7], shares[0.8]) == (0.5, 0.5, 0.25, 0.0)
    assert "without a signal, 25% are given one with 70% or more" in evaluation_pages.render(silent, "table")
    assert "25% of them hear it" in evaluation_pages.render(silent, "html")


def test_confident_is_what_a_report_calls_most_likely():
    from analyser.reports import _view

    assert _view._sureness(evaluate.CONFIDENT) == "Most likely"
    assert _view._sureness(evaluate.CONFIDENT - 0.01) != "Most likely"


def test_where_every_answer_has_a_signal_nothing_is_said_of_none():
    page = Evaluation((judged("candor"),), (said("candor", 0.9),))
    assert page.trust()["coverage"][0]["none_as_signal"] is None
    assert "without a signal" not in evaluation_pages.render(page, "table")
    assert "of them hear it" not in evaluation_pages.render(page, "html")


def test_the_surest_errors_come_first_and_are_ten_at_most():
    assert [(e["reader"], e["analyser"], e["confidence"]) for e in TOY.errors()] == [
        ("judgment", "candor", 0.85),
        ("candor", "judgment", 0.65),
    ]
    many = Evaluation(TOY.judged[1:2] * 12, TOY.feedbacks[1:2] * 12)
    assert len(many.errors()) == 10
    unsure = Evaluation((judged("candor"), *TOY.judged), (said(), *TOY.feedbacks))
    assert unsure.errors()[-1]["confidence"] is None
    assert "cannot tell  candor" in evaluation_pages.render(unsure, "table")


# ---- its forms


def test_the_table_has_every_part():
    page = evaluation_pages.render(TOY, "table")
    for part in (
        "precision",
        "Reader (rows)",
        "confidence",
        "0.85  judgment (or ownership, candor) → candor",
        "I shipped",
    ):
        assert part in page


def test_json_holds_the_same():
    plain = json.loads(evaluation_pages.render(TOY, "json"))
    assert plain["figures"]["signal"] == TOY.signal()
    assert plain["confusion"] == TOY.matrix()
    assert (plain["labels"], plain["errors"]) == (TOY.labels(), TOY.errors())
    assert {name: plain[name] for name in ("reliability", "coverage")} == TOY.trust()


def test_the_page_has_pictures_and_loads_nothing():
    page = evaluation_pages.render(TOY, "html")
    trust = TOY.trust()
    assert page.count("<svg") == 3
    assert page.count("<circle") == len(trust["reliability"]) + sum(row["answers"] > 0 for row in trust["coverage"])
    assert page.count("<rect") == 36 + 2
    for outside in ("http:", "https:", "src=", "<script", "@import", "url("):
        assert outside not in page


def test_what_was_said_is_no_html():
    hostile = Judged(text="<script>alert(1)</script> & {{ 7*7 }}", signal="candor", question="<b>?")
    page = evaluation_pages.render(Evaluation((hostile,), (said("judgment", 0.9),)), "html")
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }}" in page


def test_a_page_on_no_error_and_on_one_answer():
    for form in ("table", "json", "html"):
        assert evaluation_pages.render(Evaluation((judged("candor"),), (said("candor", 0.9),)), form)


class Listener:
    """An analyser that notes what it is given."""

    def __init__(self):
        self.heard = []

    def pipe(self, answers):
        for answer in answers:
            self.heard.append((answer.text, answer.question))
            yield said("candor", 0.9)


def test_the_analyser_hears_text_and_question_and_no_label():
    listener = Listener()
    rows = [Judged(text=text, question=question, signal="candor") for text, question in (("a", "Why?"), ("b", None))]
    evaluation = evaluate.evaluate(listener, iter(rows))
    assert listener.heard == [("a", "Why?"), ("b", None)]
    assert evaluation.signal()["strict"] == 1.0


def test_without_any_answer_there_is_one_clear_sentence(tmp_path):
    file = tmp_path / "none.jsonl"
    file.write_text("\n  \n", encoding="utf-8")
    with pytest.raises(InputError, match=r"none\.jsonl holds no labelled answer"):
        answers.read_judged(file)
    with pytest.raises(InputError, match="no labelled answer"):
        evaluate.evaluate(Listener(), [])


# ---- files

ROW = {"text": "I shipped it.", "signal": "candor"}


def _file(folder, *lines):
    file = folder / "own.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_row_needs_its_text_and_signal_alone(tmp_path):
    more = {**ROW, "question": "Why?", "also": ["none"], "fault": "admits", "mood": "sad"}
    bare, rich = answers.read_judged(_file(tmp_path, json.dumps(ROW), "", json.dumps(more), ""))
    assert (bare.role_clear, bare.tradeoff_obvious, bare.outcome, bare.fault, bare.also) == (None, None, None, None, ())
    assert (rich.question, rich.also, rich.fault) == ("Why?", ("none",), "admits")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{oops", "not a JSON object"),
        ("[]", "the whole"),
        ('{"text": "a"}', "signal: field required"),
        ('{"signal": "candor"}', "text: field required"),
        ('{"text": "a", "signal": "courage"}', "signal: input should be"),
        ('{"text": "a", "signal": "candor", "outcome": "good"}', "outcome: input should be"),
        ('{"text": "a \\ud800", "signal": "candor"}', "text: holds half a character"),
    ],
)
def test_a_broken_line_is_named(tmp_path, line, reason):
    file = _file(tmp_path, json.dumps(ROW), "", line)
    with pytest.raises(InputError) as caught:
        answers.read_judged(file)
    assert str(caught.value).startswith(f"{file}:3: {reason}")


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085"])
def test_only_the_end_of_a_line_ends_a_row(tmp_path, mark):
    row = json.dumps({**ROW, "text": f"I shipped it.{mark}It broke."}, ensure_ascii=False)
    assert [one.text for one in answers.read_judged(_file(tmp_path, row))] == [f"I shipped it.{mark}It broke."]


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.jsonl cannot be read"):
        answers.read_judged(tmp_path / "gone.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"text": "caf\xe9", "signal": "none"}')
    with pytest.raises(InputError, match=r"latin\.jsonl cannot be read"):
        answers.read_judged(tmp_path / "latin.jsonl")
