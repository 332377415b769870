"""Fillers: sounds and words that buy time and say nothing (um, like, you know)."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Fillers(Detector):
    """Finds ``filler`` spans."""

    key = "fillers"


@Language.factory("analyser_fillers", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Fillers:
    """The component ``analyser_fillers``."""
    return Fillers(nlp)
