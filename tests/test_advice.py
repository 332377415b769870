"""What is to be mended first, and in whose words, on stories made by hand."""

import pytest
from feedbacks import find

from analyser import framework, verdicts
from analyser.advice import Story, advise
from analyser.reading import Reading, Sentence
from analyser.results import Checks, Fault, Section

NETFLIX = framework.named("netflix")
SAID = {
    "opening": "Well, I guess it was like this, um, years ago.",
    "context": "Our checkout was slow.",
    "constraint": "Nobody knew what it would have to bear.",
    "options": "There was the patch, there was the rewrite.",
    "said_or_heard": "My manager said that I never listen.",
    "evidence": "The figures were on my side.",
    "decision": "So I think I chose the patch.",
    "influence": "Ravi came round when he saw the tickets.",
    "action": "I wrote it on a Friday.",
    "support": "I trained two people for it.",
    "team_only": "It was rolled out.",
    "also_team": "The dashboards were made.",
    "own_fault": "I forgot the tests.",
    "shared_fault": "We all forgot the tests.",
    "deflection": "The vendor let us down.",
    "result": "Orders fell by a tenth.",
    "late_result": "They came back in May.",
    "lesson": "Speed is a feature, sort of.",
    "change": "There is a checklist now.",
    "performative": "I am a people person.",
    "closing": "And that was that.",
}
TEXT = " ".join(SAID.values())
SENTENCES = tuple(Sentence(TEXT.index(said), TEXT.index(said) + len(said), said, ()) for said in SAID.values())
WELL = Checks(role_clear=True, tradeoff_obvious=True, outcome="measured")
BANDS = {"context": 30, "action": 40, "result": 30, "lesson": 20}
LONG = {"context": 46}
HEDGES = {"belief": ["I guess", "I think"], "softener": ["sort of"]}


def story(signal="judgment", *, without="", fault="not_a_failure", spent=None, seconds=90.0, words=100, **given):
    """A story in which nothing is amiss but what is named; ``given`` are checks, and the words of more findings."""
    checks = WELL.model_copy(update={name: given.pop(name) for name in Checks.model_fields if name in given})
    parts = NETFLIX.signals[signal].parts if signal != "none" else ()
    told = {"own_fault" if name == "mistake" else name for name in parts} - set(without.split())
    findings = find(TEXT, **({name: [SAID[name]] for name in told} | given))
    times = {"context": 25, "action": 35, "result": 25, "lesson": 15} | (spent or {})
    return Story(
        reading=Reading(TEXT, SENTENCES, (), findings),
        findings=findings,
        words=words,
        seconds=seconds,
        signal=signal,
        checks=checks,
        fault=Fault(verdict=fault, parts=None),
        parts=verdicts.parts(signal, findings, NETFLIX),
        sections=tuple(Section(name=name, seconds=s, low=0, high=BANDS[name]) for name, s in times.items()),
    )


def said(*labels):
    """The sentences of the labels, for ``story``."""
    return {label: [SAID[label]] for label in labels}


def tips(told):
    """The names of the tips given, in their order: of an advice, a filter, or a part that is missing."""
    missing = NETFLIX.signals[told.signal].missing if told.signal != "none" else {}
    missing = {"mistake": NETFLIX.signals["accountability"].missing["mistake"]} | missing
    tables = {**NETFLIX.advice, **NETFLIX.filters, **{f"no {part}": tip for part, tip in missing.items()}}
    names = {tip.what: name for name, tip in tables.items()}
    return [names[advice.what] for advice in advise(told, NETFLIX)]


def quoted(told, tip):
    """The words that stand beside the tip."""
    return dict(zip(tips(told), (advice.quote and advice.quote.text for advice in advise(told, NETFLIX)), strict=True))[
        tip
    ]


TEAM = {"team_only": [SAID["team_only"], SAID["also_team"]]}
UMS = {"filler": ["um", "Well", "like", "So", "And"]}
CASES = {
    "a good story": (story(), []),
    "a good failure": (story("accountability", fault="admits"), []),
    "everything is wrong with a failure": (
        story(
            "accountability", without="own_fault result change", fault="deflects", role_clear=False, outcome="none",
            tradeoff_obvious=False, seconds=200.0, spent=LONG, **said("deflection"), **HEDGES, **UMS,
        ),
        ["deflection", "role", "outcome", "no change", "too_long"],
    ),
    "a failure that nobody is to blame for": (
        story("accountability", without="own_fault", fault="deflects", role_clear=False, tradeoff_obvious=False),
        ["no mistake", "role", "tradeoff"],
    ),
    "a shared fault": (
        story("accountability", without="own_fault change", fault="partial", role_clear=False, **said("shared_fault")),
        ["shared_fault", "role", "no change"],
    ),
    "a dodged question about a failure": (
        story("none", fault="deflects", role_clear=False, tradeoff_obvious=False, **said("deflection")),
        ["deflection", "role", "tradeoff"],
    ),
    "the heart of a judgment is missing": (
        story(without="constraint decision options", role_clear=False, tradeoff_obvious=False),
        ["role", "tradeoff", "no constraint", "no decision", "no options"],
    ),
    "an ending without a result is told once": (
        story(without="constraint result", tradeoff_obvious=False, outcome="none"),
        ["tradeoff", "outcome", "no constraint"],
    ),
    "a missing result where the ending can be checked": (story(without="result"), ["no result"]),
    "parts, length, wording": (
        story(without="lesson context", seconds=121.0, spent=LONG, **HEDGES),
        ["too_long", "no context", "no lesson", "too_long_context", "hedging"],
    ),
    "wording alone": (
        story("ownership", spent=LONG, tradeoff_obvious=False, **HEDGES, **said("performative"), **TEAM, **UMS),
        ["too_long_context", "hedging", "performative", "team_only", "fillers"],
    ),
    "a price that this signal does not ask for": (
        story("ownership", tradeoff_obvious=False, **TEAM, **UMS), ["team_only", "fillers", "tradeoff"],
    ),
    "a price that commitment asks for": (
        story("commitment", without="support", tradeoff_obvious=False), ["tradeoff", "no support"],
    ),
    "candor is in the words": (
        story("candor", without="context said_or_heard change action", tradeoff_obvious=False),
        ["no said_or_heard", "no change", "no context", "no action", "tradeoff"],
    ),
    "an ending comes before the heart": (
        story("candor", without="said_or_heard", outcome="none"), ["outcome", "no said_or_heard"],
    ),
    "ownership is in moving people": (
        story("ownership", without="context influence action", seconds=200.0),
        ["no influence", "no action", "too_long", "no context"],
    ),
    "commitment is in the carrying out": (
        story("commitment", without="context evidence decision support", role_clear=False),
        ["role", "no evidence", "no support", "no context", "no decision"],
    ),
    "what cannot be told is no fault": (
        story(role_clear=None, tradeoff_obvious=None, outcome=None, fault=None), [],
    ),
    "an unclear role is not told twice": (story(role_clear=False, **TEAM), ["role"]),
    "one passive sentence is no habit": (story(**said("team_only")), []),
    "a concrete ending is enough": (story(outcome="concrete"), []),
}  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), CASES.values(), ids=CASES)
def test_what_is_mended_first(told, wanted):
    assert tips(told) == wanted


def test_at_most_five_and_each_once():
    everything = story(
        without="context options constraint decision result lesson", role_clear=False, tradeoff_obvious=False,
        outcome="none", seconds=300.0, spent=LONG, **HEDGES, **UMS, **TEAM, **said("performative"),
    )  # fmt: skip
    assert tips(everything) == ["role", "tradeoff", "outcome", "no constraint", "no decision"]


def test_a_tip_brings_the_reason_and_the_next_question_of_the_framework():
    (advice,) = advise(story(role_clear=False), NETFLIX)
    role = NETFLIX.filters["role"]
    assert (advice.what, advice.why, advice.follow_up) == (role.what, role.why, role.follow_up)


# ---- limits


@pytest.mark.parametrize(("words", "first"), [(100, "hedging"), (149, "hedging"), (150, "tradeoff"), (400, "tradeoff")])
def test_hedging_outweighs_the_tradeoff_above_two_in_a_hundred_words(words, first):
    assert tips(story("ownership", tradeoff_obvious=False, words=words, **HEDGES))[0] == first


def test_a_few_hedges_are_worth_a_word_where_there_is_nothing_else():
    assert tips(story(words=400, **HEDGES)) == ["hedging"]


@pytest.mark.parametrize("label", ["belief", "possibility", "softener", "vague"])
def test_every_kind_of_hedge_counts(label):
    assert tips(story(**{label: ["I guess", "I think", "sort of"]})) == ["hedging"]


def test_honest_uncertainty_is_never_a_hedge():
    assert tips(story(bounded=["Nobody knew", "I guess", "sort of", "what"])) == []


@pytest.mark.parametrize(("words", "first"), [(124, "fillers"), (125, "tradeoff")])
def test_fillers_outweigh_the_tradeoff_above_four_in_a_hundred_words(words, first):
    assert tips(story("ownership", tradeoff_obvious=False, words=words, **UMS))[0] == first


@pytest.mark.parametrize(("seconds", "wanted"), [(120.0, []), (120.1, ["too_long"])])
def test_two_minutes_are_enough(seconds, wanted):
    assert tips(story(seconds=seconds)) == wanted


@pytest.mark.parametrize(("seconds", "wanted"), [(45, []), (45.1, ["too_long_context"])])
def test_a_set_up_may_be_half_as_long_again(seconds, wanted):
    assert tips(story(spent={"context": seconds})) == wanted


# ---- quotes


@pytest.mark.parametrize(
    ("told", "tip", "label"),
    [
        (story("accountability", fault="deflects", **said("deflection")), "deflection", "deflection"),
        (story("accountability", without="own_fault", fault="deflects"), "no mistake", "result"),
        (story("accountability", without="result", fault="deflects"), "no mistake", "closing"),
        (story("accountability", fault="partial", **said("shared_fault")), "shared_fault", "shared_fault"),
        (story(role_clear=False, **TEAM), "role", "team_only"),
        (story(role_clear=False), "role", "opening"),
        (story(**TEAM), "team_only", "team_only"),
        (story(tradeoff_obvious=False), "tradeoff", "decision"),
        (story("ownership", tradeoff_obvious=False), "tradeoff", "action"),
        (story("none", tradeoff_obvious=False), "tradeoff", "opening"),
        (story(outcome="none", result=[SAID["result"], SAID["late_result"]]), "outcome", "late_result"),
        (story(outcome="none", without="result"), "outcome", "closing"),
        (story(without="context"), "no context", "opening"),
        (story(without="lesson"), "no lesson", "result"),
        (story(without="lesson", result=[SAID["result"], SAID["late_result"]]), "no lesson", "late_result"),
        (story(without="result lesson"), "no lesson", "decision"),
        (story(seconds=200.0, spent={"result": 60, "action": 60}), "too_long", "result"),
        (story(seconds=200.0, spent={"lesson": 60}), "too_long", "lesson"),
        (story(spent=LONG), "too_long_context", "context"),
        (story(**said("performative")), "performative", "performative"),
        (story(**HEDGES), "hedging", "decision"),
        (story(without="decision", **HEDGES), "hedging", "opening"),
        (story(without="decision", belief=["I think", "a people"], vague=["sort of"]), "hedging", "decision"),
        (story(**said("own_fault"), belief=["I guess"], vague=["forgot", "sort of"]), "hedging", "own_fault"),
    ],
)
def test_beside_a_tip_stand_the_words_that_it_is_about(told, tip, label):
    assert quoted(told, tip) == SAID[label]


def test_fillers_are_shown_by_the_first():
    assert quoted(story(**UMS), "fillers") == "Well"


def test_every_quote_is_the_speakers_own_words():
    for told, _ in CASES.values():
        quotes = [advice.quote for advice in advise(told, NETFLIX)]
        assert all(TEXT[quote.start : quote.end] == quote.text for quote in quotes)
