"""What was tried to tell the signal: fitted as what ships is, tried on unheard voices, shown beside the models."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from analyser import cli, resources
from analyser.training import tried
from analyser.training.answers import SIGNAL, fit_answers
from analyser.training.attention import Attended
from analyser.training.baselines import shown
from analyser.training.sentences import fit_sentences
from analyser.training.train import write_page
from analyser.training.tried import TARGETS, VIEWS, Material
from analyser.training.views import Halves, Rows
from analyser.training.ways import WAYS

FULL, FAST = WAYS[:2]


@pytest.fixture(scope="module")
def split(examples):
    """Answers to learn from, and some by voices that are not among them."""
    others = {example.told.voice for example in examples[-12:]}
    return [e for e in examples if e.told.voice not in others], [e for e in examples if e.told.voice in others]


@pytest.fixture(scope="module")
def sentences(split):
    return fit_sentences(split[0], {})


@pytest.fixture(scope="module")
def material(split, sentences):
    return Material.of(*split, sentences)


@pytest.fixture(scope="module")
def ways(material):
    return tried.figures(material)


@pytest.fixture(scope="module")
def found(ways, material):
    return {"corpus": "abc", "learned": len(material.learned), "elsewhere": len(material.elsewhere), "ways": ways}


def test_what_ships_stands_in_the_table_as_it_ships(ways, split, sentences):
    learned, elsewhere = split
    for mode, fitted in fit_answers(SIGNAL, learned, sentences).items():
        row = ways[{"full": FULL, "fast": FAST}[mode].name]
        assert row["cross-validated"] == shown(learned, fitted.unheard)
        assert row["elsewhere"] == shown(elsewhere, fitted.chances(elsewhere))


def test_every_way_was_tried_in_both_places(ways, split):
    assert list(ways) == [way.name for way in WAYS]
    for row in ways.values():
        assert [row[where]["answers"] for where in ("cross-validated", "elsewhere")] == [len(one) for one in split]
        assert all(0 < figure["macro_f1"] <= 1 for figure in row.values())


def test_no_voice_teaches_what_it_is_tried_on(material):
    told, count = [example.told.voice for example in material.every], len(material.learned)
    *folds, last = material.turns()
    assert sorted(i for _, held in folds for i in held) == list(range(count))
    for seen, held in (*folds, last):
        assert not {told[i] for i in seen} & {told[i] for i in held}
    assert [len(one) for one in last] == [count, len(material.elsewhere)]


def test_without_answers_from_elsewhere_there_is_one_column_less(split, sentences, monkeypatch):
    monkeypatch.setattr(tried, "WAYS", (FULL,))
    alone = tried.figures(Material.of(split[0], [], sentences))
    assert list(alone[FULL.name]) == ["cross-validated"]
    table = tried.table({"learned": len(split[0]), "elsewhere": 0, "ways": alone})
    assert len(table.columns) == 4


def test_the_views_see_what_they_are_called_for(material):
    terms = {name: set(VIEWS[name](material).counted.terms) for name in ("terms", "words", "delexicalised")}
    assert {term[:2] for term in terms["words"]} == {"w:"}
    assert {term[:2] for term in terms["delexicalised"]} == {"d:"}
    assert terms["words"] | terms["delexicalised"] < terms["terms"]
    wide = VIEWS["meaning by thirds"](material).rows
    assert np.array_equal(wide[:, :768], VIEWS["meaning"](material).rows)
    assert wide.shape[1] == 768 + 3 * 384


def test_halves_of_answers_that_are_tried_teach_nothing():
    chance = np.random.default_rng(0)
    rows, halves, targets = chance.normal(size=(9, 2)), chance.normal(size=(18, 2)), np.eye(3)[np.arange(9) % 3]
    seen, held = np.arange(6), np.arange(6, 9)
    first = Halves(rows, halves).held(targets, seen, held)
    halves[12:] += 9
    assert np.array_equal(Halves(rows, halves).held(targets, seen, held), first)
    halves[0] += 9
    assert not np.array_equal(Halves(rows, halves).held(targets, seen, held), first)


def test_attention_goes_to_the_sentence_that_tells():
    chance = np.random.default_rng(0)
    classes = np.arange(120) % 2
    answers = [chance.normal(size=(6, 8)) / np.sqrt(8) for _ in classes]
    for told, which in zip(answers, classes, strict=True):
        told[chance.integers(6), :3] = (3, which, 1 - which)  # a mark of its own, and what it says
    targets, seen, held = np.eye(2)[classes], np.arange(80), np.arange(80, 120)
    by = [view.held(targets, seen, held) for view in (Attended(answers), Rows(np.array([a.mean(0) for a in answers])))]
    attended, mean = ((chances.argmax(axis=1) == classes[held]).mean() for chances in by)
    assert attended > 0.9 > mean
    assert np.exp(by[0]).sum(axis=1) == pytest.approx(np.ones(40))


def test_what_an_answer_is_learned_to_be(examples):
    told = examples[0].told.model_copy(update={"signal": "candor", "also": ("none",), "manner": "vivid"})
    vivid, plain = (
        replace(examples[0], told=told),
        replace(examples[0], told=told.model_copy(update={"manner": "notes"})),
    )
    candor, none = SIGNAL.classes.index("candor"), SIGNAL.classes.index("none")
    shares = {name: targets([vivid, plain]) for name, targets in TARGETS.items()}
    assert {name: rows[0, candor].round(3) for name, rows in shares.items()} == {
        "shares": 0.7, "right alone": 1.0, "smoothed": 0.917, "plain doubled": 0.7,
    }  # fmt: skip
    assert shares["right alone"][0, none] == 0
    assert shares["smoothed"].sum(axis=1) == pytest.approx([1, 1])
    assert shares["plain doubled"].sum(axis=1) == pytest.approx([1, 2])


# ---- shown and kept


def test_the_table_can_be_read_as_it_stands(found):
    page = tried.render(found, "table")
    assert all(f"| {way.name} " in page for way in WAYS)
    assert max(map(len, page.splitlines())) <= 120
    assert json.loads(tried.render(found, "json")) == found


def test_every_way_says_in_one_short_sentence_why_it_was_kept_or_left():
    assert len({way.name for way in WAYS}) == len(WAYS)
    for way in WAYS:
        assert way.why.split(":")[0] in {"kept", "left"}
        assert 10 < len(way.why) < 110


@pytest.fixture
def folder(tmp_path):
    """A folder of models without what was tried."""
    made = shutil.copytree(resources.path("models"), tmp_path / "models")
    (made / tried.FILE).unlink(missing_ok=True)
    write_page(made)
    return made


@pytest.fixture
def run(found, monkeypatch):
    """The command, as if everything had been tried."""
    monkeypatch.setattr(tried, "compare", lambda file: found)
    return lambda *arguments: CliRunner().invoke(cli.app, ["evaluate", "--tried", *map(str, arguments)])


def test_kept_it_stands_in_the_card_with_its_reasons(run, folder, found):
    assert "### What was tried" not in (folder / "README.md").read_text(encoding="utf-8")
    done = run("--save", folder)
    assert done.exit_code == 0
    assert tried.read(folder) == found
    page = (folder / "README.md").read_text(encoding="utf-8").partition("### What was tried")[2]
    for way in WAYS:
        row = found["ways"][way.name]
        figures = [f"{row[w][key]:.3f}" for w in row for key in ("strict", "with_runner_up", "macro_f1")]
        assert f"| {way.name} | {' | '.join(figures)} | {way.why} |" in page


@pytest.mark.parametrize(
    "arguments",
    [["--format", "html"], ["--split", "dev"], ["--fast"], ["--detectors"], ["--models", "x"], ["--save", "gone"]],
)
def test_what_does_not_go_with_it_is_refused(run, arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "--tried" in done.stderr or "card.json" in done.stderr


def test_a_bad_file_is_refused_in_one_sentence_before_the_work(monkeypatch, tmp_path):
    monkeypatch.setattr(tried.corpus, "read", lambda: pytest.fail("the work began"))
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "I shipped it."}\n', encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["evaluate", "--tried", "--file", str(bad)])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "bad.jsonl:1: signal: field required" in done.stderr
