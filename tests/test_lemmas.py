"""What is remembered of a word is what spaCy would have written."""

import pytest
import spacy

from analyser import lemmas, pipeline

WRITTEN = ["TAG", "DEP", "POS", "LEMMA"]
TEXTS = (
    "Let's be honest: we ain't gonna ship it, y'all, and there's no other way.",
    "Let it be. He lets us in, she's gotta go, c'mon.",
    "I did what I had to do. Did they do it? They'd done it.",
    "  \n\n one line\n \t another\n",
    "",
    " ",
)


@pytest.fixture(scope="module")
def plain():
    return spacy.load(pipeline.model_name(), exclude=pipeline.UNNEEDED)


@pytest.fixture
def remembering():
    nlp = spacy.load(pipeline.model_name(), exclude=pipeline.UNNEEDED)
    lemmas.add(nlp)
    return nlp


@pytest.mark.parametrize("text", [*TEXTS, " ".join(TEXTS)])
def test_it_writes_what_spacy_writes(plain, remembering, text):
    wanted = plain(text).to_array(WRITTEN).tolist()
    assert remembering.pipe_names[-1] == "analyser_lemmas"
    assert remembering(text).to_array(WRITTEN).tolist() == wanted
    assert remembering(text).to_array(WRITTEN).tolist() == wanted  # from memory


def test_what_was_read_before_changes_nothing(plain, remembering):
    for doc, wanted in zip(remembering.pipe(TEXTS), plain.pipe(TEXTS), strict=True):
        assert doc.to_array(WRITTEN).tolist() == wanted.to_array(WRITTEN).tolist()


def test_patterns_that_ask_for_more_stay_with_spacy(plain):
    nlp = spacy.load(pipeline.model_name(), exclude=pipeline.UNNEEDED)
    nlp.get_pipe("attribute_ruler").add([[{"LENGTH": 5}]], {"LEMMA": "five"})
    lemmas.add(nlp)
    assert nlp.pipe_names == plain.pipe_names
    assert nlp("We built boats.")[2].lemma_ == "five"


def test_what_the_vocabulary_forgets_is_asked_anew(plain, remembering):
    text = "Let's say the zorbels glimmed, and we zwooshed the gremblies."
    wanted = [token.lemma_ for token in plain(text)]
    (component,) = (component for _, component in remembering.pipeline if isinstance(component, lemmas.Lemmas))
    remembering("Let's say the word.")
    known = set(component._known)
    for _ in range(2):
        with pipeline.forgetting(remembering):
            assert [token.lemma_ for token in remembering(text)] == wanted
    strings = remembering.vocab.strings
    assert "zorbels" not in strings
    assert known <= set(component._known)
    assert all(read[0] in strings and row[-1] in strings for read, row in component._known.items())
