"""Which part of a story each sentence tells: context, decision, result, lesson and eight more.

A group fires where one of its phrases stands or one of its rules (``RULES``) holds, but only within its
stretch of the answer (``PLACES``): a lesson is not told first. A sentence may be several parts.
"""

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from analyser.detectors import _parts as part
from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._parts import Sets
from analyser.detectors._story import View, views

# Where in the answer, from 0 to 1, a group may fire; anywhere if it is not named.
PLACES: dict[str, tuple[float, float]] = {
    "setting": (0, 0.25),
    "opening": (0, 0.25),
    "dispute": (0, 0.4),
    "outsiders": (0, 0.4),
    "options": (0, 0.6),
    "unknown": (0, 0.6),
    "chose": (0.25, 0.9),
    "overruled": (0.25, 0.9),
    "acted": (0.2, 0.95),
    "spoken": (0, 0.9),
    "told": (0.05, 0.85),
    "figures": (0.05, 0.7),
    "moved": (0.5, 1),
    "closing": (0.7, 1),
    "ending": (0.5, 1),
    "learned": (0.6, 1),
    "since": (0.65, 1),
    "stood_by": (0.35, 1),
    "carried": (0.5, 0.95),
    "won_over": (0.2, 0.9),
    "moved_people": (0.15, 0.8),
}

RULES: dict[str, tuple[Callable[[View, Sets], bool], ...]] = {
    "opening": (part.opening,),
    "options": (part.options, part.roads),
    "unknown": (part.unknown, part.lacking),
    "chose": (part.chose,),
    "acted": (part.acted,),
    "spoken": (part.spoken,),
    "told": (part.told,),
    "figures": (part.figures, part.gathered),
    "moved": (part.moved,),
    "closing": (part.closing,),
    "since": (part.habit,),
    "carried": (part.carried,),
    "won_over": (part.persuaded,),
    "moved_people": (part.moved_people,),
}

# What the tags of prepared notes settle: "(S) …", "Result: …".
TAGGED = {"context": "setting", "result": "ending", "lesson": "learned"}


class Parts(Detector):
    """Finds the sentences that are a part of the story, several parts each if need be."""

    key = "parts"
    overlapping = True

    def find(self, doc: Doc) -> Iterator[Span]:
        """Every sentence under each part that it tells."""
        heard: set[str] = set()
        cues = [(phrase.start, phrase.id_.split("/")[1]) for phrase in self.phrases(doc)]
        for view in views(doc, cues, heard):
            groups = [group for group in self.lexicon.groups if self._fires(group, view)]
            yield from (self.span(doc, view.span.start, view.span.end, group) for group in groups)
            heard.update(groups)

    def _fires(self, group: str, view: View) -> bool:
        if view.tag is not None and TAGGED.get(view.tag) == group:
            return True
        if not view.within(PLACES.get(group)):
            return False
        return group in view.cues or any(rule(view, self.lexicon.sets) for rule in RULES.get(group, ()))


@Language.factory("analyser_parts", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Parts:
    """The component ``analyser_parts``."""
    return Parts(nlp)
