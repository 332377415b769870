"""The corpus is read strictly: every breakage names file, line and key."""

import json

import pytest

from analyser import DataError
from analyser.training import corpus

TEXT = "I shipped it. It broke."
ROW = {
    "id": "a-1", "voice": "ann", "register": "notes", "question": "?", "signal": "accountability", "also": [],
    "role_clear": True, "tradeoff_obvious": False, "outcome": "concrete", "fault": "deflects", "fault_parts": None,
    "text": TEXT,
    "sentences": [
        {"start": 0, "end": 13, "parts": ["action"], "fault": None, "tradeoff": False, "team_only": False},
        {"start": 14, "end": 23, "parts": ["result"], "fault": "deflection", "tradeoff": False, "team_only": False},
    ],
}  # fmt: skip


def _write(folder, *rows, splits='train = ["ann"]\ndev = []\ntest = []\n'):
    (folder / "ann.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "splits.toml").write_text(splits, encoding="utf-8")
    return folder


def test_a_good_corpus_is_read(tmp_path):
    read = corpus.read(_write(tmp_path, ROW))
    assert read.answers[0].sentences[1].labels == {"result", "deflection"}
    assert read.split("train") == read.answers
    assert read.split("test") == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"signal": "courage"}, "ann.jsonl:1: signal"),
        ({"also": ["accountability"]}, "also repeats the signal"),
        ({"mood": "sad"}, "mood: unknown key"),
        ({"sentences": [{**ROW["sentences"][0], "end": 99}]}, "out of the text"),
        ({"sentences": ROW["sentences"][:1]}, "belongs to no sentence"),
        ({"sentences": ROW["sentences"][::-1]}, "belongs to no sentence|out of order"),
        ({"sentences": [{**ROW["sentences"][0], "parts": ["plot"]}]}, r"sentences\.0\.parts\.0"),
        ({"spans": [{"start": 3, "end": 3, "label": "filler"}]}, "covers no words"),
        ({"spans": [{"start": 0, "end": 1, "label": "hedge"}]}, r"spans\.0\.label"),
        ({"voice": "bob"}, "'bob' is in no split"),
    ],
)
def test_a_broken_row_is_named(tmp_path, change, words):
    with pytest.raises(DataError, match=words):
        corpus.read(_write(tmp_path, {**ROW, **change}))


def test_repeats_and_double_voices_are_named(tmp_path):
    with pytest.raises(DataError, match="id 'a-1' stands twice"):
        corpus.read(_write(tmp_path, ROW, ROW))
    with pytest.raises(DataError, match="the text 'I shipped"):
        corpus.read(_write(tmp_path, ROW, {**ROW, "id": "a-2"}))
    with pytest.raises(DataError, match="voice 'ann' stands twice"):
        corpus.read(_write(tmp_path, ROW, splits='train = ["ann"]\ndev = ["ann"]\ntest = []\n'))


def test_no_json_and_no_files(tmp_path):
    with pytest.raises(DataError, match="no \\*.jsonl"):
        corpus.read(tmp_path)
    _write(tmp_path, ROW)
    (tmp_path / "ann.jsonl").write_text("{oops\n", encoding="utf-8")
    with pytest.raises(DataError, match="ann.jsonl:1: not a JSON object"):
        corpus.read(tmp_path)


def test_the_projects_own_corpus():
    own = corpus.read()
    assert len(own.answers) >= 680
    assert len({answer.voice for answer in own.answers}) >= 44
    manners = {answer.manner for answer in own.answers}
    assert {answer.manner for answer in own.split("test")} == manners
    assert all(answer.sentences for answer in own.answers)
