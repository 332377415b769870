"""The two sides of a tradeoff: which words are the choice and which the cost, and which are neither."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyser import pipeline
from analyser.reports import render
from analyser.results import Feedback
from tests import feedbacks

SIDES = {
    # by a marker
    "We kept the old van even though it meant two trips a day.": ("We kept the old van", "two trips a day"),
    "I rented a hall instead of building a tent.": ("I rented a hall", "building a tent"),
    "I bought the local flour at the price of a thinner margin.": ("I bought the local flour", "a thinner margin"),
    "We chose the quiet room over the big stage.": ("We chose the quiet room", "the big stage"),
    "I took the night shift, which cost us a whole weekend.": ("I took the night shift", "a whole weekend"),
    "I went with the tram, knowing that it would be slower.": ("I went with the tram", "it would be slower"),
    "I picked the short course and accepted that some would fail.": ("I picked the short course", "some would fail"),
    "so um we went with the small oven and the downside was no bread on mondays": (
        "we went with the small oven", "no bread on mondays",
    ),
    "i took the ferry even if it was more money": ("i took the ferry", "it was more money"),
    "she picked the red one rather than the blue one": ("she picked the red one", "the blue one"),
    # by a verb
    "We gave up the terrace to keep the cook.": ("keep the cook", "We gave up the terrace"),
    "We bought cheaper yarn and dropped the gift boxes.": ("We bought cheaper yarn", "dropped the gift boxes"),
    "I kept the choir and the new lamps had to wait.": ("I kept the choir", "the new lamps had to wait"),
    "so we shipped the map and we lost like all the photos": ("we shipped the map", "we lost like all the photos"),
    "i took the bakery job so i gave up my summer": ("i took the bakery job", "i gave up my summer"),
    "We turned down the grant, in exchange for a free hand.": ("a free hand", "We turned down the grant"),
    "He would rather lose a week than the client.": (None, "lose a week"),
    # one side alone
    "We knew that the parents would miss the concert.": (None, "the parents would miss the concert"),
    "The price was a month without heating.": (None, "a month without heating"),
    "I went with the cheaper paint.": ("I went with the cheaper paint", None),
    "Our director chose the smaller boat.": ("Our director chose the smaller boat", None),
}  # fmt: skip
LATER = {
    "I chose the small one. That meant no refunds for a month.": ("I chose the small one", "no refunds for a month"),
    "We went with wood. It cost us two more weeks in the yard.": ("We went with wood", "two more weeks in the yard"),
    "I picked the clinic in town. The risk was that nobody would drive there.": (
        "I picked the clinic in town", "nobody would drive there",
    ),
    "The hall was cold. That meant no dancing for the old people.": (None, "no dancing for the old people"),
}  # fmt: skip
NEITHER = [
    "We met over the weekend.",
    "I took over the kitchen in May.",
    "It was a long year and everybody was tired.",
    "If we lose the key we call the porter.",
    "I never gave up.",
    "She said it cost nothing.",
    "The light goes at five.",
    "I took the blame for it.",
    "so um let's go home now",
    "um i went there with my brother you know",
    "",
]


def sides(nlp, text):
    """The choice and the cost of the last sentence, in words."""
    reading = next(pipeline.read(nlp, [(text, None)]))[0]
    last = len(reading.sentences) - 1
    return tuple(side and side.text for side in reading.sides(last)) if reading.sentences else (None, None)


@pytest.mark.parametrize(("text", "wanted"), [*SIDES.items(), *LATER.items()])
def test_sides(nlp, text, wanted):
    assert sides(nlp, text) == wanted


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_neither(nlp, text):
    assert sides(nlp, text) == (None, None)


_WORDS = st.sampled_from(
    "we i they chose dropped kept gave up over instead of even though it meant cost the map a month , . and so knowing "
    "that would rather lose than risk was … “ ” 🙂 café um".split()
)


@given(st.lists(_WORDS, max_size=40).map(" ".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_side_quotes_the_answer(nlp, text):
    reading = next(pipeline.read(nlp, [(text, None)]))[0]
    for at in range(len(reading.sentences)):
        for side in filter(None, reading.sides(at)):
            assert side.text == text[side.start : side.end]
            assert len(side.text.split()) > 1


def test_a_tradeoff_carries_its_sides_and_no_other_finding_does(fast):
    given = fast.analyse(
        "Our choir had a hall for one night and no money. I called the owner twice. We chose the small hall over the "
        "big one, even though it meant that forty people stood outside. I told them myself, and I paid for the tea."
    )
    tradeoffs = [finding for finding in given.findings if finding.label == "tradeoff"]
    sided = [one for one in tradeoffs if one.chosen]
    assert [one.chosen.text for one in sided] == ["We chose the small hall"]
    assert sided[0].cost
    assert not any(finding.sides for finding in given.findings if finding.label != "tradeoff")


def _with(**sides):
    text = "I took the small hall, which cost us the band. I am glad."
    found = feedbacks.find(text, tradeoff=["I took the small hall, which cost us the band."])
    sided = found[0].model_copy(update={side: feedbacks.quote(text, words) for side, words in sides.items()})
    given = feedbacks.feedback(text, findings=(sided,))
    return given.model_copy(update={"checks": given.checks.model_copy(update={"tradeoff_obvious": True})})


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_report_quotes_the_sides_that_can_be_told(form):
    def said(**sides):
        return " ".join(render(_with(**sides), form, width=300).split())

    both = said(chosen="I took the small hall", cost="the band")
    assert "the choice: “I took the small hall”; its cost: “the band”" in both
    assert "you say what the choice cost: “the band”" in said(cost="the band")
    alone = said(chosen="I took the small hall")
    assert "you say what the choice cost" in alone
    assert "its cost" not in alone


def test_a_side_that_is_not_in_the_answer_is_refused():
    wrong = _with(cost="the band").model_dump(exclude={"made_by": {"fingerprint"}})
    wrong["findings"][0]["cost"]["text"] = "the choir"
    with pytest.raises(ValueError, match="does not quote the answer"):
        Feedback.model_validate(wrong)
