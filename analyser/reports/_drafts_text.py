"""Comparisons and histories on a terminal."""

from collections.abc import Iterator
from shlex import quote

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analyser.reports._console import BAD, DIM, GOOD, WIDE, console, hanging, printed, row, section, text
from analyser.reports._text import clock
from analyser.reports._trends import Story, Trend
from analyser.reports.drafts import (
    NOTHING,
    OF_DRAFTS,
    OF_STORIES,
    Change,
    Line,
    Page,
    failing,
    marked,
    signal,
    signal_name,
    when,
)

SIGNS = {
    **dict(zip(OF_DRAFTS, (("✓", GOOD), ("+", BAD), ("·", ""), ("✓", GOOD), ("–", BAD)), strict=True)),
    **dict(zip(OF_STORIES, (("–", BAD), ("–", BAD), ("–", BAD), ("✓", GOOD), ("✓", GOOD)), strict=True)),
}
COLUMN = 9


def comparison(page: Page, width: int | None, color: bool | None) -> str:
    """A comparison as text."""
    return printed(console(width, color), _comparison(page))


def _comparison(page: Page) -> Iterator[RenderableType]:
    yield text(page.title, "bold")
    yield from filter(None, [text(page.lead)])
    yield Text()
    arrow = " | " if page.lead else " → "
    yield from (row([text(change.name, "bold")], _change(change, arrow), [COLUMN]) for change in page.changes)
    for title, lines in page.sections:
        yield from section(title, *(_line(line, *SIGNS[title]) for line in lines))
    for note in page.notes:
        yield Text()
        yield text(note, DIM)


def _change(change: Change, arrow: str) -> Text:
    if change.before == change.after:
        return text(f"{change.after}, {'in both' if '|' in arrow else 'as before'}")
    difference = f"  ({change.difference})" if change.difference else ""
    return Text.assemble(change.before, (arrow, DIM), change.after, (difference, DIM), overflow="fold")


def _line(line: Line, sign: str, style: str) -> RenderableType:
    count = f" × {line.count}" if line.quotes else ""
    quotes = [text(f"“{said}”", DIM) for said in dict.fromkeys(line.quotes)]
    return hanging(sign, [text(line.name + count, style), *quotes])


def history(stories: tuple[Story, ...], width: int | None, color: bool | None) -> str:
    """All stories, or one, as text."""
    page = console(width, color)
    if not stories:
        return printed(page, [text(NOTHING)])
    one = len(stories) == 1
    told = (_story(story, page.width >= WIDE, whole=one) for story in stories)
    return printed(page, [line for i, lines in enumerate(told) for line in (*[Text()] * bool(i), *lines)])


def _story(story: Story, wide: bool, *, whole: bool) -> Iterator[RenderableType]:
    many = len(story.drafts)
    last = story.drafts[-1]
    yield Text.assemble((story.name, "bold"), f"  {many} draft{'s' * (many > 1)}, the last of {when(last)}")
    yield from (row([text(trend.name)], _trend(trend), [COLUMN]) for trend in story.trends)
    if whole:
        yield Text()
        yield from [_table(story)] if wide else (_item(story, i) for i in range(many))
        if many > 1:
            yield Text()
            yield text(f"What changed: analyser compare {quote(f'{last.name}@{many - 1}')} {quote(last.name)}", DIM)
    else:
        yield row([text("Signal")], text(signal(last.draft)), [COLUMN])


def _trend(trend: Trend) -> Text:
    spark = f"{trend.spark}  " if trend.spark else ""
    return Text.assemble(spark, trend.span, (f"  {trend.what}", DIM), overflow="fold")


def _table(story: Story) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in ("Draft", "Saved", "Length", "To mend", "Signal"):
        table.add_column(title, no_wrap=True)
    table.add_column("Filters failed", overflow="fold")
    for saved in story.drafts:
        draft = saved.draft
        figures = (str(saved.number), when(saved), clock(draft.seconds), str(len(draft.marked)))
        table.add_row(*map(text, (*figures, signal_name(draft), failing(draft))))
    return table


def _item(story: Story, i: int) -> RenderableType:
    saved = story.drafts[i]
    lines = [
        when(saved),
        f"{saved.draft.words:,} words, {clock(saved.draft.seconds)}",
        f"To mend: {marked(saved.draft)}",
    ]
    lines += [f"Signal: {signal(saved.draft)}", f"Filters failed: {failing(saved.draft)}"]
    return Group(hanging(f"{saved.number}", map(text, lines), 3))
