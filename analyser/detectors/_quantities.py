"""Where a text names a quantity, and of what kind: digits or words, with its unit and the noun it counts.

What a quantity means for the story is not decided here. The words decide, not the parse, except for
where the counted noun ends; so "thirty percent" in a transcript without commas reads like "30%".
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from analyser.detectors._numbers import (
    APPROXIMATORS,
    COMPARATIVES,
    DASHES,
    DEGREES,
    MONTHS,
    NTH,
    ORDINALS,
    SCALES,
    STARTS,
    SUFFIX_KINDS,
    UNIT_KINDS,
    UNITS,
    Kind,
    Quantity,
    before,
    change,
    date,
    fraction,
    is_clock,
    is_numeral,
    is_year,
    number,
    range_end,
    suffix,
    word,
)
from analyser.detectors._pairs import belong
from analyser.detectors._syntax import norms

_POINT: dict[str, Kind] = {"point": "share"}
_STARTS = STARTS | NTH
_OWNERS = frozenset("the my our his her their your those these all".split())
_LABELS = frozenset(
    "room page chapter version step number line gate bay dock route highway phase level tier grade".split()
)
_PRONOUN_BEFORE = frozenset("the that this no any every each other which another first last next some a".split())
_NO_OPTION = frozenset({"VERB", "AUX", "ADP", "PUNCT"})  # "a third missed it", not "a third option"
_BEFORE_WHOLE = _OWNERS | APPROXIMATORS | {"original", "first", "whole"}  # "two out of our almost eleven hundred"
_PHRASE = 3  # words, at most, from a number to the noun that it counts


def quantities(doc: Doc) -> list[Quantity]:
    """Every quantity of ``doc`` in order, none overlapping another."""
    words = norms(doc)
    found = list(_scan(doc, words))
    for i in range(1, len(found)):
        if belong(doc, words, found[i - 1], found[i]):
            found[i - 1 : i + 1] = [replace(q, pair=True) for q in found[i - 1 : i + 1]]
    return [q for q in found if q.pair or not _is_pronoun(words, q)]


def _scan(doc: Doc, words: list[str]) -> Iterator[Quantity]:
    end = 0
    for i, text in enumerate(words):
        if i >= end and (text in _STARTS or text[:1].isdigit() or text[:1] == "+"):
            found = _at(doc, words, i)
            if found is not None:
                yield found
                end = found.end


def _at(doc: Doc, words: list[str], i: int) -> Quantity | None:
    """The quantity that starts at token ``i``."""
    if doc[i].is_sent_start and word(words, i + 1) in {".", ")", ":"}:
        return None  # the number of a line in a list
    if words[i : i + 3] in (["one", "on", "one"], ["nine", "to", "five"]):
        return Quantity(i, i + 3, "name")
    if words[i] in {"a", "an"} and word(words, i + 1) in UNIT_KINDS:
        return _single(words, i)
    if is_clock(words[i]):
        return None if word(words, i - 1) in {"[", "("} else _clock(words, i)
    changed = change(words, i)
    if changed is not None:
        return Quantity(i, changed, "factor")
    return _fraction(doc, words, i) or _date(words, i) or _figure(doc, words, i) or _ordinal(doc, words, i)


def _single(words: list[str], i: int) -> Quantity | None:
    """As "a year and a half", "a month early", "an hour faster", "less than a day"; "a month" alone is none."""
    if words[i + 2 : i + 5] == ["and", "a", "half"]:
        return Quantity(i, i + 5, UNIT_KINDS[words[i + 1]])
    following = word(words, i + 2)
    more = following in COMPARATIVES
    told = more or words[max(0, i - 2) : i] == ["less", "than"] or following in {"late", "early", "ahead"}
    return Quantity(i, i + 2 + more, UNIT_KINDS[words[i + 1]]) if told else None


def _clock(words: list[str], i: int) -> Quantity:
    above, _, below = words[i].partition("/")
    proper = below.isdecimal() and above.isdecimal() and int(above) < int(below) != 11
    return Quantity(i, i + 1, "share" if proper else "name")


def _is_pronoun(words: list[str], q: Quantity) -> bool:
    """Whether "one" stands for a thing instead of counting: "the other one", "which one", "one said"."""
    if words[q.start] != "one" or q.kind != "count" or (q.end > q.start + 1 and words[q.start + 1] in SCALES):
        return False
    counts = q.end > q.start + 1 or word(words, q.end) == "of" or before(words, q.start) in {"by", "to"}
    return not counts or word(words, q.start - 1) in _PRONOUN_BEFORE


# --- fractions and ordinals ---


def _fraction(doc: Doc, words: list[str], i: int) -> Quantity | None:
    """As "half", "a third", "two thirds fewer", "a quarter of a million dollars"."""
    end = _fraction_end(doc, words, i)
    if end is None:
        return None
    whole = end + (word(words, end) == "of")
    if word(words, whole) in {"a", "an"} and word(words, whole + 1) in UNIT_KINDS | _POINT:
        return Quantity(i, whole + 2, (UNIT_KINDS | _POINT)[words[whole + 1]])
    if word(words, whole) in {"a", "an"} and word(words, whole + 1) in SCALES:
        part = Quantity(i, whole + 2, "count")
        return _unit(words, part) or _named(doc, words, part)
    return Quantity(i, end + (word(words, end) in COMPARATIVES), "share")


def _fraction_end(doc: Doc, words: list[str], i: int) -> int | None:
    loose = words[i + 1 : i + 2] == ["third"] and i + 2 < len(doc) and doc[i + 2].pos_ in _NO_OPTION
    return fraction(words, i) or (i + 2 if words[i] == "a" and loose else None)


def _date(words: list[str], i: int) -> Quantity | None:
    end = date(words, i)
    return Quantity(i, end, "name") if end else None


def _ordinal(doc: Doc, words: list[str], i: int) -> Quantity | None:
    """As "the second one", "may third"; but not "second, …" or "ten a second"."""
    left = word(words, i - 1)
    if words[i] == "first":
        return Quantity(i, i + 1, "name") if UNIT_KINDS.get(word(words, i + 1)) == "time" else None
    if words[i] not in ORDINALS or not (left in MONTHS or doc[i].pos_ in {"ADJ", "NOUN"}):
        return None
    which = left in _OWNERS or (left in {"a", "every"} and doc[min(i + 1, len(doc) - 1)].pos_ == "NOUN")
    return Quantity(i - (left in MONTHS), i + 1, "name") if which or left in MONTHS else None


# --- what follows a number ---


def _figure(doc: Doc, words: list[str], i: int) -> Quantity | None:
    first = number(words, i)
    if first is None:
        return None
    end = range_end(words, i, first)
    bare = Quantity(i, end, _kind(words, i, end))
    if bare.kind == "name":
        return bare
    return _ratio(doc, words, bare) or _unit(words, bare) or _multiple(words, bare) or _named(doc, words, bare)


def _kind(words: list[str], i: int, end: int) -> Kind:
    """What the number says of its kind by itself, and by the word on either side."""
    neighbours = {word(words, i - 1), word(words, end)}
    if words[i] == "$":
        return "money"
    if neighbours & MONTHS or (is_year(words, i, end) and not word(words, end).endswith("s")):
        return "name"
    if word(words, i - 1) in _LABELS | {"half", "'"} and word(words, end) not in UNIT_KINDS:
        return "name"
    return SUFFIX_KINDS.get(suffix(words[end - 1]) or "", "count")


def _unit(words: list[str], q: Quantity) -> Quantity | None:
    """With the unit: "30 percentage points", "two-week", "a year and a half", "40% higher"."""
    end = q.end + (word(words, q.end) in DASHES | {"more"} or words[q.end : q.end + 2] == ["per", "cent"])
    kind = UNIT_KINDS.get(word(words, end))
    if kind is None:
        return None if q.kind in {"count", "factor"} else replace(q, end=_compared(words, q.end))
    end += 1 + (words[end] == "percentage" and word(words, end + 1) in {"point", "points"})
    end = _same_unit(words, end)
    end += 3 * (words[end : end + 3] == ["and", "a", "half"])
    return replace(q, end=_compared(words, end), kind=q.kind if q.kind == "money" else kind)


def _compared(words: list[str], end: int) -> int:
    return end + (word(words, end) in COMPARATIVES)


def _same_unit(words: list[str], end: int) -> int:
    """The end of "10% to 15%" where the first "10%" ends at ``end``."""
    if word(words, end) in DASHES | {"or"} and is_numeral(word(words, end + 1)):
        further = number(words, end + 1)
        if further and word(words, further) == words[end - 1]:
            return further + 1
    return end


def _multiple(words: list[str], q: Quantity) -> Quantity | None:
    """As "three times faster", "3x", "five fold"; "three times" alone only says how often."""
    end = q.end + (word(words, q.end) in {"times", "fold", "x"})
    following = word(words, end)
    if following in COMPARATIVES or (following == "as" and end > q.end and word(words, end + 1) in DEGREES):
        more = end + 1 + (following == "as")
        return Quantity(q.start, more, "factor") if end > q.end or q.kind == "factor" else None
    if end > q.end:
        return Quantity(q.start, end, "count" if words[end - 1] == "times" else "factor")
    return q if q.kind == "factor" else None


def _named(doc: Doc, words: list[str], q: Quantity) -> Quantity:
    """With the noun that is counted: "four big accounts"."""
    start = q.end + (word(words, q.end) in DASHES)
    for i in range(start, min(start + _PHRASE, len(doc))):
        noun = doc[i].pos_ in {"NOUN", "PROPN"}
        if noun and doc[i].dep_ != "compound" and words[i] not in MONTHS:
            return replace(q, end=i + 1)
        if not noun and doc[i].pos_ != "ADJ":
            break
    return q


def _ratio(doc: Doc, words: list[str], q: Quantity) -> Quantity | None:
    """As "17 of the 20 signatures", "six guests out of thirty", "one parcel in eight"."""
    end = _apart(doc, words, q.end)
    link = word(words, end)
    end += 1 + (words[end : end + 2] == ["out", "of"])
    if link not in {"of", "out", "in"} or (link == "in" and words[q.start] not in UNITS):
        return None
    while link != "in" and word(words, end) in _BEFORE_WHOLE:
        end += 1
    whole = number(words, end) if is_numeral(word(words, end)) else None
    if whole is None or word(words, whole) in UNIT_KINDS or is_year(words, end, whole):
        return None
    return _named(doc, words, Quantity(q.start, whole, "share"))


def _apart(doc: Doc, words: list[str], end: int) -> int:
    """Where what is counted ends before its whole: "six guests out of thirty", "two failed files out of eight"."""
    for i in range(end, min(end + _PHRASE, len(doc))):
        if words[i] in {"of", "out", "in"} or not (doc[i].pos_ in {"NOUN", "ADJ"} or doc[i].tag_ == "VBN"):
            break
        if doc[i].pos_ == "NOUN" and (word(words, i + 1) in {"of", "in"} or words[i + 1 : i + 3] == ["out", "of"]):
            return i + 1
    return end
