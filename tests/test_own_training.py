"""Learning from a user's own answers: what is read, what is refused, what is fitted and what is kept."""

import json
import re
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from analyser import InputError, cli, models, resources
from analyser.training import own, signal
from analyser.training.answers import CLASSES
from analyser.training.own import OwnAnswer

ROW = {"text": "I shipped it.", "signal": "candor", "voice": "ann"}


@pytest.fixture
def file(tmp_path):
    def make(*rows, name="mine.jsonl"):
        written = tmp_path / name
        written.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return written

    return make


def test_a_row_needs_text_signal_and_voice(file):
    (row,) = own.read(file({**ROW, "also": ["none"], "question": "Why?", "mood": "sad", "outcome": "measured"}))
    assert (row.text, row.signal, row.voice, row.also, row.question) == (*ROW.values(), ("none",), "Why?")
    for key in ROW:
        with pytest.raises(InputError, match=rf"mine\.jsonl:1: {key}: "):
            own.read(file({name: value for name, value in ROW.items() if name != key}))


def test_all_files_of_a_folder_are_read(file, tmp_path):
    file(ROW, name="a.jsonl")
    file({**ROW, "text": "I stopped it."}, name="b.jsonl")
    assert [row.id for row in own.read(tmp_path)] == ["a.jsonl, row 1", "b.jsonl, row 1"]
    file(ROW, name="c.jsonl")
    with pytest.raises(InputError, match="text of c.jsonl, row 1 stands in a.jsonl, row 1 too"):
        own.read(tmp_path)


def test_an_empty_folder_is_named(tmp_path):
    with pytest.raises(InputError, match=r"has no \*\.jsonl file"):
        own.read(tmp_path)


def test_labels_of_a_framework_go_by_its_crosswalk(file):
    amazon = {**ROW, "signal": "dive_deep", "also": ["frugality", "think_big", "none", "earn_trust"]}
    (row,) = own.read(file(amazon), "amazon")
    assert (row.signal, row.also) == ("judgment", ("ownership", "none", "candor"))
    with pytest.raises(InputError, match="signal: input should be"):
        own.read(file(amazon))


def rows(voices=6, answers=12):
    """Answers of every label, spread over voices."""
    return [
        OwnAnswer(text=f"{label} {i}", signal=label, voice=f"v{i % voices}")
        for label in CLASSES
        for i in range(answers)
    ]


def refused(told):
    own.refuse_too_few(told, [row.voice for row in told])


def test_enough_is_enough():
    for told in (rows(), rows(voices=3)):
        refused(told)
        with pytest.raises(InputError, match="'judgment' has"):
            refused(told[1:])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (rows(answers=11), "'judgment' has 11 by 6 voices"),
        (rows(voices=2), "'none' has 12 by 2 voices"),
        (rows(voices=1), "'none' has 12 by 1 voice[.]"),
        ([row for row in rows() if row.signal != "none"], "'none' has none[.]"),
    ],
    ids=["answers", "voices", "one voice", "no answer"],
)
def test_too_few_are_refused_with_the_number_that_is_needed(told, words):
    with pytest.raises(InputError, match=words) as caught:
        refused(told)
    assert "needs 12 answers by 3 voices at least" in str(caught.value)
    assert "--add" in str(caught.value)


def test_a_label_that_one_part_of_the_voices_has_alone_is_refused():
    """Three voices tell it, and all three are held out at once: in that turn nobody could learn it."""
    many = [OwnAnswer(text=f"big {i}", signal="none", voice=f"big{i % 5}") for i in range(500)]
    few = [row.model_copy(update={"voice": "other"}) for row in rows() if row.signal not in {"none", "candor"}]
    spread = [row.model_copy(update={"voice": f"{row.voice}{i % 3}"}) for i, row in enumerate(few)]
    small = [
        row.model_copy(update={"voice": f"small{i % 3}"}) for i, row in enumerate(rows()) if row.signal == "candor"
    ]
    with pytest.raises(InputError, match="Too few voices to learn from"):
        refused([*many, *spread, *small])


# ---- the fit


@pytest.fixture(scope="module")
def told(examples):
    """Corpus answers as a user would give them."""
    keys = ("text", "signal", "also", "voice", "id")
    return [replace(e, told=OwnAnswer(**{key: getattr(e.told, key) for key in keys})) for e in examples]


@pytest.fixture(scope="module")
def trained(told, tmp_path_factory):
    """A folder of models fitted on them, and its card."""
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signal, "prepare", lambda _: told)
        card = signal.train([one.told for one in told], folder)
    return folder, card


@pytest.mark.parametrize("mode", ["full", "fast"])
def test_the_signal_is_new_and_all_else_is_kept(trained, mode):
    folder, card = trained
    mine, shipped = models.load(mode, folder), models.load(mode)
    kept = {name for name in mine.digests if mine.digests[name] == shipped.digests[name]}
    assert kept == {f"{kind}-{mode}.npz" for kind in ("numbers", "outcome", "sentences")} | {"boundaries.npz"}
    assert kept <= set(card["kept"])
    assert mine.signal.classes == CLASSES


@pytest.mark.parametrize("mode", ["full", "fast"])
def test_the_card_has_figures_on_unheard_voices_beside_those_of_the_model_before(trained, told, mode):
    figures = trained[1]["figures"][mode]
    assert figures["yours"]["answers"] == figures["before"]["answers"] == len(told)
    assert figures["yours"]["macro_f1"] > 0.5
    assert set(figures["yours"]["labels"]) == set(CLASSES)
    page = (trained[0] / "README.md").read_text(encoding="utf-8")
    assert f"| {mode} | yours | {len(told)} | {figures['yours']['strict']:.3f} |" in page


def test_the_folder_serves(trained):
    from analyser import Analyser

    text = resources.path("data", "samples", "judgment.txt").read_text(encoding="utf-8")
    heard = Analyser(fast=True, models=trained[0]).analyse(text)
    assert heard.made_by.models["signal-fast.npz"] == resources.digest(trained[0] / "signal-fast.npz")


def test_the_models_that_it_builds_on_are_not_overwritten(told):
    with pytest.raises(InputError, match="name another folder with --out"):
        signal.train([one.told for one in told], resources.path("models"))


def test_added_answers_teach_the_signal_alone(examples, told, monkeypatch):
    from analyser.training import train

    seen = {}

    def note(task, given, *_):
        seen[task.classes] = given
        return {"full": None, "fast": None}

    monkeypatch.setattr(train.sentence_fits, "fit_sentences", lambda given, _: {"full": given, "fast": given})
    monkeypatch.setattr(train.answers, "fit_answers", note)
    monkeypatch.setattr(train.number_fits, "fit_numbers", lambda given, _: {"full": given, "fast": given})
    train.fit_all(examples, {}, told[:3])
    assert [len(given) - len(examples) for given in seen.values()] == [3, 0]


# ---- the command


def run(*arguments):
    return CliRunner().invoke(cli.app, ["train", *map(str, arguments)])


def test_the_command_says_what_was_kept_and_the_same_answers_give_the_same_bytes(
    trained, told, monkeypatch, tmp_path, file
):
    monkeypatch.setattr(signal, "prepare", lambda _: told)
    mine = file(*(one.told.model_dump(exclude={"id"}) for one in told))
    done = run("--corpus", mine, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert done.stdout.startswith("# Models of your own")
    assert "models of sentences and outcome are kept" in done.stderr
    for name in trained[1]["files"]:
        assert (tmp_path / "out" / name).read_bytes() == (trained[0] / name).read_bytes()


def test_the_command_refuses_in_one_sentence(file, tmp_path):
    for arguments, words in (
        (["--add"], "--add needs --corpus"),
        (["--corpus", file(ROW), "--out", tmp_path / "x"], "Too few answers"),
        (["--corpus", file(ROW), "--add", "--out", resources.path("models")], "name another folder"),
        (["--corpus", tmp_path / "gone.jsonl"], "gone.jsonl cannot be read"),
    ):
        done = run(*arguments)
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert words in done.stderr


def test_an_answer_of_the_projects_is_not_added_to_it(file):
    from analyser.training import corpus

    text = corpus.read().answers[0].text
    done = run("--corpus", file({**ROW, "text": text}), "--add", "--out", "x")
    assert done.exit_code == 2
    assert re.search(r"stands in \S+ too", done.stderr)
