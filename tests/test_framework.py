"""The framework file: it reads, it says what the guidelines say, and every breakage names file and key."""

import re
from typing import get_args

import pytest

from analyser import framework, resources
from analyser.errors import DataError
from analyser.results import SignalLabel

PARTS = {
    "judgment": ("context", "options", "constraint", "decision", "result", "lesson"),
    "candor": ("said_or_heard", "context", "action", "change"),
    "commitment": ("context", "evidence", "decision", "support"),
    "accountability": ("mistake", "result", "action", "change"),
    "ownership": ("context", "influence", "action", "result"),
}


@pytest.fixture(scope="module")
def netflix():
    return framework.named("netflix")


@pytest.fixture
def broken(tmp_path):
    """A copy of the shipped file with one piece of text replaced (the first only)."""

    def make(old, new):
        text = resources.path("data", "frameworks", "netflix.toml").read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / "mine.toml"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return file

    return make


def test_parts_of_each_signal(netflix):
    assert {name: signal.parts for name, signal in netflix.signals.items()} == PARTS


def test_signals_are_those_of_the_results(netflix):
    assert {*netflix.signals, "none"} == set(get_args(SignalLabel))


def test_every_signal_has_many_questions(netflix):
    assert all(len(signal.questions) >= 8 for signal in netflix.signals.values())


def test_time_bands(netflix):
    bands = {name: (section.low, section.high) for name, section in netflix.sections.items()}
    assert bands == {"context": (20, 30), "action": (30, 40), "result": (20, 30), "lesson": (10, 20)}


def test_every_part_is_used_or_heard(netflix):
    assert len(netflix.parts) == 13
    assert {part for signal in PARTS.values() for part in signal} == set(netflix.parts)


def test_disclaimer(netflix):
    assert re.search(r"no tie to this project", netflix.disclaimer)


def test_frozen(netflix):
    with pytest.raises(ValueError, match="frozen"):
        netflix.title = "Mine"


BREAKAGES = {
    "unknown key": ('title = "Netflix"', 'title = "Netflix"\ncolour = "red"', "colour: unknown key"),
    "unknown key below": ("[parts.options]", "[parts.options]\ncolor = 1", "parts.options.color: unknown key"),
    "missing key": ('version = "1"\n', "", "version: field required"),
    "empty text": ('version = "1"', 'version = ""', "version: "),
    "wrong type": ("low = 20", 'low = "soon"', "sections.context.low: "),
    "unknown signal": ("[signals.judgment]", "[signals.taste]", "signals.taste"),
    "missing section": ("[sections.context]", "[sections.context_]", "sections.context_"),
    "dangling part": ("[parts.options]", "[parts.choices]", "signals.judgment.parts: there is no [parts.options]"),
    "part of no section": ('section = "context"', 'section = "start"', "parts.context.section: "),
    "part without advice": (
        'parts = ["context", "influence", "action", "result"]',
        'parts = ["context", "influence", "action", "result", "lesson"]',
        "signals.ownership.missing.lesson: field required",
    ),
    "advice without part": (
        'parts = ["context", "options", "constraint", "decision", "result", "lesson"]',
        'parts = ["context", "options", "constraint", "decision", "result"]',
        "signals.judgment.missing.lesson: 'lesson' is not among",
    ),
    "part twice": (
        'parts = ["said_or_heard", "context", "action", "change"]',
        'parts = ["said_or_heard", "context", "action", "change", "action"]',
        "signals.candor.parts: 'action' stands twice",
    ),
    "question twice": (
        '"Tell me about a calculated risk you took."',
        '"Tell me about a time you failed."',
        "signals: the question 'tell me about a time you failed.' stands twice",
    ),
    "table twice": ("[parts.options]", "[parts.context]", "'parts', 'context'"),
    "band upside down": ("low = 20\nhigh = 30", "low = 30\nhigh = 20", "sections.context: low is not below high"),
    "too many words": (
        'what = "',
        'what = "' + "very " * 12,
        "signals.judgment.missing.context.what: has more than 12",
    ),
    "follow-up is no question": ('did nothing?"', 'did nothing."', "signals.judgment.missing.context.follow_up: "),
    "not TOML": ('version = "1"', "version = ", "line 2"),
}


@pytest.mark.parametrize(("old", "new", "message"), BREAKAGES.values(), ids=BREAKAGES)
def test_breakage_names_file_and_key(broken, old, new, message):
    file = broken(old, new)
    with pytest.raises(DataError) as caught:
        framework.read(file)
    assert str(file) in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize("table", ["filters.outcome", "advice.fillers", "signals.candor", "sections.lesson"])
def test_missing_table(netflix, table):
    group, key = table.split(".")
    rest = {name: value for name, value in getattr(netflix, group).items() if name != key}
    faults = list(framework._faults(netflix.model_copy(update={group: rest})))
    assert faults[0] == f"{table}: field required"


def test_unknown_name_lists_the_known():
    with pytest.raises(DataError, match=r"no framework 'hooli'; choose one of: netflix"):
        framework.named("hooli")


def test_missing_file(tmp_path):
    with pytest.raises(DataError, match=r"gone\.toml is missing"):
        framework.read(tmp_path / "gone.toml")
