"""The text as the model reads it: every character in its place, and nothing that takes the tokenizer minutes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import pipeline


@given(st.text(max_size=500))
def test_no_character_moves(text):
    cleaned = pipeline.clean(text)
    assert len(cleaned) == len(text)
    assert all(
        now == before for now, before in zip(cleaned, text, strict=True) if before.isascii() and before.isalnum()
    )


@pytest.mark.parametrize("rubbish", ["!" * 5000, "😀" * 5000, "a" * 5000, "a." * 2500, "-" * 5000, "\x00" * 5000])
def test_what_has_no_end_is_read_in_short_pieces(rubbish):
    """Left whole, a run of signs takes the tokenizer time that grows with the square of its length."""
    cleaned = pipeline.clean(f"I shipped it {rubbish} and it held.")
    assert max(map(len, cleaned.split())) <= 200
    assert not re.search(r"[^\w\s]{20,}", cleaned)
    assert cleaned.startswith("I shipped it ")
    assert cleaned.endswith(" and it held.")


def test_curly_quotes_are_read_as_straight_ones(nlp):
    curly, straight = (nlp(pipeline.clean(f"I don{mark}t think it{mark}s late.")) for mark in "’'")
    assert [token.tag_ for token in curly] == [token.tag_ for token in straight]
