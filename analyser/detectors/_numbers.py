"""Where a number starts and ends in a list of lower-case words, digits or said in words, and what units there are."""

import re
from dataclasses import dataclass
from typing import Literal

# A "name" numbers instead of counting: a date, a clock time, a room, "the second one".
Kind = Literal["share", "money", "time", "count", "factor", "name"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens ``start`` to ``end`` (exclusive); ``pair`` where they are one end of "from … to …"."""

    start: int
    end: int
    kind: Kind
    pair: bool = False


UNITS = frozenset("one two three four five six seven eight nine".split())
TENS = frozenset("twenty thirty forty fourty fifty sixty seventy eighty ninety".split())
TEENS = frozenset("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())
ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
NTH = ORDINALS | {"first"}
SCALES = frozenset("hundred thousand million billion dozen lakh lakhs crore crores".split())
_WORDS = UNITS | TEENS | TENS | SCALES | {"zero"}
_DIGITS = re.compile(r"\+?\d[\d,]*(?:\.\d+)?([a-z%+]*)")
_UP_TO_THREE, _THREE = re.compile(r"\d{1,3}"), re.compile(r"\d{3}(?:\.\d+)?[km%]?")  # of "1 000 000"
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[ap]m)?|q[1-4]|\d0s|\d+/\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# What may be written onto the digits: "40k", "30%", "120ms", "3x", "5pm".
_SUFFIXES = frozenset(
    " k m mn b bn + kg km gb mb tb % pp pct ms s sec h hr hrs min mins x fold am pm th st nd rd".split(" ")
)
_MULTIPLIERS = frozenset("k m mn bn".split())
_LOOSE = frozenset("odd plus something".split())  # "twenty odd people", "fifty something percent"
_PARTS = frozenset("third thirds quarter fifth fifths sixth sixths eighth eighths tenth tenths".split())
_NOT_HALF = frozenset("other second first better past term baked hearted way through time - –".split())
_CHANGED = frozenset("by down up to almost nearly about over only than".split())
_HALVED = frozenset("cut cuts cutting slash slashed chop chopped".split())
_MULTIPLIED = frozenset("doubled tripled trebled quadrupled halved doubling tripling halving tenfold".split())
COMPARATIVES = frozenset(
    "fewer less more faster slower higher lower bigger smaller shorter longer cheaper quicker better worse".split()
)
# "three times as many"
DEGREES = frozenset("many much fast big long high often good large likely slow expensive".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
DASHES = frozenset("- – —".split())
APPROXIMATORS = frozenset(
    "about around roughly like maybe nearly almost approximately some say just only under uh um".split()
)

SUFFIX_KINDS: dict[str, Kind] = {
    **dict.fromkeys(["%", "pp", "pct"], "share"),
    **dict.fromkeys(["ms", "s", "sec", "h", "hr", "hrs", "min", "mins"], "time"),
    **dict.fromkeys(["x", "fold"], "factor"),
    **dict.fromkeys(["am", "pm", "th", "st", "nd", "rd"], "name"),
}
UNIT_KINDS: dict[str, Kind] = {
    **dict.fromkeys("% percent percents cent pct percentage pp".split(), "share"),
    **dict.fromkeys(
        "dollar dollars buck bucks grand euro euros pounds quid rupee rupees cents usd eur gbp inr rmb yuan yen "
        "peso pesos franc francs dirham dirhams reais zloty naira shillings rand lira".split(),
        "money",
    ),
    **dict.fromkeys("ms millisecond milliseconds second seconds sec secs minute minutes min mins".split(), "time"),
    **dict.fromkeys("hour hours hr hrs day days night nights week weeks weekend weekends".split(), "time"),
    **dict.fromkeys("month months quarters year years yr yrs decade decades".split(), "time"),
    **dict.fromkeys("am pm a.m. p.m. o'clock".split(), "name"),
}
# Every word that a quantity can start with, apart from those with a digit.
STARTS = _WORDS | _MULTIPLIED | _HALVED | frozenset("$ a an half in by twice q1 q2 q3 q4".split())


def word(words: list[str], i: int) -> str:
    """The word at ``i``; nothing beyond either end."""
    return words[i] if 0 <= i < len(words) else ""


def before(words: list[str], i: int) -> str:
    """The word before ``i``, past approximators."""
    i -= 1
    while word(words, i) in APPROXIMATORS:
        i -= 1
    return word(words, i)


def suffix(text: str) -> str | None:
    """What is written onto the digits of a number, perhaps nothing; ``None`` where it is no number in digits."""
    match = _DIGITS.fullmatch(text)
    return match[1] if match and match[1] in _SUFFIXES else None


def is_numeral(text: str) -> bool:
    """Whether a number may consist of this word."""
    return text in _WORDS or suffix(text) is not None


def is_clock(text: str) -> bool:
    """A time, a decade, "Q3", "24/7": digits that are no number."""
    return bool(_CLOCK.fullmatch(text))


def is_year(words: list[str], start: int, end: int) -> bool:
    """Whether the number is a year: "2019", "twenty nineteen"."""
    if end - start == 1:
        return bool(_YEAR.fullmatch(words[start]))
    return words[start] in {"nineteen", "twenty"} and words[start + 1] in TEENS | TENS


def number(words: list[str], i: int) -> int | None:
    """Where the number that starts at ``i`` ends: "$2.5 million", "two hundred and ten", "a couple of hundred"."""
    first = i + 1 if words[i] == "$" else _after_article(words, i)
    if not is_numeral(word(words, first)):
        return None
    end = _end(words, first)
    if word(words, end) in _LOOSE:  # "thirty something", "thirty something thousand"
        return end + 1 + (word(words, end + 1) in SCALES)
    return end + 3 if words[end : end + 3] == ["and", "a", "half"] else end


def _after_article(words: list[str], i: int) -> int:
    if words[i] not in {"a", "an"}:
        return i
    first = i + 1
    if word(words, first) in {"couple", "few"}:
        first += 1 + (word(words, first + 1) == "of")
    return first if word(words, first) in SCALES else i


def _end(words: list[str], first: int) -> int:
    end = first + 1
    while end < len(words):
        if _joins(words[end - 1], words[end]):
            end += 1
        elif _links(words[end - 1], words[end], word(words, end + 1)):
            end += 2
        else:
            break
    return end


def _joins(left: str, right: str) -> bool:
    """Whether neighbours make one number: "forty five", "2.5 million", "1 000"; or a spoken range, "two three"."""
    if right in SCALES or right in _MULTIPLIERS:
        return is_numeral(left)
    if right == "one":
        return left in TENS | SCALES
    if _THREE.fullmatch(right):
        return bool(_UP_TO_THREE.fullmatch(left))
    return left in _WORDS and right in _WORDS and "zero" not in {left, right}


def _links(left: str, link: str, right: str) -> bool:
    if link == "and":
        return left in SCALES and right in _WORDS - SCALES
    if link == "point":
        return left in _WORDS and right in UNITS | TENS | {"zero"}
    return link in DASHES and left in TENS and right in UNITS


def range_end(words: list[str], start: int, end: int) -> int:
    """The end of "10 to 15", "five or six", "10-15"; ``end`` where no range follows. "From … to …" is none."""
    link = word(words, end)
    ranged = link in DASHES | {"or"} or (link == "to" and before(words, start) != "from")
    ranged = ranged or (link == "and" and before(words, start) == "between")
    return _end(words, end + 1) if ranged and is_numeral(word(words, end + 1)) else end


def change(words: list[str], i: int) -> int | None:
    """Where "doubled", "cut in half", "in half", "by a factor of three" or "twice as many" ends."""
    if words[i] in _MULTIPLIED:
        return None if word(words, i + 1) in {"down", "back", "up"} else i + 1
    if words[i] in _HALVED and words[i + 1 : i + 3] == ["in", "half"]:
        return i + 3
    if words[i : i + 2] == ["in", "half"] and not _HALVED.isdisjoint(words[max(0, i - 6) : i]):
        return i + 2
    if words[i : i + 4] == ["by", "a", "factor", "of"] and i + 4 < len(words):
        return number(words, i + 4)
    if words[i] in {"twice", "half"} and word(words, i + 1) == "as":
        return min(i + 3, len(words))
    return i + 1 if words[i] == "twice" and word(words, i + 1) in {"the", "what"} else None


def fraction(words: list[str], i: int) -> int | None:
    """Where "half", "two thirds", "a fifth" ends; "the second half", "half past" and "a third option" are none."""
    part = word(words, i + 1)
    if words[i] == "half":
        odd = word(words, i - 1) in _NOT_HALF or words[max(0, i - 2) : i] == ["and", "a"]
        return None if odd or part in _NOT_HALF or is_numeral(part) else i + 1
    if part not in _PARTS:
        return None
    if words[i] in UNITS - {"one"}:
        return i + 2
    sure = word(words, i + 2) in COMPARATIVES | {"of"} or before(words, i) in _CHANGED
    return i + 2 if words[i] in {"a", "one"} and sure else None


def date(words: list[str], i: int) -> int | None:
    """Where a date ends: "twenty-eighth of June", "first of May", "28th of May"; also "twenty third" alone."""
    tens = words[i] in TENS and word(words, i + 1) in DASHES | NTH
    last = i + tens + (tens and words[i + 1] in DASHES)
    if word(words, last) not in NTH and suffix(words[i]) not in {"th", "st", "nd", "rd"}:
        return None
    monthly = word(words, last + 1) == "of" and word(words, last + 2) in MONTHS
    return last + 1 + 2 * monthly if tens or monthly else None
