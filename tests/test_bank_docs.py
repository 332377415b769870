"""The page on the story bank is true: its screens are printed, its commands parse, its columns are there."""

import os
import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from analyser import bank, cli
from analyser.bank import _merit, _read, _twins, _write
from analyser.bank._heard import HEARD
from analyser.cli import _shared

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "bank.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(analyser bank .*?)(?:\s+#.*)?$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def printed(analyser):
    """What `analyser bank data/samples/bank_faults.csv` prints."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_shared, "analyser", lambda *_: analyser)
        done = CliRunner().invoke(
            cli.app, ["bank", str(ROOT / "data" / "samples" / "bank_faults.csv")], env={"COLUMNS": "80"}
        )
    assert done.exit_code == 0
    return done.stdout


# Where each screen of the page begins in what is printed, and what it stops before.
SCREENS = [
    ("Your story bank", "\nCandor ─"),
    ("Gaps ─", "\nStories that fail"),
    ("Stories that fail", "\nNot heard ─"),
    ("What to write next", "\nAbout this report"),
]


def test_the_screens_are_what_is_printed(printed):
    """RENEW_GOLDEN=1 writes them anew; read the page then, since its words are about them."""
    screens = [printed[(start := printed.index(begin)) : printed.index(end, start)].rstrip() for begin, end in SCREENS]
    if os.environ.get("RENEW_GOLDEN"):
        fresh = iter(screens)
        page = re.sub(r"```text\n.*?```", lambda _: f"```text\n{next(fresh)}\n```", PAGE, flags=re.DOTALL)
        (ROOT / "docs" / "bank.md").write_text(page, encoding="utf-8")
        pytest.skip("renewed")
    assert re.findall(r"```text\n(.*?)\n```", PAGE, re.DOTALL) == screens


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_parse(command):
    parser = typer.main.get_command(cli.app).commands["bank"]
    given = parser.make_context("bank", shlex.split(command)[2:]).params
    assert given["file"].suffix in _read.ENDINGS
    assert given["out"] is None or given["out"].suffix in _write._WRITERS


def test_the_python_runs(monkeypatch, analyser, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.setattr("analyser.bank._score._analyser", lambda _: analyser)
    exec(compile(re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1], "bank.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Checkout redesign" in printed
    assert "judgment core 4 Heard as judgment" in printed
    assert len(bank.read(tmp_path / "scored.xlsx")) == 13


def test_every_column_kind_of_file_and_figure_is_told():
    for name in HEARD:
        assert f"`{name}`" in PAGE or name.startswith("heard_p_"), name
    for ending in _read.ENDINGS:
        assert f"`{ending}`" in PAGE, ending
    assert f"cosine of {_twins.ALIKE}" in PAGE
    assert f"probability of {_merit.HEARD_AT_ALL:.0%}" in PAGE
    assert f"{_write._FULL_CELL:,} characters" in PAGE
