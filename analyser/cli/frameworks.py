"""The command on frameworks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import _shared

if TYPE_CHECKING:
    from analyser.framework import Framework

Name = Annotated[str | None, typer.Argument(metavar="[NAME|FILE]", help="One of them in full; all without it.")]


def show(name: Name = None) -> None:
    """List the frameworks that there are, or show one: its signals, what proves them, and questions for each."""
    with _shared.errors_as_sentences():
        from analyser import framework

        if name:
            typer.echo("\n".join(_page(framework.named(name))))
            return
        for each in framework.names():
            typer.echo(f"{each:<10}{_line(framework.named(each))}")


def _line(framework: "Framework") -> str:
    how = "by crosswalk, no model of its own" if framework.by_crosswalk else "each heard by the models themselves"
    return f"{framework.title}: {len(framework.signals)} signals, {how}"


def _page(framework: "Framework") -> Iterator[str]:
    about = framework.about()
    yield f"{about.title}, version {about.version}. {about.source}."
    yield about.disclaimer
    for signal in framework.signals.values():
        yield ""
        yield signal.title + (f" (heard as {signal.maps_to})" if signal.maps_to else "")
        yield f"  {signal.question}"
        yield f"  Show: {signal.shows}"
        yield f"  Parts: {', '.join(framework.parts[part].title.lower() for part in signal.parts)}"
        yield from (f"  – {question}" for question in signal.questions)
