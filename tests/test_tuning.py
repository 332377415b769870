"""What a user may set: rules, phrases, bands, limits; marks in a text; which file applies; what a rule tells."""

import json
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from analyser import (
    Analyser,
    DataError,
    InputError,
    cli,
    configuration,
    framework,
    lexicon,
    marks,
    resources,
    rules,
    settings,
)
from analyser.detectors import ORDER
from analyser.results import Checks, Fault
from analyser.settings import Settings
from analyser.silence import Silence

SAMPLE = resources.path("data", "samples", "judgment.txt").read_text(encoding="utf-8")
FAILURE = resources.path("data", "samples", "failure.txt").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working directory; called with a text, it writes the settings there."""
    monkeypatch.chdir(tmp_path)
    return lambda text, name="analyser.toml": (tmp_path / name).write_text(text, encoding="utf-8")


def run(*arguments, **more):
    return CliRunner().invoke(cli.app, arguments, env={"COLUMNS": "80"}, **more)


def heard(feedback):
    return [(finding.rule, finding.text) for finding in feedback.findings]


# --- ids ---


@pytest.mark.parametrize(
    "name", ["hedging", "hedging/belief", "hedging.belief", " Hedging/belief-verb", "fault/meaning"]
)
def test_an_id_is_known(name):
    assert rules.parse(name) == name.strip().lower().replace(".", "/")


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(InputError, match="did you mean hedging/belief "):
        rules.parse("hedging/belif")
    with pytest.raises(InputError, match="one of hedging, fillers"):
        rules.parse("zzz")


def test_a_rule_that_is_called_like_a_label_gives_it():
    """Or an id would mean two things."""
    for detector in ORDER:
        words = lexicon.of(detector)
        for name in words.groups.keys() & words.labels:
            assert words.groups[name].label == name


def test_the_narrowest_switch_decides():
    switches = {"fillers": False, "fillers/sound": True}
    assert rules.is_off(switches, "fillers/like", "filler")
    assert not rules.is_off(switches, "fillers/sound", "filler")
    assert not rules.is_off(switches, "hedging/kind-of", "softener")


# --- marks ---


def test_a_mark_is_blanked_and_moves_nothing():
    text = "First.\n  # analyser: ignore fillers\r\nSecond # analyser: ignore hedging"
    blank = marks.blank(text)
    assert len(blank) == len(text)
    assert blank.split() == ["First.", "Second", "#", "analyser:", "ignore", "hedging"]
    assert marks.ignored(text) == {"fillers"}


def test_a_mark_names_several():
    assert marks.ignored("# Analyser: ignore hedging.belief, fillers") == {"hedging/belief", "fillers"}


@pytest.mark.parametrize(
    "mark", ["# analyser:", "# analyser: ignore", "# analyser: off fillers", "#analyser: ignore x"]
)
def test_a_mark_that_says_nothing_is_refused_with_its_line(mark):
    with pytest.raises(InputError, match="^Line 3: "):
        marks.ignored(f"One.\r\nTwo.\n{mark}\n")


@given(st.text(alphabet="#analyser: \r\n\u2028x"))
def test_blanking_keeps_length_and_line_ends(text):
    blank = marks.blank(text)
    assert len(blank) == len(text)
    assert [c for c in blank if c in "\r\n"] == [c for c in text if c in "\r\n"]
    assert marks.blank(blank) == blank


@pytest.mark.parametrize("place", [0, 1, 2, None], ids=["first", "in the middle", "later", "last"])
def test_a_mark_silences_its_rule_and_changes_nothing_else(fast, place):
    paragraphs = SAMPLE.split("\n\n")
    lines = [*paragraphs[:place], "# analyser: ignore fillers", *paragraphs[place:]] if place is not None else [
        *paragraphs, "# analyser: ignore fillers"
    ]  # fmt: skip
    plain, marked = fast.analyse(SAMPLE), fast.analyse("\n\n".join(lines))
    assert heard(marked) == [pair for pair in heard(plain) if not pair[0].startswith("fillers")]
    assert (marked.words, marked.seconds, marked.signal.confidence) == (
        plain.words, plain.seconds, plain.signal.confidence
    )  # fmt: skip
    assert marked.sections == plain.sections


def test_an_answer_with_a_broken_mark_is_refused_alone(fast):
    answers = fast.pipe([SAMPLE, "# analyser: ignore nothing\n" + SAMPLE])
    assert next(answers).findings
    with pytest.raises(InputError, match="Line 1: there is no rule 'nothing'"):
        next(answers)


# --- settings ---


@pytest.fixture(scope="module")
def tuned():
    """An analyser with settings of each kind."""
    given = {
        "rules": {"hedging": {"belief": False}, "parts": False},
        "phrases": {"metrics.outcome": ["every customer"], "hedging/vague": ["close (all) their|the books"]},
        "shields": {"fillers": ["you know"]},
        "bands": {"context": [1, 99]},
        "limits": {"seconds": 60, "advice": 2},
    }
    return Analyser(fast=True, settings=Settings.model_validate(given))


def test_settings_change_what_is_heard(fast, tuned):
    before, after = set(heard(fast.analyse(SAMPLE))), set(heard(tuned.analyse(SAMPLE)))
    new, gone = after - before, before - after
    weighed = ("parts/", "metrics/meaning", "metrics/figure")  # models weigh the user's phrases, too
    assert {("metrics/outcome", "every customer"), ("hedging/extender", "close their books")} == {
        (rule, text) for rule, text in new if not rule.startswith(weighed)
    }
    assert {rule for rule, _ in gone if not rule.startswith(weighed)} == {"hedging/belief-verb", "fillers/you-know"}
    assert not [rule for rule, _ in after if rule.startswith("parts/")]


def test_settings_change_bands_and_limits(tuned):
    feedback = tuned.analyse(SAMPLE)
    assert feedback.sections == ()
    assert len(tuned.analyse(FAILURE).advice) == 2
    assert feedback.advice[0].what.startswith("Tell it in under one minute")
    assert feedback.parts == ()
    assert feedback.made_by.settings


def test_settings_change_the_bands_that_are_shown():
    timed = Analyser(fast=True, settings=Settings.model_validate({"bands": {"context": [1, 99]}}))
    context = timed.analyse(SAMPLE).sections[0]
    assert (context.low, context.high, context.cut) == (1, 99, ())


def test_what_is_not_to_be_heard_is_not_missed():
    deaf = Analyser(fast=True, settings=Settings.model_validate({"rules": {"parts": False, "agency": False}}))
    asked = [advice.what for advice in deaf.analyse(FAILURE.replace("I guess", "Well")).advice]
    assert not {framework.named("netflix").advice[name].what for name in ("occasion", "moment")} & set(asked)


def test_the_docs_show_settings_that_can_be_read():
    page = (resources.path("data").parent / "docs" / "tuning.md").read_text(encoding="utf-8")
    examples = [
        *re.findall(r"```toml\n(.*?)```", page, re.DOTALL),
        settings.__doc__.split("::")[1].split("Which files")[0],
    ]
    for example in examples:
        assert Settings.model_validate(tomllib.loads(example)).limits.seconds == 90


def test_without_settings_the_limit_is_two_minutes():
    named = framework.named("netflix")
    assert "two minutes" in Settings().timed(named).advice["too_long"].why
    assert "90 seconds" in Settings.model_validate({"limits": {"seconds": 90}}).timed(named).advice["too_long"].why
    assert Settings().digest is None


def test_a_phrase_within_a_quotation_is_not_the_speakers(tuned):
    text = 'My manager told me, "every customer will leave us", and then I called all of them to ask what they needed.'
    assert "metrics/outcome" not in {rule for rule, _ in heard(tuned.analyse(text * 2))}


def test_what_cannot_be_heard_is_unknown_and_not_failed():
    silence = Silence(
        Settings.model_validate({"rules": {"tradeoff": False, "metrics/metric": False}}), frozenset({"fault"})
    )
    checks = silence.checks(Checks(role_clear=True, tradeoff_obvious=False, outcome="none"))
    assert checks == Checks(role_clear=True, tradeoff_obvious=None, outcome=None)
    assert silence.fault(Fault(verdict="deflects", parts=None)).verdict is None
    assert not silence.is_deaf("belief")


def test_a_silenced_tradeoff_brings_no_advice_to_name_one(fast):
    wanted = framework.named("netflix").filters["tradeoff"].what
    assert wanted in {advice.what for advice in fast.analyse(FAILURE).advice} | {wanted}
    silenced = fast.analyse("# analyser: ignore tradeoff\n" + FAILURE)
    assert silenced.checks.tradeoff_obvious is None
    assert wanted not in {advice.what for advice in silenced.advice}


WORDS = [f"{d}/{g}" for d in ORDER if not rules.judges_sentences(d) for g in lexicon.of(d).groups]


def test_a_phrase_can_be_added_to_every_rule_for_words():
    added = {name: [f"{chr(97 + i) * 3} blip"] for i, name in enumerate(WORDS[:20])}
    more = {name: [f"{chr(97 + i) * 4} blip"] for i, name in enumerate(WORDS[20:])}
    made = Analyser(fast=True, settings=Settings.model_validate({"phrases": added | more}))
    said = " ".join(f"Then I {line[0]} fixed the old build." for line in (added | more).values())
    assert {rule for rule, text in heard(made.analyse(said)) if text.endswith("blip")} == set(WORDS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("limts = 1", "limts: unknown key. Known are: rules, phrases"),
        ("[limits]\nsecnds = 1", "limits.secnds: unknown key. Known are: seconds"),
        ("[limits]\nseconds = 0", "limits.seconds: input should be greater than 0"),
        ("[rules]\nhedging.belif = false", "there is no rule 'hedging/belif'; did you mean hedging/belief"),
        ('[rules]\nfillers = "no"', "rules.fillers: input should be a valid boolean"),
        ('[phrases]\nfault.blame = ["x"]', "judges whole sentences"),
        ('[phrases]\nhedging = ["x"]', "one of hedging/belief"),
        ('[phrases]\nhedging.vague = ["..."]', "a phrase has words"),
        ('[phrases]\nhedging.vague = ["a|b a|b a|b a|b a|b a|b a|b a|b"]', "stands for 256 others"),
        ('[shields]\n"hedging/belief" = ["x"]', "a shield holds for a whole detector"),
        ("[bands]\ncontext = [30, 20]", "the fewest and the most seconds"),
        ("[bands]\nend = [3, 20]", "bands.end"),
        ("[limits", "is not TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_key(here, text, words):
    here(text)
    with pytest.raises(DataError, match=r"analyser\.toml") as error:
        configuration.found()
    assert words in str(error.value)
    assert run("config").exit_code == 2


# --- which file ---


def test_the_nearest_file_wins_key_by_key(here, tmp_path, monkeypatch):
    own = configuration.user_file()
    own.parent.mkdir(parents=True)
    own.write_text("[rules]\nfillers = false\n[limits]\nseconds = 60\nadvice = 1\n", encoding="utf-8")
    here("[tool.analyser.limits]\nseconds = 90", "pyproject.toml")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    found = configuration.found()
    assert (found.settings.limits.seconds, found.settings.limits.advice) == (90, 1)
    assert found.settings.rules == {"fillers": False}
    assert found.origin("limits", "seconds") == tmp_path / "pyproject.toml"
    assert found.origin("limits", "advice") == own
    assert found.origin("limits", "words") is None


def test_a_file_of_our_own_goes_before_pyproject(here):
    here("[limits]\nseconds = 60")
    here("[tool.analyser.limits]\nseconds = 90", "pyproject.toml")
    assert configuration.found().settings.limits.seconds == 60


def test_a_pyproject_without_our_table_is_passed_over(here, tmp_path, monkeypatch):
    here("[limits]\nseconds = 60")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "analyser"', encoding="utf-8")
    monkeypatch.chdir(inner)
    assert configuration.found().settings.limits.seconds == 60


def test_an_error_in_pyproject_names_the_table(here):
    here("[tool.analyser]\nruls = 1", "pyproject.toml")
    with pytest.raises(DataError, match=r"pyproject.toml: \[tool.analyser\]: ruls: unknown key"):
        configuration.found()


def test_a_file_that_is_not_text_is_refused(here, tmp_path):
    (tmp_path / "analyser.toml").write_bytes(b"\xff\x00")
    with pytest.raises(DataError, match="not UTF-8"):
        configuration.found()


# --- commands ---


def test_config_says_where_each_value_comes_from(here, tmp_path):
    here("[rules]\nhedging.belief = false")
    lines = run("config").stdout.splitlines()
    assert lines[0] == f"Read from {tmp_path / 'analyser.toml'}"
    rule = next(line for line in lines if line.startswith("rules.hedging/belief"))
    assert rule.split() == ["rules.hedging/belief", "off", str(tmp_path / "analyser.toml")]
    assert next(line for line in lines if line.startswith("limits.seconds")).endswith("as it comes")
    plain = json.loads(run("config", "--format", "json").stdout)
    assert {"key": "rules.hedging/belief", "value": "off", "file": str(tmp_path / "analyser.toml")} in plain


def test_config_without_any_file_says_where_one_may_lie(here):
    assert f"or {configuration.user_file()} for all work" in run("config").stdout


def test_explain_tells_all_of_a_rule(here):
    here('[rules]\nfillers = false\n[phrases]\nfillers.like = ["innit"]')
    told = run("explain", "fillers/like").stdout
    group = lexicon.of("fillers").groups["like"]
    assert "(off)" in told
    assert "innit" in told
    flat = " ".join(told.split())
    for text in (group.why, group.fix, *group.hits, *group.misses):
        assert " ".join(text.split()) in flat


def test_explain_takes_labels_detectors_and_nothing(here):
    of_a_label = run("explain", "hedging.belief").stdout
    assert "[I think]" in of_a_label
    assert "and more: analyser explain hedging/belief-verb" in of_a_label
    assert "by a model" in run("explain", "fault/meaning").stdout
    assert "hedging/kind-of" in run("explain", "hedging").stdout
    every = run("explain").stdout
    assert [rule.id for rule in rules.every() if rule.id not in every] == []
    assert json.loads(run("explain", "fillers/like", "--format", "json").stdout)[0]["id"] == "fillers/like"


def test_explain_refuses_what_it_does_not_know(here):
    done = run("explain", "hedging/belif")
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: There is no rule 'hedging/belif'; did you mean hedging/belief")


def test_feedback_reads_the_settings_of_the_folder(here, monkeypatch):
    here("[limits]\nwords = 5")
    assert "at most 5 words" in run("feedback", "--fast", input=SAMPLE).stderr
    assert run("feedback", "--fast", "--max-words", "500", input=SAMPLE).exit_code == 0
