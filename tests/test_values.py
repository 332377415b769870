"""What a quantity amounts to, as it is said: value, other end, unit; and nothing where that cannot be told."""

import pytest

from analyser import pipeline
from analyser.detectors._values import value

SAID = {
    "800 ms": ("time", 800, None, "millisecond"),
    "half a million": ("count", 500_000, None, None),
    "a quarter of a million dollars": ("money", 250_000, None, "dollar"),
    "two and a half thousand": ("count", 2_500, None, None),
    "two hundred and ten dollars": ("money", 210, None, "dollar"),
    "two million three hundred thousand": ("count", 2_300_000, None, None),
    "nine nines": ("count", 9, None, "nines"),
    "zero": ("count", 0, None, None),
    "a couple of hundred": ("count", 200, None, None),
    "fifty odd": ("count", 50, None, None),
    "1.5k": ("count", 1_500, None, None),
    "₹30 lakh": ("money", 3_000_000, None, "rupee"),
    "thirty grand": ("money", 30_000, None, None),
    "one point seven": ("count", 1.7, None, None),
    "4 to 11 percent": ("share", 4, 11, "%"),
    "five or six": ("count", 5, 6, None),
    "five days or six": ("time", 5, 6, "day"),
    "two three weeks": ("time", 2, 3, "week"),
    "17 of the 20 signatures": ("share", 85, None, "%"),
    "one in eight": ("share", 12.5, None, "%"),
    "two thirds fewer": ("share", 66.7, None, "%"),
    "thirty percentage points": ("share", 30, None, "percentage point"),
    "doubled": ("factor", 2, None, None),
    "cut in half": ("factor", 0.5, None, None),
    "three times faster": ("factor", 3, None, None),
    "by a factor of three": ("factor", 3, None, None),
    "a year and a half": ("time", 1.5, None, "year"),
    "half an hour": ("time", 0.5, None, "hour"),
    "1 000 boxes": ("count", 1_000, None, "boxes"),
    "€2 450 000": ("money", 2_450_000, None, "euro"),
    "1 200 to 1 500 euros": ("money", 1_200, 1_500, "euro"),
    "four big accounts": ("count", 4, None, "big accounts"),
}
UNTOLD = ["twenty nineteen", "2019", "Q3", "24/7", "9:30", "5pm", "2nd", "a few hundred", "a quarter", "loads", ""]


@pytest.mark.parametrize("said", SAID)
def test_what_is_said_has_a_value(said):
    found = value(said)
    assert (found.kind, found.value, found.to, found.unit) == SAID[said]


@pytest.mark.parametrize("said", UNTOLD)
def test_a_name_or_a_vague_number_has_none(said):
    assert value(said) is None


def _amounts(nlp, text):
    (reading, _), *_ = pipeline.read(nlp, [(text, None)])
    found = [finding.quantity for finding in reading.findings if finding.detector == "metrics"]
    return [(q.value, q.to, q.unit) if q else None for q in found]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("We cut it from 800 ms to 120 ms.", [(800, 120, "millisecond"), (120, None, "millisecond")]),
        ("Churn rose from 4 to about 11 percent.", [(4, 11, "%"), (11, None, "%")]),
        ("so it went from twenty minutes to six", [(20, 6, "minute"), (6, None, "minute")]),
        ("We moved 3 people to 2 desks.", [(3, None, "people"), (2, None, "desks")]),
    ],
)
def test_the_ends_of_from_to_know_of_each_other(nlp, text, ends):
    assert _amounts(nlp, text) == ends


def test_a_date_amounts_to_nothing(nlp):
    assert _amounts(nlp, "It was in room 12, in 2019.") == [None, None]


@pytest.mark.parametrize("said", ["²", "0 @²", "3²", "1²0 m", "①", "½²"])
def test_signs_that_only_look_like_digits_break_nothing(nlp, said):
    assert pipeline.findings(nlp(f"We had {said} of them and ²/³ more."), None) is not None
    value(said)
