"""Files that are written whole or not at all."""

import pytest

from analyser import writing
from analyser.errors import InputError


def test_what_is_written_whole_stands_alone(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("old")
    with writing.whole(file) as part:
        part.write_text("new")
        assert file.read_text() == "old"
        assert (part.parent, part.suffix) == (file.parent, ".csv")
    assert [one.name for one in tmp_path.iterdir()] == ["x.csv"]
    assert file.read_text() == "new"


def test_what_breaks_off_leaves_what_was_there(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("old")
    with pytest.raises(ZeroDivisionError), writing.whole(file) as part:
        part.write_text(f"half{1 // 0}")
    assert [one.name for one in tmp_path.iterdir()] == ["x.csv"]
    assert file.read_text() == "old"


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with (
        pytest.raises(InputError, match="cannot be written: No such file or directory"),
        writing.whole(tmp_path / "a/b"),
    ):
        pass
