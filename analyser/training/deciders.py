"""Who can give the findings on an answer: the report, the rules alone, the sentence model alone; in either mode."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from analyser import features, labelling, pipeline
from analyser.accuracy import Decider
from analyser.core import judge
from analyser.encoder import Encoder
from analyser.feedback import Judge
from analyser.models import Mode, Models
from analyser.reading import Floats, Reading
from analyser.results import Answer, Finding
from analyser.settings import Settings
from analyser.training.corpus import LabelledAnswer

Findings = tuple[Finding, ...]
BY_REPORT: dict[Mode, Decider] = {"full": "full", "fast": "fast"}
BY_MODEL: dict[Mode, Decider] = {"full": "full model", "fast": "fast model"}


@dataclass(frozen=True)
class Deciders:
    """One reading of an answer, and all that can be made of it."""

    nlp: Any  # the language pipeline
    encoder: Encoder | None
    judges: Mapping[Mode, Judge]

    @classmethod
    def load(cls, model: str | None = None, models: str | None = None, fast: bool = False) -> Self:
        """With the models of a folder or the shipped ones; in fast mode alone, or in both.

        Raises:
            ModelError: a model is missing or does not fit.
        """
        nlp = pipeline.load(model, Path(models) if models else None)
        encoders: dict[Mode, Encoder | None] = {"fast": None} if fast else {"full": Encoder(), "fast": None}
        name = pipeline.describe(nlp)
        judges = {mode: judge("netflix", models, encoder, name, Settings()) for mode, encoder in encoders.items()}
        return cls(nlp, encoders.get("full"), judges)

    def hear(
        self, answers: Iterable[LabelledAnswer], *, cut: bool = True, alone: bool = False
    ) -> Iterator[tuple[LabelledAnswer, dict[Decider, Findings]]]:
        """The findings of the report on each answer; those of the rules and of the models ``alone``, if wanted.

        Without ``cut``, the parser is left to itself to find where a sentence ends.
        """
        with self.nlp.select_pipes(disable=[] if cut else ["analyser_sentences"]):
            for reading, answer in pipeline.read(self.nlp, ((answer.text, answer) for answer in answers)):
                vectors = self.encoder.encode(reading.said) if self.encoder else None
                yield answer, dict(self._every(answer, reading, vectors, alone))

    def _every(
        self, answer: LabelledAnswer, reading: Reading, vectors: Floats | None, alone: bool
    ) -> Iterator[tuple[Decider, Findings]]:
        asked = Answer(text=answer.text, question=answer.question)
        for mode, judging in self.judges.items():
            seen = vectors if mode == "full" else None
            yield BY_REPORT[mode], judging.feedback(asked, reading, seen).findings
            if alone:
                yield BY_MODEL[mode], without_rules(judging.models, reading, seen)
        if alone:
            yield "rules", reading.findings


def without_rules(models: Models, reading: Reading, vectors: Floats | None) -> Findings:
    """What the sentence model says when it is not shown what the rules found.

    It is not fitted anew for that: one that had learned without the rules would do a little better.
    """
    unruled = replace(reading, findings=())
    heard = models.hear(features.terms(unruled), vectors)
    return labelling.join(unruled, heard, replace(models.sentences, ruled=frozenset()))
