"""Drafts as text, Markdown, HTML or JSON: two of them compared, or all of a story over time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from analyser.drafts import Comparison, Draft, Issue, Saved
from analyser.reports._labels import label
from analyser.reports._text import clock, one_line, percent
from analyser.reports._trends import stories, timed

Form = Literal["text", "json", "markdown", "html"]
PastForm = Literal["text", "json", "html"]

FILTERS = {"role": "Filter: your role", "tradeoff": "Filter: tradeoff", "outcome": "Filter: outcome"}
OF_DRAFTS = ("Mended", "New", "Still open", "Strengths gained", "Strengths lost")
OF_STORIES = (
    "To mend in the first alone",
    "To mend in the second alone",
    "To mend in both",
    "Strengths of the second alone",
    "Strengths of the first alone",
)
VERDICTS = {"deflects": "passed on", "partial": "admitted halfway", "admits": "admitted"}
NOT_ALIKE = (
    "The two were read by different versions, modes or settings, so that some of the difference may come from there; "
    "compare the files themselves to read both anew."
)
NOT_RELATED = (
    "The two share next to no text, so they are compared as two stories and not as two drafts of one: nothing was "
    "mended from the first to the second."
)
NOTHING = "Nothing is saved yet; `analyser feedback --save-as NAME` keeps a draft."


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened to a kind of remark: its name, how often, and the words, if any."""

    name: str
    count: int
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after, in words, and what lies between them."""

    name: str
    before: str
    after: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a comparison says, in words and in order; a form only lays it out. ``lead`` is said of two stories alone."""

    title: str
    lead: str
    changes: tuple[Change, ...]
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    notes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, str]:
        """What the two are called."""
        return ("first", "second") if self.lead else ("before", "after")


def render_comparison(
    comparison: Comparison, form: Form = "text", *, width: int | None = None, color: bool | None = None
) -> str:
    """The whole comparison, ending in a line break; ``width`` and ``color`` as in ``reports.render``."""
    if form == "json":
        return comparison.model_dump_json(indent=2) + "\n"
    page = _page(comparison)
    if form == "html":
        from analyser.reports import _comparison_html

        return _comparison_html.render(comparison, page)
    if form == "markdown":
        from analyser.reports import _drafts_markdown

        return _drafts_markdown.render(page)
    from analyser.reports import _drafts_text

    return _drafts_text.comparison(page, width, color)


def render_history(
    drafts: Iterable[Saved], form: PastForm = "text", *, width: int | None = None, color: bool | None = None
) -> str:
    """All drafts, story by story, ending in a line break; ``width`` and ``color`` as in ``reports.render``."""
    saved = tuple(drafts)
    if form == "json":
        from pydantic import TypeAdapter

        return TypeAdapter(tuple[Saved, ...]).dump_json(saved, indent=2).decode() + "\n"
    told = tuple(stories(saved))
    if form == "html":
        from analyser.reports import _drafts_html

        return _drafts_html.render(told)
    from analyser.reports import _drafts_text

    return _drafts_text.history(told, width, color)


# --- a comparison ---


def _page(comparison: Comparison) -> Page:
    issues = (comparison.mended, comparison.added, comparison.still_open, comparison.gained, comparison.lost)
    told = dict(zip(OF_DRAFTS if comparison.related else OF_STORIES, issues, strict=True))
    return Page(
        title=summary(comparison),
        lead="" if comparison.related else NOT_RELATED,
        changes=tuple(_changes(comparison)),
        sections=tuple((title, tuple(_lines(issues))) for title, issues in told.items() if issues),
        notes=tuple(_notes(comparison)),
    )


def _notes(comparison: Comparison) -> Iterator[str]:
    """What the figures were counted from, and what they do not tell."""
    if any(draft.confidence is not None for draft in (comparison.old, comparison.new)):
        yield "A signal's percentage is the model's probability, from the whole draft."
    yield f"Lengths are {timed((comparison.old, comparison.new))}."
    if not comparison.alike:
        yield NOT_ALIKE


def summary(comparison: Comparison) -> str:
    """The whole comparison in a line."""
    counts = (len(comparison.mended), len(comparison.added), len(comparison.still_open))
    if comparison.related:
        return "{} mended, {} new, {} still open".format(*counts)
    return "Two stories, not two drafts: {} to mend in the first alone, {} in the second alone, {} in both".format(
        *counts
    )


def _changes(comparison: Comparison) -> Iterator[Change]:
    old, new = comparison.old, comparison.new
    yield Change("Signal", signal(old), signal(new))
    if {old.verdict, new.verdict} & VERDICTS.keys():
        told = VERDICTS | {"not_a_failure": "no failure is told"}
        yield Change("Fault", *(told.get(draft.verdict or "", "cannot tell") for draft in (old, new)))
    yield Change("Length", clock(old.seconds), clock(new.seconds), f"{comparison.seconds:+.0f} s")
    yield Change("Words", f"{old.words:,}", f"{new.words:,}", f"{comparison.words:+,}")
    yield Change("To mend", marked(old), marked(new))


def signal(draft: Draft) -> str:
    """The signal of a draft, with how sure it is."""
    sure = "" if draft.confidence is None else f", {percent(draft.confidence)} by the model"
    called = f" ({'; '.join(draft.crosswalk)}; by crosswalk, no model of its own)" if draft.crosswalk else ""
    return signal_name(draft) + sure + called


def signal_name(draft: Draft) -> str:
    """The signal of a draft."""
    if not draft.told:
        return "cannot tell"
    return "no clear signal" if draft.signal == "none" else draft.signal


def marked(draft: Draft) -> str:
    """How many words are marked to mend, and how many that is in a hundred."""
    return f"{len(draft.marked)} ({draft.density:.1f} in 100 words)"


def _lines(issues: Iterable[Issue]) -> Iterator[Line]:
    """The issues, those of one name together, in the order of their first."""
    named: dict[str, list[Issue]] = {}
    for issue in issues:
        named.setdefault(_name(issue), []).append(issue)
    for name, several in named.items():
        yield Line(name, len(several), tuple(one_line(issue.quote) for issue in several if issue.quote))


def _name(issue: Issue) -> str:
    if issue.kind == "words":
        return label(issue.name).name
    if issue.kind == "part":
        return f"Part: {one_line(issue.title or issue.name)}"
    return FILTERS[issue.name] if issue.kind == "filter" else f"The fault: {VERDICTS[issue.name]}"


# --- a history ---


def failing(draft: Draft) -> str:
    """The filters that a draft fails, by name."""
    names = [issue.name for issue in draft.open if issue.kind == "filter"]
    return ", ".join(names) or ("none" if draft.told else "cannot tell")


def when(saved: Saved) -> str:
    """When a draft was saved, on the clock of whoever reads it."""
    return saved.saved.astimezone().strftime("%Y-%m-%d %H:%M")
