"""Stories in Markdown: one a file with front matter, or one below each heading.

A heading or a mark at the beginning of a line that only names a part (``## Situation``, ``**S:**``, ``Result:``) is
not speech: it is left out of the story, and never begins another one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analyser.bank._columns import FAULT, MANY_WORDS, NAMES, PARTS, STORY, plain
from analyser.bank._tables import Record

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
# "Signal: candor" in the lines below a heading; Notion writes a page's properties so.
_PROPERTY = re.compile(r"^(?:[-*+]\s+)?([A-Za-z][\w /()-]{0,30}?)\s*:\s+(\S.*)$")
_LONGEST_PROPERTY = 20  # words
_NAMED = "|".join(sorted((name for name in PARTS if len(name) > 1), key=len, reverse=True))
_MARK = re.compile(
    r"^\s*(?:[-*+]\s+)?(?:"
    rf"(?:\*\*|__)?(?i:{_NAMED})(?:\s*\([STAR]\))?(?::?\*\*:?|:?__:?|:)|"  # Situation:  **Task** –  **Result:**
    r"(?:\*\*|__)?[STAR](?::?\*\*:?|:?__:?|:)|[\[(][STAR][\])]:?"  # S:  **T**  (A)  [R]
    r")(?:\s*[–—-](?=\s))?(?:\s+|$)"
)
_ALONE = re.compile(rf"^\s*(?:[STAR]|(?i:{_NAMED}))\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)]|>)\s+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|])")
_ASKED = {"q", *NAMES["question"]}


@dataclass(slots=True)
class _Piece:
    """A heading (of level 0: none) with the lines below it, and the pieces below deeper headings."""

    level: int
    title: str
    lines: list[str] = field(default_factory=list)
    below: list["_Piece"] = field(default_factory=list)


def page(text: str, title: str) -> Record:
    """A file that is one story; ``title`` is what it is called where it does not say itself."""
    front, body = _front_matter(text.replace("\r\n", "\n"))
    root = _tree(body)
    named = [piece for piece in root.below if not is_part(piece.title)]
    if not any(line.strip() for line in root.lines) and named and root.below[0] is named[0]:
        title = named[0].title or title
        properties, named[0].lines = _properties(named[0].lines)
    else:
        properties, root.lines = _properties(root.lines)
    return {"title": title} | properties | front | {STORY: _said(root)}


def stories(text: str) -> list[Record]:
    """A file with a heading a story; headings that only gather others go into the column ``section``."""
    _, body = _front_matter(text.replace("\r\n", "\n"))
    root = _tree(body)
    if not root.below:
        return [_story(root, "")]
    preface = _Piece(0, "", root.lines)
    told = [_story(preface, "")] if _is_long(preface.lines) else []
    return told + [row for piece in root.below for row in _rows(piece, "")]


def _rows(piece: _Piece, section: str) -> Iterator[Record]:
    """A piece is a story, unless it says next to nothing itself and has headings below that name no part."""
    gathered = [lower for lower in piece.below if not is_part(lower.title)]
    if gathered and not _is_long(piece.lines):
        for lower in piece.below:
            yield from _rows(lower, piece.title)
    else:
        yield _story(piece, section)


def _is_long(lines: list[str]) -> bool:
    return len(" ".join(lines).split()) >= MANY_WORDS


def is_part(title: str) -> bool:
    """Whether a heading names a part of a story, and so begins none."""
    return plain(re.sub(r"\([STAR]\)", "", title)) in PARTS


def _story(piece: _Piece, section: str) -> Record:
    properties, piece.lines = _properties(piece.lines)
    row: Record = {"title": piece.title}
    if section:
        row["section"] = section
    return row | properties | {STORY: _said(piece)}


def _tree(body: str) -> _Piece:
    """The pieces of a text by the levels of their headings; inside a fence nothing is a heading."""
    root = _Piece(0, "")
    open_pieces, fenced = [root], False
    for line in body.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if not heading:
            open_pieces[-1].lines.append(line)
            continue
        piece = _Piece(len(heading[1]), _plain_line(heading[2]))
        open_pieces = [above for above in open_pieces if above.level < piece.level]
        open_pieces[-1].below.append(piece)
        open_pieces.append(piece)
    return root


def _properties(lines: list[str]) -> tuple[Record, list[str]]:
    """The ``Name: value`` lines right below a heading, and what comes after them."""
    rest = list(lines)
    while rest and not rest[0].strip():
        rest.pop(0)
    found: Record = {}
    while rest and (match := _PROPERTY.match(rest[0])) and _is_property(*match.groups()):
        found["question" if plain(match[1]) in _ASKED else match[1]] = _ESCAPED.sub(r"\1", match[2])
        rest.pop(0)
    whole = not rest or not rest[0].strip() or set(map(plain, found)) <= {name for of in NAMES.values() for name in of}
    return (found, rest) if whole else ({}, lines)


def _is_property(name: str, value: str) -> bool:
    short = len(value.split()) <= _LONGEST_PROPERTY or plain(name).startswith("heard")
    return plain(name) not in {*PARTS, *NAMES["text"]} and short


def _said(piece: _Piece) -> str:
    """What is said in a piece and below it, without headings, marks and Markdown's own signs."""
    own = "\n".join(_speech(line) for line in piece.lines)
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join([own, *map(_said, piece.below)])).strip()


def _speech(line: str) -> str:
    return "" if _ALONE.match(line) else _plain_line(_BULLET.sub("", _MARK.sub("", line)))


def _plain_line(line: str) -> str:
    return _ESCAPED.sub(r"\1", _STRONG.sub(r"\2", _LINK.sub(r"\1", line))).rstrip()


def _front_matter(text: str) -> tuple[Record, str]:
    """The table at the head of a file, between lines of three dashes; every value is text or a list of texts."""
    import yaml

    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        front = yaml.load(match[1] or "", Loader=yaml.BaseLoader)  # it knows texts, lists and tables alone
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        return {FAULT: f"Line {line}: the front matter is not YAML; write “name: value” lines."}, text[match.end() :]
    if not front:
        return {}, text[match.end() :]
    if not isinstance(front, dict):
        return {}, text  # two rules, not a table
    return {str(name): _flat(value) for name, value in front.items()}, text[match.end() :]


def _flat(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value
