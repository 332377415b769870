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
    "a key misspelt": ('version = "1"', 'versoin = "1"', "versoin: unknown key"),
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
    assert faults[0].startswith(f"{table}: field required")


def test_unknown_name_lists_the_known():
    with pytest.raises(DataError, match=r"no framework 'hooli'; choose one of: amazon, netflix"):
        framework.named("hooli")


def test_missing_file(tmp_path):
    with pytest.raises(DataError, match=r"gone\.toml cannot be read: there is no such file"):
        framework.read(tmp_path / "gone.toml")


def test_a_file_may_begin_with_the_mark_of_utf_8(tmp_path):
    content = resources.path("data", "frameworks", "netflix.toml").read_text(encoding="utf-8")
    (tmp_path / "marked.toml").write_text(content, encoding="utf-8-sig")
    assert framework.read(tmp_path / "marked.toml") == framework.named("netflix")


def test_a_folder_is_no_framework(tmp_path):
    with pytest.raises(DataError, match="cannot be read: Is a directory"):
        framework.read(tmp_path)


# ---- frameworks whose signals have no model of their own

AMAZON = framework.named("amazon")


@pytest.fixture
def own(tmp_path):
    """A framework of the user's, with one more line of TOML."""

    def make(more="", base='base = "netflix"'):
        signals = "".join(
            f'[signals.{name}_]\ntitle = "{name}!"\nmaps_to = "{name}"\nquestion = "?"\nshows = "x"\n'
            f'questions = ["Asked about {name}?"]\nparts = ["action"]\n'
            'missing.action = { what = "a", why = "b", follow_up = "c?" }\n'
            for name in framework.SIGNALS
        )
        file = tmp_path / "mine.toml"
        head = f'title = "Mine"\nversion = "7"\nsource = "me"\ndisclaimer = "None."\n{base}\n'
        file.write_text(head + signals + more, encoding="utf-8")
        return file

    return make


def test_the_sixteen_principles():
    assert len(AMAZON.signals) == 16
    assert all(signal.maps_to for signal in AMAZON.signals.values())
    assert all(len(signal.questions) >= 5 for signal in AMAZON.signals.values())
    assert [signal.title for signal in AMAZON.serving("commitment")] == ["Have Backbone; Disagree and Commit"]
    assert sum(len(AMAZON.serving(heard)) for heard in framework.SIGNALS) == 16


def test_the_heart_of_each_signal_is_among_the_parts_of_some_principle():
    """Advice weighs these parts most; a framework that never asks for them could not give it."""
    from analyser.advice import HEART

    for heard, heart in HEART.items():
        assert heart & {part for signal in AMAZON.serving(heard) for part in signal.parts}, heard


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Tell me about a time you had to earn back the trust of someone.", "Earn Trust"),
        ("tell me about a time when you dived deep to find the root cause", "Dive Deep"),
        ("Give an example of doing more with less", "Frugality"),
        ("Tell me about a bold idea", "Think Big"),
    ],
)
def test_the_question_puts_its_principle_first(question, title):
    heard = next(signal.maps_to for signal in AMAZON.signals.values() if signal.title == title)
    serving = AMAZON.serving(heard, question)
    assert serving[0].title == title
    assert sorted(s.title for s in serving) == sorted(s.title for s in AMAZON.serving(heard))


@pytest.mark.parametrize("question", [None, "", "Why?", "What is your favourite colour of paint?", "日本語"])
def test_any_other_question_changes_nothing(question):
    assert AMAZON.serving("judgment", question) == AMAZON.serving("judgment")


def test_reports_say_that_it_is_a_crosswalk(netflix):
    assert "crosswalk, with no model of their own" in AMAZON.about().disclaimer
    assert AMAZON.called("commitment") == "Commitment (Have Backbone; Disagree and Commit)"
    assert netflix.about().disclaimer == netflix.disclaimer
    assert netflix.called("commitment") == "Disagree, then commit"
    assert netflix.crosswalk("judgment") == AMAZON.crosswalk("none") == ()


def test_a_framework_of_ones_own_by_its_path(own, netflix):
    mine = framework.named(str(own()))
    assert mine.parts == netflix.parts
    assert [signal.title for signal in mine.serving("candor")] == ["candor!"]
    assert framework.describe(str(own())).startswith("mine 7 (")


def test_what_it_was_read_from_includes_the_base(own, monkeypatch, tmp_path):
    before = framework.describe(str(own()))
    changed = tmp_path / "home"
    (changed / "data" / "frameworks").mkdir(parents=True)
    text = resources.path("data", "frameworks", "netflix.toml").read_text(encoding="utf-8")
    (changed / "data" / "frameworks" / "netflix.toml").write_text(text.replace("low = 20", "low = 21"))
    monkeypatch.setenv("ANALYSER_HOME", str(changed))
    assert framework.describe(str(own())) != before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('maps_to = "candor"\n', "", "signals.candor: field required, or another signal with maps_to"),
        ('maps_to = "candor"', 'maps_to = "courage"', "signals.candor_.maps_to: "),
        ('base = "netflix"', "", "parts: field required"),
        ('base = "netflix"', 'base = "acme"', "base: there is no framework 'acme'"),
        ('base = "netflix"', 'base = "mine.toml"', "base: there is no framework 'mine.toml'"),
        ('base = "netflix"', "base = 3", "base: "),
        ("Asked about candor?", "Asked about judgment?", "stands twice"),
    ],
)
def test_a_broken_one_of_ones_own(own, old, new, message):
    file = own()
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        framework.named(str(file))
    assert str(file) in str(caught.value)
    assert message in str(caught.value).replace("There", "there")


def test_a_signal_that_maps_nowhere_is_named(own):
    more = '[signals.taste]\ntitle = "x"\nquestion = "?"\nshows = "x"\nquestions = ["y?"]\nparts = []\nmissing = {}\n'
    with pytest.raises(DataError, match=r"signals\.taste"):
        framework.named(str(own(more.replace("parts = []", 'parts = ["action"]'))))


def test_the_frameworks_docs_have_a_framework_that_reads(tmp_path):
    """The example of the page is whole but for the four signals that it leaves out."""
    page = (resources.path("data").parent / "docs" / "frameworks.md").read_text(encoding="utf-8")
    file = tmp_path / "acme.toml"
    file.write_text(re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1], encoding="utf-8")
    with pytest.raises(DataError, match="signals.judgment: field required, or another signal"):
        framework.read(file)
    for heard in framework.SIGNALS:
        row = "; ".join(signal.title for signal in AMAZON.serving(heard))
        assert f"| {heard} | {row} |" in page


# ---- every report in the framework's terms


@pytest.fixture(scope="module")
def heard():
    """A sample heard by Amazon's principles, asked for one of them."""
    from analyser import Analyser

    text = resources.path("data", "samples", "judgment.txt").read_text(encoding="utf-8")
    return Analyser(framework="amazon", fast=True).analyse(
        text, "Tell me about a calculated risk where speed mattered."
    )


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_report_names_the_principles_and_says_how(heard, form):
    from analyser.reports import render

    page = " ".join(render(heard, form).split())
    assert "Amazon: Bias for Action; Invent and Simplify; Are Right, A Lot" in page
    assert page.count("no model of its own") == 1
    assert "with no model of their own" in page
    assert "What a strong “Bias for Action” story has" in page


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_report_says_by_which_of_several_principles_it_goes_and_why(heard, form):
    from analyser.reports import render

    asked = " ".join(render(heard, form, width=200, color=False).split())
    assert "that of “Bias for Action”, the nearest to the question" in asked
    unasked = heard.model_copy(update={"answer": heard.answer.model_copy(update={"question": None})})
    told = " ".join(render(unasked, form, width=200, color=False).replace("\\", "").split())
    assert "that of “Bias for Action”, the first of them, as no question was given to choose by (--question)." in told
    one = heard.model_copy(update={"crosswalk": heard.crosswalk[:1]})
    assert "What is asked of the story below" not in render(one, form)


def test_parts_and_json_are_the_principles(heard):
    assert [part.name for part in heard.parts] == ["context", "constraint", "decision", "result"]
    assert heard.crosswalk[0].title == "Bias for Action"
    assert heard.made_by.framework.startswith("amazon 1 (")


def test_a_draft_and_a_bank_say_it_too(heard):
    import pandas as pd

    from analyser import Analyser, bank
    from analyser.drafts import Draft
    from analyser.reports import bank_html, bank_terminal, drafts

    assert "Bias for Action" in drafts.signal(Draft.of(heard))
    scored = bank.score(pd.DataFrame({"story": [heard.answer.text]}), analyser=Analyser(framework="amazon", fast=True))
    review = bank.review(scored, framework="amazon")
    for page in (bank_html.render(review), bank_terminal.render(review)):
        said = " ".join(page.split())
        assert "Judgment (Invent and Simplify; Are Right, A Lot;" in said
        assert "with no model of their own" in said


def test_the_command_lists_and_shows_them():
    from typer.testing import CliRunner

    from analyser import cli

    listed = CliRunner().invoke(cli.app, ["frameworks"]).stdout
    assert [line.split()[0] for line in listed.splitlines()] == ["amazon", "netflix"]
    shown = CliRunner().invoke(cli.app, ["frameworks", "amazon"]).stdout
    assert "Earn Trust (heard as candor)" in shown
    assert CliRunner().invoke(cli.app, ["frameworks", "acme"]).exit_code == 2
