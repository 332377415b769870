"""Metrics: which figures tell how the story came out, and which only set the scene.

The form of a number decides nothing ("40" may be users won, desks in a room or a year); what it is
attached to does: the verb or noun that governs it, whether that really happened, and, where the verb is
colourless ("it took …", "we had …"), whether the story has come to its result.
"""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from analyser.detectors._around import Around
from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._numbers import COMPARATIVES
from analyser.detectors._quantities import quantities
from analyser.detectors._syntax import SUBJECTS, norm, quoted, verb_of

_STORY = 80  # words; a shorter text has no beginning and end to speak of
_RESULT_FROM = 0.55  # the share of a story after which it has come to its result
_MISSES = frozenset("late early ahead behind overdue short under over below above before after".split())
_MARKS = frozenset("budget plan target schedule forecast estimate quota goal deadline date".split())
_WHEN_BEFORE = frozenset(
    "for in within after before during every each per at on last next first past since until the over of".split()
)
_HALVES = [["the", thing] for thing in ("time", "cost", "price", "size", "number")]
_SUFFERERS = frozenset("us me them him her it company".split())
_ADJUNCTS = frozenset("from with in at for on into between".split())
_WHEN_AFTER = frozenset("ago later old away into".split())


class Metrics(Detector):
    """Sorts every quantity of a text into result and context."""

    key = "metrics"

    def find(self, doc: Doc) -> Iterable[Span]:
        """Every quantity, under the rule that sorts it."""
        shielded = {i for _, start, end in self._shields(doc) for i in range(start, end)}
        inside = quoted(doc)
        for quantity in quantities(doc):
            if not shielded.intersection(range(quantity.start, quantity.end)):
                figure = _Figure(doc, quantity, self.lexicon.sets)
                group = "figure" if quantity.start in inside else figure.group
                yield self.span(doc, quantity.start, quantity.end, group)


class _Figure(Around):
    """A quantity, to be sorted."""

    @property
    def group(self) -> str:
        """The rule that sorts this figure."""
        if self.quantity.kind == "name":
            return "date"
        if self._is_target:
            return "target"
        if self._is_supposed or self._is_aside:
            return "figure"
        if self._is_movement:
            return "movement"
        if self._is_outcome:
            return "outcome"
        return "result" if self._is_result else "figure"

    # --- what speaks against a result ---

    @property
    def _is_target(self) -> bool:
        """A number that was aimed at or allowed: "our goal of 40", "a 10k budget"."""
        aimed = self.near(self.left, "targets", 4) and self.before != "by"  # "missed the target by 12%"
        return aimed or self.near(self.right, "targets", 1)

    @property
    def _is_supposed(self) -> bool:
        """A number that was only thought of: planned, estimated, or under "if"."""
        supposing = any(t.lemma_.lower() in self.sets["supposing"] for t in self.left)
        return supposing and not any(norm(t) in {"than", "instead"} for t in self.left[:3])

    @property
    def _is_aside(self) -> bool:
        """Said by the way: how long ("for two weeks", "two years ago"), or of something else ("a boy of twelve")."""
        if self.quantity.pair or self.quantity.kind not in {"time", "count"}:
            return self.words == ["one"]
        if self.quantity.kind == "count":
            return (
                self.words == ["one"]
                or "ago" in self.after_words[:2]
                or (self.before == "of" and not self._is_of_outcome)
            )
        if self.before == "for" and self.near(self.left, "outages", 5):
            return False
        return self.before in _WHEN_BEFORE or not _WHEN_AFTER.isdisjoint(self.after_words[:2])

    # --- what speaks for one ---

    @property
    def _is_movement(self) -> bool:
        """How far something moved: "from 3 to 9", "doubled", "fell by a third", "40% higher", "up 12%"."""
        if not self.real and self.verbs:
            return False
        if self.quantity.pair or self._is_half_pair:
            return not self.verbs or any(
                t.lemma_.lower() in self.sets["motions"] | self.sets["moves"] for t in self.left
            )
        return self._is_multiple or self._is_moved or self._is_brought

    @property
    def _is_half_pair(self) -> bool:
        """As "from every night to two", "from five days to the next morning": one end has no number."""
        if self.before == "from":
            return "to" in self.after_words[:4]
        return self.before == "to" and any(norm(t) == "from" for t in self.left[:6])

    @property
    def _is_multiple(self) -> bool:
        if self.words == ["twice"]:
            return self.has("moves")
        if self.words == ["half"]:
            return self.after_words[:2] in _HALVES and self.before not in {"", "and"}
        return self.quantity.kind == "factor" or self.words[-1] in COMPARATIVES

    @property
    def _is_moved(self) -> bool:
        moving = {verb.lemma for verb in self.real} & self.sets["moves"]
        if self.quantity.kind == "count" and self.before not in {"by", "to"}:
            moving -= self.sets["deeds"]  # "cut two features" is a deed, no result
        return bool(moving)

    @property
    def _is_brought(self) -> bool:
        """As "up 12%", "it got us down to three", "we brought uptime to 99.9%"."""
        bare = self.quantity.kind in {"share", "money"} or self.quantity.end == self.quantity.start + 1
        if any(norm(t) in {"up", "down"} for t in self.left[: 1 + (self.before in {"by", "to"})]):
            return self.quantity.kind in {"share", "money"} or self.has("motions")
        return bare and self.before == "to" and self.has("motions")

    @property
    def _is_outcome(self) -> bool:
        """What was won, lost, saved or missed, and by how much."""
        if self._is_beyond or (self.has("results") and self.before not in _ADJUNCTS and not self._is_background):
            return True
        told = bool(self.real) or not self.verbs
        return told and (self._is_off_mark or self._is_outage or self._is_price or self._is_of_outcome)

    @property
    def _is_price(self) -> bool:
        """As "it cost us two clients", "we closed the year with zero accidents"."""
        paid = self.before in _SUFFERERS and any(verb.lemma == "cost" for verb in self.real)
        return paid or (self.words[0] == "zero" and self.before == "with")

    @property
    def _is_background(self) -> bool:
        """What had come about before the story began: "the cook had quit in May"."""
        return len(self.doc) >= _STORY and not self._is_late and any(verb.helpers & {"had", "'d"} for verb in self.real)

    @property
    def _is_off_mark(self) -> bool:
        """As "forty minutes late", "nine percent under plan"."""
        if self.after not in _MISSES:
            return False
        timed = self.quantity.kind == "time" and self.after in {"early", "ahead"}
        return timed or self.after in {"late", "overdue", "short"} or not _MARKS.isdisjoint(self.after_words[1:4])

    @property
    def _is_beyond(self) -> bool:
        """As "thirty guests, which was more than we thought"."""
        compared = not {"than", "what"}.isdisjoint(self.after_words)
        return bool(self.real) and compared and self.near(self.right, "expecting", len(self.right))

    @property
    def _is_outage(self) -> bool:
        return self.quantity.kind == "time" and self.near(self.left, "outages", 5)

    @property
    def _is_of_outcome(self) -> bool:
        """As "a 30% increase", "savings of two million"."""
        led = self.before in {"of", "by", "to"} and self.near(self.left, "outcomes", 4)
        return led or self.near(self.right, "outcomes", 2)

    @property
    def _is_result(self) -> bool:
        """A colourless verb ("we had", "it took") once the story has come to its result."""
        if not self.real or not {"one", "half", "times"}.isdisjoint(self.words):
            return False
        if self.has("spending"):
            return self._is_paid
        return self._is_arrived and (self._is_late or self._is_concluding or self._is_compared)

    @property
    def _is_arrived(self) -> bool:
        """As "ended up with 70", "churn was nine percent", "seventeen of the twenty agreed", "now there are five"."""
        kind = self.quantity.kind
        if self.has("arrivals") or self.has("receipts") or self._is_turnout or (self.has("statives") and self._is_now):
            return True
        told = kind in {"share", "money"} or self.before == "a" or self.words[0] == "zero" or self._is_called_result
        return self.has("statives") and told

    @property
    def _is_paid(self) -> bool:
        """What it took or cost in the end, or against what had been planned."""
        contrast = any(norm(t) == "but" for t in self.doc[self.sentence.start : self.span.start])
        settled = self._is_concluding or self._is_compared or contrast
        return settled if self.quantity.kind == "time" else self.quantity.kind == "money" and (settled or self._is_late)

    @property
    def _is_turnout(self) -> bool:
        """Those who did something, of all or of many: "thirty people came"."""
        if self.span.root.dep_ not in SUBJECTS:
            return False
        did = {verb.lemma for verb in self.real if verb.verb.i == verb_of(self.span.root).i}
        some = self.quantity.kind == "share" and did.isdisjoint(self.sets["statives"])
        return bool(did) and (some or not did.isdisjoint(self.sets["turnout"]))

    @property
    def _is_now(self) -> bool:
        return any(norm(t) == "now" for t in self.left[:5])

    @property
    def _is_late(self) -> bool:
        return len(self.doc) >= _STORY and self.span.start > _RESULT_FROM * len(self.doc)

    @property
    def _is_concluding(self) -> bool:
        return self.near(list(self.doc[self.sentence.start : self.span.start]), "conclusions", 100)

    @property
    def _is_called_result(self) -> bool:
        return any(t.lemma_.lower() == "result" for t in self.doc[self.sentence.start : self.span.start])

    @property
    def _is_compared(self) -> bool:
        return any(norm(t) in self.sets["comparing"] for t in self.sentence)


@Language.factory("analyser_metrics", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Metrics:
    """The component ``analyser_metrics``."""
    return Metrics(nlp)
