"""The answer cut into pieces that do not overlap, each with the findings that cover it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from analyser.reports._labels import TONES, Label, label
from analyser.results import Feedback, Finding

STUB = 3  # words: "So yeah." is no line of its own
_BREAKS_OFF = (",", ":", ";", "-", "–", "—")
# What follows the dash, star or number in front of an item of a list has its own label, and the sign has none.
_LAST_SIGN = re.compile(r"(?P<before>\s*\n\s*)(?:[^\w\s]{1,3}|\(?(?:\d{1,3}|[a-zA-Z])[.)])\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same findings; ``opens`` and ``closes`` are those that begin or end with it.

    Outer findings stand before the inner ones.
    """

    start: int
    text: str
    inline: tuple[Finding, ...] = ()
    margin: tuple[Finding, ...] = ()
    opens: tuple[Finding, ...] = ()
    closes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring pieces under the same margin labels, and the blanks ``after`` them."""

    labels: tuple[Label, ...]
    findings: tuple[Finding, ...]
    pieces: tuple[Piece, ...]
    after: str


def inline(finding: Finding) -> bool:
    """Whether the finding is drawn among the words; if not, it stands in the margin."""
    return label(finding.label).place == "inline"


def pieces(feedback: Feedback) -> Iterator[Piece]:
    """The answer's text from its first character to its last."""
    text = feedback.answer.text
    findings = sorted((f for f in feedback.findings if f.start < f.end), key=lambda f: (f.start, -f.end, f.label))
    # What follows a finding begins at its first word, so that the blanks before it can stay behind.
    ends = [end for f in findings for end in (f.end, _word(text, f.end))]
    cuts = sorted({0, _word(text, 0), len(text), *(f.start for f in findings), *ends})
    active: list[Finding] = []
    coming = 0
    for start, end in pairwise(cuts):
        active = [finding for finding in active if finding.end > start]
        while coming < len(findings) and findings[coming].start == start:
            active.append(findings[coming])
            coming += 1
        yield _piece(text[start:end], start, active)


def _word(text: str, start: int) -> int:
    return re.compile(r"\s*").match(text, start).end()  # type: ignore[union-attr]  # it matches nothing at all too


def _piece(text: str, start: int, active: list[Finding]) -> Piece:
    marks = tuple(finding for finding in active if inline(finding))
    return Piece(
        start=start,
        text=text,
        inline=marks,
        margin=tuple(finding for finding in active if not inline(finding)),
        opens=tuple(finding for finding in marks if finding.start == start),
        closes=tuple(finding for finding in reversed(marks) if finding.end == start + len(text)),
    )


def blocks(feedback: Feedback) -> tuple[Block, ...]:
    """The pieces, gathered into runs that bear the same margin labels; blanks between sentences join what precedes."""
    runs: list[tuple[frozenset[str], list[Piece]]] = []
    for piece in pieces(feedback):
        names = frozenset(finding.label for finding in piece.margin)
        if runs and (piece.text.isspace() or names == runs[-1][0]):
            runs[-1][1].append(piece)
        elif not piece.text.isspace():
            runs.append((names, [piece]))
    return tuple(_block(run) for _, run in runs)


def _block(run: list[Piece]) -> Block:
    findings = {(f.start, f.end, f.label): f for piece in run for f in piece.margin}
    names = dict.fromkeys(finding.label for finding in findings.values())
    labels = sorted(map(label, names), key=lambda shown: list(TONES).index(shown.tone))
    bare = run[-1].text.rstrip()
    rest = [*run[:-1], replace(run[-1], text=bare)] if bare else run[:-1]
    return Block(tuple(labels), tuple(findings.values()), tuple(rest), run[-1].text[len(bare) :])


Line = tuple[Block, ...]  # several blocks: all but the last without a label, and no more than a lead to it


def lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """The blocks as a report that gives each a line of its own should have them: no dash, no "So yeah," by itself."""
    waiting: list[Block] = []
    for block in chain.from_iterable(map(_parted, blocks)):
        waiting.append(block)
        if not _leads(block):
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def _leads(block: Block) -> bool:
    """Whether a block is a stub or the sign of an item, or breaks off, and the next goes on in the same line."""
    text = "".join(piece.text for piece in block.pieces)
    goes_on = len(text.split()) <= STUB or text.endswith(_BREAKS_OFF)
    return not block.labels and "\n" not in block.after and goes_on


def _parted(block: Block) -> Iterator[Block]:
    """A block without a label, cut before the sign of an item at its end."""
    last = block.pieces[-1] if block.pieces and not block.labels else None
    cut = _LAST_SIGN.search(last.text) if last else None
    if last and cut and not last.inline:
        head, sign = last.text[: cut.start()], last.text[cut.end("before") :]
        pieces = (*block.pieces[:-1], replace(last, text=head))
        yield replace(block, pieces=pieces, after=cut["before"])
        yield replace(block, pieces=(replace(last, start=last.start + cut.end("before"), text=sign),))
    else:
        yield block
