"""The bank's reports: every row, every place, harmless whatever the titles, nothing from outside."""

import json
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from analyser import bank, cli, framework, resources
from analyser.bank._plan import plan
from analyser.cli import _shared
from analyser.reports import _charts, bank_html, bank_terminal
from analyser.results import SIGNALS, About
from analyser.stories import Review, Story

FRAMEWORK = framework.named("netflix")
FAULTY = str(resources.path("data", "samples", "bank_faults.csv"))
HOSTILE = [
    "<script>alert(1)</script> [bold]x[/]",
    "=1+1 $\\frac{1}{2}$ $x$",
    "שלום 日本語 👩🏽‍💻 \u202eevil \x1b[31mred\x07",
    "a" * 300,
    "  spaced \n out ",
]


def story(row, title, signal="judgment", share=0.9, **given):
    shares = dict.fromkeys(SIGNALS, 0.01) | {signal: share}
    usual = {"signal": signal, "probabilities": shares, "role_clear": True, "tradeoff": False, "outcome": "concrete"}
    return Story(row=row, title=title, **(usual | {"seconds": 100.0, "fault": "not_a_failure"} | given))


def review(stories):
    about = About(**FRAMEWORK.model_dump(include=set(About.model_fields)))
    texts = {one.row: f"told{one.row} of{one.row} thing{one.row}" for one in stories}
    titles = {signal: told.title for signal, told in FRAMEWORK.signals.items()}
    made = plan(stories, texts, FRAMEWORK)
    return Review(
        stories=tuple(stories), plan=made, titles=titles, framework=about, longest=120, made_by=("analyser 1",)
    )


@pytest.fixture
def usual():
    bad = Story(row=3, title="Empty", error="There are no words to read.")
    return review([story(1, "First"), story(2, "Second", "candor", 0.6, filed_under="ownership"), bad])


def test_the_terminal_shows_every_row_and_place(usual):
    text = bank_terminal.render(usual, 80, color=False)
    assert "3 stories, 2 of them heard. Core stories for 2 of 5 signals, backups for 0." in text
    assert re.search(r"^  1 First +▸90    ·    ·    ·    · ✓ ✗ ✓      1:40$", text, re.MULTILINE)
    assert re.search(r"^  3 Empty .*not heard$", text, re.MULTILINE)
    for signal in FRAMEWORK.signals.values():
        assert re.search(rf"^{signal.title} ─+$", text, re.MULTILINE)
    for title in (
        "Gaps",
        "Stories that fail a filter",
        "Heard otherwise than filed",
        "Not heard",
        "What to write next",
    ):
        assert re.search(rf"^{title}[a-z ]* ─", text, re.MULTILINE)


def test_heat_is_said_in_figures_too(usual):
    colored = bank_terminal.render(usual, 80, color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored).split() == bank_terminal.render(usual, 80, color=False).split()


@pytest.mark.parametrize("width", [20, 40, 64, 96])
def test_it_fits_the_window(usual, width):
    assert max(map(len, bank_terminal.render(usual, width, color=False).splitlines())) <= max(width, 44)


def test_a_large_bank_is_cut_on_the_screen_alone():
    text = bank_terminal.render(review([story(row, f"S{row}") for row in range(1, 101)]), 80, color=False)
    assert "… and 40 more" in text


@pytest.mark.parametrize("title", HOSTILE)
def test_titles_are_words_and_nothing_else(title):
    made = review([story(1, title)])
    text, page = bank_terminal.render(made, 80, color=False), bank_html.render(made)
    for report in (text, page):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", report)
    assert "<script" not in page
    assert "<svg" in page


def test_the_page_loads_nothing_and_runs_nothing(usual):
    page = bank_html.render(usual)
    assert not re.search(r"https?:|//[a-z]|<script|<link|<img|@import|url\((?!#)", page)
    assert "prefers-color-scheme: dark" in page
    assert page.count("<svg role=") == 3
    assert page.count("aria-label=") == 3
    assert set(re.findall(r"#01010\d", page)) == set()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', page)) <= {(i, "") for i in ids} | {("", i) for i in ids}


def test_the_same_review_gives_the_same_page(usual):
    assert bank_html.render(usual) == bank_html.render(usual)


def test_the_chart_has_the_figures(usual):
    heat = _charts.heat(bank_html._shown(bank_html.view(usual).lines))
    assert ">▸90<" in heat
    assert ">1  First<" in heat


def test_the_strength_in_the_chart_stands_beside_the_choice_and_says_how_it_comes_about(usual):
    core = next(choice for choice in usual.plan.choices if choice.place == "core" and choice.row is not None)
    strength = round(100 * core.probability * core.quality)
    page = bank_html.render(usual)
    assert f">core {strength}<" in page
    told = f"strength {strength} = {core.probability:.0%} heard so × {core.quality:.0%} well told"
    assert told in page


def test_an_empty_plan_can_be_shown():
    made = review([Story(row=1, title="x", error="Empty.")])
    assert "Core stories for 0 of 5" in bank_terminal.render(made, 80, color=False)
    assert "<svg" in bank_html.render(made)


@pytest.fixture
def run(monkeypatch, fast):
    """The command in this process, with an analyser that is already loaded."""
    monkeypatch.setattr(_shared, "analyser", lambda *_: fast)
    return lambda *arguments: CliRunner().invoke(cli.app, ["bank", *map(str, arguments)])


def test_the_command_prints_and_writes(run, tmp_path):
    out, page = tmp_path / "o.xlsx", tmp_path / "o.html"
    done = run(FAULTY, "-o", out, "--report", page)
    assert done.exit_code == 0
    assert done.stdout.startswith("Your story bank\n13 stories, 7 of them heard.")
    assert done.stderr == f"Written: {out}\nWritten: {page}\n"
    assert list(bank.read(out)["Title"]) == list(bank.read(FAULTY)["Title"])
    assert "Checkout redesign" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("stories", "said"),
    [
        (["", "Hi."], "Error: None of the 2 stories could be heard. The first says why: There are no words"),
        (["Hi."], "Error: The only story was not heard. The first says why: Fewer than"),
    ],
)
def test_where_no_story_is_heard_all_is_written_and_the_command_fails(run, tmp_path, stories, said):
    file, out = tmp_path / "bank.jsonl", tmp_path / "scored.csv"
    file.write_text("\n".join(json.dumps({"story": text}) for text in stories), encoding="utf-8")
    done = run(file, "-o", out)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"Written: {out}\n{said}")
    assert bank.read(out)["heard_error"].notna().sum() == len(stories)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv"], "no such file"),
        ([FAULTY, "-o", "x.pdf"], "a bank is written as"),
        ([FAULTY, "-o", FAULTY], "is the bank itself"),
        ([FAULTY, "--text-column", "nope"], "no column 'nope'"),
        ([FAULTY, "--report", "nowhere/x.html"], "cannot be written"),
        ([FAULTY, "--framework", "acme"], "netflix"),
    ],
)
def test_errors_are_one_sentence_on_stderr(arguments, words):
    done = CliRunner().invoke(cli.app, ["bank", "--fast", *arguments])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_one_answer_needs_no_tables_and_no_charts():
    """What ``analyser feedback`` imports: its start is felt."""
    sample = resources.path("data", "samples", "judgment.txt")
    code = (
        f"import sys; from analyser import cli; sys.argv = ['analyser', 'feedback', '--fast', {str(sample)!r}]\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('pandas', 'pyarrow', 'openpyxl', 'matplotlib', 'scipy', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
