"""What is promised in public: the names, the README's snippets and screens, the help texts."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import analyser
from analyser import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {"README.md": README} | {
    page.name: page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md"))
}


def test_all_names_what_there_is():
    assert sorted(analyser.__all__) == [
        "Advice", "Analyser", "AnalyserError", "Answer", "DataError", "EncoderWarning", "Feedback", "Finding",
        "InputError", "ModelError",
    ]  # fmt: skip
    for name in analyser.__all__:
        public = getattr(analyser, name)
        assert public.__name__ == name
        assert public.__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="Analyzer"):
        analyser.Analyzer  # noqa: B018


def test_errors_form_one_tree():
    for name in ("DataError", "InputError", "ModelError"):
        assert issubclass(getattr(analyser, name), analyser.AnalyserError)


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_readmes_python_prints_what_was_heard(block, monkeypatch, analyser, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("analyser.Analyser", lambda: analyser, raising=False)
    exec(compile(block, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("judgment 0.")
    assert "metric '38 percent'" in printed
    assert "too_short" in printed


def test_the_readmes_screen_is_what_is_printed(analyser):
    """The showpiece is the beginning of what `make demo` prints."""
    from analyser.reports import render

    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)[1]
    text = (ROOT / "data" / "samples" / "judgment.txt").read_text(encoding="utf-8")
    printed = render(analyser.analyse(text), "text", width=80, color=False)
    assert printed.startswith(shown.rstrip().removesuffix("…").rstrip())


def _commands(app, above=()):
    """Every command as the words that one types for it."""
    for command in app.registered_commands:
        yield (*above, command.name or command.callback.__name__)
    for group in app.registered_groups:
        yield from _commands(group.typer_instance, (*above, group.name))


COMMANDS = list(_commands(cli.app))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_is_in_the_docs(command):
    assert f"analyser {' '.join(command)}" in "".join(PAGES.values())


def _shown():
    """The words behind ``analyser`` in every line of the pages that one can type, without pipes and redirections."""
    for name, page in PAGES.items():
        for line in "\n".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)).splitlines():
            words = shlex.split(line, comments=True)
            if "analyser" in words:
                typed = words[words.index("analyser") + 1 :]
                typed = typed[: typed.index(">")] if ">" in typed else typed
                yield pytest.param(typed, id=f"{name}: {' '.join(typed)}")


SHOWN = list(_shown())


def test_the_docs_show_commands():
    assert {words.values[0][0] for words in SHOWN} >= {command[0] for command in COMMANDS}


@pytest.mark.parametrize("words", SHOWN)
def test_what_the_docs_show_is_understood(words):
    """A wrong command, option or choice ends in a usage error, before anything is done."""
    command, *rest = typer.main.get_command(cli.app), *words
    while hasattr(command, "commands"):
        command = command.commands[rest.pop(0)]
    command.make_context(command.name, rest)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_option_has_its_help(command):
    wide = {"COLUMNS": "200", "TERMINAL_WIDTH": "200"}
    help_text = CliRunner().invoke(cli.app, [*command, "--help"], env=wide).stdout
    options = re.findall(r"^  (--[a-z-]+)(.*(?:\n   .*)*)", help_text, re.MULTILINE)
    assert options
    for option, rest in options:
        assert re.search(r"\s[A-Z][a-z]*\s[a-z]|Say which|Show this", rest), f"{option} says nothing"
        told = {option, option.replace("--", "--no-")}  # of --errors / --no-errors, the one that changes something
        assert option == "--help" or any(name in page for name in told for page in PAGES.values()), option


def test_the_docs_name_every_label_and_rule():
    from analyser import lexicon
    from analyser.detectors import ORDER

    page = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")
    for detector in ORDER:
        for label in lexicon.of(detector).labels:
            assert f"`{label}`" in page, label


def test_the_changelog_has_this_version():
    from importlib.metadata import version

    assert f"## {version('answer-analyser')}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
