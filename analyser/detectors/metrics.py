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
from analyser.detectors._numbers import COMPARATIVES, is_numeral
from analyser.detectors._quantities import quantities
from analyser.detectors._syntax import SUBJECTS, norm, quoted, verb_of
from analyser.detectors._told import Told

_MISSES = frozenset("late early ahead behind overdue short under over below above before after".split())
_MARKS = frozenset("budget plan target schedule forecast estimate quota goal deadline date".split())
_WHEN_BEFORE = frozenset(
    "for in within after before during every each per at on last next first past since until the over of".split()
)
_HALVES = [["the", thing] for thing in ("time", "cost", "price", "size", "number")]
_SUFFERERS = frozenset("us me them him her it company".split())
_ADJUNCTS = frozenset("from with in at for on into between".split())
_PLACES = frozenset("in before after until than of the".split())
_KNOWN = frozenset("the these those last first next when where".split())
_WHEN_AFTER = frozenset("ago later old away into".split())


class Metrics(Detector):
    """Sorts every quantity of a text into result and context."""

    key = "metrics"

    def find(self, doc: Doc) -> Iterable[Span]:
        """Every quantity, under the rule that sorts it."""
        shielded, inside = self.shielded(doc), quoted(doc)
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
        if self._is_supposed or self._is_aside or self._is_given or (self.is_early and not self.is_after_target):
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
            return self.words[0] == "one" and self.quantity.kind == "count"
        if self.quantity.kind == "count":
            return (
                self.words == ["one"]
                or self.words[-1] == "times"
                or "ago" in self.after_words[:2]
                or (self.before == "of" and not self._is_of_outcome)
            )
        if self.before in {"for", "by"} and self._is_outage:
            return False
        return self.before in _WHEN_BEFORE or not _WHEN_AFTER.isdisjoint(self.after_words[:2])

    @property
    def _is_given(self) -> bool:
        """Known before, denied, or a habit: "not three", "the four of us", "when two left", "it always took …"."""
        if (self.before == "not" and not self.is_now) or not self.sets["habits"].isdisjoint(norm(t) for t in self.left):
            return True
        return self.quantity.kind == "count" and not self.quantity.pair and self.before in _KNOWN

    # --- what speaks for one ---

    @property
    def _is_movement(self) -> bool:
        """How far something moved: "from 3 to 9", "doubled", "fell by a third", "40% higher", "up 12%"."""
        if not self.real and self.verbs:
            return False
        if self.quantity.pair or self.is_half_pair:
            told = self.left if self.before in {"from", "to"} else [*self.left, *self.right]
            return not self.verbs or any(t.lemma_.lower() in self.sets["motions"] | self.sets["moves"] for t in told)
        return self._is_multiple or self._is_moved or self._is_brought

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
        if self.before == "to" and any(norm(t) in {"it", "them"} for t in self.left[1:3]):
            moving -= self.sets["deeds"]  # and so is "cut it down to three"
        return bool(moving) and self.before != "at"

    @property
    def _is_brought(self) -> bool:
        """As "up 12%", "it got us down to three", "we brought uptime to 99.9%"."""
        bare = self.quantity.kind in {"share", "money"} or all(is_numeral(w) or w == "or" for w in self.words)
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
        return self.is_story and not self.is_late and any(verb.helpers & {"had", "'d"} for verb in self.real)

    @property
    def _is_off_mark(self) -> bool:
        """As "forty minutes late", "nine percent under plan"."""
        if self.after not in _MISSES:
            return False
        ending = len(self.right) < 2 or self.right[1].pos_ in {"PUNCT", "CCONJ", "PRON"}
        if self.quantity.kind == "money" and self.after == "over" and ending:
            return True
        timed = self.quantity.kind == "time" and self.after in {"early", "ahead"}
        return timed or self.after in {"late", "overdue", "short"} or not _MARKS.isdisjoint(self.after_words[1:4])

    @property
    def _is_beyond(self) -> bool:
        """As "thirty guests, which was more than we thought"."""
        compared = not {"than", "what"}.isdisjoint(self.after_words)
        return bool(self.real) and compared and self.near(self.right, "expecting", len(self.right))

    @property
    def _is_outage(self) -> bool:
        """As "the site was down for an hour", "the line was stopped two days", "it was extended by a week"."""
        halted = any(verb.lemma in self.sets["delays"] or self._is_halted(verb) for verb in self.real)
        return self.quantity.kind == "time" and (halted or self.near(self.left, "outages", 5))

    def _is_halted(self, verb: Told) -> bool:
        return verb.passive and verb.lemma in self.sets["halts"]

    @property
    def _is_of_outcome(self) -> bool:
        """As "a 30% increase", "savings of two million"."""
        led = self.before in {"of", "by", "to"} and self.near(self.left, "outcomes", 4)
        return led or self.near(self.right, "outcomes", 2)

    @property
    def _is_result(self) -> bool:
        """A colourless verb ("we had", "it took") once the story has come to its result."""
        if self.is_lone or self.before in _PLACES:
            return False
        if all(v.verb.tag_ == "VBZ" for v in self.real) and not (self.is_now or self.is_concluding):
            return False  # it is so in general
        if self.has("spending"):
            return self._is_paid
        if self.is_after_target and any(self.has(name) for name in ("receipts", "arrivals", "statives")):
            return self.quantity.kind != "time"
        return self._is_arrived and (self.is_late or self.is_now or self.is_concluding or self.is_compared)

    @property
    def _is_arrived(self) -> bool:
        """As "ended up with 70", "churn was nine percent", "seventeen of the twenty agreed", "now there are five"."""
        kind = self.quantity.kind
        got = self.has("receipts") and self.after != "of"
        if got or self.has("arrivals") or self._is_turnout or (self.has("statives") and self.is_now):
            return True
        if (kind == "share" and self.is_late) or (self.before in {"came", "to"} and self.has("comings")):
            return True
        told = (
            kind in {"share", "money"}
            or self.before == "a"
            or self.words[0] == "zero"
            or self.is_only
            or self.is_called_result
        )
        return self.has("statives") and told

    @property
    def _is_paid(self) -> bool:
        """What it took or cost in the end, or against what had been planned."""
        earlier = self.doc[self.sentence.start : self.span.start]
        contrast = any(norm(t) == "but" or t.lemma_.lower() in self.sets["expecting"] for t in earlier)
        settled = self.is_concluding or self.is_compared or contrast
        return self.quantity.kind != "count" and (settled or (self.is_late and self.quantity.kind != "time"))

    @property
    def _is_turnout(self) -> bool:
        """Those who did something, of all or of many: "thirty people came"."""
        follows = self.right[0].i if self.right else -1
        mine = verb_of(self.span.root).i if self.span.root.dep_ in SUBJECTS else follows
        told = [verb for verb in self.real if verb.verb.i in {mine, follows} and verb.verb.i >= self.span.end]
        if self.is_late and self.quantity.kind == "count" and any(verb.passive for verb in told):
            return True  # "twelve cases were closed"
        did = {verb.lemma for verb in told}
        some = self.quantity.kind == "share" and did.isdisjoint(self.sets["statives"])
        return bool(did) and (some or not did.isdisjoint(self.sets["turnout"]))


@Language.factory("analyser_metrics", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Metrics:
    """The component ``analyser_metrics``."""
    return Metrics(nlp)
