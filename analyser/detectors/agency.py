"""Agency."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Agency(Detector):
    """Finds spans."""

    key = "agency"


@Language.factory("analyser_agency", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Agency:
    """The component ``analyser_agency``."""
    return Agency(nlp)
