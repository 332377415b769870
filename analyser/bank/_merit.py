"""What a story is worth for a signal: how surely it is heard so, and how well it is told."""

import math
from collections.abc import Iterator

from analyser.results import SignalName
from analyser.stories import Story

HEARD_AT_ALL = 0.2  # a story is no candidate for a signal below this probability
WELL_HEARD = 0.5  # from here on the signal is not in doubt

TOO_LONG, HEDGED, FILLED = "takes too long to tell", "hedges often", "has many fillers"
# By how much each weakness lowers the worth; the order is that of the advice on one answer.
_PRICES = {
    "does not own the fault": 0.4,
    "owns the fault only halfway": 0.7,
    "tells no failure": 0.6,
    "does not show your own role": 0.7,
    "shows no tradeoff": 0.75,
    "has no outcome that could be checked": 0.75,
    "has no outcome that is heard as measured": 0.95,
    TOO_LONG: 0.85,
    HEDGED: 0.9,
    FILLED: 0.95,
}


def worth(story: Story, signal: SignalName) -> float:
    """Between 0 and 1: probability times quality; 0 where it is no candidate."""
    probability = story.probabilities.get(signal, 0.0)
    return probability * quality(story, signal) if probability >= HEARD_AT_ALL else 0.0


def quality(story: Story, signal: SignalName) -> float:
    """How well it is told, for an answer to this signal's questions."""
    return round(math.prod(_price(weakness, signal) for weakness in weaknesses(story, signal)), 3)


def _price(weakness: str, signal: SignalName) -> float:
    """Some signals live by the tradeoff; for the others it is a smaller matter."""
    minor = weakness == "shows no tradeoff" and signal not in {"judgment", "commitment"}
    return 0.9 if minor else _PRICES[weakness]


def weaknesses(story: Story, signal: SignalName) -> Iterator[str]:
    """What speaks against the story, each as the end of a sentence that begins with "it"."""
    if signal == "accountability":
        yield from failings(story)
    if story.role_clear is False:
        yield "does not show your own role"
    if story.tradeoff is False:
        yield "shows no tradeoff"
    if story.outcome == "none":
        yield "has no outcome that could be checked"
    if story.outcome == "concrete":
        yield "has no outcome that is heard as measured"
    yield from story.manner


def failings(story: Story) -> Iterator[str]:
    """What a failure story lacks: the fault as one's own, or any failure at all."""
    verdicts = {"deflects": "does not own the fault", "partial": "owns the fault only halfway"}
    if story.fault != "admits":
        yield verdicts.get(story.fault or "", "tells no failure")
