"""Hedging."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Hedging(Detector):
    """Finds spans."""

    key = "hedging"


@Language.factory("analyser_hedging", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Hedging:
    """The component ``analyser_hedging``."""
    return Hedging(nlp)
