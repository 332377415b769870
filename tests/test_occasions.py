"""Whether one occasion is told, or only how things usually are; and whether the question wants one."""

import pytest

from analyser import occasions, pipeline


@pytest.fixture
def read(nlp):
    """What the pipeline reads in a text."""
    return lambda text: next(iter(pipeline.read(nlp, [(text, None)])))[0]


@pytest.mark.parametrize(
    "question",
    [
        "What is your biggest weakness?",
        "Which of your strengths would your last team miss?",
        "Tell me a little about yourself.",
        "Do you think you are a leader?",
        "Would you say that you're a team player?",
    ],
)
def test_a_question_about_what_somebody_is_like(question):
    assert occasions.asks_about_self(question)


@pytest.mark.parametrize(
    "question",
    [
        None,
        "Tell me about a time when a weakness of yours got in the way.",
        "Are you a team player? Give me an example.",
        "When did you last surprise yourself?",
        "How would you tell the leader of the other shift?",
        "How did you and the project leader get along?",
        "Which player in that market worried you?",
    ],
)
def test_any_other_question(question):
    assert not occasions.asks_about_self(question)


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("I asked the cook on Monday, and we moved the oven.", ["ask", "move"]),
        ("I've always tried to sort my work and file it, and I have learned to write lists.", []),
        ("I worked at a hotel in the evenings, and I studied law.", []),
        ("Every evening I write the list for the next day.", []),
        ("I'd moved the stall before anybody complained.", ["move"]),
    ],
)
def test_what_is_told_of_one_time(read, text, verbs):
    assert [deed.verb for deed in occasions.told_once(read(text))] == verbs


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("I led four people on the second trip, and we built the fence.", ["lead"]),
        ("We painted the hall, and somebody called the mayor.", []),
        ("I worked at a hotel, and I came in the mornings.", []),
        ("I drew the plan, and then they all wanted one.", ["draw"]),
    ],
)
def test_what_the_speaker_says_with_an_i(read, text, verbs):
    assert [deed.verb for deed in occasions.own_deeds(read(text))] == verbs
