"""The answer cut into pieces that do not overlap, each with the findings that cover it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from analyser.reports._labels import TONES, Label, label
from analyser.results import Feedback, Finding


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
