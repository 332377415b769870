"""Transcripts: text and time stamps out of SRT, WebVTT and Whisper's JSON."""

import json

import pytest

from analyser import readers, transcripts
from analyser.errors import InputError
from analyser.results import Answer

SRT = """1
00:00:01,000 --> 00:00:04,500
I told the florist
that the lilies were late.

2
00:00:06,000 --> 00:00:08,000
She was <i>not</i> pleased.
"""
VTT = """WEBVTT

NOTE not a word of the answer

00:01.000 --> 00:04.500
<v Dana>I told the florist
that the lilies were late.

00:06.000 --> 00:08.000
<v Dana>She was <i>not</i> pleased.
"""
SEGMENTS = [
    {"start": 1.0, "end": 4.5, "text": " I told the florist that the lilies were late."},
    {"start": 6.0, "end": 8.0, "text": " She was not pleased."},
]
WHISPER = json.dumps({"text": "…", "segments": SEGMENTS, "language": "en"})
THOUSANDTHS = [({"from": 1000, "to": 4500}, SEGMENTS[0]["text"]), ({"from": 6000, "to": 8000}, SEGMENTS[1]["text"])]
CPP = json.dumps({"transcription": [{"offsets": offsets, "text": text} for offsets, text in THOUSANDTHS]})
TEXT = "I told the florist that the lilies were late. She was not pleased."


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.srt", SRT), ("a.VTT", VTT), ("a.json", WHISPER), ("b.json", CPP), ("c.srt", "\ufeff" + SRT)],
)
def test_every_form_says_the_same(name, content):
    answer = transcripts.parse(content, name, "What happened?")
    assert (answer.text, answer.question) == (TEXT, "What happened?")
    assert [(cue.begins, cue.ends) for cue in answer.cues] == [(1.0, 4.5), (6.0, 8.0)]
    assert [TEXT[cue.start : cue.end] for cue in answer.cues] == [TEXT[:45], TEXT[46:]]


def test_lines_that_roll_up_are_heard_once():
    rolling = "WEBVTT\n\n00:00.000 --> 00:02.000\none two\n\n00:02.000 --> 00:04.000\none two\nthree four\n"
    assert transcripts.parse(rolling, "a.vtt").text == "one two three four"


def test_entities_are_letters():
    assert transcripts.parse("WEBVTT\n\n00:00.000 --> 00:02.000\nTom &amp; I\n", "a.vtt").text == "Tom & I"


def test_cues_that_overlap_in_time_are_put_in_order():
    overlapping = json.dumps({"segments": [{"start": 0, "end": 5, "text": "a"}, {"start": 3, "end": 4, "text": "b"}]})
    assert [(cue.begins, cue.ends) for cue in transcripts.parse(overlapping, "a.json").cues] == [(0, 5), (5, 5)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.srt", "no stamp anywhere", "cannot be read as SRT"),
        ("a.vtt", SRT, "cannot be read as VTT"),
        ("a.json", "{", "no segments"),
        ("a.json", "[]", "no segments"),
        ("a.json", '{"segments": 7}', "no segments"),
        ("a.json", '{"segments": [{"start": "x", "end": 1, "text": "a"}]}', "no segments"),
        ("a.json", '{"segments": [{"start": NaN, "end": 1, "text": "a"}]}', "no segments"),
        ("a.json", '{"segments": []}', "no cue with words"),
        ("a.json", '{"segments": [{"start": 0, "end": 1, "text": "\\ud800"}]}', "half a character"),
        ("a.vtt", VTT.replace("<v Dana>She", "<v Lee>She"), r"several speakers \(Dana, Lee\)"),
    ],
)
def test_what_is_no_transcript_is_refused_in_one_sentence(name, content, words):
    with pytest.raises(InputError, match=words) as raised:
        transcripts.parse(content, name)
    assert "\n" not in str(raised.value)


def test_a_file_is_read_by_its_ending(tmp_path):
    for name, content in (("a.srt", SRT), ("a.txt", TEXT)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    spoken, written = (readers.answer(str(tmp_path / name), "Why?") for name in ("a.srt", "a.txt"))
    assert spoken.model_copy(update={"cues": ()}) == written == Answer(text=TEXT, question="Why?")
    assert len(spoken.cues) == 2
