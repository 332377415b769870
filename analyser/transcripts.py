"""Transcripts with time stamps: SRT, WebVTT, and the JSON that Whisper and its kin write.

The answer's text is what the cues say, one after the other, so that offsets and quotes are into that text.
"""

import html
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyser.errors import InputError
from analyser.results import Answer, Cue

ENDINGS = (".srt", ".vtt", ".json")
_LISTS = ("segments", "transcription")  # as Whisper and as whisper.cpp name them
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_VOICE = re.compile(r"<v(?:\.\S+)?\s+([^>]+)>")


@dataclass(frozen=True, slots=True)
class _Said:
    begins: float
    ends: float
    text: str
    speakers: frozenset[str] = frozenset()


def is_transcript(name: str) -> bool:
    """Whether the ending of a file's name is that of a transcript."""
    return Path(name).suffix.lower() in ENDINGS


def has_segments(content: str) -> bool:
    """Whether JSON is a transcript: an object with segments."""
    try:
        given = json.loads(content.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return isinstance(given, dict) and any(isinstance(given.get(name), list) for name in _LISTS)


def parse(content: str, name: str, question: str | None = None) -> Answer:
    """The answer in a transcript, with its time stamps; the ending of ``name`` says what it is.

    Raises:
        InputError: it is not what its ending says, has no words, or has several speakers.
    """
    read = _whisper if name.lower().endswith(".json") else _subtitles
    said = list(_without_repeats(read(content.removeprefix("\ufeff"), name)))
    speakers = sorted(frozenset[str]().union(*(one.speakers for one in said)))
    if len(speakers) > 1:
        listed = ", ".join(speakers)
        raise InputError(
            f"{name} has several speakers ({listed}); keep the cues of the one who answers, and try again."
        )
    if not said:
        raise InputError(f"{name} has no cue with words in it.")
    return Answer.of(" ".join(one.text for one in said), question, _cues(said))


def _cues(said: Iterable[_Said]) -> Iterator[Cue]:
    """The cues with their places in the text; where two overlap in time, the first is heard out."""
    place, time = 0, 0.0
    for one in said:
        begins = max(time, one.begins)
        time = max(begins, one.ends)
        yield Cue(start=place, end=place + len(one.text), begins=begins, ends=time)
        place += len(one.text) + 1


def _without_repeats(said: Iterable[_Said]) -> Iterator[_Said]:
    """The cues on one line each; a line that captions show a second time, rolling up, is left out."""
    last = ""
    for one in said:
        lines = [line for line in (" ".join(line.split()) for line in one.text.split("\n")) if line]
        fresh = lines[1:] if lines and lines[0] == last else lines
        last = lines[-1] if lines else last
        if fresh:
            yield _Said(one.begins, one.ends, " ".join(fresh), one.speakers)


def _subtitles(content: str, name: str) -> Iterator[_Said]:
    import webvtt

    form = name.lower()[-3:]
    try:
        captions = webvtt.WebVTT.from_buffer(content.splitlines(), format=form)
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        reason = str(error).lower().rstrip(".")
        raise InputError(f"{name} cannot be read as {form.upper()}: {reason}. Save the transcript anew.") from None
    for caption in captions.captions:
        text = html.unescape(_TAG.sub("", caption.raw_text))
        yield _Said(_seconds(caption.start), _seconds(caption.end), text, frozenset(_VOICE.findall(caption.raw_text)))


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def _whisper(content: str, name: str) -> Iterator[_Said]:
    try:
        given = json.loads(content)
        yield from map(_segment, given[next(filter(given.__contains__, _LISTS), _LISTS[0])])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(
            f"{name} cannot be read as a transcript: there are no segments with start, end and text in it, as Whisper "
            "writes them."
        ) from None


def _segment(given: dict[str, Any]) -> _Said:
    """A segment, of Whisper's in seconds, of whisper.cpp's in thousandths of them."""
    thousandths = given.get("offsets")
    times = (thousandths["from"] / 1000, thousandths["to"] / 1000) if thousandths else (given["start"], given["end"])
    speaker = given.get("speaker")
    if not all(map(math.isfinite, times)):
        raise ValueError
    return _Said(float(times[0]), float(times[1]), str(given["text"]), frozenset({str(speaker)} if speaker else ()))
