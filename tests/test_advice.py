"""What is to be mended first, and in whose words, on stories made by hand."""

from dataclasses import replace

import pytest
from feedbacks import find

from analyser import framework, quoting, verdicts
from analyser.advice import advise
from analyser.reading import Deed, Reading, Sentence
from analyser.results import Answer, Checks, Fault, Pattern, Praise, Quote, Section
from analyser.story import Story
from analyser.timing import Clock

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
    "own_fault": "I forgot the tests for that.",
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


def story(signal="judgment", *, without="", fault="not_a_failure", spent=None, seconds=90.0, words=100,
    question=None, deeds=(), confidence=None, patterns=(), keep=(), **given):  # fmt: skip
    """A story in which nothing is amiss but what is named; ``given`` are checks, and the words of more findings."""
    checks = WELL.model_copy(update={name: given.pop(name) for name in Checks.model_fields if name in given})
    parts = NETFLIX.signals[signal].parts if signal != "none" else ()
    told = {"own_fault" if name == "mistake" else name for name in parts} - set(without.split())
    meant = {name.removeprefix("guessed_"): given.pop(name) for name in list(given) if name.startswith("guessed_")}
    findings = find(TEXT, **({name: [SAID[name]] for name in told} | given))
    findings += tuple(one.model_copy(update={"rule": "parts/meaning"}) for one in find(TEXT, **meant))
    times = {"context": 25, "action": 35, "result": 25, "lesson": 15} | (spent or {})
    return Story(
        reading=Reading(TEXT, SENTENCES, tuple(_deed(*deed) for deed in deeds), findings),
        findings=findings,
        words=words,
        seconds=seconds,
        signal=signal,
        checks=checks,
        fault=Fault(verdict=fault, parts=None, decided_by=_decided(findings), patterns=tuple(_patterns(patterns))),
        parts=verdicts.parts(signal, findings, NETFLIX, Clock(Answer(text=TEXT))),
        sections=tuple(_section(name, times[name]) for name in times),
        question=question,
        confidence=confidence,
        praise=tuple(Praise(what="Good.", why="So.", quote=_sentence(name)) for name in keep),
    )


def _patterns(patterns):
    """Ways in which the fault is not owned: a name each, with the sentence that shows it."""
    for name, label in dict(patterns).items():
        yield Pattern(name=name, title="So.", why="So.", quotes=(_sentence(label),))


def _sentence(label):
    return SENTENCES[list(SAID).index(label)].quote()


def _decided(findings):
    passed_on = [finding for finding in findings if finding.label in {"deflection", "result"}]
    return verdicts.quote(min(passed_on, key=lambda finding: finding.label)) if passed_on else None


def _section(name, seconds):
    """A section; a set-up that is too long can do without its sentence."""
    cut = (SENTENCES[1].quote(),) if name == "context" and seconds > BANDS[name] else ()
    return Section(name=name, seconds=seconds, low=0, high=BANDS[name], cut=cut, saves=4.0 * len(cut))


def _deed(agent, words):
    start = TEXT.index(words)
    return Deed(agent, "do", start, start + len(words), True)


def said(*labels):
    """The sentences of the labels, for ``story``."""
    return {label: [SAID[label]] for label in labels}


def guessed(label):
    """A sentence that only the models, and no words of it, give the label."""
    return {f"guessed_{label}": [SAID[label]]}


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


BLAMING = [("other", "The vendor")]
DEEDS = [("I", "chose the patch"), ("I", "wrote it")]
TEAM_DEEDS = [("we", "was slow"), ("we", "was rolled")]
WEAKNESS = "What is your greatest weakness?"
TEAM = {"team_only": [SAID["team_only"], SAID["also_team"]]}
UMS = {"filler": ["um", "Well", "like", "So", "And"]}
OWN = {"action": [SAID["action"]]}
CASES = {
    "a good story": (story(), []),
    "a good failure": (story("accountability", fault="admits"), []),
    "everything is wrong with a failure": (
        story(
            "accountability", without="own_fault result change", fault="deflects", role_clear=False, outcome="none",
            tradeoff_obvious=False, seconds=200.0, spent=LONG, **said("deflection"), **HEDGES, **UMS,
        ),
        ["no mistake", "no change", "no result", "too_long_section", "hedging"],
    ),
    "a failure that nobody is to blame for": (
        story("accountability", without="own_fault", fault="deflects", role_clear=False), ["no mistake"],
    ),
    "a shared fault": (
        story("accountability", without="own_fault change", fault="partial", role_clear=False, **said("shared_fault")),
        ["shared_fault", "no change"],
    ),
    "a failure that is heard as none is not asked for its mistake": (
        story("accountability", without="own_fault change", fault="not_a_failure"), ["moment"],
    ),
    "a dodged question about a failure": (
        story(
            "none", fault="deflects", role_clear=False, patterns={"blame": "deflection"}, **OWN, **said("deflection"),
        ),
        ["deflection", "moment"],
    ),
    "the heart of a judgment is missing": (
        story(without="constraint decision options", role_clear=False, tradeoff_obvious=False),
        ["no decision", "tradeoff", "role"],
    ),
    "an ending is asked for once": (story(without="result", outcome="none"), ["no result"]),
    "an ending that cannot be checked": (story(outcome="none"), ["outcome"]),
    "a missing result where the ending can be checked": (story(without="result"), []),
    "what a mistake cost, where the ending can be checked": (
        story("accountability", fault="admits", without="result"), ["no result"],
    ),
    "parts, length, wording": (
        story(without="lesson context", seconds=121.0, spent=LONG, **HEDGES),
        ["no lesson", "no context", "too_long", "hedging"],
    ),
    "wording alone": (
        story("ownership", spent=LONG, tradeoff_obvious=False, **HEDGES, **said("performative"), **TEAM, **UMS),
        ["too_long_context", "team_only"],
    ),
    "a price that this signal does not ask for": (story("ownership", tradeoff_obvious=False), []),
    "a price that commitment asks for": (
        story("commitment", without="support", tradeoff_obvious=False), ["no support", "tradeoff"],
    ),
    "candor is in the words": (
        story("candor", without="context said_or_heard change", tradeoff_obvious=False, outcome="none"),
        ["no said_or_heard", "no change", "no context"],
    ),
    "ownership is in moving people": (
        story("ownership", without="context influence action", role_clear=False),
        ["role", "no influence", "no context"],
    ),
    "commitment is in the carrying out": (
        story("commitment", without="context evidence decision support", role_clear=False, **OWN),
        ["no evidence", "no support", "role"],
    ),
    "what cannot be told is no fault": (
        story(role_clear=None, tradeoff_obvious=None, outcome=None, fault=None), [],
    ),
    "an unclear role is not told twice": (story(role_clear=False, **TEAM), ["role"]),
    "one passive sentence is no habit": (story(**said("team_only")), []),
    "a concrete ending is enough": (story(outcome="concrete"), []),
    "fillers in small numbers": (story(words=400, **UMS), []),
    "a few hedges on nothing that is claimed": (story(words=400, softener=["sort of"]), []),
    "nothing but opinions": (
        story("none", lesson=[SAID["lesson"]], role_clear=False, outcome="none", seconds=200.0, **HEDGES, **UMS),
        ["occasion"],
    ),
    "opinions on a failure": (
        story("accountability", without="own_fault result action change", fault="deflects", **said("deflection")),
        ["occasion"],
    ),
    "a story that is surely told, though no deed in it is heard": (
        story("accountability", without="own_fault result action change", fault="deflects", confidence=0.6),
        ["no mistake", "no change", "no action"],
    ),
    "a story that is perhaps none": (
        story("accountability", without="own_fault result action change", fault="deflects", confidence=0.59),
        ["occasion"],
    ),
    "a shared fault in what may be no failure": (
        story("candor", confidence=0.39, deeds=DEEDS, fault="partial", **said("shared_fault")), [],
    ),
    "a shared fault where a failure was asked for": (
        story(
            "candor", confidence=0.39, deeds=DEEDS, fault="partial", question="When did you fail?",
            **said("shared_fault"),
        ),
        ["shared_fault"],
    ),
    "a figure to end on": (story(outcome="none", metric=["a tenth"]), []),
    "deeds that show nothing": (
        story("none", deeds=DEEDS, context=[SAID["context"]], role_clear=True, outcome="none"), ["moment"],
    ),
    "the team's deeds that show nothing": (
        story("none", deeds=TEAM_DEEDS, context=[SAID["context"]], role_clear=False, outcome="none"),
        ["moment", "role"],
    ),
    "one deed among the team's has its I already": (
        story("none", deeds=[*TEAM_DEEDS, DEEDS[1]], context=[SAID["context"]], role_clear=False, outcome="none"),
        ["moment", "team_only"],
    ),
    "one deed of the speaker's, and nobody else's": (story(role_clear=False, deeds=DEEDS[1:]), []),
    "one event among habits": (
        story("none", deeds=DEEDS[1:], context=[SAID["context"]], outcome="none", **guessed("action")), ["occasion"],
    ),
    "one deed that the words tell": (
        story("none", deeds=DEEDS[1:], context=[SAID["context"]], outcome="none", **OWN), ["moment", "outcome"],
    ),
    "a weakness": (
        story("none", deeds=DEEDS[1:], question=WEAKNESS, outcome="none", spent=LONG, **OWN), ["occasion"],
    ),
    "a weakness, with the times when it showed": (
        story("none", deeds=DEEDS, question=WEAKNESS, outcome="none", spent=LONG, role_clear=False, **OWN), [],
    ),
    "a weakness, with a time asked for": (
        story("none", deeds=DEEDS, question=WEAKNESS[:-1] + " and a time when it showed?", outcome="none", **OWN),
        ["moment", "outcome"],
    ),
    "what was done about a mistake needs no name of its own": (
        story("accountability", fault="admits", without="action", deeds=[("I", "checklist"), ("I", "that was that")]),
        [],
    ),
    "what was done before a mistake puts nothing right": (
        story("accountability", fault="admits", without="action", deeds=DEEDS), ["no action"],
    ),
    "a choice without its price": (
        story("none", deeds=DEEDS, decision=[SAID["decision"]], tradeoff_obvious=False, outcome="none"),
        ["tradeoff", "outcome"],
    ),
    "a choice that nobody is heard to make": (
        story("none", decision=[SAID["decision"]], tradeoff_obvious=False, outcome="none"), ["outcome"],
    ),
    "a hard word is a moment": (
        story("none", deeds=DEEDS, outcome="none", context=[SAID["context"]], **OWN, **said("said_or_heard")),
        ["outcome"],
    ),
    "a signal that is but guessed": (
        story("candor", without="said_or_heard change", deeds=DEEDS, confidence=0.39), ["moment"],
    ),
    "a signal that is a little more than guessed": (
        story("candor", without="said_or_heard change", deeds=DEEDS, confidence=0.4), ["no said_or_heard", "no change"],
    ),
    "a slogan that the question asked for": (
        story(question="Would you say: I am a people person. True?", **said("performative")), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), CASES.values(), ids=CASES)
def test_what_is_mended_first(told, wanted):
    assert tips(told) == wanted


def test_three_lacks_and_two_manners_at_most():
    everything = story(
        without="context options constraint decision result lesson", role_clear=False, tradeoff_obvious=False,
        outcome="none", seconds=300.0, spent=LONG, **HEDGES, **UMS, **TEAM, **said("performative"),
    )  # fmt: skip
    assert tips(everything) == ["no decision", "tradeoff", "role", "too_long_section", "performative"]


def test_a_tip_brings_the_reason_for_this_signal():
    for signal in framework.SIGNALS:
        (advice,) = advise(story(signal, role_clear=False, fault="admits"), NETFLIX)
        assert (advice.what, advice.why) == (NETFLIX.filters["role"].what, NETFLIX.matters[signal]["role"])
    assert len({NETFLIX.matters[signal]["role"] for signal in framework.SIGNALS}) == len(framework.SIGNALS)


def test_where_no_signal_is_heard_the_general_reason_stands():
    told = story("none", deeds=TEAM_DEEDS, context=[SAID["context"]], role_clear=False)
    assert advise(told, NETFLIX)[-1].why == NETFLIX.filters["role"].why


# ---- limits


@pytest.mark.parametrize(("words", "wanted"), [(100, ["hedging"]), (149, ["hedging"]), (150, []), (400, [])])
def test_hedging_counts_above_two_in_a_hundred_words(words, wanted):
    assert tips(story("ownership", words=words, **HEDGES)) == wanted


def test_a_hedge_on_a_decision_is_worth_a_word_where_there_is_nothing_else():
    assert tips(story(words=400, **HEDGES)) == ["hedging"]
    assert tips(story(words=400, role_clear=False, **HEDGES)) == ["role"]


@pytest.mark.parametrize("label", ["belief", "possibility", "softener", "vague"])
def test_every_kind_of_hedge_counts(label):
    assert tips(story(**{label: ["I guess", "I think", "sort of"]})) == ["hedging"]


def test_honest_uncertainty_is_never_a_hedge():
    assert tips(story(bounded=["Nobody knew", "I guess", "sort of", "what"])) == []


@pytest.mark.parametrize(("words", "wanted"), [(124, ["fillers"]), (125, [])])
def test_fillers_count_above_four_in_a_hundred_words(words, wanted):
    assert tips(story("ownership", words=words, **UMS)) == wanted


@pytest.mark.parametrize(("seconds", "wanted"), [(120.0, []), (120.1, ["too_long"])])
def test_two_minutes_are_enough(seconds, wanted):
    assert tips(story(seconds=seconds)) == wanted


@pytest.mark.parametrize(("seconds", "wanted"), [(45, []), (45.1, ["too_long_context"])])
def test_a_set_up_may_be_half_as_long_again(seconds, wanted):
    assert tips(story(spent={"context": seconds})) == wanted


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (story(without="constraint"), ["no constraint"]),
        (story(without="constraint", bounded=["Nobody knew"]), []),
        (story("accountability", fault="admits", without="result"), ["no result"]),
        (story("accountability", fault="admits", without="result", metric=["a tenth"]), []),
        (story(without="result", outcome="none", metric=["a tenth"]), []),
        (story("commitment", without="evidence", metric=["a tenth"]), ["no evidence"]),
        (story("candor", without="change", bounded=["Nobody knew"]), ["no change"]),
    ],
)
def test_nothing_is_asked_for_that_the_report_quotes(told, wanted):
    assert tips(told) == wanted


def test_a_choice_that_is_quoted_with_its_price_is_not_asked_for():
    told = story(without="decision", tradeoff=[SAID["options"]])
    assert tips(told) == ["no decision"]
    chosen = Quote(start=TEXT.index("patch"), end=TEXT.index("patch") + 5, text="patch")
    sides = [one.model_copy(update={"chosen": chosen}) if one.label == "tradeoff" else one for one in told.findings]
    assert tips(replace(told, findings=tuple(sides))) == []


def test_a_price_that_is_told_is_a_moment():
    given = {"deeds": DEEDS, "context": [SAID["context"]]}
    assert tips(story("none", **given)) == ["moment"]
    assert tips(story("none", tradeoff=[SAID["options"]], **given)) == []


@pytest.mark.parametrize(
    ("who", "signal", "tip", "words"),
    [
        ("I", "commitment", "tradeoff", "decision"),
        ("we", "commitment", "tradeoff", "decision"),
        ("other", "commitment", None, None),
        ("nobody", "commitment", None, None),
        ("other", "judgment", "tradeoff", None),
        ("I", "judgment", "tradeoff", "decision"),
    ],
)
def test_whoever_was_overruled_is_not_asked_for_the_price_of_anothers_choice(who, signal, tip, words):
    told = story(signal, tradeoff_obvious=False, decision=[SAID["decision"]], deeds=[(who, "chose the patch")])
    assert tips(told) == ([tip] if tip else [])
    assert not tip or quoted(told, tip) == (SAID[words] if words else None)


def test_anothers_choice_may_be_told_in_the_present():
    told = story("commitment", tradeoff_obvious=False, deeds=[("other", "chose the patch")])
    deeds = tuple(replace(deed, event=False) for deed in told.reading.deeds)
    assert tips(replace(told, reading=replace(told.reading, deeds=deeds))) == []


@pytest.mark.parametrize(
    ("patterns", "deeds", "tip"),
    [
        ({"blame": "deflection"}, (), "deflection"),
        ({"denial": "deflection", "blame": "deflection"}, (), "deflection"),
        ({"denial": "deflection"}, (), "denial"),
        ({"disguise": "deflection"}, BLAMING, "denial"),
        ({"agentless": "deflection"}, (), "no mistake"),
        ({}, BLAMING, "deflection"),
        ({}, (), "no mistake"),
    ],
)
def test_only_who_blames_others_is_told_to_leave_them_aside(patterns, deeds, tip):
    told = story("accountability", fault="deflects", patterns=patterns, deeds=deeds, **said("deflection"))
    assert quoted(told, tip) == SAID["deflection"]


def test_headings_have_advice_of_their_own():
    heading = {"rule": "phrases/heading"}
    told = story(performative=[SAID["performative"], "Our checkout"])
    mixed = [one.model_copy(update=heading) if one.text == "Our checkout" else one for one in told.findings]
    assert tips(replace(told, findings=tuple(mixed))) == ["performative", "headings"]
    bare = [one for one in mixed if one.text != SAID["performative"]]
    assert quoted(replace(told, findings=tuple(bare)), "headings") == "Our checkout"
    assert tips(told) == ["performative"]


@pytest.mark.parametrize(
    ("seconds", "spent", "wanted"),
    [
        (29.9, 9, ["too_short"]),
        (30.0, 9, []),  # a quarter of the time
        (15.0, 11, []),  # one of the sections is there in full
    ],
)
def test_an_answer_may_be_too_short_to_judge_by(seconds, spent, wanted):
    told = story(seconds=seconds)
    sections = tuple(one.model_copy(update={"seconds": spent, "low": 10}) for one in told.sections)
    assert tips(replace(told, sections=sections)) == wanted


# ---- the reason that is given


def test_the_softening_words_of_the_sentence_are_named():
    (advice,) = advise(story(**HEDGES), NETFLIX)
    assert (advice.quote.text, "(“i think”)" in advice.why.lower()) == (SAID["decision"], True)
    assert "i guess" not in advice.why.lower()


def test_no_reason_leaves_a_gap():
    for told, _ in CASES.values():
        assert not [advice.why for advice in advise(told, NETFLIX) if "{" in advice.why.replace("{limit}", "")]


def test_what_is_praised_is_not_blamed_as_well():
    assert tips(story(words=400, **HEDGES)) == ["hedging"]
    assert quoted(story(words=400, keep=["decision"], **HEDGES), "hedging") == "I think", "the word alone"
    assert quoted(story(keep=["decision"], **HEDGES), "hedging") == SAID["opening"]
    assert quoted(story(keep=["context"], **HEDGES), "hedging") == SAID["decision"]
    assert tips(story(keep=["team_only"], **TEAM)) == []
    assert quoted(story(keep=["opening"], **UMS), "fillers") != SAID["opening"]


def test_the_section_that_is_furthest_over_its_time_is_named_with_its_share():
    told = story(seconds=200.0, spent={"context": 46, "action": 100})
    (advice,) = advise(told, NETFLIX)
    assert "“Decision and action” takes 50%" in advice.why
    assert tips(story(seconds=200.0)) == ["too_long"], "no section is over its time"


# ---- quotes


@pytest.mark.parametrize(
    ("told", "tip", "label"),
    [
        (story("accountability", fault="deflects", deeds=BLAMING, **said("deflection")), "deflection", "deflection"),
        (story("accountability", fault="deflects", **said("deflection")), "no mistake", "deflection"),
        (story("accountability", without="own_fault", fault="deflects"), "no mistake", "result"),
        (story("accountability", fault="partial", **said("shared_fault")), "shared_fault", "shared_fault"),
        (story(role_clear=False, **TEAM), "role", "team_only"),
        (story(role_clear=False, deeds=[("we", "chose")]), "role", "decision"),
        (story(role_clear=False, deeds=[("we", "chose"), ("I", "wrote it")]), "team_only", "decision"),
        (story(role_clear=False, deeds=[("we", "And that was")]), "role", "closing"),
        (story(role_clear=False, deeds=[("we", "slow"), ("we", "Orders fell")]), "role", None),
        (story(role_clear=False), "role", None),
        (story(**TEAM), "team_only", "team_only"),
        (story(tradeoff_obvious=False), "tradeoff", "decision"),
        (story(without="decision", tradeoff_obvious=False), "tradeoff", None),
        (story(outcome="none", result=[SAID["result"], SAID["late_result"]]), "outcome", "late_result"),
        (story(outcome="none", result=[SAID["late_result"]], deeds=[("we", "They came")]), "outcome", "late_result"),
        (story(outcome="none", result=[SAID["late_result"]], deeds=[("other", "They came")]), "outcome", None),
        (story("commitment", outcome="none"), "outcome", None),
        (story(outcome="none", action=[SAID["closing"]]), "outcome", None),  # more was done after the result
        (story(without="context"), "no context", None),
        (story(without="decision"), "no decision", "options"),
        (story("accountability", without="change", fault="admits"), "no change", None),
        (story("accountability", without="change", fault="admits", **said("lesson")), "no change", "lesson"),
        (story(seconds=130.0, spent=LONG), "too_long", "context"),
        (story(seconds=200.0, spent=LONG), "too_long_section", None),
        (story(seconds=200.0), "too_long", None),
        (story(spent=LONG), "too_long_context", "context"),
        (story(**said("performative")), "performative", "performative"),
        (story(**HEDGES), "hedging", "decision"),
        (story(without="decision", **HEDGES), "hedging", "opening"),
        (story(without="decision", belief=["I guess"], softener=["There was", "there was"]), "hedging", "options"),
        (story(**said("own_fault"), belief=["I guess"], vague=["forgot", "sort of"]), "hedging", "own_fault"),
        (story(filler=["um", "like", "And", "So", "Well"]), "fillers", "opening"),
    ],
)
def test_beside_a_tip_stand_the_words_that_it_is_about(told, tip, label):
    assert quoted(told, tip) == (SAID[label] if label else None)


class TestStubs:
    """Raw speech has sentences that say nothing; none of them stands beside an advice."""

    PIECES = ("Um.", "So, uh, um.", "And I sort of.", "We had it.", "We moved the whole shop, uh, in May.",
              "It was kind of hard for the cook.")  # fmt: skip
    TEXT = " ".join(PIECES)
    FOUND = find(TEXT, filler=["Um", "uh, um", "|uh|, in May"], softener=["sort of", "kind of"])

    @pytest.fixture
    def reading(self):
        sentences = tuple(
            Sentence(self.TEXT.index(one), self.TEXT.index(one) + len(one), one, ()) for one in self.PIECES
        )
        deeds = [Deed("we", "do", at, at + 2, True) for at in map(self.TEXT.index, ("We had", "We moved"))]
        return Reading(self.TEXT, sentences, tuple(deeds), self.FOUND)

    def test_a_stub_is_passed_over(self, reading):
        assert quoting.fullest(reading, self.FOUND).text == self.PIECES[4]
        assert quoting.hidden(reading, self.FOUND).text == self.PIECES[4]
        assert quoting.hedged(reading, self.FOUND).text == self.PIECES[5]

    def test_where_there_are_only_stubs_nothing_is_quoted(self, reading):
        alone = Reading(reading.text, reading.sentences[:3], (), self.FOUND)
        assert quoting.fullest(alone, self.FOUND) is None
        assert quoting.hidden(alone, self.FOUND) is None
        assert quoting.hedged(alone, [one for one in self.FOUND if one.text == "sort of"]) is None


def test_every_quote_is_the_speakers_own_words():
    for told, _ in CASES.values():
        quotes = [advice.quote for advice in advise(told, NETFLIX) if advice.quote]
        assert all(TEXT[quote.start : quote.end] == quote.text for quote in quotes)
