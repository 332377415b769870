"""Practice: no question twice before all were asked, the follow-up from the biggest gap, and a whole round."""

import io
import os
import pty
import random
import subprocess
import sys
from collections import Counter
from threading import Event

import feedbacks
import pytest
from typer.testing import CliRunner

from analyser import InputError, cli, framework, resources
from analyser.cli import _clock, _shared
from analyser.practice import Asked, Gap, biggest_gap, choose, fresh, is_closed, lacking, prompts
from analyser.reports.practice import short
from analyser.results import Advice, Signal

NETFLIX = framework.named("netflix")
FAILURE = resources.path("data", "samples", "failure.txt").read_text(encoding="utf-8")


# --- the next question ---


def test_no_question_twice_before_all_were_asked(tmp_path):
    asked, among = Asked(tmp_path / "asked.txt"), prompts(NETFLIX, ["judgment", "candor"])
    for _ in range(2):
        heard = []
        for _ in among:
            prompt = choose(among, asked.counts(), random.Random(len(heard)))
            asked.add(prompt.question)
            heard.append(prompt.question)
        assert sorted(heard) == sorted(prompt.question for prompt in among)
    assert fresh(among, asked.counts()) == among


@pytest.mark.parametrize("name", framework.names())
def test_every_framework_has_questions_and_a_follow_up_for_each(name):
    chosen = framework.named(name)
    for prompt in prompts(chosen, framework.SIGNALS):
        assert biggest_gap(feedbacks.feedback("I did it."), prompt.signal, chosen).follow_up.endswith("?")


def test_every_signal_has_enough_questions():
    assert all(len(prompts(NETFLIX, [signal])) >= 8 for signal in NETFLIX.signals)


def test_what_was_asked_is_kept_and_forgotten(tmp_path):
    asked = Asked(tmp_path / "new" / "asked.txt")
    assert asked.counts() == Counter()
    asked.add("Why?")
    asked.add("Why?")
    assert asked.counts() == {"Why?": 2}
    asked.forget()
    asked.forget()
    assert not asked.file.exists()


def test_a_file_with_anything_in_it_is_read(tmp_path):
    file = tmp_path / "asked.txt"
    file.write_bytes(b"\xff\xfe nothing of ours\nWhy?\n")
    assert Asked(file).counts()["Why?"] == 1


@pytest.mark.parametrize("method", ["counts", "forget", "add"])
def test_a_file_that_cannot_be_used_is_told(tmp_path, method):
    given = ["Why?"] if method == "add" else []
    with pytest.raises(InputError, match="cannot be used"):
        getattr(Asked(tmp_path), method)(*given)


def test_what_a_bank_lacks(fast):
    from analyser import bank

    frame = bank.read(resources.path("data", "samples", "bank_faults.csv"))
    column = bank.recognise(frame).text
    review = bank.review(bank.score(frame, column, analyser=fast), column)
    assert lacking(review) == tuple(next_.signal for next_ in review.plan.write_next)
    nothing = review.model_copy(update={"plan": review.plan.model_copy(update={"write_next": ()})})
    assert lacking(nothing) == tuple(NETFLIX.signals)


# --- the follow-up ---


def advice(what):
    return Advice(what=what, why="Because.", quote=None, follow_up=f"{what}?")


def heard(label, *whats, runner_up=None):
    signal = Signal(label=label, confidence=0.9, probabilities=None, runner_up=runner_up, because=())
    return feedbacks.feedback("I did it.", signal=signal, advice=tuple(map(advice, whats)))


def test_the_follow_up_is_about_the_first_thing_to_mend():
    assert biggest_gap(heard("judgment", "one", "two"), "judgment", NETFLIX) == Gap("one", "one?")
    assert biggest_gap(heard("none", "one", runner_up="judgment"), "judgment", NETFLIX) == Gap("one", "one?")


@pytest.mark.parametrize("answer", [heard("candor", "one"), feedbacks.empty()])
def test_otherwise_it_is_about_the_heart_of_what_was_asked(answer):
    tip = NETFLIX.signals["judgment"].missing["constraint"]
    assert biggest_gap(answer, "judgment", NETFLIX) == Gap(tip.what, tip.follow_up)


def test_how_it_is_said_is_no_gap():
    hedged = heard("judgment", NETFLIX.advice["hedging"].what)
    follow_up = NETFLIX.signals["judgment"].missing["decision"].follow_up
    assert biggest_gap(hedged, "judgment", NETFLIX) == Gap("", follow_up)


def test_a_gap_is_closed_where_nothing_is_said_of_it_any_more():
    before, gap = heard("judgment", "one"), Gap("one", "one?")
    assert is_closed(gap, before, heard("judgment", "two"))
    assert not is_closed(gap, before, heard("judgment", "two", "one"))
    assert not is_closed(gap, before, feedbacks.empty())
    assert not is_closed(Gap("three", "three?"), before, before)


# --- what is shown ---


@pytest.mark.parametrize("name", list(feedbacks.ALL))
@pytest.mark.parametrize("width", [40, 80])
def test_the_feedback_is_short(name, width):
    told = short(feedbacks.ALL[name](), "judgment", 120, width=width, color=False)
    assert all(len(line) <= width for line in told.splitlines() if line.isascii())
    assert name in {"hostile", "scripts"} or len(told.splitlines()) < 1500 / width


def test_another_signal_is_told():
    assert "asks for candor" in short(feedbacks.judgment(), "candor", 120, width=80, color=False)
    assert "asks for" not in short(feedbacks.judgment(), "judgment", 120, width=80, color=False)


def test_the_clock_is_a_line():
    assert _clock.line(0, 120) == f"0:00 of 2:00  {'─' * 24}"
    assert _clock.line(125, 120) == f"2:05 of 2:00  {'━' * 24}  wind up"


def test_the_clock_ticks_until_it_is_done(capsys):
    class Done(Event):
        ticks = 0

        def wait(self, _):
            self.ticks += 1
            return self.ticks > 2

    moments = iter([0, 1, 2])
    _clock.tick(Done(), lambda: next(moments), 120)
    assert [part.strip()[:12] for part in capsys.readouterr().err.split("\r")[1:]] == [
        "0:00 of 2:00", "0:01 of 2:00", "0:02 of 2:00"
    ]  # fmt: skip
    moments = iter([0, *[5] * 9])
    assert _clock.run(120, lambda: None, lambda: next(moments)) == 5


# --- a whole round ---


@pytest.fixture
def run(monkeypatch, fast):
    monkeypatch.setattr(_shared, "analyser", lambda *_: fast)
    return lambda *arguments, **more: CliRunner().invoke(cli.app, ["practice", *arguments], **more)


def test_a_round(run, nobodys_folders):
    done = run("--signal", "accountability", input=f"{FAILURE}\n.\nI should have asked marketing in May.\n.\n")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Accountability")
    assert "A follow-up:" in done.stdout
    assert "analyser plan --days 30" in done.stdout
    assert "11 more questions" in done.stdout
    assert "0:00 of 2:00" in done.stderr
    assert "Saved" not in done.stderr


def test_a_draft_is_kept_where_it_is_wanted(run):
    done = run("--signal", "accountability", "--save-as", "launch", "--no-clock", input=f"{FAILURE}\n.\n")
    assert "Saved as draft 1 of launch" in done.stderr
    assert "Have a reply ready" in done.stdout
    assert "of 2:00" not in done.stderr
    assert "wind" not in CliRunner().invoke(cli.app, ["history", "launch"]).stdout


def test_no_answer_is_no_question_asked(run):
    assert "come again" in run(input="").stderr
    assert Asked().counts() == Counter()


def test_wiping_the_history_forgets_what_was_asked(run):
    run(input=f"{FAILURE}\n.\n")
    assert Asked().counts().total() == 1
    CliRunner().invoke(cli.app, ["history", "--wipe"])
    assert not Asked().file.exists()


@pytest.mark.parametrize(
    ("arguments", "content", "says"),
    [(["--save-as", "a@b"], b"", "saved under"), ([], b"\x00\x01\x02" * 50 + b"\n.\n", "not text"),
     (["--bank", "no.csv"], b"", "no.csv")],
)  # fmt: skip
def test_errors_are_sentences(run, arguments, content, says):
    done = run(*arguments, input=content)
    assert done.exit_code == 2
    assert says in done.stderr


def test_at_a_terminal_the_clock_runs_and_the_draft_is_offered(nobodys_folders):
    keys = b"\n\n" + FAILURE.encode() + b"\n.\nI should have asked.\n.\nspring\n"
    main, side = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "analyser", "practice", "--fast", "--signal", "accountability"],
        stdin=side, stdout=side, stderr=side, close_fds=True,
    ) as process:  # fmt: skip
        os.close(side)
        os.write(main, keys)
        shown = b""
        try:
            while piece := os.read(main, 65536):
                shown += piece
        except OSError:  # its end, on Linux
            pass
    os.close(main)
    text = shown.decode()
    assert process.returncode == 0, text
    assert "You took 0 seconds" in text
    assert "Saved as draft 1 of spring" in text


def test_the_end_of_the_input_counts_as_enter(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert _clock.run(120, now=lambda: 3.0) == 0
    _clock.wait()
