"""The sentence encoder: meaning, not words; the same vector in any company."""

import numpy as np
import pytest

from analyser.encoder import WIDTH, Encoder


@pytest.fixture(scope="module")
def encoder():
    return Encoder()


def test_like_meanings_lie_close(encoder):
    fault, same, other = encoder.encode(
        ["I forgot to tell the customer.", "I never let the client know about it.", "We sell payroll software."]
    )
    assert fault @ same > fault @ other + 0.2


def test_unit_vectors_one_a_sentence(encoder):
    vectors = encoder.encode(["One.", "", "x" * 5000, "emoji 😀 and ё"])
    assert vectors.shape == (4, WIDTH)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert encoder.encode([]).shape == (0, WIDTH)


def test_a_vector_does_not_depend_on_its_neighbours(encoder):
    sentences = ["I chose the smaller launch.", "It cost us the holiday peak, and that was a lot of money.", "Yes."]
    together = encoder.encode(sentences)
    assert np.array_equal(together[::-1], encoder.encode(sentences[::-1]))
    assert np.array_equal(together[1], encoder.encode(sentences[1:2])[0])
