"""Fault."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Fault(Detector):
    """Finds spans."""

    key = "fault"


@Language.factory("analyser_fault", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Fault:
    """The component ``analyser_fault``."""
    return Fault(nlp)
