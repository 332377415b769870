"""The arrays that serve say what the fitted estimators say; and nothing but the right file is loaded."""

import json
import shutil
from collections import Counter

import numpy as np
import pytest

from analyser import ModelError, features, models, resources
from analyser.training.answers import CLASSES
from analyser.training.corpus import SENTENCE_LABELS
from analyser.training.examples import sentence_truth
from analyser.training.train import fit_all, write

MODES = ["full", "fast"]


@pytest.fixture(scope="module", params=MODES)
def mode(request):
    return request.param


@pytest.fixture(scope="module")
def fits(examples):
    return fit_all(examples, {})


@pytest.fixture(scope="module")
def fitted(fits, mode):
    return fits[mode]


def _vectors(example, mode):
    return example.vectors if mode == "full" else None


def test_the_signal_equals_scikit_learns(fitted, examples, mode):
    signal, model = fitted.signal, fitted.signal.model()
    for example in examples:
        counts = features.terms(example.reading)
        scores = signal.trust[0] * signal.terms.predict_log_proba([sum(counts, Counter())])
        if mode == "full":
            scores = scores + signal.trust[1] * signal.meaning.predict_log_proba([features.pooled(example.vectors)])
        wanted = models.softmax(scores[0] + signal.prior)
        assert np.abs(model.probabilities(counts, _vectors(example, mode)) - wanted).max() < 1e-9


def test_the_sentences_equal_scikit_learns(fitted, examples, mode):
    sentences, model = fitted.sentences, fitted.sentences.model()
    for example in examples[:10]:
        counts = features.terms(example.reading)
        terms = sentences.terms.scores(features.in_context(counts))
        meaning = sentences.meaning.predict(features.around(example.vectors)) if mode == "full" else None
        story = features.in_story(terms, meaning)
        wanted = np.stack([estimator.predict_proba(story)[:, 1] for estimator in sentences.story], axis=1)
        assert np.abs(model.probabilities(counts, _vectors(example, mode)) - wanted).max() < 1e-9


def test_written_and_loaded_it_says_the_same(fitted, examples, mode, tmp_path):
    cut = resources.path("models", models.SHARED).read_bytes()
    write(tmp_path, {mode: fitted}, {}, {models.SHARED: cut})
    loaded = models.load(mode, tmp_path)
    example = examples[0]
    counts, vectors = features.terms(example.reading), _vectors(example, mode)
    assert np.array_equal(
        loaded.signal.probabilities(counts, vectors), fitted.signal.model().probabilities(counts, vectors)
    )
    assert np.array_equal(
        loaded.sentences.probabilities(counts, vectors),
        fitted.sentences.model().probabilities(counts, vectors),
    )
    assert loaded.sentences.ruled == fitted.sentences.model().ruled


def test_the_same_corpus_gives_the_same_bytes(examples, fits, tmp_path):
    for folder, fitted in (("one", fits), ("two", fit_all(examples, {}))):
        write(tmp_path / folder, fitted, {})
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_removing_a_sentence_is_exact(fitted, examples, mode):
    model, example = fitted.signal.model(), examples[0]
    counts, vectors = features.terms(example.reading), _vectors(example, mode)
    losses = model.losses(counts, vectors, "judgment")
    rest = None if vectors is None else vectors[1:]
    column = model.classes.index("judgment")
    whole, without = model.probabilities(counts, vectors)[column], model.probabilities(counts[1:], rest)[column]
    assert losses[0] == pytest.approx(np.log(whole) - np.log(without))


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
        models.unpack(models.pack({"kind": "sentences"}, {"x": np.zeros(1)}), tmp_path / "x.npz", "signal")


def test_another_version_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "FORMAT", 99)
    content = models.pack({"kind": "signal"}, {"x": np.zeros(1)})
    monkeypatch.undo()
    with pytest.raises(ModelError, match="format 99.*analyser train"):
        models.unpack(content, tmp_path / "x.npz", "signal")


def test_a_pickle_is_never_loaded(tmp_path):
    import io

    hostile = io.BytesIO()
    np.savez(hostile, header=np.array([{"format": models.FORMAT}], dtype=object))
    with pytest.raises(ModelError, match="not a model file"):
        models.unpack(hostile.getvalue(), tmp_path / "x.npz", "signal")


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


def test_sentence_labels_follow_their_sentences(examples):
    example = next(example for example in examples if example.told.sentences)
    truth = sentence_truth(example)
    assert truth.shape == (len(example.reading.sentences), len(SENTENCE_LABELS))
    assert truth.any()
