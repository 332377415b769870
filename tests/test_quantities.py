"""Where a quantity starts and ends, and of what kind it is; what it means is the metrics detector's affair."""

import pytest
from spacy.tokens import Doc

from analyser.detectors._numbers import fraction, is_year, number, range_end
from analyser.detectors._quantities import quantities

EXTENTS = {
    "we saved a quarter of a million dollars": [("a quarter of a million dollars", "money")],
    "it was half a million euros": [("half a million euros", "money")],
    "17 of the 20 signatures came back": [("17 of the 20 signatures", "share")],
    "nine out of the twenty four agreed": [("nine out of the twenty four", "share")],
    "one parcel in eight was lost": [("one parcel in eight", "share")],
    "It grew 30% in total.": [("30%", "share")],
    "it grew thirty percent": [("thirty percent", "share")],
    "it grew forty per cent": [("forty per cent", "share")],
    "We raised $2.5m for it.": [("$2.5m", "money")],
    "latency fell 3x": [("3x", "factor")],
    "it was three times faster": [("three times faster", "factor")],
    "i called her three times": [("three times", "count")],
    "errors fell by 10 to 15 percent": [("10 to 15 percent", "share")],
    "errors fell 10-15% at once": [("10-15%", "share")],
    "we had two thirds fewer tickets": [("two thirds fewer", "share")],
    "the bill was cut in half": [("cut in half", "factor")],
    "we cut the bill in half": [("in half", "factor")],
    "it took a year and a half": [("a year and a half", "time")],
    "it took half an hour": [("half an hour", "time")],
    "we came a month early": [("a month", "time")],
    "forty new customers came": [("forty new customers", "count")],
    "about two hundred and ten people came": [("two hundred and ten people", "count")],
    "a couple of hundred people came": [("a couple of hundred people", "count")],
    "there were zero complaints": [("zero complaints", "count")],
    "it was a two-week test": [("two-week", "time")],
    "it took less than a day": [("a day", "time")],
    "we paid 26,000 RMB": [("26,000 RMB", "money")],
    "we packed 1 000 boxes that night": [("1 000 boxes", "count")],
    "they paid 2 450 000 euros": [("2 450 000 euros", "money")],
    "In 2019 300 people came.": [("2019", "name"), ("300 people", "count")],
    "we had 12 14 boxes": [("12", "count"), ("14 boxes", "count")],
    "we joined two times as guests": [("two times", "count")],
    "it was three times as fast": [("three times as fast", "factor")],
    "one of the nurses called": [("one", "count")],
    "it happened in twenty nineteen": [("twenty nineteen", "name")],
    "in Q3 we were on call 24/7": [("Q3", "name"), ("24/7", "name")],
    "on the twenty-eighth of June we left": [("twenty-eighth of June", "name")],
    "on the twenty third we left": [("twenty third", "name")],
    "by the first of May it ran": [("first of May", "name")],
    "twenty-eight percent of them left": [("twenty-eight percent", "share")],
    "two out of almost eleven hundred left": [("two out of almost eleven hundred", "share")],
    "we lost two big accounts out of eight": [("two big accounts out of eight", "share")],
    "we lost ten minutes out of fear": [("ten minutes", "time")],
}

NOTHING = [
    "no one knew which one it was",
    "the other one was mine and that one was hers",
    "in the second half past the door",
    "1. We met.",
    "[00:00:26] so we met",
    "a third party came",
    "it was the first of many talks",
]


@pytest.mark.parametrize("text", EXTENTS)
def test_extent_and_kind(nlp, text):
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"):
        doc = nlp.get_pipe(name)(doc)
    assert [(doc[q.start : q.end].text, q.kind) for q in quantities(doc)] == EXTENTS[text]


@pytest.mark.parametrize("text", NOTHING)
def test_no_quantity(nlp, text):
    found = [doc[q.start : q.end].text for doc in [nlp(text)] for q in quantities(doc) if q.kind != "name"]
    assert found == []


@pytest.mark.parametrize("text", ["it fell from 800 ms to 120 ms", "it went from about ten weeks to six um six"])
def test_both_ends_of_a_pair(nlp, text):
    assert [q.pair for q in quantities(nlp(text))][:2] == [True, True]


def test_an_empty_text_has_no_quantities(nlp):
    assert quantities(Doc(nlp.vocab)) == []


@pytest.mark.parametrize(
    "text", ["one point two million", "$ 2.5 million", "twenty - five", "four thousand three hundred"]
)
def test_a_number_is_read_to_its_end(text):
    assert number(text.split(), 0) == len(text.split())


@pytest.mark.parametrize(
    "text", ["a", "$", "half", "twenty -", "a couple of", "one hundred and", "by a factor of", "two"]
)
@pytest.mark.parametrize("read", [number, fraction])
def test_a_number_at_the_end_of_the_text_ends_inside_it(text, read):
    words = text.split()
    assert 0 <= (read(words, 0) or 0) <= len(words)


def test_a_range_is_not_a_pair():
    assert range_end("five to six weeks".split(), 0, 1) == 3
    assert range_end("from five to six weeks".split(), 1, 2) == 2


def test_years_are_said_in_two_halves():
    assert is_year(["twenty", "nineteen"], 0, 2)
    assert not is_year(["twenty", "five"], 0, 2)
