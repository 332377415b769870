"""What is kept, in whose words."""

import pytest
from feedbacks import find

from analyser import framework
from analyser.praise import praise
from analyser.reading import Deed, Reading, Sentence
from analyser.results import Checks, Fault, Part

NETFLIX = framework.named("netflix")
SAID = {
    "own_fault": "I forgot to order the salt.",
    "decision": "So I chose the closed road.",
    "tradeoff": "That cost us the market day.",
    "bounded": "Nobody could say how deep the snow was.",
    "metric": "We sold 90 loaves of a hundred.",
}
TEXT = " ".join(SAID.values())
SENTENCES = tuple(Sentence(TEXT.index(said), TEXT.index(said) + len(said), said, ()) for said in SAID.values())
TITLES = {what.what: name for name, what in NETFLIX.praise.items()}


def kept(*labels, verdict="not_a_failure", agent="I", verb="choose", outcome="measured", metric="90 loaves", parts=()):
    """The names of what is praised, and the words."""
    words = {**SAID, "metric": metric}
    findings = find(TEXT, **{label: [words[label]] for label in labels})
    place = TEXT.index("chose")
    reading = Reading(TEXT, SENTENCES, (Deed(agent, verb, place, place + 5, True),), findings)
    owned = next((finding for finding in findings if finding.label == "own_fault"), None)
    fault = Fault(verdict=verdict, parts=None, decided_by=owned and SENTENCES[0].quote())
    checks = Checks(role_clear=True, tradeoff_obvious=True, outcome=outcome)
    return {TITLES[one.what]: one.quote.text for one in praise(reading, findings, checks, fault, parts, NETFLIX)}


@pytest.mark.parametrize("label", ["decision", "tradeoff", "bounded", "metric"])
def test_each_is_praised_in_its_own_words(label):
    assert kept(label) == {label: SAID[label]}


def test_an_admitted_fault_is_praised_where_the_verdict_admits():
    assert kept("own_fault", verdict="admits") == {"own_fault": SAID["own_fault"]}
    assert kept("own_fault", verdict="partial") == {}


def test_a_decision_of_others_is_not_the_speakers():
    assert kept("decision", agent="we") == {}
    assert kept("decision", agent="other") == {}
    assert kept("decision", verb="go") == {}


def test_a_figure_counts_where_the_ending_is_measured():
    assert kept("metric", outcome="concrete") == {}


def test_at_most_three_the_rarest_first():
    assert list(kept(*SAID, verdict="admits")) == ["own_fault", "decision", "tradeoff"]


def test_nothing_is_praised_twice():
    assert kept("decision", "metric", metric="chose the closed") == {"decision": SAID["decision"]}


def test_a_part_that_most_leave_out_is_praised_where_the_signal_asks_for_it():
    said = SENTENCES[3].quote()
    parts = [
        Part(name=name, title=name, present=bool(heard), spans=(), seconds=0, heard=heard)
        for name, heard in (("context", said), ("said_or_heard", said), ("change", None))
    ]
    assert kept(parts=parts) == {"said_or_heard": SAID["bounded"]}
