"""Tradeoffs: what was chosen, and what was given up, risked, delayed or refused for it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import ClassVar

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._syntax import NOMINATIVE, VERBS, lemmas, norm, norms, positions, sentence_spans
from analyser.detectors._told import Told, told

REACH = 10  # tokens from a choosing verb to its "over" or "instead of"
NEAR = 8  # tokens after "which meant" in which the loss is named
USUAL = frozenset("always usually often never generally sometimes".split())
SOMEBODY = NOMINATIVE | {"who"}
PEOPLE = frozenset("manager boss ceo cto lead team client director founder commander owner board".split())
# Losses as such happen; these count only beside a decision, in the same sentence or the one before.
NEEDS_DECISION = frozenset({"meant", "lesser"})


class Tradeoff(Detector):
    """Finds sentences that name what was chosen and what was given up for it (label ``tradeoff``)."""

    key = "tradeoff"

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp)
        named = frozenset[str]().union(*(self.words(name) for name in self.words("verb_sets")))
        self._verbs = frozenset(verb.split("_")[0] for verb in named)  # "turn_down": the particle stands behind
        self._rank = {group: i for i, group in enumerate(self.lexicon.groups)}

    def find(self, doc: Doc) -> Iterable[Span]:
        """One span for each sentence with a cue; the first group in the order of the word list names it."""
        phrases = [(phrase.start, phrase.id_.split("/")[1]) for phrase in self.phrases(doc)]
        before: list[Told] = []
        verbs, every = set(positions(doc, VERBS, "POS")), lemmas(doc)
        for sentence in sentence_spans(doc):
            inside = range(sentence.start, sentence.end)
            here = [told(doc[i]) for i in inside if i in verbs and every[i] in self._verbs]
            decided = any(map(self._decides, [*before, *here]))
            groups = {group for at, group in phrases if sentence.start <= at < sentence.end}
            groups = {group for group in groups if decided or group not in NEEDS_DECISION}
            groups.update(self._groups(here, decided))
            before = here
            if groups:
                yield self.span(doc, sentence.start, sentence.end, min(groups, key=self._rank.__getitem__))

    def _groups(self, here: list[Told], decided: bool) -> Iterator[str]:
        """The groups that have a cue among the verbs of a sentence."""
        for verb in here:
            if verb.negated:
                continue
            for group, holds in self._RULES.items():
                if holds(self, verb) and (decided or group not in NEEDS_DECISION):
                    yield group
        if self._pair(here):
            yield "pair"
        if decided and here and self._lesser(here[0].verb.sent):
            yield "lesser"

    def _decides(self, verb: Told) -> bool:
        """Whether somebody in the story takes a decision: we went with, she picked, I shipped."""
        return verb.past and not verb.negated and verb.lemma in self.words("deciding") and bool(verb.who)

    # X over Y, X instead of Y

    def _over(self, verb: Told) -> bool:
        """We chose speed over polish; I preferred it to another winter of plastic."""
        if verb.lemma not in self.words("choosing") or not self._chose(verb):
            return False
        after = _after(verb.verb, REACH)
        if verb.lemma == "prefer" and any(t.lower_ == "to" and t.tag_ == "IN" for t in after[1:]):
            return True
        return any(norm(t) == "over" and self._is_thing(t) for t in after[1:])

    def _is_thing(self, over: Token) -> bool:
        """Whether what follows "over" was refused, not a time, a number or a place."""
        for token in over.doc[over.i + 1 : min(over.i + 5, over.sent.end)]:
            if norm(token) == "one" and token.i > over.i + 1:
                return True
            if token.like_num or token.pos_ == "NUM" or norm(token) in self.words("not_refused"):
                return False
            if token.pos_ in {"NOUN", "PROPN", "VERB"}:
                return True
        return False

    def _chose(self, verb: Told) -> bool:
        """Whether somebody chose something, once: "went" alone is no choice, and "I always pick" no event."""
        if verb.lemma not in self.words("choosing") | self.words("doing") or not _done(verb):
            return False
        first = next(iter(verb.after(1)), "")
        return first != "over" and (verb.lemma != "go" or first in {"with", "for"})

    def _instead(self, verb: Told) -> bool:
        """I built the small one instead of the big one; he would rather lose a week than a customer."""
        if self._chose(verb):
            pairs = set(pairwise(verb.after(REACH)))
            return not pairs.isdisjoint({("instead", "of"), ("rather", "than"), ("and", "not")})
        return verb.lemma in self.words("losing") and _rather(verb, verb.after(REACH))

    # What it cost

    def _gave_up(self, verb: Told) -> bool:
        """I gave up the launch; we cut the map to ship the search; we are giving up a tenth."""
        up = verb.lemma == "give" and verb.after(1) == ["up"]
        given = up or verb.lemma in self.words("sacrificing")
        if not (given or self._cuts(verb)) or not (_done(verb) or _doing(verb)):
            return False
        after = _after(verb.verb, REACH)
        if given:
            named = any(token.pos_ in {"NOUN", "PROPN", "NUM"} for token in after[:6])
            named = named or any(token.pos_ == "DET" for token in after[1:2])
            return named and [norm(t) for t in after[1:2]] != ["on"]
        return any(self._is_purpose(token) for token in after)

    def _cuts(self, verb: Told) -> bool:
        particle = next(iter(verb.after(1)), "")
        return verb.lemma in self.words("cutting") or f"{verb.lemma}_{particle}" in self.words("cutting")

    def _is_purpose(self, token: Token) -> bool:
        """Whether a purpose begins here: to ship, so we could, for that."""
        rest = [*token.doc[token.i + 1 : min(token.i + 3, token.sent.end)]]
        words = [norm(t) for t in rest]
        if norm(token) == "to":
            return bool(rest) and rest[0].lemma_.lower() in self.words("gaining")
        if norm(token) == "for":
            return words[:1] in (["that"], ["this"])
        return norm(token) == "so" and not {"i", "we"}.isdisjoint(words[: 2 if words[:1] == ["that"] else 1])

    def _risk(self, verb: Told) -> bool:
        """We accepted that it would be slower; I knew it would cost us."""
        if verb.lemma not in {"accept", "know"}:
            return False
        after = _after(verb.verb, NEAR)
        words = {norm(token) for token in after}
        modal = not words.isdisjoint({"would", "'d", "might", "could", "may", "will"})
        if verb.lemma == "accept":
            return _done(verb) and (modal or any(map(self._is_loss, after)))
        knew = verb.verb.tag_ == "VBG" or (verb.past and verb.who in SOMEBODY)
        return knew and modal and any(self._is_loss(token) for token in after)

    def _meant(self, verb: Told) -> bool:
        """Which meant losing the holidays; it cost us a month; the reports had to wait."""
        if verb.lemma == "wait":
            return {"had", "to"} <= verb.helpers and verb.who not in {"i", "we", ""}
        if verb.lemma not in {"mean", "cost"} or not verb.past:
            return False
        after = _after(verb.verb, NEAR)
        choice = verb.who in {"which", "that", "it", "this"} or (bool(after) and after[0].tag_ == "VBG")
        if not choice:
            return False
        words = {norm(token) for token in after}
        return verb.lemma == "cost" or bool(words & {"not", "no", "another"}) or any(map(self._is_loss, after))

    def _is_loss(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        return lemma in self.words("loss") or (lemma in self.words("losing") and token.pos_ == "VERB")

    def _despite(self, verb: Told) -> bool:
        """We took it even though it was slower; we cut it even though people loved it."""
        cuts = self._cuts(verb) and _done(verb)
        if not (cuts or self._decides(verb)):
            return False
        after = _after(verb.verb, 2 * REACH)
        starts = [i for i, t in enumerate(after[1:], 1) if norm(t) in {"though", "if"} and norm(after[i - 1]) == "even"]
        weak = after[starts[0] : starts[0] + NEAR] if starts else []
        if cuts:  # what is let go, although it is worth something
            return any(token.lemma_.lower() in self.words("worth") for token in weak)
        return any(map(self._is_loss, weak))

    def _lesser(self, sentence: Span) -> bool:
        """Slower but safer; less money, but more to learn."""
        words = norms(sentence.doc)[sentence.start : sentence.end]
        less = [i for i, word in enumerate(words) if word in self.words("lesser")]
        return any("but" in words[i + 1 : i + NEAR] for i in less)

    def _pair(self, here: list[Told]) -> bool:
        """We kept the podcast and dropped the events."""
        if not here or "if" in (norm(token) for token in here[0].verb.sent[:4]):
            return False
        mine = [verb for verb in here if not verb.negated and _done(verb) and self._has_thing(verb)]
        chose = [v for v in mine if v.lemma in self.words("keeping") and (v.lemma != "go" or self._chose(v))]
        lost = [verb for verb in mine if self._cuts(verb) or verb.lemma in {"lose", "sacrifice"}]
        return any(a.who == b.who and 0 < abs(a.verb.i - b.verb.i) < 2 * REACH for a in chose for b in lost)

    def _has_thing(self, verb: Told) -> bool:
        """Whether the verb has a thing for its object: not "kept talking", "dropped him", "lost track"."""
        return not any(t.tag_ == "VBG" or norm(t) in self.words("no_things") for t in _after(verb.verb, 1))

    _RULES: ClassVar[dict[str, Callable[["Tradeoff", Told], bool]]] = {
        "over": _over,
        "instead": _instead,
        "gave_up": _gave_up,
        "risk": _risk,
        "meant": _meant,
        "despite": _despite,
    }


def _done(verb: Told) -> bool:
    """Whether somebody did it, once."""
    if not verb.past or verb.passive or verb.who not in SOMEBODY | PEOPLE:
        return False
    return USUAL.isdisjoint(norms(verb.verb.doc)[max(verb.verb.i - 2, 0) : verb.verb.i])


def _rather(verb: Told, after: list[str]) -> bool:
    """Whether one loss is taken before another: would rather lose a week than, would lose a week rather than."""
    before = norms(verb.verb.doc)[max(verb.verb.i - 4, verb.verb.sent.start) : verb.verb.i]
    return "than" in after and ("rather" in before or ("rather" in after and "would" in verb.helpers))


def _doing(verb: Told) -> bool:
    """Whether it is being done as the story is told: we are giving up a tenth."""
    return verb.verb.tag_ == "VBG" and verb.who in {"i", "we"} and bool(verb.helpers & {"are", "'re", "am", "'m"})


def _after(verb: Token, reach: int) -> list[Token]:
    """The tokens after a verb in its sentence."""
    return list(verb.doc[verb.i + 1 : min(verb.i + 1 + reach, verb.sent.end)])


@Language.factory("analyser_tradeoff", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Tradeoff:
    """The component ``analyser_tradeoff``."""
    return Tradeoff(nlp)
