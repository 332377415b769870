"""The corpus: labelled answers and contrast pairs, read strictly, written in a plain-text authoring format.

``labelled`` says what a row holds, ``folder`` reads a corpus, ``authoring`` turns the authoring format into
rows and ``rendering`` rows back, ``portrait`` counts, ``soundness`` doubts, ``agreement`` compares two readers.
"""

from analyser.training.corpus.folder import Corpus, read, read_answers
from analyser.training.corpus.labelled import (
    FAULTS,
    PARTS,
    SENTENCE_LABELS,
    SPANS,
    ContrastPair,
    Labelled,
    LabelledAnswer,
    LabelledSentence,
    LabelledSpan,
    SplitName,
    Statement,
)

__all__ = [
    "FAULTS", "PARTS", "SENTENCE_LABELS", "SPANS", "ContrastPair", "Corpus", "Labelled", "LabelledAnswer",
    "LabelledSentence", "LabelledSpan", "SplitName", "Statement", "read", "read_answers",
]  # fmt: skip
