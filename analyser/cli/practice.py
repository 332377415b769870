"""The command that asks a question and hears the answer."""

import sys
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _clock, _shared
from analyser.cli.answers import save
from analyser.cli.bank import TextColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyser.framework import Framework
    from analyser.practice import Gap, Prompt
    from analyser.results import Feedback, SignalName

END = "."
HOW = f"Type or paste what you say; a line with a single full stop ({END}) ends it."


class Signal(StrEnum):
    """The five signals."""

    judgment = "judgment"
    candor = "candor"
    commitment = "commitment"
    accountability = "accountability"
    ownership = "ownership"


def practice(
    signal: Annotated[Signal | None, typer.Option(help="Ask for this signal.")] = None,
    bank: Annotated[Path | None, typer.Option(metavar="FILE", help="Ask for what this story bank lacks.")] = None,
    text_column: TextColumn = None,
    save_as: Annotated[str | None, typer.Option(metavar="NAME", help="Keep the answer as a draft.")] = None,
    no_clock: Annotated[bool, typer.Option("--no-clock", help="Do without the clock.")] = False,
    framework: _shared.Framework = "netflix",
    model: _shared.Model = None,
    models: _shared.Models = None,
    fast: _shared.Fast = False,
) -> None:
    """Ask an interview question, hear the answer, ask the one follow-up that matters, say what to do next.

    No question comes twice before all were asked:  analyser practice --signal judgment
    """
    with _shared.errors_as_sentences():
        from analyser.framework import named
        from analyser.practice import Asked, biggest_gap, choose, fresh, lacking, prompts
        from analyser.results import SIGNALS

        if save_as is not None:
            from analyser.history import checked

            save_as = checked(save_as)
        settings = _shared.settings()
        chosen = settings.timed(named(framework))
        signals: Sequence[SignalName] = [signal.value] if signal else [name for name in SIGNALS if chosen.serving(name)]
        if bank and not signal:
            signals = lacking(_shared.review(bank, text_column, framework, model, fast, models))
        asked, among = Asked(), prompts(chosen, signals)
        prompt = choose(among, asked.counts())
        _ask(prompt, chosen, settings.limits.seconds, clock=not no_clock)
        answer = _read()
        if not answer.strip():
            typer.echo("No answer this time; the question will come again.", err=True)
            return
        asked.add(prompt.question)
        made = cache(lambda: _shared.analyser(framework, model, fast, None, settings, models))
        heard = made().analyse(answer, prompt.question)
        _tell(heard, prompt, settings.limits.seconds)
        gap = biggest_gap(heard, prompt.signal, chosen)
        reply = _follow_up(gap)
        again = made().analyse(f"{answer}\n\n{reply}", prompt.question) if reply.strip() else None
        _tell_reply(gap, heard, again)
        if name := save_as or _wanted_name():
            save(name, heard)
        left = len(fresh(among, asked.counts()))
        _what_next(prompt, bank, left, saved=name)


def _ask(prompt: "Prompt", framework: "Framework", limit: float, clock: bool) -> None:
    typer.echo(f"{framework.called(prompt.signal)}\n")
    typer.echo(f"  {prompt.question}\n")
    if clock and _clock.is_at_hand():
        typer.echo("Press Enter and answer aloud; press Enter again when you are done.", err=True)
        _clock.wait()
        took = _clock.run(limit)
        typer.echo(f"\nYou took {took:.0f} seconds{', too long' if took > limit else ''}.", err=True)
    elif clock:
        typer.echo(_clock.line(0, limit), err=True)
    typer.echo(HOW, err=True)


def _read() -> str:
    """The lines up to a full stop on a line of its own, or the end of the input."""
    from analyser import readers

    lines: list[bytes] = []
    while (line := sys.stdin.buffer.readline() if sys.stdin else b"") and line.strip() != END.encode():
        lines.append(line)
    return readers.decode(b"".join(lines), "standard input")


def _tell(heard: "Feedback", prompt: "Prompt", limit: float) -> None:
    from analyser.reports.practice import short

    typer.echo()
    typer.echo(short(heard, prompt.signal, limit), nl=False)


def _follow_up(gap: "Gap") -> str:
    typer.echo(f"\nA follow-up:\n\n  {gap.follow_up}\n")
    typer.echo(f"Reply in a sentence or two; a line with a single full stop ({END}) ends it.", err=True)
    return _read()


def _tell_reply(gap: "Gap", before: "Feedback", after: "Feedback | None") -> None:
    from analyser.practice import is_closed

    typer.echo()
    if not gap.what:
        typer.echo("Nothing big was missing; that was to see how deep the story goes.")
    elif after is None:
        typer.echo(f"Have a reply ready: {gap.what}")
    elif is_closed(gap, before, after):
        typer.echo("That closes the gap: say it in the story itself, before anybody asks.")
    else:
        typer.echo(f"Still to do: {gap.what}")


def _wanted_name() -> str | None:
    """Under which name the answer is to be kept, if somebody is there to be asked."""
    if not _clock.is_at_hand():
        return None
    from analyser.history import checked

    name = typer.prompt("Keep this answer as a draft? A name for the story, or Enter for no", "", show_default=False)
    return checked(name) if name.strip() else None


def _what_next(prompt: "Prompt", bank: Path | None, left: int, saved: str | None) -> None:
    """What to do from here, each with its command."""
    from shlex import quote

    questions = "one more question comes" if left == 1 else f"{left} more questions come"
    source = f" --bank {quote(str(bank))}" if bank else ""
    typer.echo("\nNext")
    if saved:
        typer.echo(f"–  Mend it, and see what changed: analyser feedback FILE --save-as {quote(saved)}")
    else:
        typer.echo("–  Tell it once more with that in it, and keep it: analyser practice --save-as NAME")
    typer.echo(f"–  Go on; {questions} before any is repeated: analyser practice --signal {prompt.signal}")
    typer.echo(f"–  Plan the days until the interview: analyser plan --days 30{source}")
