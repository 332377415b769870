"""Tradeoff."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Tradeoff(Detector):
    """Finds spans."""

    key = "tradeoff"


@Language.factory("analyser_tradeoff", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Tradeoff:
    """The component ``analyser_tradeoff``."""
    return Tradeoff(nlp)
