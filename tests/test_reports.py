"""Reports: whole ones against golden files, and the promises that every form makes.

``RENEW_GOLDEN=1 python -m pytest tests/test_reports.py`` writes the golden files anew; read the difference.
"""

import html
import html.parser
import itertools
import os
import re
from pathlib import Path

import feedbacks
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from analyser import lexicon, reports
from analyser.detectors import ORDER
from analyser.reports import _labels, _segments, _text, _view
from analyser.results import Answer, Checks, Fault, Feedback, Quote

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
STYLE = re.compile(r"\x1b\[[\d;]*m")
everything = pytest.mark.parametrize("name", list(feedbacks.ALL))
FEEDBACKS = {name: make() for name, make in feedbacks.ALL.items()}
# A strong, a weak, a spoken, a deflecting and an undecidable answer, in every form and in a narrow window.
WHOLE = ("judgment", "weak", "spoken", "failure", "short")
GOLDENS = [
    *((name, form, 80) for name in FEEDBACKS if name != "long" for form in ("text", "markdown")),
    *((name, "html", 80) for name in (*WHOLE, "hostile")),
    *((name, "json", 80) for name in WHOLE),
    *((name, "text", 60) for name in WHOLE),
    *((name, "text", 40) for name in ("judgment", "failure", "scripts")),
]


def text_of(name, width=80, color=False):
    return reports.render(FEEDBACKS[name], width=width, color=color)


def bare(text):
    """The text without its blanks."""
    return "".join(text.split())


def marked(text, labels):
    """An answer with labels on some of its sentences."""
    like = FEEDBACKS["judgment"].findings[0]
    findings = [
        like.model_copy(update={"start": text.index(said), "end": text.index(said) + len(said), "text": said} | name)
        for said, names in labels.items()
        for name in ({"label": one} for one in names)
    ]
    return FEEDBACKS["judgment"].model_copy(update={"answer": Answer(text=text), "findings": tuple(findings)})


def answer_of(feedback, width):
    """The lines of the answer on a terminal."""
    report = reports.render(feedback, width=width, color=False)
    return re.search(r"^Your answer ─+\n(.*?)\n\nWhat is marked", report, re.DOTALL | re.MULTILINE)[1].split("\n")


@pytest.mark.parametrize(("name", "form", "width"), GOLDENS)
def test_golden(name, form, width):
    file = GOLDEN / f"{name}{'' if width == 80 else f'.{width}'}.{ENDINGS[form]}"
    report = reports.render(FEEDBACKS[name], form, width=width, color=False)
    if os.environ.get("RENEW_GOLDEN"):
        file.write_bytes(report.encode())
    assert report == file.read_bytes().decode(), "if the change is meant: RENEW_GOLDEN=1 (see the head of this file)"


def test_no_golden_file_is_left_over():
    known = {f"{name}{'' if width == 80 else f'.{width}'}.{ENDINGS[form]}" for name, form, width in GOLDENS}
    assert {file.name for file in GOLDEN.iterdir()} == known


@pytest.mark.parametrize(
    ("outcome", "figures", "state", "why"),
    [
        ("measured", ["a tenth"], "yes", "measured: “a tenth”"),
        ("concrete", ["a tenth"], "yes", "something happened that can be checked, with a figure to it: “a tenth”"),
        ("concrete", [], "yes", "something happened that can be checked, with no figure to it"),
        ("none", ["a tenth"], "no", "there is a figure (“a tenth”), and nothing else to check"),
        ("none", [], "no", "no figure, and nothing to check"),
        (None, ["a tenth"], "cannot tell", "too little to go by, or its rules are switched off"),
    ],
)
def test_a_figure_that_is_marked_is_never_denied(outcome, figures, state, why):
    text = "Orders rose by a tenth."
    checks = Checks(role_clear=True, tradeoff_obvious=True, outcome=outcome)
    made = feedbacks.feedback(text, checks=checks, findings=feedbacks.find(text, metric=figures))
    shown = list(_view.checks(made))[-1]
    assert (shown.state, shown.why) == (state, why)


class TestTerminal:
    """At a terminal, and in a pipe."""

    @everything
    def test_plain_text_has_no_escape_and_no_blank_line_ends(self, name):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text_of(name))
        assert all(line == line.rstrip() for line in text_of(name).splitlines())

    @everything
    def test_colour_adds_nothing_but_style(self, name):
        bare = STYLE.sub("", text_of(name, color=True))
        assert "\x1b" not in bare
        assert "".join(f"{line.rstrip()}\n" for line in bare.splitlines()) == text_of(name)

    @everything
    @pytest.mark.parametrize("width", [20, 40, 63, 64, 80, 200])
    def test_nothing_overflows(self, name, width):
        if name != "long" or width in {40, 80}:
            assert max(map(cell_len, text_of(name, width).splitlines())) <= width

    @everything
    def test_nothing_is_cut_off(self, name):
        report, feedback = bare(text_of(name, 40)), FEEDBACKS[name]
        assert all(bare(_text.shown(piece.text)) in report for piece in _segments.pieces(feedback))
        assert all(bare(words) in report for one in feedback.advice for words in (one.what, one.why, one.follow_up))
        assert "…" not in report

    def test_every_finding_is_bracketed_and_keyed(self):
        assert "[kind of]ˢ" in text_of("judgment")
        assert text_of("failure").count("]ᶠ") == sum(f.label == "filler" for f in FEEDBACKS["failure"].findings)

    def test_rich_markup_stays_text(self):
        report = text_of("hostile", 200)
        assert "[[bold red][I think[/]]ᵇ *we*]ˢ" in report
        assert ":boom:" in report
        assert "\N{REPLACEMENT CHARACTER}[31mred" in report

    def test_no_color_at_a_terminal(self, monkeypatch):
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("COLORTERM", "truecolor")
        monkeypatch.setenv("TERM", "xterm")
        colored = reports.render(FEEDBACKS["judgment"], width=80)
        assert "\x1b[38;" in colored
        monkeypatch.setenv("NO_COLOR", "1")
        report = reports.render(FEEDBACKS["judgment"], width=80)
        assert not re.search(r"\x1b\[[\d;]*[34]8;", report)
        assert STYLE.sub("", report) == STYLE.sub("", colored)

    def test_a_pipe_is_plain(self, monkeypatch):
        for name in ("FORCE_COLOR", "COLUMNS", "NO_COLOR"):
            monkeypatch.delenv(name, raising=False)
        assert reports.render(FEEDBACKS["judgment"]) == text_of("judgment")

    @pytest.mark.parametrize("width", [80, 120])
    def test_each_sentence_has_its_labels_in_front_on_one_line(self, width):
        said = ["Nobody knew.", "I rang.", "It held, and we saved a day.", "I ask first."]
        labels = [["constraint"], ["tradeoff", "decision", "action"], ["result", "lesson"], []]
        rows = answer_of(marked("\n".join(said), dict(zip(said, labels, strict=True))), width)
        keys = ["constraint ", "tradeoff, action, decision ", "lesson, result ", ""]
        assert [" ".join(row.split()) for row in rows] == [f"{key}{one}" for key, one in zip(keys, said, strict=True)]

    @pytest.mark.parametrize(
        ("text", "labels", "rows"),
        [
            ("- Go or stay.\n- We left.", {"Go or stay.": ["options"]}, ["options - Go or stay.", "- We left."]),
            ("I chose.\n* So I called.", {"So I called.": ["action"]}, ["I chose.", "action * So I called."]),
            ("1. I rang.\n(b) It held.", {"I rang.": ["action"], "It held.": ["result"]},
             ["action 1. I rang.", "result (b) It held."]),
            ("So yeah. It held.", {"It held.": ["result"]}, ["result So yeah. It held."]),
            ("After all of that, you know, it held.", {"it held.": ["result"]},
             ["result After all of that, you know, it held."]),
            # A whole sentence keeps a line of its own, and so does a stub at the end of a line.
            ("That was a winter. It held.", {"It held.": ["result"]}, ["That was a winter.", "result It held."]),
            ("so that was the plan it held", {"it held": ["result"]}, ["so that was the plan", "result it held"]),
            ("So yeah.\nIt held.", {"It held.": ["result"]}, ["So yeah.", "result It held."]),
            ("It held -", {"It held": ["result"]}, ["result It held", "-"]),
        ],
    )  # fmt: skip
    def test_a_sign_or_a_stub_leads_to_the_sentence_behind_it(self, text, labels, rows):
        assert [" ".join(row.split()) for row in answer_of(marked(text, labels), 80)] == rows

    def test_order_of_the_sections(self):
        titles = re.findall(r"^(\w[^─\n]*?) ─", text_of("failure"), re.MULTILINE)
        assert titles == [
            "Your answer",
            "What is marked",
            "Three filters",
            "The fault",
            "What a strong accountability story has",
            "Time by section",
            "What to mend",
            "What spoke for accountability",
            "About this report",
        ]

    def test_cannot_tell_gives_no_verdict(self):
        report = text_of("short")
        assert report.startswith("Cannot tell\nTen words are too few")
        assert "%" not in report
        assert "Three filters" not in report


class Page(html.parser.HTMLParser):
    """What a browser would see: the tags with their attributes, and the text."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


class TestHtml:
    """The page."""

    @everything
    def test_words_are_never_code(self, name):
        page = Page(reports.render(FEEDBACKS[name], "html"))
        assert not {tag for tag, _ in page.tags} & {"script", "img", "a", "link", "iframe", "u", "object"}
        assert not any(key.startswith("on") or key in {"src", "href"} for _, attrs in page.tags for key in attrs)

    @everything
    def test_the_answer_is_there_word_for_word(self, name):
        page = Page(reports.render(FEEDBACKS[name], "html"))
        for piece in _segments.pieces(FEEDBACKS[name]):
            assert _text.shown(piece.text).strip() in page.text

    def test_hostile_text_is_shown_as_it_is(self):
        page = Page(reports.render(FEEDBACKS["hostile"], "html"))
        assert '<img src=x onerror=alert(1)> "quoted"' in page.text
        assert "{{ 7*7 }}" in page.text

    def test_one_file_without_any_asset(self):
        page = reports.render(FEEDBACKS["judgment"], "html")
        assert not re.search(r"https?:|url\(|@import|//\w", page)

    def test_marks_tell_label_why_and_fix(self):
        marks = [attrs for tag, attrs in Page(reports.render(FEEDBACKS["judgment"], "html")).tags if tag == "mark"]
        finding = next(f for f in FEEDBACKS["judgment"].findings if f.label == "softener")
        assert f"Softener. {finding.why} {finding.fix}" in [mark["title"] for mark in marks]

    def test_headings_are_in_order_and_ids_single(self):
        tags = Page(reports.render(FEEDBACKS["failure"], "html")).tags
        levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        assert {attrs["aria-labelledby"] for _, attrs in tags if "aria-labelledby" in attrs} == set(ids)


class TestMarkdown:
    """Markdown, read back by a parser."""

    @everything
    def test_words_are_never_markup(self, name):
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(self.render(name))
        assert not {token.type for token in tokens} & {"html_block", "code_block", "fence"}
        inline = {child.type for token in tokens for child in token.children or ()}
        kinds = {kind.removesuffix("_open").removesuffix("_close") for kind in inline}
        assert kinds <= {"strong", "text", "softbreak", "hardbreak"}
        assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 1

    @everything
    def test_a_reader_sees_the_words_as_spoken(self, name):
        tokens = MarkdownIt("commonmark").parse(self.render(name))
        words = bare("".join(c.content for token in tokens for c in token.children or () if c.type == "text"))
        assert all(bare(_text.shown(piece.text)) in words for piece in _segments.pieces(FEEDBACKS[name]))

    @staticmethod
    def render(name):
        return reports.render(FEEDBACKS[name], "markdown")


def _facts(feedback):
    """What every form of a report has to say, each as words that stand in it; what JSON has as data, in words."""
    page = _view.view(feedback)
    yield from (page.title, *page.lines, page.length)
    for piece in _segments.pieces(feedback):
        yield from (piece.text for _ in (*piece.inline, *piece.margin))
    for labels in page.legend.values():
        yield from (f"{label.name} × {count}" for label, count in labels)
    for check in page.checks:
        yield from (check.title, check.state, check.why)
    if page.fault:
        yield from (page.fault.title, *([page.fault.decided_by.text] if page.fault.decided_by else []))
        yield from (pattern.title for pattern in page.fault.patterns)
        yield from (part.quote.text for part in page.fault.parts if part.quote)
    for part in feedback.parts:
        yield from (part.title, *([part.heard.text, _text.clock(part.seconds)] if part.heard else []))
    for stretch in page.sections:
        yield from (stretch.name, stretch.said, stretch.band, stretch.fit)
    for cut in page.cuts:
        yield from (cut.title, *(quote.text for quote in cut.quotes))
    for one in feedback.praise:
        yield from (one.what, one.why, one.quote.text)
    for one in feedback.advice:
        yield from (one.what, one.why, one.follow_up, one.quote.text if one.quote else "")
    yield from (quote.text for quote in feedback.signal.because)


def _words(name, form):
    """A report's words alone, without whatever the form lays them out with."""
    report = reports.render(FEEDBACKS[name], form, width=2000, color=False)
    if form == "html":
        report = Page(report).text
    if form == "markdown":
        tokens = MarkdownIt("commonmark").enable("table").parse(report)
        report = "".join(child.content for token in tokens for child in token.children or () if child.type == "text")
    # In the answer, brackets and raised letters stand for what a page shows by colour; columns stand side by side.
    return re.sub(r"[\[\]ᵇᶜᶠᵐⁿᵖʳˢᵘᵛ]", "", bare(report))


@pytest.mark.parametrize("name", WHOLE)
class TestParity:
    """Every form carries the same facts."""

    @pytest.mark.parametrize("form", ["text", "markdown", "html"])
    def test_each_fact_is_in_each_form(self, name, form):
        report = _words(name, form)
        assert [fact for fact in _facts(FEEDBACKS[name]) if bare(_text.shown(fact)) not in report] == []

    def test_json_says_the_same_by_itself(self, name):
        again = Feedback.model_validate_json(reports.render(FEEDBACKS[name], "json"))
        assert list(_facts(again)) == list(_facts(FEEDBACKS[name]))


@everything
def test_json_comes_back_as_it_was(name):
    assert Feedback.model_validate_json(reports.render(FEEDBACKS[name], "json")) == FEEDBACKS[name]


@pytest.mark.parametrize(
    ("verdict", "gist"),
    [
        ("admits", "Failed, and answered for it."),
        ("not_a_failure", "Something went wrong, and no failure of yours is told."),
    ],
)
def test_what_went_wrong_is_no_failure_of_yours_where_none_is_heard(verdict, gist):
    heard = FEEDBACKS["failure"].model_copy(update={"fault": Fault(verdict=verdict, parts=None)})
    assert reports.render(heard, width=80, color=False).splitlines()[1] == gist


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('I asked what is in the way."', "“I asked what is in the way.”"),
        ('"What is in the way?', "“What is in the way?”"),
        ('"No," I said, and left.', '“"No," I said, and left.”'),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_half_a_pair_of_quotation_marks_is_not_quoted(said, shown, form):
    judged = FEEDBACKS["judgment"]
    signal = judged.signal.model_copy(update={"because": (Quote(start=0, end=len(said), text=said),)})
    report = reports.render(judged.model_copy(update={"signal": signal}), form, width=80, color=False)
    assert shown in html.unescape(report)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_time_of_a_section_is_not_that_of_the_part_of_its_name(form):
    page = reports.render(FEEDBACKS["judgment"], form, width=200, color=False)
    assert "Time by section" in page
    assert "Each section takes in several parts" in page


def test_unknown_form():
    with pytest.raises(ValueError, match="unknown form 'pdf'; there are text, markdown, html, json"):
        reports.render(FEEDBACKS["short"], "pdf")


def test_a_question_is_shown():
    asked = FEEDBACKS["short"].model_copy(update={"answer": Answer(text="", question="Why?"), "findings": ()})
    for form in ("text", "markdown", "html"):
        assert "Why?" in reports.render(asked, form)


class TestSegments:
    """The answer in pieces."""

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=60), st.data())
    def test_pieces_make_the_text_and_marks_are_whole(self, text, data):
        places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
        labels = st.sampled_from(["belief", "filler", "tradeoff", "context", "unheard_of"])
        found = data.draw(st.lists(st.tuples(places, labels), max_size=8))
        feedback = feedbacks.feedback(text, findings=[_finding(text, *place, label) for place, label in found])
        pieces = list(_segments.pieces(feedback))
        assert "".join(piece.text for piece in pieces) == text
        assert all(piece.text == text[piece.start : piece.start + len(piece.text)] for piece in pieces)
        marks = sorted(f.model_dump_json() for f in feedback.findings if _segments.inline(f) and f.start < f.end)
        assert sorted(f.model_dump_json() for piece in pieces for f in piece.opens) == marks
        assert sorted(f.model_dump_json() for piece in pieces for f in piece.closes) == marks

    @everything
    def test_blocks_lose_no_word(self, name):
        feedback = FEEDBACKS[name]
        whole = "".join(p.text for block in _segments.blocks(feedback) for p in block.pieces)
        assert bare(whole) == bare(feedback.answer.text)


def _finding(text, start, end, label):
    place = {"start": start, "end": end, "text": text[start:end]}
    return {"detector": "x", "label": label, "rule": f"x/{label}", "why": "w", "fix": "f", **place}


class TestLabels:
    """The one table of labels."""

    def test_keys_are_single_and_short(self):
        keys = [label.key for label in _labels.LABELS.values()]
        assert len(keys) == len(set(keys))
        assert max(map(len, keys)) <= 12

    def test_every_label_of_a_detector_has_its_line(self):
        given_labels = {label for detector in ORDER for label in lexicon.of(detector).labels}
        assert given_labels <= set(_labels.LABELS)

    def test_every_inline_key_has_a_raised_letter(self):
        inline = [label.key for label in _labels.LABELS.values() if label.place == "inline"]
        assert all(_labels.raised(key) != key for key in inline)

    def test_an_unknown_label_goes_into_the_margin(self):
        assert _labels.label("half_said").key == "half said"

    @pytest.mark.parametrize("ink", _labels.INKS.values(), ids=_labels.INKS)
    def test_inks_can_be_read_on_paper_and_on_their_own_tint(self, ink):
        for hue, paper, text in ((ink.light, "#fdfcf8", "#22201c"), (ink.dark, "#17181b", "#e4e0d8")):
            assert _contrast(hue, paper) >= 4.5
            assert _contrast(text, _mixed(hue, paper, 0.13)) >= 4.5

    @pytest.mark.parametrize("ink", _labels.INKS.values(), ids=_labels.INKS)
    def test_inks_can_be_read_on_any_terminal(self, ink):
        assert min(_contrast(ink.terminal, "#ffffff"), _contrast(ink.terminal, "#000000")) >= 3.9


def _channels(color):
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]


def _mixed(over, under, share):
    return "#" + "".join(
        f"{round(a * share + b * (1 - share)):02x}" for a, b in zip(_channels(over), _channels(under), strict=True)
    )


def _luminance(color):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(color))]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
