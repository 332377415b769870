"""What is remembered of a form is what spaCy would say of it, to the last digit."""

import numpy as np
import pytest

from analyser import embeddings, pipeline

TEXTS = ("We shipped it, and it held.", "", "It held. We shipped it; he didn't.", "  \n\n 12 p.m. don’t\n")


@pytest.fixture(scope="module")
def plain():
    return pipeline.language()


@pytest.fixture
def remembering():
    nlp = pipeline.language()
    embeddings.remember(nlp)
    return nlp


def vectors(nlp, texts):
    return nlp.get_pipe("tok2vec").predict([nlp.make_doc(text) for text in texts])


@pytest.mark.parametrize("most", [embeddings.MOST, 5, 1])
def test_vectors_are_those_of_spacy_however_much_is_kept(plain, remembering, monkeypatch, most):
    monkeypatch.setattr(embeddings, "MOST", most)
    for texts in (TEXTS, TEXTS[::-1], TEXTS[:1], TEXTS):
        for wanted, found in zip(vectors(plain, texts), vectors(remembering, texts), strict=True):
            assert np.array_equal(found, wanted)


def test_a_form_is_asked_of_once(remembering, monkeypatch):
    vectors(remembering, TEXTS)
    (layer,) = (layer for layer in remembering.get_pipe("tok2vec").model.walk() if layer.name == "remembered")
    monkeypatch.setattr(type(layer), "predict", None)
    held = layer(layer_input(remembering, TEXTS[:1]), is_train=False)[0]
    assert len(held.dataXd) == len(remembering.make_doc(TEXTS[0]))


def layer_input(nlp, texts):
    extract, ragged, *_ = nlp.get_pipe("tok2vec").model.layers[0].layers
    return ragged(extract([nlp.make_doc(text) for text in texts], is_train=False)[0], is_train=False)[0]


def test_another_kind_of_model_stays_as_it_is():
    nlp = pipeline.language()
    embed = nlp.get_pipe("tok2vec").model.layers[0]
    embed.layers.insert(2, embed.layers[2].copy())
    before = list(embed.layers)
    embeddings.remember(nlp)
    assert embed.layers == before
