"""What follows from the findings, on findings made by hand."""

import pytest
from feedbacks import find

from analyser import framework, verdicts
from analyser.reading import Deed, Reading, Sentence
from analyser.results import Answer, Finding, Quote, Signal
from analyser.timing import Clock

DETECTORS = {
    "metric": "metrics", "tradeoff": "tradeoff", "own_fault": "fault", "shared_fault": "fault", "deflection": "fault",
}  # fmt: skip


def finding(label, start=0, end=10):
    return Finding(
        detector=DETECTORS.get(label, "parts"), label=label, start=start, end=end, text="x" * (end - start),
        rule=f"x/{label}", why="why", fix="fix",
    )  # fmt: skip


def signal(label, confidence):
    return Signal(label=label, confidence=confidence, probabilities={}, runner_up=None, because=())


def reading(*deeds, sentences=1):
    told = [Sentence(20 * i, 20 * i + 19, "one two three four", ()) for i in range(sentences)]
    return Reading("", tuple(told), tuple(Deed(*deed[:2], 0, 1, deed[2]) for deed in deeds), ())


@pytest.mark.parametrize(
    ("deeds", "clear"),
    [
        ([("I", "write", True), ("I", "test", True)], True),
        ([("I", "test", True)], False),
        ([("I", "choose", True)], True),
        ([("I", "choose", False)], False),
        ([("we", "choose", True)], False),
        ([("I", "write", False), ("I", "test", False), ("I", "ship", False)], False),
        ([("we", "write", True), ("we", "test", True), ("nobody", "ship", True)], False),
        ([("I", "join", True), ("I", "lead", True), ("I", "learn", True)], False),
    ],
    ids=[
        "two deeds",
        "one deed",
        "a turning point",
        "none yet",
        "the team's turning point",
        "habits",
        "the team's",
        "outline of a life",
    ],
)
def test_role_clear(deeds, clear):
    assert verdicts.role_clear(reading(*deeds)) is clear


def test_more_of_i_changes_nothing_once_the_role_is_clear():
    two, many = ([("I", "write", True), ("I", "test", True)] * times for times in (1, 20))
    assert verdicts.role_clear(reading(*two)) == verdicts.role_clear(reading(*many))


def test_nothing_is_measured_without_a_metric_to_quote():
    chances = {"measured": 0.8, "concrete": 0.15, "none": 0.05}
    assert verdicts.outcome(chances, [finding("metric")]) == "measured"
    assert verdicts.outcome(chances, [finding("result")]) == "concrete"


@pytest.mark.parametrize(
    ("label", "confidence", "question", "labels", "verdict"),
    [
        ("accountability", 0.9, None, ["own_fault", "deflection"], "admits"),
        ("accountability", 0.9, None, ["shared_fault", "deflection"], "partial"),
        ("accountability", 0.9, None, ["deflection"], "deflects"),
        ("accountability", 0.9, None, [], "deflects"),
        ("accountability", 0.66, None, ["deflection"], "deflects"),
        (
            "accountability",
            0.62,
            None,
            ["deflection"],
            "not_a_failure",
        ),  # it went badly, and nobody asked about a failure
        ("accountability", 0.4, None, ["own_fault"], "admits"),
        ("accountability", 0.4, "Tell me about a time you failed.", [], "deflects"),
        ("candor", 0.9, "Tell me about a time you failed.", ["own_fault"], "not_a_failure"),
        ("none", 0.9, "What is your biggest failure?", ["deflection"], "deflects"),
        ("none", 0.9, "What is your biggest failure?", [], "not_a_failure"),
        ("none", 0.9, "Are you a leader?", ["deflection"], "not_a_failure"),
        ("none", 0.9, None, ["deflection"], "not_a_failure"),
    ],
)
def test_fault(label, confidence, question, labels, verdict):
    given = verdicts.fault(signal(label, confidence), question, [finding(label) for label in labels])
    assert given.verdict == verdict
    assert (given.parts is None) == (verdict == "not_a_failure")


@pytest.mark.parametrize(
    ("likely", "question", "labels", "verdict"),
    [
        (0.3, None, ["own_fault"], "admits"),
        (0.3, None, ["shared_fault", "deflection"], "not_a_failure"),
        (0.3, "What went wrong?", ["deflection"], "deflects"),
        (0.1, None, ["own_fault"], "not_a_failure"),
        (0.1, "What went wrong?", ["own_fault"], "not_a_failure"),
    ],
)
def test_a_fault_is_owned_in_other_stories_too_where_they_may_be_of_failure(likely, question, labels, verdict):
    heard = signal("judgment", 0.6).model_copy(update={"probabilities": {"accountability": likely}})
    assert verdicts.fault(heard, question, [finding(label) for label in labels]).verdict == verdict


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Tell me about a time you failed.", True),
        ("Describe a project that didn’t go as planned.", True),
        ("Have you ever let a customer down?", True),
        ("What was your worst outage?", True),
        ("Tell me about a project that went well.", False),
        ("When did you go along with a plan you did not like?", False),
        ("What is your greatest weakness?", False),
        ("Who let you go first?", False),
        (None, False),
    ],
)
def test_whether_a_failure_is_asked_for(question, asks):
    assert verdicts.asks_about_failure(question) is asks


def test_the_parts_of_a_failure():
    given = verdicts.fault(
        signal("accountability", 0.9), None, [finding(label) for label in ("own_fault", "result", "change")]
    )
    assert given.parts.model_dump() == {
        "mistake": True, "impact": True, "correction": False, "behaviour_change": True
    }  # fmt: skip


def test_parts_expected_of_the_signal():
    netflix = framework.named("netflix")
    parts = verdicts.parts("candor", [finding("said_or_heard"), finding("options")], netflix, Clock(Answer(text="")))
    assert [(part.name, part.present) for part in parts] == [
        ("said_or_heard", True), ("context", False), ("action", False), ("change", False)
    ]  # fmt: skip
    assert (parts[0].heard.text, parts[1].heard) == ("x" * 10, None)
    assert verdicts.parts("none", [finding("context")], netflix, Clock(Answer(text=""))) == ()


@pytest.mark.parametrize(
    ("signal_", "part", "stands_for"),
    [("judgment", "constraint", "bounded"), ("judgment", "result", "metric"), ("accountability", "result", "metric")],
)
def test_what_is_quoted_elsewhere_is_not_called_missing(signal_, part, stands_for):
    netflix, clock = framework.named("netflix"), Clock(Answer(text=""))
    heard = {one.name: one for one in verdicts.parts(signal_, [finding(stands_for)], netflix, clock)}
    assert [name for name, one in heard.items() if one.present] == [part]
    both = [finding(stands_for), finding(part, 10, 30)]
    named = {one.name: one for one in verdicts.parts(signal_, both, netflix, clock)}[part]
    assert [(one.start, one.end) for one in named.spans] == [(10, 30)], "a sentence of its own comes first"


@pytest.mark.parametrize(
    ("said", "telling"),
    [("Um.", False), ("and I sort of", False), ("So free housing.", False), ("We built a robot.", True)],
)
def test_a_stub_tells_nothing(said, telling):
    findings = find(said, **{label: [w] for label, w in (("filler", "Um"), ("softener", "sort of")) if w in said})
    assert verdicts.is_telling(Quote(start=0, end=len(said), text=said), findings) == telling


def test_a_part_is_quoted_by_a_sentence_that_can_be_known_again():
    text = "I was there. The shop had closed on the Monday before."
    findings = find(text, context=["I was there.", "The shop … before."])
    framework_ = framework.named("netflix")
    parts = verdicts.parts("judgment", findings, framework_, Clock(Answer(text=text)))
    assert (
        next(part.heard.text for part in parts if part.name == "context") == "The shop had closed on the Monday before."
    )


@pytest.mark.parametrize(
    ("label", "confidence", "clear"), [("none", 0.9, False), ("none", 0.5, True), ("candor", 0.9, True)]
)
def test_deeds_that_surely_show_nothing_make_no_role(label, confidence, clear):
    told, chances = reading(("I", "write", True), ("I", "test", True)), {"none": 1.0, "concrete": 0.0, "measured": 0.0}
    assert verdicts.checks(told, (), signal(label, confidence), chances).role_clear is clear
