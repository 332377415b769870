"""The arrays that serve say what the fitted estimators say; and nothing but the right file is loaded."""

import hashlib
import json
import shutil
from collections import Counter

import numpy as np
import pytest

from analyser import ModelError, features, model_files, models, resources
from analyser.training import tried
from analyser.training.answers import CLASSES, hear
from analyser.training.corpus import SENTENCE_LABELS
from analyser.training.examples import sentence_truth
from analyser.training.fit import kept
from analyser.training.train import fit_all, render_card, write
from analyser.views import softmax

MODES = ["full", "fast"]


@pytest.fixture(scope="module", params=MODES)
def mode(request):
    return request.param


@pytest.fixture(scope="module")
def fits(examples):
    """Fitted, the weights of terms as they are kept in the estimators too: what differs then is an error."""
    fitted = fit_all(examples, {})
    for one in fitted.values():
        linear = (*one.sentences.terms.estimators, one.signal.terms[-1], one.outcome.terms[-1])
        for estimator in linear:
            estimator.coef_ = kept(estimator.coef_).astype(np.float64)
    return fitted


@pytest.fixture(scope="module")
def fitted(fits, mode):
    return fits[mode]


def _vectors(example, mode):
    return example.vectors if mode == "full" else None


def _heard(fitted, example, kind="signal"):
    return hear(fitted.sentences.model(), example, fitted.numbers.model() if kind == "outcome" else None)


@pytest.mark.parametrize("kind", ["signal", "outcome"])
def test_answers_are_judged_as_scikit_learn_does(fitted, examples, kind):
    judged = getattr(fitted, kind)
    model = judged.model()
    for example in examples:
        heard = _heard(fitted, example, kind)
        views = [judged.parts.predict_log_proba([features.summed_up(heard.parts)])[0]]
        if judged.meaning:
            views.append(judged.meaning.predict_log_proba([features.pooled(example.vectors)])[0])
        views.append(judged.terms.predict_log_proba([sum(heard.counts, Counter())])[0])
        wanted = softmax(judged.trust @ np.array(views) + judged.prior)
        assert np.abs(model.probabilities(heard) - wanted).max() < 1e-9


def test_fast_mode_has_no_meaning_and_full_mode_has(fitted, mode):
    for model in (fitted.signal.model(), fitted.outcome.model()):
        assert (model.meaning is not None) == (mode == "full")


def test_the_sentences_equal_scikit_learns(fitted, examples, mode):
    sentences, model = fitted.sentences, fitted.sentences.model()
    for example in examples[:10]:
        counts = features.terms(example.reading)
        terms = sentences.terms.scores(features.in_context(counts))
        meaning = sentences.meaning.predict(features.around(example.vectors)) if mode == "full" else None
        story = features.in_story(terms, meaning)
        wanted = np.stack([estimator.predict_proba(story)[:, 1] for estimator in sentences.story], axis=1)
        wanted[terms < model.floors] = 0
        assert np.abs(model.probabilities(counts, _vectors(example, mode)) - wanted).max() < 1e-9


def test_written_and_loaded_it_says_the_same(fitted, examples, mode, tmp_path):
    cut = resources.path("models", model_files.SHARED).read_bytes()
    write(tmp_path, {mode: fitted}, {}, {model_files.SHARED: cut})
    loaded, heard = models.load(mode, tmp_path), _heard(fitted, examples[0])
    again = loaded.hear(heard.counts, heard.vectors)
    assert np.array_equal(again.parts, heard.parts)
    assert np.array_equal(loaded.signal.probabilities(again), fitted.signal.model().probabilities(heard))
    assert loaded.sentences.ruled == fitted.sentences.model().ruled


def test_the_same_corpus_gives_the_same_bytes(examples, fits, tmp_path):
    for folder, fitted in (("one", fits), ("two", fit_all(examples, {}))):
        write(tmp_path / folder, fitted, {})
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def _without(heard, index):
    """The same as if the sentence had not been said."""
    counts = [count for i, count in enumerate(heard.counts) if i != index]
    vectors = None if heard.vectors is None else np.delete(heard.vectors, index, axis=0)
    return models.Heard(counts, vectors, np.delete(heard.parts, index, axis=0))


def test_what_a_sentence_speaks_for_is_lost_without_it(fitted, examples):
    model, heard = fitted.signal.model(), _heard(fitted, examples[0])
    column = model.classes.index("judgment")
    whole = model.probabilities(heard)[column]
    losses = model.losses(heard, "judgment", whole)
    without = [model.probabilities(_without(heard, i))[column] for i in range(len(heard.counts))]
    assert losses == pytest.approx(np.log(whole) - np.log(without), abs=1e-12)


def test_an_answer_of_one_sentence_can_lose_it(fitted, examples):
    model, heard = fitted.signal.model(), _heard(fitted, examples[0])
    while len(heard.counts) > 1:
        heard = _without(heard, 0)
    assert np.isfinite(model.losses(heard, "none", model.chances(heard)["none"])).all()


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped models."""
    copy = tmp_path / "models"
    shutil.copytree(resources.path("models"), copy)
    return copy


def test_a_changed_byte_is_refused(folder):
    file = folder / "signal-fast.npz"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    with pytest.raises(ModelError, match="analyser train"):
        models.load("fast", folder)


def test_another_kind_is_refused(tmp_path):
    with pytest.raises(ModelError, match="holds 'sentences'"):
        model_files.unpack(model_files.pack({"kind": "sentences"}, {"x": np.zeros(1)}), tmp_path / "x.npz", "signal")


def test_another_version_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(model_files, "FORMAT", 99)
    content = model_files.pack({"kind": "signal"}, {"x": np.zeros(1)})
    monkeypatch.undo()
    with pytest.raises(ModelError, match="format 99.*analyser train"):
        model_files.unpack(content, tmp_path / "x.npz", "signal")


def test_a_pickle_is_never_loaded(tmp_path):
    import io

    hostile = io.BytesIO()
    np.savez(hostile, header=np.array([{"format": model_files.FORMAT}], dtype=object))
    with pytest.raises(ModelError, match="not a model file"):
        model_files.unpack(hostile.getvalue(), tmp_path / "x.npz", "signal")


def test_a_missing_folder_names_the_remedy(tmp_path):
    with pytest.raises(ModelError, match="analyser train"):
        models.load("full", tmp_path / "nowhere")


def test_the_card_describes_the_shipped_files():
    card = json.loads(resources.path("models", "card.json").read_text(encoding="utf-8"))
    assert set(card["files"]) == {f"{kind}-{mode}.npz" for kind in models.KINDS for mode in MODES} | {"boundaries.npz"}
    for mode in MODES:
        assert set(card["figures"][mode]["sentences"]) == set(SENTENCE_LABELS)
        assert models.load(mode).signal.classes == CLASSES
        assert models.load(mode).outcome.classes == ("measured", "concrete", "none")


def test_the_card_for_people_is_the_one_for_programs():
    folder = resources.path("models")
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert (folder / "README.md").read_text(encoding="utf-8") == render_card(card, found=tried.read(folder))


def test_sentence_labels_follow_their_sentences(examples):
    example = next(example for example in examples if example.told.sentences)
    truth = sentence_truth(example)
    assert truth.shape == (len(example.reading.sentences), len(SENTENCE_LABELS))
    assert truth.any()


# ---- a folder of the user's own


def test_the_environment_names_a_folder_and_what_is_asked_for_goes_before_it(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("ANALYSER_MODELS", str(folder))
    assert resources.models() == folder
    assert resources.models(tmp_path) == tmp_path
    assert models.load("fast").digests == models.load("fast", folder).digests


def test_a_wrong_folder_in_the_environment_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("ANALYSER_MODELS", str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="nowhere is not a folder of models.*analyser train"):
        models.load("fast")


def test_a_card_without_a_file_says_which(folder):
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    del card["files"]["signal-fast.npz"]
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="card.json names no 'signal-fast.npz'"):
        models.load("fast", folder)


def test_arrays_of_another_version_are_refused(folder):
    """The format's number may be the same: a file that lacks an array is no traceback."""
    file = folder / "signal-fast.npz"
    file.write_bytes(model_files.pack({"kind": "signal", "classes": []}, {"x": np.zeros(1)}))
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="of another version: they lack 'parts_weights'"):
        models.load("fast", folder)
