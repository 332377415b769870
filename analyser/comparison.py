"""Two drafts of one story: which remark of the old one is mended, which still stands, which is new.

Words are followed from one draft to the other by aligning both texts word for word: a remark still stands where
the new draft has one of the same label on words that were kept, or on nearly the same words elsewhere.
"""

import re
from collections.abc import Iterable, Set
from difflib import SequenceMatcher

from analyser.drafts import Comparison, Draft, Issue
from analyser.rules import lineage

ALIKE = 0.6  # of the words, and a sentence that moved is the same sentence
# Of two stories that have nothing to do with each other, one pair in a hundred shares as much as one of these.
RUN, SHARED_RUNS = 3, 0.03  # words in a row, and the share of such runs
LETTERS, SHARED_WORDS = 6, 0.25  # a longer word says what a story is about, and the share of such words
FEWEST = 25  # words
LONG = 3000  # words; from here on, common words no longer serve to align two texts

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def compare(old: Draft, new: Draft) -> Comparison:
    """What changed from the old draft to the new one."""
    mended, marked, standing = _follow(old, new, old.marked, new.marked)
    lost, gained, _ = _follow(old, new, old.strengths, new.strengths)
    settled = {issue.key for issue in new.settled}
    before, after = ([issue for issue in draft.open if issue.kind != "words"] for draft in (old, new))
    known = {issue.key for issue in before}
    # Where the new draft cannot be judged, nothing is mended that was asked of the story.
    unjudged = [] if new.told else before
    return Comparison(
        old=old,
        new=new,
        mended=(*(issue for issue in before if issue.key in settled), *mended),
        added=(*(issue for issue in after if issue.key not in known), *marked),
        still_open=(*unjudged, *(issue for issue in after if issue.key in known), *standing),
        gained=gained,
        lost=lost,
        words=new.words - old.words,
        seconds=round(new.seconds - old.seconds, 1),
        alike=old.fingerprint == new.fingerprint,
        related=_related(old.text, new.text),
    )


def _related(old: str, new: str) -> bool:
    """Whether the texts have enough in common to be drafts of one story; of very little text nobody can tell."""
    before, after = _forms(_words(old)), _forms(_words(new))
    runs = _shared(*({tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)} for words in (before, after)))
    names = _shared(*({word for word in words if len(word) >= LETTERS} for words in (before, after)))
    return min(len(before), len(after)) < FEWEST or runs >= SHARED_RUNS or names >= SHARED_WORDS


def _shared(one: Set[object], other: Set[object]) -> float:
    """How much of the smaller set is in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


Issues = tuple[Issue, ...]


def _follow(old: Draft, new: Draft, before: Issues, after: Issues) -> tuple[Issues, Issues, Issues]:
    """The remarks that are gone, those that are new, and those that still stand, as the new draft has them."""
    places, ignored = _Places(old.text, new.text), {*old.ignored, *new.ignored}
    gone, fresh = _heard(before, ignored), _heard(after, ignored)
    standing: list[Issue] = []
    for same in (places.kept, _moved):
        for issue in tuple(gone):
            twin = next((other for other in fresh if other.name == issue.name and same(issue, other)), None)
            if twin:
                gone.remove(issue)
                fresh.remove(twin)
                standing.append(twin)
    return tuple(gone), tuple(fresh), tuple(sorted(standing, key=_start))


def _heard(issues: Issues, ignored: set[str]) -> list[Issue]:
    """The remarks but for those of rules that either draft ignores: what is silenced is not mended."""
    return [issue for issue in issues if ignored.isdisjoint(lineage(issue.rule or "", issue.name))]


class _Places:
    """Where the words of one text stand in the other."""

    def __init__(self, old: str, new: str) -> None:
        before, after = _words(old), _words(new)
        matcher = SequenceMatcher(None, _forms(before), _forms(after), autojunk=len(after) > LONG)
        self._new = {
            before[block.a + i].start(): after[block.b + i].start()
            for block in matcher.get_matching_blocks()
            for i in range(block.size)
        }

    def kept(self, old: Issue, new: Issue) -> bool:
        """Whether words of the one remark are words of the other."""
        if old.quote is None or new.quote is None:
            return False
        starts = (old.quote.start + word.start() for word in _words(old.quote.text))
        return any(new.quote.start <= self._new.get(start, -1) < new.quote.end for start in starts)


def _moved(old: Issue, new: Issue) -> bool:
    """Whether two remarks are on nearly the same words, wherever they stand."""
    before, after = (_forms(_words(issue.quote.text)) if issue.quote else [] for issue in (old, new))
    return SequenceMatcher(None, before, after).ratio() >= ALIKE


def _words(text: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(text))


def _forms(words: Iterable[re.Match[str]]) -> list[str]:
    return [word[0].lower() for word in words]


def _start(issue: Issue) -> int:
    return issue.quote.start if issue.quote else -1
