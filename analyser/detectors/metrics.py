"""Metrics."""

from spacy.language import Language

from analyser.detectors._base import REQUIRES, Detector


class Metrics(Detector):
    """Finds spans."""

    key = "metrics"


@Language.factory("analyser_metrics", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Metrics:
    """The component ``analyser_metrics``."""
    return Metrics(nlp)
