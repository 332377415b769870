"""Answers from files and pipes: bytes to text, whatever the encoding, with one clear sentence where that fails.

A transcript (``.srt``, ``.vtt``, Whisper's ``.json``) brings its time stamps along.
"""

import sys
from pathlib import Path

from analyser import transcripts
from analyser.errors import InputError
from analyser.results import Answer

MOST_BYTES = 8_000_000  # far above any answer: a larger file is the wrong file
# English in a code page is one of these; asked about all of them, the detection mistakes quotes for letters.
LIKELY = ["cp1252", "mac_roman", "utf_16_le", "utf_16_be"]
ELSEWHERE = ["cp1251", "shift_jis", "gb18030"]  # only where most of it is not plain ASCII
_MOST_CONTROLS = 0.02  # of all characters; more than this is no text
_KEPT_CONTROLS = frozenset("\t\n\r\f\v\x00")
_NOT_TEXT = "it is not text. Save the answer as plain text (UTF-8) and try again."
# What people have, and how it becomes text.
_EXPORT = {
    **dict.fromkeys((".pdf", ".docx", ".doc", ".odt", ".rtf", ".pages"), "a document: export it as plain text (.txt)"),
    **dict.fromkeys(
        (".mp3", ".wav", ".m4a", ".aac", ".ogg", ".flac", ".mp4", ".mov", ".webm"),
        "a recording: have it written down, and give the transcript (.srt, .vtt, Whisper's .json) or plain text (.txt)",
    ),
}
_DOCUMENTS = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")  # PDF, RTF, and the zip that DOCX and ODT are


def answer(source: str, question: str | None = None) -> Answer:
    """The answer in a file, or on standard input where ``source`` is ``"-"``.

    Raises:
        InputError: it cannot be read, or is a transcript that breaks its format.
    """
    text = read(source)
    if transcripts.is_transcript(source):
        return transcripts.parse(text, source, question)
    return Answer.of(text, question)


def read(source: str) -> str:
    """The text of a file, or of standard input where ``source`` is ``"-"``.

    Line ends stay as they are; a byte order mark goes.

    Raises:
        InputError: it is missing, a directory, not allowed, too large, or not text.
    """
    if source == "-":
        if sys.stdin is None:
            raise InputError("There is no standard input to read; name a file.")
        return decode(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input")
    try:
        with Path(source).open("rb") as file:
            return decode(file.read(MOST_BYTES + 1), source)
    except FileNotFoundError:
        raise InputError(f"{source}: there is no such file.") from None
    except IsADirectoryError:
        raise InputError(f"{source} is a directory; name a file in it.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def decode(content: bytes, name: str) -> str:
    """The text of some bytes; ``name`` says whose they are in an error.

    Raises:
        InputError: more than ``MOST_BYTES``, or not text.
    """
    if len(content) > MOST_BYTES:
        if Path(name).suffix.lower() in _EXPORT:
            raise _refused(name)
        raise InputError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB: that is not an interview answer.")
    return to_text(content, name)


def to_text(content: bytes, name: str) -> str:
    """The text of some bytes, however many; ``name`` says whose they are in an error.

    UTF-8 and anything with a byte order mark is taken at its word; other encodings are detected.

    Raises:
        InputError: it is not text.
    """
    if content.startswith(_DOCUMENTS):
        raise _refused(name)
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        try:
            if content.startswith(mark):
                return _checked(content.decode(encoding), name)
        except UnicodeDecodeError:
            continue
    return _checked(_detected(content, name), name)


def _detected(content: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    foreign = sum(byte > 0x7F for byte in content) > len(content) / 4
    best = from_bytes(content, cp_isolation=LIKELY + ELSEWHERE * foreign).best()
    if best is None:
        raise _refused(name)
    return str(best)


def _checked(text: str, name: str) -> str:
    controls = sum(character < " " and character not in _KEPT_CONTROLS for character in text)
    nulls = text.count("\x00")
    if controls + max(0, nulls - 10) > _MOST_CONTROLS * len(text):
        raise _refused(name)
    return text


def _refused(name: str) -> InputError:
    """That it is not text, and what to do: by the ending of its name, where that is known."""
    what = _EXPORT.get(Path(name).suffix.lower())
    return InputError(f"{name} is {what}, and try again." if what else f"{name} cannot be read: {_NOT_TEXT}")
