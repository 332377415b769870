"""The plan: the best story in each place, the same in any order, and every gap named."""

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser import bank, framework, resources
from analyser.bank._choose import SLOTS
from analyser.bank._merit import TOO_LONG, quality, weaknesses, worth
from analyser.bank._plan import plan
from analyser.bank._twins import ALIKE, groups, twins
from analyser.errors import InputError
from analyser.results import SIGNALS
from analyser.settings import Limits
from analyser.stories import Story, Twins

NETFLIX = framework.named("netflix")


def story(row, signal="judgment", share=0.9, **given):
    """A story that is heard as one signal, and passes everything that is not said otherwise."""
    usual = {
        "title": f"Story {row}",
        "signal": signal,
        "probabilities": dict.fromkeys(SIGNALS, 0.02) | {signal: share},
        "role_clear": True,
        "tradeoff": True,
        "outcome": "measured",
        "fault": "admits" if signal == "accountability" else "not_a_failure",
        "seconds": 80.0,
    }
    return Story(row=row, **(usual | given))


def whole():
    """Two stories for each signal, the first of them the better one."""
    return [story(2 * i + j + 1, signal, 0.9 - 0.1 * j) for i, signal in enumerate(SIGNALS) for j in (0, 1)]


def planned(stories, texts=None):
    words = texts or {one.row: f"word{one.row} thing{one.row} deed{one.row}" for one in stories}
    return plan(stories, words, NETFLIX)


def rows(made):
    return {(choice.signal, choice.place): choice.row for choice in made.choices}


def troubles(made):
    return [made.gaps, made.twice, made.twins, made.mend, made.write_next, made.misfiled]


def test_a_whole_bank_fills_every_place():
    made = planned(whole())
    assert rows(made) == {slot: i + 1 for i, slot in enumerate(SLOTS)}
    assert troubles(made) == [()] * 6


def test_it_is_the_best_of_all_not_the_best_for_the_first():
    """One story is best for two signals, and only it can serve the second."""
    both = story(1, share=0.5, probabilities={"judgment": 0.5, "candor": 0.45})
    made = planned([both, story(2, share=0.4)])
    assert rows(made)["judgment", "core"] == 2
    assert rows(made)["candor", "core"] == 1
    why = made.choices[0].why
    assert "“Story 1” would be stronger here, but is needed more as core for candor." in why


def test_a_story_serves_twice_only_where_nothing_else_does():
    both = story(1, share=0.5, probabilities={"judgment": 0.5, "candor": 0.45})
    made = planned([both])
    assert rows(made)["judgment", "core"] == rows(made)["candor", "core"] == 1
    assert made.twice == (1,)
    assert "Candor: only a story that is needed elsewhere is heard as candor." in made.gaps


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_bank_does_not_matter(seed):
    stories = [story(row, random.Random(row).choice(SIGNALS), 0.7) for row in range(1, 30)]
    shuffled = random.Random(seed).sample(stories, len(stories))
    assert rows(planned(shuffled)) == rows(planned(stories))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SIGNALS), st.sampled_from([0.3, 0.6, 0.6, 0.9])), min_size=1, max_size=25))
def test_taking_away_an_unused_story_changes_nothing(kinds):
    stories = [story(row, signal, share) for row, (signal, share) in enumerate(kinds, 1)]
    before = rows(planned(stories))
    for spare in [one for one in stories if one.row not in before.values()][:3]:
        assert rows(planned([one for one in stories if one is not spare])) == before


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SIGNALS), st.sampled_from([0.3, 0.6, 0.9])), min_size=12, max_size=25))
def test_one_changed_story_moves_only_places_of_its_signals(kinds):
    stories = [story(row, signal, share) for row, (signal, share) in enumerate(kinds, 1)]
    before = rows(planned(stories))
    worse = [one if one.row != 1 else one.model_copy(update={"outcome": "none"}) for one in stories]
    after = rows(planned(worse))
    assert {
        signal for signal, _ in SLOTS if any(before[signal, p] != after[signal, p] for p in ("core", "backup"))
    } <= {stories[0].signal}


def test_a_good_telling_beats_a_surer_signal():
    told_badly = story(1, share=0.95, role_clear=False, outcome="none")
    assert rows(planned([told_badly, story(2, share=0.8)]))["judgment", "core"] == 2
    assert list(weaknesses(told_badly, "judgment")) == [
        "does not show your own role",
        "has no outcome that could be checked",
    ]
    assert quality(told_badly, "judgment") == pytest.approx(0.7 * 0.75)


def test_a_dodged_fault_is_a_poor_failure_story():
    owned, dodged = story(1, "accountability", 0.6), story(2, "accountability", 0.99, fault="deflects")
    assert worth(owned, "accountability") > worth(dodged, "accountability")
    made = planned([dodged])
    assert "No story admits a fault of your own." in made.gaps
    assert made.write_next[-1].reason == "Its best story does not own the fault."


def test_what_is_hardly_heard_is_no_candidate():
    assert worth(story(1, share=0.19), "judgment") == 0
    assert rows(planned([story(1, share=0.19)]))["judgment", "core"] is None


def test_gaps_and_what_to_write_come_from_the_framework():
    made = planned(
        [one for one in whole() if one.signal not in {"candor", "ownership"}] + [story(11, "ownership", 0.4)]
    )
    assert made.gaps == (
        "Candor: no story is heard as candor.",
        "Ownership: the best story is heard so with only 40%.",
        "Ownership: there is no backup.",
    )
    assert [writing.signal for writing in made.write_next] == ["candor", "ownership"]
    assert made.write_next[0].question == NETFLIX.signals["candor"].questions[0]


def test_failing_filters_say_what_to_add():
    made = planned([story(1, role_clear=False, tradeoff=False, outcome="none"), story(2)])
    assert len(made.mend) == 1
    assert made.mend[0].fails == ("role", "tradeoff", "outcome")
    assert made.mend[0].add[0] == NETFLIX.filters["role"].what


def test_errors_take_no_part():
    made = planned([Story(row=1, title="x", error="Empty."), story(2)])
    assert 1 not in rows(made).values()
    assert not made.mend


def test_an_empty_bank_has_a_plan_of_gaps():
    made = planned([])
    assert [choice.row for choice in made.choices] == [None] * 10
    assert len(made.write_next) == 5


TOLD = "I ran the exports at a payroll company and chose to patch the old code, though my engineers would hate it."
AGAIN = "At the payroll company where I ran exports I chose a patch of the old code that my engineers would hate."
OTHER = "My director cut the trial to a week. I argued with the records of the schools and lost, then I helped him."


def test_the_same_story_twice_is_found_whatever_its_words():
    pairs = twins([1, 2, 3], [TOLD, OTHER, AGAIN])
    assert [(pair.first, pair.second) for pair in pairs] == [(1, 3)]
    assert ALIKE <= pairs[0].likeness < 1
    assert twins([1, 2], [TOLD, TOLD])[0].likeness == 1
    assert twins([1], [TOLD]) == ()
    assert twins([1, 2], ["", ""]) == ()


def test_only_one_telling_is_chosen():
    made = planned([story(1), story(2, share=0.95), story(3, share=0.5)], {1: TOLD, 2: AGAIN, 3: OTHER})
    assert rows(made)["judgment", "core"] == 2
    assert rows(made)["judgment", "backup"] == 3


def test_groups_follow_chains():
    pairs = [Twins(first=1, second=3, likeness=1), Twins(first=3, second=4, likeness=1)]
    assert groups([1, 2, 3, 4], pairs) == {1: 1, 2: 2, 3: 1, 4: 1}


@pytest.fixture(scope="module")
def reviews(analyser):
    """The two sample banks, heard with the encoder."""

    def review(name):
        frame = bank.read(resources.path("data", "samples", name))
        text = bank.recognise(frame).text
        return bank.review(bank.score(frame, text, analyser=analyser), text)

    return {name: review(name) for name in ("bank.md", "bank_faults.csv")}


def test_the_good_sample_is_good(reviews):
    made = reviews["bank.md"].plan
    assert None not in rows(made).values()
    assert [made.gaps, made.twice, made.twins, made.write_next, made.misfiled] == [()] * 5
    assert {name for mend in made.mend for name in mend.fails} <= {"tradeoff"}


def test_the_faulty_sample_has_every_fault(reviews):
    review = reviews["bank_faults.csv"]
    made = review.plan
    assert sum(one.error is not None for one in review.stories) == 6
    assert [(pair.first, pair.second) for pair in made.twins] == [(4, 5)]
    assert made.misfiled
    assert made.twice == (11,)
    assert {name for mend in made.mend for name in mend.fails} == {"role", "tradeoff", "outcome"}
    assert TOO_LONG in review.stories[8].manner
    assert "No story admits a fault of your own." in made.gaps
    assert {writing.signal for writing in made.write_next} >= {"ownership", "candor", "accountability"}


def test_only_a_scored_bank_is_reviewed():
    with pytest.raises(InputError, match="score it first"):
        bank.review(bank.read(resources.path("data", "samples", "bank.md")))


def test_what_is_too_much_is_for_the_user_to_say():
    scored = bank.score(bank.read(resources.path("data", "samples", "bank.md")).head(0))
    row = dict.fromkeys(scored.columns) | {"title": "x", "story": "x", "heard_signal": "judgment"}
    heard = pd.DataFrame([row | {"heard_seconds": 100.0, "heard_hedges_per_100": 3.0, "heard_fillers_per_100": 5.0}])
    assert bank.review(heard).stories[0].manner == ("hedges often", "has many fillers")
    strict = Limits(seconds=90, hedges=4, fillers=6)
    assert bank.review(heard, limits=strict).stories[0].manner == ("takes too long to tell",)
