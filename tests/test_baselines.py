"""The simpler ways to tell a signal: what each says, what it has heard before it is tried, how they are shown."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from analyser import cli
from analyser.training import baselines, beside
from analyser.training.baselines import WAYS
from analyser.training.examples import Example
from analyser.training.own import OwnAnswer

MAJORITY, KEYWORDS, QUESTION, WORDS, MEANING = WAYS


def example(text="I shipped it.", signal="none", voice="ann", question=None, vector=(0.0, 0.0)):
    """An answer of one sentence."""
    told = OwnAnswer(text=text, signal=signal, voice=voice, question=question)
    return Example(told, None, np.array([vector]))


def says(way, *tried, learned=()):
    return WAYS[way](learned)(tried)


def test_the_majority_is_the_commonest_label():
    learned = [example(signal=signal) for signal in ("candor", "ownership", "ownership")]
    assert says(MAJORITY, example(), example(), learned=learned) == ["ownership", "ownership"]


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("I disagreed, and we argued for a week.", "commitment"),
        ("It was my mistake, and I should have said so.", "accountability"),
        ("The feedback was that I am too blunt.", "candor"),
        ("I proposed it, and nobody asked me to.", "ownership"),
        ("We had two options and I chose the second; in the end it was a mistake.", "judgment"),
        ("MISTAKES were made.", "accountability"),
        ("I like my job.", "none"),
        ("Misled by the weather, we went home.", "none"),
    ],
)
def test_keywords_are_counted(text, signal):
    assert says(KEYWORDS, example(text)) == [signal]


@pytest.mark.parametrize(
    ("question", "signal"),
    [
        ("Tell me about a time you disagreed with your boss.", "commitment"),
        ("Any hard feedback you were given?", "candor"),
        ("Where do you live?", "none"),
        (None, "none"),
    ],
)
def test_the_question_alone(question, signal):
    assert says(QUESTION, example("My mistake.", question=question)) == [signal]


LABELS = ("judgment", "candor", "commitment")
# Three voices for each label, and a habit of speech and a vector by which a voice can be told, but no label.
TOLD = [
    example(f"{voice} {voice} again", LABELS[i % 3], voice, vector=np.eye(9)[i])
    for i, voice in enumerate(["well", "okay", "right", "anyway", "basically", "honest", "truly", "look", "listen"])
    for _ in range(4)
]


@pytest.mark.parametrize("way", [WORDS, MEANING])
def test_a_voice_is_known_once_heard_and_is_unheard_in_its_fold(way):
    row = baselines.figures(TOLD, {"test": TOLD})[way]
    assert row["test"]["strict"] == 1.0
    assert row["cross-validated"]["strict"] < 0.5
    assert row["cross-validated"]["answers"] == len(TOLD)


def test_runners_up_count_in_their_own_column():
    defended = Example(TOLD[0].told.model_copy(update={"signal": "none", "also": ("judgment",)}), None, TOLD[0].vectors)
    row = baselines.figures(TOLD, {"test": [defended]})[WORDS]["test"]
    assert (row["strict"], row["with_runner_up"]) == (0.0, 1.0)


# ---- the command


@pytest.fixture
def run(examples, monkeypatch, tmp_path):
    """The command on a few dozen answers, whatever it is to prepare."""
    monkeypatch.setattr(beside, "prepare", lambda told, _: examples[::3][: len(told)])
    return lambda *arguments: CliRunner().invoke(cli.app, ["evaluate", "--baselines", *map(str, arguments)])


@pytest.fixture
def mine(tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps({"text": "I shipped it.", "signal": "candor"}) + "\n", encoding="utf-8")
    return file


def test_the_tables_name_every_way_and_the_models(run):
    done = run()
    assert done.exit_code == 0
    names = [*WAYS, "the models, full mode", "the models, fast mode"]
    cross_validated, test = done.stdout.split("**Test voices**")
    for name in names:
        assert f"| {name} " in cross_validated
        assert f"| {name} " in test
    assert "Your file" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_a_file_has_a_table_of_its_own(run, mine):
    page = run("--file", mine).stdout.partition("**Your file**")[2]
    assert page.count("|       1 |") == len(WAYS) + 2
    rows = json.loads(run("--file", mine, "--format", "json").stdout)
    assert all(set(row) == {"cross-validated", "test", "file"} for row in rows.values())


def test_a_bad_file_is_refused_in_one_sentence_before_the_work(run, monkeypatch, tmp_path):
    monkeypatch.setattr(beside.corpus, "read", lambda: pytest.fail("the work began"))
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "I shipped it."}\n', encoding="utf-8")
    for file, words in ((bad, "bad.jsonl:1: signal: field required"), (tmp_path / "gone.jsonl", "cannot be read")):
        done = run("--file", file)
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert words in done.stderr


@pytest.mark.parametrize(
    "arguments", [["--format", "html"], ["--split", "dev"], ["--fast"], ["--detectors"], ["--model", "x"]]
)
def test_what_does_not_go_with_it_is_refused(run, arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "--baselines" in done.stderr


# ---- the card


def test_a_card_has_the_same_tables_and_an_older_card_has_none():
    figures = baselines.figures(TOLD, {"test": TOLD})
    of_models = {mode: {"signal": figures[WORDS]} for mode in ("full", "fast")}
    tables = beside.of_card({"baselines": figures, "figures": of_models})
    assert [table.title for table in tables] == ["Unheard voices, cross-validated", "Test voices"]
    assert [row[0] for row in tables[0].rows] == [*WAYS, "the models, full mode", "the models, fast mode"]
    assert beside.of_card({"figures": of_models}) == []
