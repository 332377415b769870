"""Scoring loses nothing, adds its own columns alone, and writes what can be read again."""

import csv
import json

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyser import bank, resources
from analyser.bank._heard import HEARD
from analyser.errors import InputError

GOOD = resources.path("data", "samples", "judgment.txt").read_text(encoding="utf-8")
FAILURE = resources.path("data", "samples", "failure.txt").read_text(encoding="utf-8")
BAD = ["", "  ", None, float("nan"), 42, ["a"], "Too short.", "word " * 30, "ha\ud800lf", "a" * 300_000, pd.NaT]


@pytest.fixture(scope="module")
def scored(fast):
    frame = pd.DataFrame({"story": [GOOD, *BAD, FAILURE], "n": range(len(BAD) + 2), "heard_words": "old"}, dtype=object)
    frame.index = [7] * len(frame)
    return bank.score(frame, analyser=fast)


def test_every_row_is_there_in_its_place(scored):
    assert list(scored["n"]) == list(range(len(BAD) + 2))
    assert list(scored.index) == [7] * len(scored)
    assert list(scored.columns) == ["story", "n", *HEARD]


def test_a_bad_row_says_why_and_nothing_else(scored):
    bad = scored.iloc[1:-1]
    assert bad["heard_signal"].isna().all()
    assert bad["heard_error"].map(lambda why: isinstance(why, str) and why.endswith(".")).all()
    assert "holds a number" in bad["heard_error"].iloc[4]
    assert "no story in this row" in bad["heard_error"].iloc[2]
    assert "lone surrogate" in bad["heard_error"].iloc[8]
    assert "at most" in bad["heard_error"].iloc[9]


def test_a_good_row_says_what_one_answer_would(scored, fast):
    row, feedback = scored.iloc[0], fast.analyse(GOOD)
    assert row["heard_signal"] == feedback.signal.label == "judgment"
    assert row["heard_p_judgment"] == pytest.approx(feedback.signal.probabilities["judgment"], abs=1e-4)
    assert row["heard_role_clear"] == feedback.checks.role_clear
    assert row["heard_outcome"] == feedback.checks.outcome
    assert row["heard_seconds"] == feedback.seconds
    assert row["heard_advice"] == feedback.advice[0].what
    assert row["heard_because"] in GOOD
    fillers = sum(finding.label == "filler" for finding in feedback.findings)
    assert row["heard_fillers_per_100"] == pytest.approx(100 * fillers / feedback.words, abs=0.01)
    assert pd.isna(row["heard_error"])
    assert scored.iloc[-1]["heard_fault"] in {"partial", "deflects"}


def test_the_bank_given_stays_as_it_was(fast):
    frame = pd.DataFrame({"story": ["x"]})
    bank.score(frame, analyser=fast)
    assert list(frame.columns) == ["story"]


def test_scoring_again_changes_nothing(scored, fast):
    pd.testing.assert_frame_equal(bank.score(scored, analyser=fast), scored)


def test_the_question_is_heard_too(fast):
    frame = pd.DataFrame({"story": ["I never failed, it was the vendor who let us all down. " * 4] * 2})
    frame["question"] = ["Tell me about a time you failed.", None]
    assert bank.score(frame, analyser=fast)["heard_fault"][0] == "deflects"


def test_what_could_not_be_read_stays_an_error(fast):
    frame = pd.DataFrame({"story": [GOOD], "reading_error": ["Line 3 is broken."]})
    scored = bank.score(frame, analyser=fast)
    assert list(scored["heard_error"]) == ["Line 3 is broken."]
    assert "reading_error" not in scored


@pytest.mark.parametrize("names", [["text"], ["story", "story"]])
def test_the_column_has_to_be_there_once(names):
    with pytest.raises(InputError, match="column 'story' in the bank; its columns are"):
        bank.score(pd.DataFrame([["x"] * len(names)], columns=names))


def test_an_empty_bank_gives_an_empty_table():
    assert list(bank.score(pd.DataFrame({"story": []})).columns) == ["story", *HEARD]


def test_two_processes_say_the_same(fast):
    frame = pd.DataFrame({"story": [GOOD, "", FAILURE] * 12})
    done = []
    spread = bank.score(frame, options=bank.Options(fast=True), jobs=2, progress=done.append)
    pd.testing.assert_frame_equal(spread, bank.score(frame, analyser=fast))
    assert sum(done) == len(frame)


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "-5", "+3.5%", "plain - text"]


@pytest.fixture
def risky():
    return pd.DataFrame(
        {"=name": FORMULAS, "story": ["I did it.\x01\n# no heading\n- no list", *["x"] * 8], "n": [1.5] * 9}
    )


def test_no_cell_of_a_csv_is_a_formula(tmp_path, risky):
    bank.write(risky, tmp_path / "o.csv")
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["'=name", "story", "n"]
    assert [row[0] for row in rows[1:]] == [f"'{text}" for text in FORMULAS[:6]] + FORMULAS[6:]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path, risky):
    bank.write(risky, tmp_path / "o.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert [cell.data_type for row in sheet.iter_rows() for cell in row].count("f") == 0
    assert [sheet.cell(row, 1).value for row in range(2, 11)] == FORMULAS
    assert sheet["A2"].quotePrefix
    assert sheet["C2"].value == 1.5


def test_a_story_too_long_for_a_cell_is_cut_in_words(tmp_path):
    bank.write(pd.DataFrame({"story": ["a" * 40_000]}), tmp_path / "o.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "o.xlsx").active["A2"].value
    assert len(cell) == 32_767
    assert cell.endswith("[cut: a cell of XLSX holds no more]")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl", "md"])
def test_what_is_written_is_read_again(tmp_path, scored, ending):
    bank.write(scored, tmp_path / f"o.{ending}")
    again = bank.read(tmp_path / f"o.{ending}")
    assert len(again) == len(scored)
    text = bank.recognise(again).text
    assert again[text][0].split() == GOOD.split()
    assert [signal or None for signal in again["heard_signal"].astype(object).where(lambda c: c.notna(), None)] == [
        "judgment",
        *[None] * len(BAD),
        "accountability",
    ]


def test_jsonl_keeps_kinds(tmp_path):
    bank.write(pd.DataFrame({"story": ["é"], "n": [1], "b": [True], "l": [["a"]], "x": [None]}), tmp_path / "o.jsonl")
    line = json.loads((tmp_path / "o.jsonl").read_text(encoding="utf-8"))
    assert line == {"story": "é", "n": 1, "b": True, "l": ["a"], "x": None}


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=40)
CELLS = st.one_of(
    st.none(),
    TEXT,
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.lists(st.text(max_size=3), max_size=2),
)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl", "md"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXT, CELLS), min_size=1, max_size=6))
def test_any_cells_make_a_file_with_as_many_rows(tmp_path, ending, rows):
    frame = pd.DataFrame([["t", "a story", *row] for row in rows], columns=["title", "story", "x", "y"])
    bank.write(frame, tmp_path / f"o.{ending}")
    assert len(bank.read(tmp_path / f"o.{ending}")) == len(rows)


@pytest.mark.parametrize("name", ["o.pdf", "o", "nowhere/o.csv"])
def test_where_it_cannot_go_is_said_before_the_work(tmp_path, name):
    with pytest.raises(InputError, match=r"\.csv, \.xlsx|a folder that is there"):
        bank.check(tmp_path / name)
    assert not list(tmp_path.iterdir())
