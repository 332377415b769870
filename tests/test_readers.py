"""Bytes to text: every encoding that people have, and one sentence for whatever is no text."""

import pytest

from analyser import readers
from analyser.errors import InputError

STORY = "I told them “no” – it wasn’t ready, and the café’s résumé naïveté cost us a week of work. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
def test_encodings_are_read(tmp_path, encoding):
    file = tmp_path / "answer.txt"
    file.write_bytes(STORY.encode(encoding))
    assert readers.read(str(file)) == STORY


def test_utf16_big_endian_with_its_mark():
    assert readers.decode(b"\xfe\xff" + STORY.encode("utf-16-be"), "x").lstrip("\ufeff") == STORY


def test_a_stray_accent_is_not_taken_for_cyrillic():
    story = "I told the client at the café that it was late. " * 3
    assert readers.decode(story.encode("cp1252"), "x") == story


def test_line_ends_and_odd_characters_stay():
    text = "one\r\ntwo\rthree\x00four 👩‍👩‍👧 e\u0301"
    assert readers.decode(text.encode(), "x") == text


@pytest.mark.parametrize("ending", ["pdf", "docx", "doc", "odt", "rtf"])
@pytest.mark.parametrize("content", [b"%PDF-1.4\n1 0 obj", b"PK\x03\x04" + bytes(99), b"\xd0\xcf\x11\xe0" + bytes(999)])
def test_a_document_is_to_be_exported(content, ending):
    with pytest.raises(InputError, match=rf"answer.{ending} is a document: export it as plain text"):
        readers.decode(content, f"answer.{ending}")


@pytest.mark.parametrize("ending", ["mp3", "wav", "m4a", "M4A"])
@pytest.mark.parametrize("content", [b"ID3\x04" + bytes(999), b"\xff" * (readers.MOST_BYTES + 1)])
def test_a_recording_is_to_be_written_down(content, ending):
    with pytest.raises(InputError, match=rf"answer.{ending} is a recording: .*transcript"):
        readers.decode(content, f"answer.{ending}")


def test_text_is_read_whatever_it_is_called():
    assert readers.decode(b"I told them.", "answer.doc") == "I told them."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not text"),
        (b"\x00" * 5000, "not text"),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "not text"),
        (rb"{\rtf1\ansi I told them.}", "not text"),
        (b"a" * (readers.MOST_BYTES + 1), "larger than 8 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(content, words):
    with pytest.raises(InputError, match=words) as raised:
        readers.decode(content, "thing.bin")
    assert "thing.bin" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "words"), [("nowhere.txt", "no such file"), ("", "directory"), ("a\0b", "cannot be read")]
)
def test_what_cannot_be_opened(tmp_path, name, words):
    with pytest.raises(InputError, match=words):
        readers.read(f"{tmp_path}/{name}")
