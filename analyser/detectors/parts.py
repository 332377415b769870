"""Parts."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Parts(Detector):
    """Finds spans."""

    key = "parts"


@Language.factory("analyser_parts", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Parts:
    """The component ``analyser_parts``."""
    return Parts(nlp)
