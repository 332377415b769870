"""Rules and sentence model joined, on an answer of three sentences with findings made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analyser import labelling, lexicon, pipeline
from analyser.models import Heard, SentenceModel
from analyser.reading import Deed, Reading, Sentence, Token
from analyser.results import Finding
from analyser.training import corpus
from analyser.views import TermView

SAID = ("We had two weeks.", "I gave up the search page.", "Nobody had told us about it.")
TEXT = " ".join(SAID)
STARTS = [TEXT.index(text) for text in SAID]


def words(text, start):
    """The words of a sentence as tokens."""
    classes = ["X", "VERB", *text.split()]
    return tuple(Token(word, word, kind, "X", start) for word, kind in zip(text.split(), classes, strict=False))


SENTENCES = tuple(
    Sentence(start, start + len(text), text, words(text, start)) for start, text in zip(STARTS, SAID, strict=True)
)  # fmt: skip
THRESHOLD = 0.4


def rule(label, words, group="a-rule"):
    """What a rule found at ``words``."""
    start = TEXT.index(words)
    detector = labelling.detector_of(label) if label != "belief" else "hedging"
    return Finding(
        detector=detector, label=label, start=start, end=start + len(words), text=words,
        rule=f"{detector}/{group}", why="The rule's reason.", fix="The rule's remedy.",
    )  # fmt: skip


def did(agent, words, verb, event=True):
    """A deed told at ``words``."""
    start = TEXT.index(words)
    return Deed(agent, verb, start, start + len(words), event)


NOTHING = TermView({}, np.zeros(0), np.zeros((1, 0)), np.zeros(1))
TEAM = (did("we", "had two weeks", "plan"), did("nobody", "told us", "tell"))


def joined(*found, ruled=(), thresholds=None, deeds=TEAM, **chances):
    """What is left of the rules' findings; ``chances`` holds, by label, one probability a sentence."""
    limits = np.array([(thresholds or {}).get(label, THRESHOLD) for label in chances])
    nothing = TermView({}, np.zeros(0), np.zeros((len(chances), 0)), np.zeros(len(chances)))
    model = SentenceModel(tuple(chances), nothing, None, None, limits * 0, limits, frozenset(ruled))
    rows = np.array([chances[label] for label in chances]).T.reshape(len(SENTENCES), len(chances))
    return labelling.join(Reading(TEXT, SENTENCES, deeds, tuple(found)), Heard([{}] * len(rows), None, rows), model)


def given(findings):
    """Which label each sentence has, as (label, number of the sentence)."""
    return {(f.label, n) for f in findings for n, sentence in enumerate(SENTENCES) if labelling.overlaps(sentence, f)}


@pytest.mark.parametrize("chance", [0.0, 0.99])
def test_a_label_left_to_the_rules_keeps_their_finding_whatever_the_model_thinks(chance):
    found = rule("tradeoff", "gave up the search")
    assert joined(found, ruled=["tradeoff"], tradeoff=[chance] * 3) == (found,)


def test_a_label_that_the_model_does_not_know_is_kept():
    found = rule("belief", "two weeks")
    assert joined(found, tradeoff=[0.0] * 3) == (found,)


@pytest.mark.parametrize(("chance", "holds"), [(0.39, False), (0.4, True), (0.41, True), (1.0, True)])
def test_a_label_of_the_model_holds_from_its_threshold_on(chance, holds):
    assert given(joined(tradeoff=[0.0, chance, 0.0])) == ({("tradeoff", 1)} if holds else set())


def test_each_label_has_its_own_threshold():
    thresholds = {"result": 0.2, "lesson": 0.8}
    assert given(joined(thresholds=thresholds, result=[0.5] * 3, lesson=[0.5] * 3)) == {
        ("result", 0), ("result", 1), ("result", 2)
    }  # fmt: skip


def test_a_finding_of_the_model_covers_exactly_its_sentence_and_says_why():
    (finding,) = joined(tradeoff=[0.0, 0.9, 0.0])
    assert (finding.start, finding.end) == (SENTENCES[1].start, SENTENCES[1].end)
    assert finding.text == TEXT[finding.start : finding.end] == SAID[1]
    assert (finding.detector, finding.rule) == ("tradeoff", "tradeoff/meaning")
    reason = lexicon.of("tradeoff").meaning["tradeoff"]
    assert (finding.why, finding.fix) == (reason.why, reason.fix)


@pytest.mark.parametrize("label", [*corpus.PARTS, *corpus.FAULTS, "tradeoff", "team_only"])
def test_every_label_has_its_detector_and_a_reason_of_its_own(label):
    (finding,) = joined(**{label: [0.0, 0.0, 0.9]})
    assert label in lexicon.of(finding.detector).labels
    assert finding.rule == f"{finding.detector}/meaning"
    assert finding.why
    assert finding.fix


def test_below_its_threshold_a_label_goes_even_where_a_rule_fired():
    assert joined(rule("tradeoff", "gave up the search"), tradeoff=[0.1, 0.39, 0.1]) == ()


def test_where_a_rule_agrees_its_reason_stays_and_the_sentence_is_covered():
    (finding,) = joined(rule("tradeoff", "gave up"), tradeoff=[0.0, 0.9, 0.0])
    assert (finding.rule, finding.why, finding.fix) == ("tradeoff/a-rule", "The rule's reason.", "The rule's remedy.")
    assert (finding.start, finding.end, finding.text) == (SENTENCES[1].start, SENTENCES[1].end, SAID[1])


@pytest.mark.parametrize("other", [rule("tradeoff", "two weeks"), rule("result", "gave up")], ids=["place", "label"])
def test_a_rule_speaks_for_its_own_sentence_and_label_alone(other):
    finding = next(f for f in joined(other, tradeoff=[0.0, 0.9, 0.0]) if f.label == "tradeoff")
    assert finding.rule == "tradeoff/meaning"


def test_of_three_faults_the_surest_against_its_threshold_stands_alone():
    thresholds = {"own_fault": 0.3, "shared_fault": 0.5, "deflection": 0.8}
    found = joined(
        thresholds=thresholds, own_fault=[0.6, 0, 0.35], shared_fault=[0.7, 0, 0.9], deflection=[0.9, 0, 0.9]
    )
    assert given(found) == {("own_fault", 0), ("shared_fault", 2)}


def test_a_fault_stands_beside_labels_of_other_kinds():
    found = joined(own_fault=[0, 0.9, 0], deflection=[0, 0.5, 0], action=[0, 0.6, 0], tradeoff=[0, 0.9, 0])
    assert given(found) == {("own_fault", 1), ("action", 1), ("tradeoff", 1)}


def test_a_fault_that_the_rules_decide_leaves_no_room_for_another_in_its_sentence():
    settled = rule("deflection", "Nobody had told us")
    chances = {"own_fault": [0.0, 0.9, 0.9], "deflection": [0.0] * 3, "result": [0.0, 0.0, 0.9]}
    found = joined(settled, ruled=["deflection"], **chances)
    assert given(found) == {("own_fault", 1), ("deflection", 2), ("result", 2)}
    assert settled in found


NO_DEEDS = {
    "a state": (),
    "a mishap": (did("we", "had two weeks", "lose"),),
    "what others did": (did("other", "had two weeks", "cancel"),),
    "the speaker's": (did("I", "had two weeks", "cancel"),),
    "in the next sentence": (did("we", "gave up", "cancel"),),
}


@pytest.mark.parametrize("deeds", NO_DEEDS.values(), ids=list(NO_DEEDS))
def test_no_team_hides_the_speaker_where_it_did_nothing(deeds):
    found = joined(deeds=deeds, team_only=[0.9, 0.0, 0.0], context=[0.9, 0.0, 0.0])
    assert given(found) == {("context", 0)}


@pytest.mark.parametrize("agent", ["we", "nobody"])
def test_a_team_that_did_something_hides_the_speaker(agent):
    deeds = (did(agent, "had two weeks", "cancel"),)
    assert given(joined(deeds=deeds, team_only=[0.9, 0.0, 0.0])) == {("team_only", 0)}


WAYS = {
    "We usually meet on Fridays.": False,
    "We would meet in the kitchen.": False,
    "We could not meet her.": False,
    "If we meet, we win.": False,
    "We were planning it all night.": True,
    "Since then we test every Friday.": True,
}


@pytest.mark.parametrize(("text", "hidden"), WAYS.items(), ids=WAYS)
def test_what_is_usual_possible_or_denied_hides_nobody(nlp, text, hidden):
    assert bool(heard_as("team_only", nlp, text)) is hidden


def heard_as(label, nlp, text):
    """The findings on a sentence that a model is sure of and no rule knows."""
    (reading, _) = next(pipeline.read(nlp, [(text, None)]))
    reading = replace(reading, findings=())
    model = SentenceModel((label,), NOTHING, None, None, np.zeros(1), np.array([THRESHOLD]), frozenset())
    return labelling.join(reading, Heard([{}], None, np.array([[0.9]])), model)


@pytest.mark.parametrize(("text", "said"), [("Yeah, so, um, a failure.", False), ("The vendor failed us badly.", True)])
def test_a_fault_that_is_only_announced_is_nobodys(nlp, text, said):
    assert bool(heard_as("deflection", nlp, text)) is said


def test_without_a_verb_a_fault_needs_a_rule(monkeypatch):
    silent = tuple(replace(one, tokens=tuple(t._replace(pos="X") for t in one.tokens)) for one in SENTENCES)
    monkeypatch.setattr("test_labelling.SENTENCES", silent)
    assert given(joined(rule("own_fault", "gave up"), own_fault=[0.9, 0.9, 0.9])) == {("own_fault", 1)}


def test_a_rule_that_agrees_needs_no_deed():
    found = joined(rule("team_only", "had two weeks"), deeds=(), team_only=[0.9, 0.0, 0.0])
    assert given(found) == {("team_only", 0)}


def test_a_fault_that_the_rules_decide_is_never_the_models():
    found = joined(ruled=["deflection"], own_fault=[0.0, 0.0, 0.5], deflection=[0.0, 0.9, 0.9])
    assert given(found) == {("own_fault", 2)}


def test_a_rule_that_the_model_overrules_settles_no_fault():
    found = joined(rule("deflection", "Nobody had told us"), own_fault=[0.0, 0.0, 0.9], deflection=[0.0, 0.0, 0.2])
    assert given(found) == {("own_fault", 2)}


def test_findings_come_by_their_place_in_the_text():
    found = joined(
        rule("belief", "told us"), rule("belief", "gave up"), rule("belief", "two weeks"),
        result=[0.0, 0.9, 0.9], context=[0.9, 0.0, 0.0],
    )  # fmt: skip
    assert [(f.label, f.text) for f in found] == [
        ("context", SAID[0]), ("belief", "two weeks"), ("result", SAID[1]), ("belief", "gave up"), ("result", SAID[2]),
        ("belief", "told us"),
    ]  # fmt: skip


def test_of_two_findings_at_one_place_the_shorter_comes_first():
    found = joined(rule("belief", SAID[0][:6]), context=[0.9, 0.0, 0.0])
    assert [f.label for f in found] == ["belief", "context"]


def test_an_answer_without_sentences_has_no_findings():
    model = SentenceModel(("tradeoff",), None, None, None, np.zeros(1), np.array([THRESHOLD]), frozenset())
    assert labelling.join(Reading("", (), (), ()), Heard([], None, np.empty((0, 1))), model) == ()


def test_a_finding_of_the_model_names_the_words_that_moved_it():
    terms = ["w:gave up", "w:gave", "d:VERB", "w:the search", "w:page", "w:nobody"]
    weights = np.array([[3.0, 2.0, 9.0, 1.0, -1.0, 5.0]])
    view = TermView({term: i for i, term in enumerate(terms)}, np.ones(6), weights, np.zeros(1))
    model = SentenceModel(("tradeoff",), view, None, None, np.zeros(1), np.array([THRESHOLD]), frozenset())
    counts = [{}, dict.fromkeys(terms[:5], 1), {"w:nobody": 1}]
    heard = Heard(counts, None, np.array([[0.0], [0.9], [0.0]]))
    (found,) = labelling.join(Reading(TEXT, SENTENCES, (), ()), heard, model)
    assert found.why.endswith("What speaks for it: “gave up”, “the search”.")
    assert found.why.startswith(lexicon.of("tradeoff").meaning["tradeoff"].why)


def test_a_story_that_is_no_failure_passes_no_guessed_fault_on():
    """The model alone hears blame in any complaint; in a story in which nothing failed it is not repeated."""
    found = joined(
        rule("deflection", SAID[2]), deflection=(0.9, 0.1, 0.9), own_fault=(0.1, 0.9, 0.1), tradeoff=(0.1, 0.9, 0.1)
    )
    kept = labelling.without_guessed_blame(found)
    assert given(found) - given(kept) == {("deflection", 0)}


def test_two_words_say_nothing_by_their_meaning():
    short = Sentence(0, 3, "So,", words("So, yes", 0))
    model = SentenceModel(("tradeoff",), None, None, None, np.zeros(1), np.array([THRESHOLD]), frozenset())
    heard = Heard([{}], None, np.array([[1.0]]))
    assert labelling.join(Reading("So,", (short,), (), ()), heard, model) == ()
