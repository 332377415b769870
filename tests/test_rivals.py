"""The analyser beside other tools: what the tables make of what each told, and of one that could not be had."""

import importlib.util
import json
import sys

import pytest
import rivals
from rivals import Missing, Rival, Run, Span

from analyser.training.corpus import LabelledAnswer

spec = importlib.util.spec_from_file_location("read", rivals.DRIVERS / "read.py")
read = importlib.util.module_from_spec(spec)
spec.loader.exec_module(read)

LINTER = Rival("linter", "letters", hedging={"guesses": ["guess"]})
GONE = Rival("gone", "nobody", pins=["gone==1"])
MEASURES = Rival("measures", "figures")
TEXT = "I guess we were late. I rang the depot. Perhaps that helped."
FOUND = [Span("guess", 0, 7, why=True, fix=False), Span("dull", 24, 28, why=True, fix=True)]


def ran(*findings, seconds=2.0):
    return Run("1.2", (0.5, 0.4), (seconds, 1.0), "a grade", list(findings))


@pytest.fixture
def answer():
    """Three sentences, of which the first and the last hedge."""
    edges = [(0, 21), (22, 39), (40, 60)]
    plain = {"parts": [], "fault": None, "tradeoff": False, "team_only": False}
    return LabelledAnswer.model_validate_json(
        json.dumps(
            {
                "id": "a-01", "voice": "a", "register": "notes", "question": "What happened?", "signal": "none",
                "also": [], "role_clear": True, "tradeoff_obvious": False, "outcome": "none",
                "fault": "not_a_failure", "fault_parts": None, "text": TEXT,
                "sentences": [{"start": start, "end": end, **plain} for start, end in edges],
                "spans": [
                    {"start": 0, "end": 7, "label": "belief"}, {"start": 22, "end": 28, "label": "filler"},
                    {"start": 40, "end": 47, "label": "possibility"},
                ],
            }
        )
    )  # fmt: skip


def cells(table):
    """The rows under the head, cell by cell."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_a_rival_that_is_missing_says_why_and_has_no_figures():
    table = cells(rivals.speed([(GONE, Missing("not installed: no such package")), (LINTER, ran(FOUND))], [TEXT]))
    assert table[0] == ["gone", "nobody (not installed: no such package)", "–", "–", "–", "–", "–"]
    assert table[1] == ["linter 1.2", "letters", "1", "0.5 s", "0.4 s", "6", "12"]
    told = cells(rivals.reports([(GONE, Missing("not installed: no such package"))]))
    assert told == [["gone", "not installed: no such package", "–", "–", "–", "–", "–"]]


def test_one_that_read_fewer_answers_is_timed_by_their_words():
    table = cells(rivals.speed([(LINTER, ran(FOUND)), (MEASURES, ran([], []))], [TEXT, f"{TEXT} {TEXT}"]))
    assert [(row[2], row[-1]) for row in table] == [("1", "12"), ("2", "36")]


def test_what_a_rival_told_is_counted_answer_by_answer():
    (row,) = cells(rivals.reports([(LINTER, ran(FOUND, [], FOUND[:1], []))]))
    assert row == ["linter", "a grade", "0.8", "2", "100%", "100%", "33%"]


def test_a_rival_without_findings_has_no_shares():
    (row,) = cells(rivals.reports([(MEASURES, ran([], []))]))
    assert row == ["measures", "a grade", "0.0", "0", "–", "–", "–"]


def test_hedging_is_judged_by_sentence_where_a_rival_has_a_kind_for_it(answer):
    outcomes = [(GONE, Missing("not installed")), (MEASURES, ran([])), (LINTER, ran(FOUND))]
    table = rivals.hedging(outcomes, [answer])
    assert "of 3 sentences, 2 hedge" in table
    assert cells(table) == [["linter", "guesses", "1", "1.00", "0.50", "0.67"]]


def test_an_answer_whose_phrases_are_not_labelled_is_not_judged(answer):
    bare = answer.model_copy(update={"spans": None})
    assert "of 3 sentences" in rivals.hedging([(LINTER, ran(FOUND[1:], FOUND))], [bare, answer])
    assert cells(rivals.hedging([(LINTER, ran(FOUND[1:], FOUND))], [bare, answer]))[0][2] == "1"


def test_without_node_its_rival_is_left_out(monkeypatch, tmp_path):
    monkeypatch.setattr(rivals, "ENVIRONMENTS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = rivals.run(Rival("letters", "letters", pins=["letters@1"], node=True), [TEXT])
    assert outcome == Missing("not installed: it needs Node and npm, and they are not on this machine")


def test_an_install_that_fails_is_told_in_its_own_words(monkeypatch, tmp_path):
    monkeypatch.setattr(rivals, "ENVIRONMENTS", tmp_path)
    failing = "import sys; sys.exit('looking\\nERROR: no gone==1 to be had\\nbye')"
    monkeypatch.setattr(Rival, "steps", lambda rival: [[sys.executable, "-c", failing]])
    assert rivals.run(GONE, [TEXT]) == Missing("not installed: ERROR: no gone==1 to be had")
    assert not (GONE.home / ".pins").exists()  # so that the next run tries again


def test_a_rival_that_breaks_is_told_too(monkeypatch, tmp_path):
    monkeypatch.setattr(rivals, "ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(Rival, "command", lambda rival: [sys.executable, "-c", "raise ValueError('no letters')"])
    assert rivals.run(LINTER, [TEXT]) == Missing("did not run: ValueError: no letters")


def test_every_rival_that_runs_in_python_has_its_reader():
    assert {rival.name for rival in rivals.rivals() if not rival.node} == set(read.TOOLS)


def test_the_analyser_is_read_as_its_rivals_are(monkeypatch, fast):
    monkeypatch.setattr("analyser.Analyser", lambda **_: fast, raising=False)
    printed = read.measured(read.TOOLS["analyser-fast"], [TEXT * 4])
    told = Run.of(json.loads(json.dumps(printed)))
    hedges = [span for span in told.every if span.kind in ("belief", "possibility")]
    assert {(TEXT * 4)[span.start : span.end] for span in hedges} >= {"I guess", "Perhaps"}
    assert all(span.why and span.fix for span in hedges)


def test_words_given_by_number_are_found_where_they_stand():
    text = "So, so late.\n So it was."
    places = read.located([["so", ",", "so", "late", "."], ["so", "it", "was", "."]], text)
    assert [[text[start:end] for start, end in row] for row in places] == [
        ["So", ",", "so", "late", "."],
        ["So", "it", "was", "."],
    ]
