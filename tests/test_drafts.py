"""Drafts compared and kept: what follows a remark from one text to the next, and a file that loses nothing."""

import html
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import feedbacks
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from analyser import DataError, InputError, cli, history, resources
from analyser.cli import _shared
from analyser.comparison import compare
from analyser.drafts import STRENGTHS, TO_MEND, Comparison, Draft
from analyser.history import History
from analyser.reports import _labels
from analyser.reports.drafts import render_comparison, render_history, summary
from analyser.results import Checks, Fault

DRAFTS = {name: Draft.of(make()) for name, make in feedbacks.ALL.items()}
FAILURE = str(resources.path("data", "samples", "failure.txt"))


def draft(text, **given):
    """A draft of ``text``; findings by label, all else as in ``feedbacks.feedback``."""
    words = {label: given.pop(label) for label in list(given) if label in TO_MEND | STRENGTHS}
    return Draft.of(feedbacks.feedback(text, findings=feedbacks.find(text, **words), **given))


def names(issues):
    return [(issue.name, issue.quote.text if issue.quote else None) for issue in issues]


# --- a draft ---


def test_what_is_to_mend_is_what_the_reports_say():
    tones = {name: label.tone for name, label in _labels.LABELS.items()}
    assert {name for name, tone in tones.items() if tone == "mend"} | {"filler"} == TO_MEND
    assert {name for name, tone in tones.items() if tone == "strength"} == STRENGTHS


@pytest.mark.parametrize("name", list(DRAFTS))
def test_a_draft_survives_writing(name):
    assert Draft.model_validate_json(DRAFTS[name].model_dump_json()) == DRAFTS[name]


def test_density_is_counted_from_what_is_marked():
    failure = DRAFTS["failure"]
    assert failure.density == round(100 * len(failure.marked) / failure.words, 1)
    assert DRAFTS["empty"].density == 0


# --- a comparison ---


@pytest.mark.parametrize("name", list(DRAFTS))
def test_nothing_changes_between_a_draft_and_itself(name):
    same = compare(DRAFTS[name], DRAFTS[name])
    assert same.mended == same.added == same.gained == same.lost == ()
    assert sorted(map(str, same.still_open)) == sorted(map(str, DRAFTS[name].open))
    assert (same.words, same.seconds, same.alike) == (0, 0, True)


@pytest.mark.parametrize(("old", "new"), [("failure", "judgment"), ("judgment", "failure"), ("long", "hostile")])
def test_every_remark_is_told_once(old, new):
    """Each of the old ones is mended or stands, each of the new ones is new or stands."""
    both = compare(DRAFTS[old], DRAFTS[new])
    stands = sum(issue.kind == "words" for issue in both.still_open)
    assert sum(issue.kind == "words" for issue in both.mended) + stands == len(DRAFTS[old].marked)
    assert sum(issue.kind == "words" for issue in both.added) + stands == len(DRAFTS[new].marked)


def test_a_remark_is_followed_through_the_text():
    old = draft(
        "I think we kind of won. Um, then I think it broke.",
        belief=["I think", "then |I think| it"],
        softener=["kind of"],
    )
    new = draft(
        "At first we kind of won. Then, as I think, it broke. Uh.",
        softener=["kind of"],
        belief=["I think"],
        filler=["Uh"],
    )
    both = compare(old, new)
    assert names(both.mended) == [("belief", "I think")]
    assert both.mended[0].quote.start == 0
    assert names(both.added) == [("filler", "Uh")]
    assert sorted(names(both.still_open)) == [("belief", "I think"), ("softener", "kind of")]


def test_a_sentence_that_moved_or_was_touched_up_is_the_same():
    old = draft("We fixed the build in a week. It was late.", team_only=["We fixed the build in a week."])
    new = draft("It was late. We fixed the old build in a week.", team_only=["We fixed the old build in a week."])
    assert names(compare(old, new).still_open) == [("team_only", "We fixed the old build in a week.")]


def test_strengths_are_gained_and_lost():
    old, new = (
        draft("It fell by 8 percent.", metric=["8 percent"]),
        draft("I cut it to ship.", tradeoff=["I cut it to ship."]),
    )
    assert names(compare(old, new).lost) == [("metric", "8 percent")]
    assert names(compare(old, new).gained) == [("tradeoff", "I cut it to ship.")]


def told(role, verdict, **parts):
    return draft(
        "One.",
        checks=Checks(role_clear=role, tradeoff_obvious=None, outcome=None),
        fault=Fault(verdict=verdict, parts=None),
        parts=tuple(feedbacks.part("One.", name, name, *["One."] * there) for name, there in parts.items()),
    )


def test_filters_fault_and_parts_are_mended_open_or_no_longer_asked():
    both = compare(told(False, "deflects", change=False, result=False), told(True, "partial", change=True))
    assert names(both.mended) == [("role", None), ("change", None)]
    assert names(both.still_open) == [("partial", None)]
    assert both.added == ()
    assert names(compare(told(True, "admits"), told(False, "deflects")).added) == [("role", None), ("deflects", None)]


def test_a_draft_that_tells_no_failure_says_so():
    text = render_comparison(compare(told(True, "partial"), told(True, "not_a_failure")), width=80, color=False)
    assert "admitted halfway → no failure is told" in text


def test_nothing_is_mended_by_saying_too_little():
    both = compare(DRAFTS["failure"], DRAFTS["short"])
    assert all(issue.kind == "words" for issue in both.mended)
    assert ("role", None) in names(both.still_open)


def test_what_is_silenced_is_not_mended():
    text = "Um, I shipped it, I think."
    plain = draft(text, filler=["Um"], belief=["I think"])
    silenced = draft(f"# analyser: ignore fillers\n{text}", belief=["I think"])
    both = compare(plain, silenced)
    assert (both.mended, both.added, names(both.still_open)) == ((), (), [("belief", "I think")])
    assert compare(silenced, plain).added == ()


def test_other_settings_are_said():
    other = DRAFTS["judgment"].model_copy(update={"fingerprint": "0"})
    assert not compare(DRAFTS["judgment"], other).alike
    assert "different versions, modes or settings" in bare(render_comparison(compare(DRAFTS["judgment"], other)))


# --- reports ---


def bare(text):
    return " ".join(text.split())


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize(("old", "new"), [("failure", "judgment"), ("hostile", "scripts")])
def test_a_comparison_fits_and_says_all(old, new, width):
    both = compare(DRAFTS[old], DRAFTS[new])
    text = render_comparison(both, width=width, color=False)
    assert max(map(cell_len, text.splitlines())) <= width
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert summary(both) in bare(text)


def test_all_forms_of_a_comparison_carry_the_same():
    both = compare(DRAFTS["failure"], DRAFTS["judgment"])
    assert Comparison.model_validate_json(render_comparison(both, "json")) == both
    text, markdown = render_comparison(both, width=200, color=False), render_comparison(both, "markdown")
    for issue in (*both.mended, *both.added, *both.still_open):
        if issue.quote:
            words = bare(issue.quote.text)
            assert words in bare(text)
            assert words in markdown.replace("\\", "")
            assert words in bare(words_of(render_comparison(both, "html")))


def words_of(page):
    """The words of a page."""
    return html.unescape(re.sub(r"<style>.*</style>|<[^>]*>", "", page, flags=re.DOTALL))


@pytest.mark.parametrize("related", [True, False])
def test_a_page_tells_all_that_the_text_tells(related):
    both = compare(DRAFTS["failure"], DRAFTS["judgment"]).model_copy(update={"related": related})
    page, text = bare(words_of(render_comparison(both, "html"))), render_comparison(both, width=300, color=False)
    told = [re.sub(r"^[✓+·–]\s+|^\s+| ─+$", "", line) for line in text.splitlines()]
    assert [line for line in told if line and not re.search(" [→|] |, in both", line) and line not in page] == []


def test_a_page_shows_both_drafts_word_for_word_and_marks_what_changed():
    both = compare(DRAFTS["failure"], DRAFTS["judgment"]).model_copy(update={"related": True})
    page = render_comparison(both, "html")
    texts = re.findall(r'<div class="text" dir="auto">(.*?)</div>', page, re.DOTALL)
    assert [bare(words_of(text)) for text in texts] == [bare(both.old.text), bare(both.new.text)]
    marks = re.findall(r'<mark class="(\w+)" title="([^"]*)">([^<]*)</mark>', page)
    assert {kind for kind, _, _ in marks} == {"mended", "lost", "open", "gained"}
    assert ("open", "still open: “I think” hedge", "I think") in marks
    assert not re.search(r"https?:|url\(|<script|//\w", page)


@pytest.mark.parametrize(
    ("change", "related"),
    [
        (lambda text: text, True),
        (lambda text: text.replace("I", "we").replace("the", "a"), True),
        (lambda text: text[: len(text) // 4], True),
        (lambda _: "Too short to tell.", True),
        (lambda _: DRAFTS["judgment"].text, False),
        (lambda _: DRAFTS["disagreement"].text, False),
    ],
    ids=["itself", "other words", "a part of it", "hardly a text", "judgment", "disagreement"],
)
def test_two_stories_are_no_drafts_of_one(change, related):
    old = DRAFTS["failure"]
    assert compare(old, old.model_copy(update={"text": change(old.text)})).related is related


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_of_two_stories_nothing_is_called_mended_or_new(form):
    told = words_of(render_comparison(compare(DRAFTS["failure"], DRAFTS["judgment"]), form, width=200, color=False))
    assert "share next to no text" in told
    assert "To mend in the first alone" in told
    assert not re.search(r"\bMended\b|\bNew\b|Strengths (gained|lost)|mended since|strength lost", told)


def test_what_was_mended_and_what_was_gained_look_different_without_colour():
    style = render_comparison(compare(DRAFTS["failure"], DRAFTS["judgment"]), "html")
    (mended,) = re.findall(r"^\.mended \{(.*)\}$", style, re.MULTILINE)
    (gained,) = re.findall(r"^\.gained, \.lost \{(.*)\}$", style, re.MULTILINE)
    assert "dashed" in mended
    assert "double" in gained
    assert "green" not in mended


def test_hostile_words_stay_words_in_a_page():
    page = render_comparison(compare(DRAFTS["judgment"], DRAFTS["hostile"]), "html")
    assert "<img" not in page
    assert "<script" not in page


def test_a_length_says_what_it_was_counted_from():
    both = compare(DRAFTS["judgment"], DRAFTS["spoken"])
    assert "counted at 150 words a minute, or by the transcript's time stamps" in bare(
        render_comparison(both, width=200)
    )


def test_words_are_never_markup():
    markdown = render_comparison(compare(DRAFTS["judgment"], DRAFTS["hostile"]), "markdown")
    assert "<script>" not in markdown.replace(r"\<script\>", "")


def test_a_history_has_a_line_and_a_chart(past):
    for name in ("failure", "disagreement", "judgment"):
        past.save("<b>launch</b>", DRAFTS[name])
    past.save("other", DRAFTS["judgment"])
    text = render_history(past.drafts(), width=80, color=False)
    assert re.search(r"To mend\s+█[▁-█]{2}", text)
    page = render_history(past.drafts(), "html")
    assert "overflow-x" not in page  # what is pushed aside is lost on paper
    assert page.count("<svg") == 2
    assert page.count("<circle") == 6
    assert "&lt;b&gt;launch&lt;/b&gt;" in page
    assert "<b>launch" not in page
    assert not re.search(r"https?:|url\(|<script|//\w", page)
    assert len(json.loads(render_history(past.drafts(), "json"))) == 4
    assert "Nothing is saved yet" in render_history(())
    assert "Nothing is saved yet" in render_history((), "html")


@pytest.mark.parametrize("width", [30, 64, 80])
def test_a_history_fits(past, width):
    for name in ("failure", "hostile"):
        past.save("a name that is rather long for what it is", DRAFTS[name])
    assert max(map(cell_len, render_history(past.drafts(), width=width, color=False).splitlines())) <= width


# --- the file ---


@pytest.fixture
def past(tmp_path):
    """A history that nobody has written yet."""
    return History(tmp_path / "folder" / "drafts.sqlite3")


def test_looking_writes_nothing(past):
    assert past.drafts() == ()
    assert past.find("launch") is None
    assert past.wipe() == 0
    assert not past.file.parent.exists()


def test_drafts_come_back_in_order(past):
    assert [past.save(" launch ", DRAFTS[name]).number for name in ("failure", "judgment")] == [1, 2]
    assert past.save("other", DRAFTS["short"]).number == 1
    assert [saved.draft for saved in past.drafts("launch")] == [DRAFTS["failure"], DRAFTS["judgment"]]
    assert past.find("launch").draft == DRAFTS["judgment"]
    assert past.named("launch@1").draft == DRAFTS["failure"]
    assert past.find("launch@3") is past.find("nothing") is None
    with pytest.raises(InputError, match="neither a file nor a saved draft"):
        past.named("launch@3")


def test_only_the_user_may_read_it(past):
    past.save("launch", DRAFTS["short"])
    assert past.file.stat().st_mode & 0o777 == 0o600
    assert past.file.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in past.file.parent.iterdir()] == [past.file.name]


@pytest.mark.parametrize("name", ["", "  ", "a@b", "a\nb", "x" * 61])
def test_a_name_that_cannot_be_is_refused(past, name):
    with pytest.raises(InputError, match="1 to 60 characters"):
        past.save(name, DRAFTS["short"])
    assert not past.file.exists()


def test_wiping_leaves_nothing(past):
    past.save("launch", DRAFTS["failure"])
    past.save("other", DRAFTS["judgment"])
    assert past.wipe("launch") == 1
    assert b"onboarding project" not in past.file.read_bytes()
    assert [saved.name for saved in past.drafts()] == ["other"]
    assert past.wipe() == 1
    assert list(past.file.parent.iterdir()) == []
    assert past.save("launch", DRAFTS["short"]).number == 1


SAVE = """
import sys
from pathlib import Path
from analyser.drafts import Draft
from analyser.history import History
draft = Draft.model_validate_json(Path(sys.argv[2]).read_bytes())
for _ in range(15):
    History(Path(sys.argv[1])).save("launch", draft)
"""


def test_processes_that_save_at_once_lose_nothing(past, tmp_path):
    one = tmp_path / "draft.json"
    one.write_text(DRAFTS["failure"].model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-c", SAVE, str(past.file), str(one)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        assert process.communicate(timeout=120)[1] == b""
    assert [saved.number for saved in past.drafts()] == list(range(1, 61))


def test_a_draft_that_is_saved_while_all_is_wiped_goes_into_a_new_file(past, monkeypatch):
    past.save("launch", DRAFTS["short"])
    insert = History._insert

    def wiped_meanwhile(self, *arguments):
        monkeypatch.setattr(History, "_insert", insert)
        number = insert(self, *arguments)
        self.wipe()
        return number

    monkeypatch.setattr(History, "_insert", wiped_meanwhile)
    assert past.save("launch", DRAFTS["failure"]).number == 1
    assert [saved.draft for saved in past.drafts()] == [DRAFTS["failure"]]


@pytest.mark.parametrize("kept", [0, 10, 60, 100, 2000, 4096, 5000, 0.5, 0.9, -1])
def test_a_truncated_file_is_an_error_and_stays_as_it_is(past, kept):
    for _ in range(5):
        past.save("launch", DRAFTS["failure"])
    whole = past.file.read_bytes()
    cut = whole[: int(kept * len(whole)) if isinstance(kept, float) else kept]
    past.file.write_bytes(cut)
    for use in (past.drafts, past.wipe, lambda: past.save("launch", DRAFTS["short"])):
        with pytest.raises(DataError, match=r"drafts.sqlite3 is (damaged|cut short).* left as it is"):
            use()
    assert past.file.read_bytes() == cut


def foreign(past):
    with sqlite3.connect(past.file) as connection:
        connection.execute("CREATE TABLE drafts (id INTEGER)")
    connection.close()


@pytest.mark.parametrize("make", [foreign, lambda past: past.file.write_text("my letters")], ids=["database", "text"])
def test_a_foreign_file_is_an_error_and_stays_as_it_is(past, make):
    past.file.parent.mkdir()
    make(past)
    before = past.file.read_bytes()
    for use in (past.drafts, past.wipe, lambda: past.save("launch", DRAFTS["short"])):
        with pytest.raises(DataError, match="another program|not a history of the analyser"):
            use()
    assert past.file.read_bytes() == before


def test_a_folder_in_its_place_is_an_error(past):
    past.file.mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be used"):
        past.save("launch", DRAFTS["short"])


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        History(tmp_path / "file" / "drafts.sqlite3").save("launch", DRAFTS["short"])


STEP = "ALTER TABLE drafts ADD COLUMN note TEXT; UPDATE drafts SET note = 'old'"


def test_an_older_schema_is_taken_along(past, monkeypatch):
    past.save("launch", DRAFTS["failure"])
    monkeypatch.setattr(history, "STEPS", (*history.STEPS, STEP))
    assert past.drafts()[0].draft == DRAFTS["failure"]
    past.save("launch", DRAFTS["judgment"])
    with sqlite3.connect(past.file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT note FROM drafts ORDER BY id").fetchall() == [("old",), (None,)]
    connection.close()


KEPT = Path(__file__).parent / "drafts"


@pytest.mark.parametrize("version", range(1, len(history.STEPS) + 1))
def test_a_draft_of_every_schema_is_read(past, monkeypatch, version):
    """Whoever changes the form of a draft adds a step to the schema, and a file here."""
    old = (KEPT / f"{version}.json").read_text(encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(history, "STEPS", history.STEPS[:version])
        past.save("launch", DRAFTS["short"])
    with sqlite3.connect(past.file) as connection:
        connection.execute("UPDATE drafts SET draft = ?", [old])
    connection.close()
    assert past.find("launch").draft.text == DRAFTS["failure"].text


def test_a_step_that_fails_leaves_the_file_as_it_was(past, monkeypatch):
    past.save("launch", DRAFTS["failure"])
    with monkeypatch.context() as patch:
        patch.setattr(history, "STEPS", (*history.STEPS, f"{STEP}; NONSENSE"))
        with pytest.raises(InputError):
            past.drafts()
    assert len(past.drafts()) == 1


def test_a_newer_schema_is_refused(past, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(history, "STEPS", (*history.STEPS, STEP))
        past.save("launch", DRAFTS["failure"])
    before = past.file.read_bytes()
    with pytest.raises(DataError, match="newer analyser"):
        past.save("launch", DRAFTS["failure"])
    assert past.file.read_bytes() == before


def test_a_draft_that_cannot_be_read_is_named(past):
    past.save("launch", DRAFTS["failure"])
    with sqlite3.connect(past.file) as connection:
        connection.execute("UPDATE drafts SET draft = '{}'")
    connection.close()
    with pytest.raises(DataError, match="Draft 1 of launch cannot be read"):
        past.drafts()


# --- commands ---


@pytest.fixture
def run(monkeypatch, fast, tmp_path):
    """The command line in this process and in an empty folder, with an analyser that is already loaded."""
    monkeypatch.setattr(_shared, "analyser", lambda *_: fast)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **more: CliRunner().invoke(cli.app, arguments, env={"COLUMNS": "80"}, **more)


def test_nothing_is_written_unless_asked(run, nobodys_folders):
    for command in (["feedback", FAILURE], ["compare", FAILURE, FAILURE], ["history"], ["history", "--wipe"]):
        assert run(*command).exit_code == 0
    assert list(nobodys_folders.rglob("*")) == []
    assert list(Path.cwd().iterdir()) == []


def test_save_look_compare_and_wipe(run):
    better = Path(FAILURE).read_text(encoding="utf-8").replace("kind of ", "")
    first = run("feedback", FAILURE, "--save-as", "launch")
    assert first.stdout == run("feedback", FAILURE).stdout
    assert first.stderr.startswith("Saved as draft 1 of launch in ")
    since = run("feedback", "--save-as", "launch", input=better).stderr.partition("Since draft 1: ")[2]
    mended = re.match(r"[12] mended, 0 new", since)  # the softener, and perhaps what a model heard beside it
    assert mended
    assert "launch  2 drafts" in run("history").stdout
    assert "analyser compare launch@1 launch" in run("history", "launch").stdout
    compared = run("compare", "launch@1", "launch").stdout
    assert compared.startswith(mended[0])
    assert compared == run("compare", FAILURE, "-", input=better).stdout
    assert run("history", "--format", "html").stdout.startswith("<!doctype html>")
    assert run("history", "--wipe").stderr == "2 drafts removed.\n"
    assert "Nothing is saved yet" in run("history").stdout


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["history", "launch"], "Nothing is saved under 'launch'"),
        (["compare", "launch@1", "launch"], "launch@1 is neither a file nor a saved draft"),
        (["feedback", FAILURE, "--save-as", "a@b"], "without @"),
        (["compare", "-", "-"], "Only one of the two"),
    ],
)
def test_errors_are_one_sentence(run, command, words):
    done = run(*command)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr


def test_a_broken_history_does_not_cost_the_report(run, nobodys_folders):
    file = History().file
    file.parent.mkdir(parents=True)
    file.write_text("my letters")
    done = run("feedback", FAILURE, "--save-as", "launch")
    assert done.exit_code == 2
    assert "What is marked" in done.stdout
    assert "not a history of the analyser" in done.stderr
    assert file.read_text() == "my letters"
