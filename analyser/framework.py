"""A framework: what one company listens for, as data. Signals, story parts, time bands, advice and follow-ups.

::

    title = "…"             # with version, source and disclaimer, all shown to the user
    base = "netflix"        # may be left out: whose parts, sections, filters and advice hold where it has none

    [signals.candor]        # each of the five that the models know, or others that map to one of the five
    title = "Candor"
    maps_to = "candor"      # the crosswalk; left out for one of the five itself
    question = "…"          # what an interviewer wants to know
    shows = "…"             # what proves it
    questions = ["…"]       # wordings of the question, each once in the whole file
    parts = ["context"]     # what a strong story has, in order
    missing.context = { what = "…", why = "…", follow_up = "…" }   # one for each part

    [parts.context]         # title, meaning, and the section whose time it takes
    [sections.context]      # title, and the seconds it should last: low, high
    [filters.role]          # the three filters: question, what, why, follow_up
    [advice.hedging]        # what to mend apart from missing parts: what, why, follow_up
                            # ("{limit}" stands for how long an answer may take, "{words}" in the reason for
                            # hedging for the words to drop, "{section}" and "{share}" in that for a section
                            # that is too long for its title and its share of the time)
    [matters.candor]        # why a filter or an advice matters for this one of the five; may be left out
    [praise.decision]       # what to keep: what, why
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import Field, model_validator

from analyser import asking, resources, strict
from analyser.errors import DataError
from analyser.framework_tables import (
    AdviceId,
    Filter,
    FilterId,
    Part,
    Praise,
    PraiseId,
    Section,
    SectionId,
    Signal,
    Text,
    Tip,
    Why,
)
from analyser.results import SIGNALS, About, Principle, SignalName

_TABLES = {"sections": SectionId, "filters": FilterId, "advice": AdviceId, "praise": PraiseId}
SHARED = ("parts", "sections", "filters", "advice", "matters", "praise")  # tables that can be another framework's
ASKED = 0.3  # likeness from which on a question is taken for one of the framework's


class Framework(strict.Strict):
    """What one company listens for."""

    title: Text
    version: Text
    source: Text
    disclaimer: Text
    base: Text | None = None
    signals: dict[str, Signal]
    parts: dict[str, Part]
    sections: dict[SectionId, Section]
    filters: dict[FilterId, Filter]
    advice: dict[AdviceId, Tip]
    matters: dict[SignalName, dict[FilterId | AdviceId, Why]] = Field(default_factory=dict)
    praise: dict[PraiseId, Praise]

    @model_validator(mode="before")
    @classmethod
    def _on_its_base(cls, given: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        if not isinstance(given, dict) or not isinstance(given.get("base"), str):
            return given
        try:
            base = read(_built_in(given["base"]))
        except DataError as error:
            raise ValueError(f"base: {str(error).rstrip('.')}") from None
        return {table: getattr(base, table) for table in SHARED} | given

    @property
    def by_crosswalk(self) -> bool:
        """Whether the signals have no model of their own."""
        return any(signal.maps_to for signal in self.signals.values())

    def serving(self, heard: str, question: str | None = None) -> tuple[Signal, ...]:
        """The signals that one of the models' stands for, in order; one that the question asks for comes first."""
        serving = [signal for name, signal in self.signals.items() if (signal.maps_to or name) == heard]
        if question and len(serving) > 1:
            like = [max(asking.likeness(question, signal.questions)) for signal in serving]
            if max(like) >= ASKED:
                serving.insert(0, serving.pop(like.index(max(like))))
        return tuple(serving)

    def why(self, heard: str) -> dict[str, str]:
        """Why filters and advice matter for one of the models' signals, by name; what is left out says so itself."""
        reasons = next((reasons for signal, reasons in self.matters.items() if signal == heard), {})
        return {str(name): why for name, why in reasons.items()}

    def crosswalk(self, heard: str, question: str | None = None) -> tuple[Principle, ...]:
        """What the models' signal is called here, where it has names of its own."""
        serving = self.serving(heard, question) if self.by_crosswalk else ()
        return tuple(Principle(title=signal.title, shows=signal.shows) for signal in serving)

    def called(self, heard: SignalName) -> str:
        """The models' signal in the framework's terms, in a line."""
        titles = "; ".join(signal.title for signal in self.serving(heard))
        return f"{heard.capitalize()} ({titles})" if self.by_crosswalk else titles

    def about(self) -> About:
        """What a report says of the framework; where there is a crosswalk, that it is one."""
        said = [self.disclaimer]
        if self.by_crosswalk:
            said.append(
                f"The {len(self.signals)} principles are heard by crosswalk, with no model of their own: the models "
                f"tell {len(SIGNALS)} signals apart, and each principle maps to one of them."
            )
        return About(title=self.title, version=self.version, source=self.source, disclaimer=" ".join(said))


def read(file: Path) -> Framework:
    """Read a framework.

    Raises:
        DataError: an unknown key, a missing or empty one, an id that leads nowhere, or something that stands twice.
    """
    framework = strict.read(file, Framework)
    for fault in _faults(framework):
        raise DataError(f"{file}: {fault}.")
    return framework


def names() -> tuple[str, ...]:
    """The built-in frameworks."""
    return tuple(sorted(file.stem for file in resources.path("data", "frameworks").glob("*.toml")))


def path(name: str) -> Path:
    """The file of a framework: of a built-in one by its name, of your own by its path, which ends in ``.toml``.

    Raises:
        DataError: there is none of this name; the message lists those there are.
    """
    return Path(name) if name.endswith(".toml") else _built_in(name)


def _built_in(name: str) -> Path:
    if name not in names():
        listed = ", ".join(names())
        raise DataError(f"There is no framework {name!r}; choose one of: {listed}; or name a file that ends in .toml.")
    return resources.path("data", "frameworks", f"{name}.toml")


def named(name: str) -> Framework:
    """A framework by the name of a built-in one, or by the path of its file.

    Raises:
        DataError: there is none of this name, or its file breaks the format.
    """
    return read(path(name))


def describe(name: str) -> str:
    """Which framework it is exactly: its name, version and a hash of all that it was read from."""
    framework = named(name)
    files = [path(name), *([_built_in(framework.base)] if framework.base else [])]
    return f"{Path(name).stem} {framework.version} ({resources.digest(*files)})"


def _faults(framework: Framework) -> Iterator[str]:
    """What is wrong across tables, each as ``key: reason``."""
    for table, ids in _TABLES.items():
        lacking = [key for key in get_args(ids) if key not in getattr(framework, table)]
        yield from (f"{table}.{key}: field required" for key in lacking)
    for heard in SIGNALS:
        if not framework.serving(heard):
            yield f'signals.{heard}: field required, or another signal with maps_to = "{heard}"'
    for key, signal in framework.signals.items():
        if key not in SIGNALS and not signal.maps_to:
            yield f"signals.{key}.maps_to: field required, since the models know only {', '.join(SIGNALS)}"
        yield from _signal_faults(f"signals.{key}", signal, framework)
    upside_down = (name for name, section in framework.sections.items() if section.low >= section.high)
    yield from (f"sections.{name}: low is not below high" for name in upside_down)
    asked = Counter(q.casefold() for signal in framework.signals.values() for q in signal.questions)
    yield from (f"signals: the question {question!r} stands twice" for question in _repeated(asked))


def _signal_faults(key: str, signal: Signal, framework: Framework) -> Iterator[str]:
    for part in signal.parts:
        if part not in framework.parts:
            yield f"{key}.parts: there is no [parts.{part}]"
        if part not in signal.missing:
            yield f"{key}.missing.{part}: field required"
    yield from (f"{key}.parts: {part!r} stands twice" for part in _repeated(Counter(signal.parts)))
    strange = signal.missing.keys() - set(signal.parts)
    yield from (f"{key}.missing.{part}: {part!r} is not among the signal's parts" for part in strange)


def _repeated(counts: Counter[str]) -> list[str]:
    return [item for item, count in counts.items() if count > 1]
