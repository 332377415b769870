"""Phrases."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Phrases(Detector):
    """Finds spans."""

    key = "phrases"


@Language.factory("analyser_phrases", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Phrases:
    """The component ``analyser_phrases``."""
    return Phrases(nlp)
