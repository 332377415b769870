"""What the speaker of a good answer is told, on the corpus' dev split: little."""

from statistics import median

import pytest

from analyser.results import Answer
from analyser.training import corpus

EVERY = 3  # of the strong answers; all of them take three times as long


@pytest.fixture(scope="module")
def told(analyser):
    """The feedbacks on strong answers: the role clear, a price or an ending, a signal, nothing vague."""
    strong = [answer for answer in corpus.read().split("dev") if _is_strong(answer)][::EVERY]
    return list(analyser.pipe(Answer(text=answer.text, question=answer.question) for answer in strong))


def _is_strong(answer):
    proven = answer.tradeoff_obvious or answer.outcome != "none"
    vague = any(span.label == "vague" for span in answer.spans or ())
    return answer.signal != "none" and answer.role_clear and proven and not vague


def test_a_strong_answer_gets_little_advice(told):
    assert len(told) > 30
    assert median(len(feedback.advice) for feedback in told) <= 2


def test_a_strong_answer_is_praised_in_its_own_words(told):
    praised = [feedback for feedback in told if feedback.praise]
    assert len(praised) > len(told) / 2
    for feedback in praised:
        for one in feedback.praise:
            assert feedback.answer.text[one.quote.start : one.quote.end] == one.quote.text
