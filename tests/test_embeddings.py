"""What is remembered of a form is what spaCy would say of it, to the last digit; what is read is what spaCy reads."""

import itertools

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from analyser import embeddings, pipeline, resources

TEXTS = ("We shipped it, and it held.", "", "It held. We shipped it; he didn't.", "  \n\n 12 p.m. don’t\n")
ANSWERS = [*TEXTS, *(file.read_text("utf-8") for file in sorted(resources.path("data", "samples").glob("*.txt")))]


@pytest.fixture(scope="module")
def plain():
    return pipeline.language()


@pytest.fixture
def hastened():
    nlp = pipeline.language()
    embeddings.hasten(nlp)
    return nlp


def of_forms(nlp, texts):
    return nlp.get_pipe("tok2vec").model.layers[0].predict([nlp.make_doc(text) for text in texts])


def of_words(nlp, texts):
    return nlp.get_pipe("tok2vec").predict([nlp.make_doc(text) for text in texts])


def read(nlp, texts):
    return [[(word.tag_, word.dep_, word.head.i, word.lemma_) for word in doc] for doc in nlp.pipe(texts)]


@pytest.mark.parametrize("most", [embeddings.MOST, 5, 1])
def test_vectors_of_forms_are_those_of_spacy_however_much_is_kept(plain, hastened, monkeypatch, most):
    monkeypatch.setattr(embeddings, "MOST", most)
    for texts in (TEXTS, TEXTS[::-1], TEXTS[:1], TEXTS):
        for wanted, found in zip(of_forms(plain, texts), of_forms(hastened, texts), strict=True):
            assert np.array_equal(found, wanted)


def test_vectors_of_words_are_those_of_spacy_but_for_the_last_digits(plain, hastened):
    for wanted, found in zip(of_words(plain, ANSWERS), of_words(hastened, ANSWERS), strict=True):
        assert np.allclose(found, wanted, atol=1e-4)
    assert read(hastened, ANSWERS) == read(plain, ANSWERS)


def test_a_text_reads_the_same_in_any_company_and_on_any_number_of_threads(hastened):
    together = of_words(hastened, ANSWERS)
    for threads, order in itertools.product((1, 2), (ANSWERS, ANSWERS[::-1])):
        with threadpool_limits(threads, "blas"):
            found = dict(zip(order, of_words(hastened, order), strict=True))
            alone = {text: of_words(hastened, [text])[0] for text in order}
        for text, wanted in zip(ANSWERS, together, strict=True):
            assert np.array_equal(found[text], wanted)
            assert np.array_equal(alone[text], wanted)


def test_a_form_is_asked_of_once(hastened, monkeypatch):
    of_forms(hastened, TEXTS)
    (layer,) = (layer for layer in hastened.get_pipe("tok2vec").model.walk() if layer.name == "remembered")
    monkeypatch.setattr(type(layer), "predict", None)
    held = layer(layer_input(hastened, TEXTS[:1]), is_train=False)[0]
    assert len(held.dataXd) == len(hastened.make_doc(TEXTS[0]))


def layer_input(nlp, texts):
    extract, ragged, *_ = nlp.get_pipe("tok2vec").model.layers[0].layers
    return ragged(extract([nlp.make_doc(text) for text in texts], is_train=False)[0], is_train=False)[0]


def test_another_kind_of_model_stays_as_it_is():
    nlp = pipeline.language()
    embed = nlp.get_pipe("tok2vec").model.layers[0]
    embed.layers.insert(2, embed.layers[2].copy())
    before = list(embed.layers)
    embeddings.hasten(nlp)
    assert embed.layers == before
