"""The value and unit of a quantity as it was said; nothing where they cannot be told.

Own code, as no library hears speech well enough: quantulum3 0.10 takes "half a million" for a million and a half,
"twenty nineteen" for 39 and "800 ms to 120 ms" for 460 ± 340 ms; text2num 3.1 leaves "half a million", "1.5k", "two and
a half thousand" and every unit as they stand; recognizers-text 1.0 does not import beside today's emoji.
"""

import re

from analyser.detectors._numbers import COMPARATIVES, UNIT_KINDS, is_clock, is_year
from analyser.results import Quantity

_PIECE = re.compile(r"[$€£₹¥%]|\d[\d,]*(?:\.\d+)?|[^\W\d_]+")
_GROUPED = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")  # the blank of "1 000"
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "₹": "rupee", "¥": "yen"}
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_WORDS = {word: float(n) for n, word in enumerate(_SMALL.split())}
_WORDS |= {word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6}
_SCALES |= {"billion": 1e9, "b": 1e9, "bn": 1e9, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7}
_CHANGES = {"doubled": 2.0, "doubling": 2.0, "tripled": 3.0, "tripling": 3.0, "trebled": 3.0, "quadrupled": 4.0}
_CHANGES |= {"halved": 0.5, "halving": 0.5, "tenfold": 10.0, "twice": 2.0}
_PARTS = {"half": 2.0, "third": 3.0, "quarter": 4.0, "fifth": 5.0, "sixth": 6.0, "eighth": 8.0, "tenth": 10.0}
_UNITS = {"ms": "millisecond", "s": "second", "sec": "second", "min": "minute", "hr": "hour", "h": "hour", "yr": "year"}
_UNITS |= {"buck": "dollar", "usd": "dollar", "eur": "euro", "gbp": "pound", "inr": "rupee"}
_NAMES = frozenset("th st nd rd d".split())
_BETWEEN = frozenset("of out in the our my their his her".split())
_HUNDRED = 100.0
_LOOSE = frozenset("odd plus something".split())

Words = list[str]


def value(text: str) -> Quantity | None:
    """What the quantity amounts to: shares in percent, multiples as factors, both ends of a range."""
    words = _PIECE.findall(_GROUPED.sub(",", text.lower()))
    if not words or is_clock(text.lower().split()[0]) or (len(words) < 3 and is_year(words, 0, len(words))):
        return None
    return _change(words) or _part(words) or _figure(words)


def pair(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Both ends of "from 800 to 120 ms": the first knows the second, and a unit said once holds for both."""
    if first.unit is None and first.kind == "count":
        first = first.model_copy(update={"unit": second.unit, "kind": second.kind})
    elif second.unit is None and second.kind == "count":
        second = second.model_copy(update={"unit": first.unit, "kind": first.kind})
    if (first.kind, first.unit, first.to) == (second.kind, second.unit, None):
        first = first.model_copy(update={"to": second.value})
    return first, second


def _change(words: Words) -> Quantity | None:
    """As "doubled", "cut in half", "by a factor of three"."""
    if words[0] in _CHANGES:
        return Quantity(kind="factor", value=_CHANGES[words[0]])
    if words[-2:] == ["in", "half"]:
        return Quantity(kind="factor", value=0.5)
    read = _number(words, 4) if words[:4] == ["by", "a", "factor", "of"] else None
    return Quantity(kind="factor", value=read[0]) if read else None


def _part(words: Words) -> Quantity | None:
    """As "half", "two thirds fewer", "a quarter of a million dollars"; but "a quarter" may be three months."""
    at = int(words[0] != "half")
    part = _PARTS.get(words[at].removesuffix("s")) if at < len(words) else None
    parts = 1.0 if words[0] in {"half", "a"} else _WORDS.get(words[0])
    if part is None or parts is None or words in (["a", "quarter"], ["a", "half"]):
        return None
    rest = [word for word in words[at + 1 :] if word not in {"of", "a", "an"}]
    if rest and rest[0] in _SCALES:
        return _named(parts / part * _SCALES[rest[0]], None, rest[1:], "" if rest[0] == "grand" else None)
    if rest and rest[0] in UNIT_KINDS:
        return _named(parts / part, None, rest)
    return _share(parts, part)


def _figure(words: Words) -> Quantity | None:
    """As "$2.5 million", "ten to fifteen percent", "17 of the 20 signatures", "an hour", "a year and a half"."""
    symbol = _CURRENCIES.get(words[0])
    if words[0] in {"a", "an"} and words[1:] and words[1] in UNIT_KINDS:
        more = {"": 1.0, "and a half": 1.5}.get(" ".join(words[2:]))
        return _named(more, None, words[1:2]) if more else None
    read = _number(words, int(symbol is not None))
    if read is None:
        return None
    first, end = read
    whole = _whole(words, end)
    if whole is not None:
        return _share(first, whole) if whole else None
    unit = end + (words[end : end + 1] != [] and words[end] in UNIT_KINDS)  # "10% to 15%", "five days or six"
    further = _number(words, unit + (words[unit : unit + 1] in (["to"], ["or"], ["and"])))
    currency = "" if "grand" in words[:end] and not symbol else symbol
    to, rest = (further[0], words[further[1] :] or words[end:unit]) if further else (None, words[end:])
    return _named(first, to, rest, currency)


def _whole(words: Words, end: int) -> float | None:
    """What "17 of the 20", "six guests out of thirty" or "one in eight" is a part of."""
    link = next((i for i in (end, end + 1) if i < len(words) and words[i] in {"of", "out", "in"}), None)
    while link is not None and link < len(words) and words[link] in _BETWEEN:
        link += 1
    read = None if link is None else _number(words, link)
    return read[0] if read else None


def _share(part: float, whole: float) -> Quantity:
    return Quantity(kind="share", value=round(100 * part / whole, 1), unit="%")


def _named(first: float, to: float | None, rest: Words, currency: str | None = None) -> Quantity | None:
    """With what is counted or measured; ``currency`` is "" for money that is not named further."""
    word = rest[0] if rest else ""
    kind = "money" if currency is not None else "factor" if _is_factor(rest) else UNIT_KINDS.get(word, "count")
    if kind == "name" or word in _NAMES:
        return None
    named = {"money": currency or _one(word), "share": "%" if "point" not in "".join(rest) else "percentage point"}
    named |= {"time": _one(word), "factor": "", "count": "" if word in COMPARATIVES else " ".join(rest)}
    return Quantity(kind=kind, value=first, to=to, unit=named[kind] or None)


def _is_factor(rest: Words) -> bool:
    return rest[:1] in (["x"], ["fold"]) or (rest[:1] == ["times"] and len(rest) > 1)


def _one(unit: str) -> str:
    """A unit's name in full, of one."""
    single = unit if unit in _UNITS else unit.removesuffix("s")
    return _UNITS.get(single, single)


def _number(words: Words, start: int) -> tuple[float, int] | None:
    """The number that starts at a word, and where it ends."""
    total, (current, i) = 0.0, _article(words, start)
    while i < len(words):
        word, plain = words[i], _plain(words[i])
        if current is None:
            current = plain
        elif word in _SCALES:
            total, current = _raised(total, current, _SCALES[word])
        elif plain is not None and _joins(current, plain):
            current += plain
        elif word == "point":
            return _decimals(words, i + 1, total + current)
        elif words[i : i + 3] == ["and", "a", "half"]:
            return _scaled(words, i + 3, total + current + 0.5)
        elif word != "and" or words[i - 1] not in _SCALES or words[i + 1 : i + 2] == [] or words[i + 1] not in _WORDS:
            break
        if current is None:
            break
        i += 1
    return None if current is None else (total + current, i + (words[i : i + 1] != [] and words[i] in _LOOSE))


def _article(words: Words, i: int) -> tuple[float | None, int]:
    """One of "a hundred", two of "a couple of hundred", and where the rest of the number starts."""
    if words[i : i + 1] not in (["a"], ["an"]):
        return None, i
    couple = words[i + 1 : i + 2] == ["couple"]
    i += 1 + couple + (couple and words[i + 2 : i + 3] == ["of"])
    scaled = i < len(words) and words[i] in _SCALES
    return (1.0 + couple if scaled else None), (i if scaled else len(words))


def _raised(total: float, current: float, scale: float) -> tuple[float, float]:
    """After "hundred" a number goes on, after "thousand" it starts anew."""
    return (total + current * scale, 0.0) if scale > _HUNDRED else (total, current * scale)


def _plain(word: str) -> float | None:
    return float(word.replace(",", "")) if word[:1].isdecimal() else _WORDS.get(word)


def _joins(current: float | None, plain: float) -> bool:
    """Whether "forty" and "five" are one number; "two three" is a range, as said."""
    if current is None:
        return True
    return (current % 100 == 0 and plain < _HUNDRED) or (current % 10 == 0 and 0 < plain < 10 < current % 100)


def _decimals(words: Words, i: int, whole: float) -> tuple[float, int]:
    """As in "two point seven five"."""
    end = next((j for j in range(i, len(words)) if _WORDS.get(words[j], 10.0) > 9), len(words))
    digits = "".join(str(int(_WORDS[word])) for word in words[i:end])
    return _scaled(words, end, whole + float(f"0.{digits or 0}"))


def _scaled(words: Words, i: int, number: float) -> tuple[float, int]:
    return (number * _SCALES[words[i]], i + 1) if i < len(words) and words[i] in _SCALES else (number, i)
