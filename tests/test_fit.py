"""What every fit shares: terms counted once weigh as scikit-learn weighs them, on one thread like on many."""

from collections import Counter

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from analyser.training import fit
from analyser.training.fit import Counted, on_one_thread, vectorizer

SAID = ["we ship it and we ship it", "we stop it", "you stop", "I ship", "nobody ships", "we we we stop and stop"]
BAGS = [Counter(text.split()) for text in SAID]
SEEN, HELD = np.array([0, 1, 3, 5]), np.array([2, 4])


@pytest.mark.parametrize("fewest", [1, 2, 3])
@pytest.mark.parametrize("most", [20_000, 3, 1])
def test_counted_once_or_by_scikit_learn_is_the_same(fewest, most, monkeypatch):
    monkeypatch.setattr(fit, "MOST_TERMS", most)
    wanted = vectorizer(fewest).fit([BAGS[i] for i in SEEN])
    weighed = Counted.of(BAGS).weigh(SEEN, fewest)
    again = weighed.vectorizer()
    assert list(again.get_feature_names_out()) == list(wanted.get_feature_names_out())
    assert np.array_equal(again.idf_, wanted.idf_)
    for which in (SEEN, HELD):
        bags = [BAGS[i] for i in which]
        assert abs(weighed.rows(which) - wanted.transform(bags)).max() < 1e-15
        assert abs(again.transform(bags) - wanted.transform(bags)).max() < 1e-15


def test_the_same_holds_of_answers_as_they_are(examples):
    from analyser import features

    bags = [bag for example in examples for bag in features.in_context(features.terms(example.reading))]
    seen, held = next(iter(fit.folds([f"voice {i % 7}" for i in range(len(bags))])))
    wanted, weighed = vectorizer(3).fit([bags[i] for i in seen]), Counted.of(bags).weigh(seen, 3)
    assert np.array_equal(weighed.vectorizer().get_feature_names_out(), wanted.get_feature_names_out())
    assert np.array_equal(weighed.weights.idf_, wanted.idf_)
    assert abs(weighed.rows(held) - wanted.transform([bags[i] for i in held])).max() < 1e-12


def test_a_fit_keeps_linear_algebra_on_one_thread():
    def threads() -> list[int]:
        return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    before = threads()
    assert set(on_one_thread(threads)()) == {1}
    assert threads() == before
