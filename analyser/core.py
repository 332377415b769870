"""``Analyser``: text in, ``Feedback`` out. Everything is loaded once and nothing leaves the machine."""

import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from analyser import framework, marks, models, pipeline, resources
from analyser.detectors import ORDER
from analyser.encoder import Encoder
from analyser.errors import DataError, InputError, ModelError
from analyser.feedback import Judge
from analyser.limits import LONGEST_WORD
from analyser.reading import Floats, Reading
from analyser.results import Answer, Feedback, MadeBy
from analyser.settings import Settings


class EncoderWarning(UserWarning):
    """The sentence encoder cannot be used; the analyser goes on in fast mode."""


class Analyser:
    """Reads interview answers and says what an experienced interviewer heard.

    Args:
        framework: the name of a built-in framework, or the path of a ``.toml`` file.
        model: a spaCy model by name or path, instead of the default one.
        fast: do without the sentence encoder (smaller and quicker, less often right).
        models: a folder of trained models, instead of that of ``ANALYSER_MODELS`` or the shipped ones.
        max_words: the longest answer that is read, instead of the settings' limit.
        settings: what the user set (``configuration.found().settings`` reads it from files); nothing without it.

    Raises:
        ModelError: a model is missing or does not fit.
        DataError: there is no such framework, or its file is broken.
    """

    def __init__(
        self,
        *,
        framework: str = "netflix",
        model: str | None = None,
        fast: bool = False,
        models: str | Path | None = None,
        max_words: int | None = None,
        settings: Settings | None = None,
    ) -> None:
        settings = settings or Settings()
        self.max_words = max_words = max_words or settings.limits.words
        with ThreadPoolExecutor(1) as beside:  # the encoder gets ready while the language model does
            ready = None if fast else beside.submit(Encoder)
            self._nlp = pipeline.load(model, Path(models) if models else None, settings)
        self._encoder = _usable(ready) if ready else None
        self._nlp.max_length = max(self._nlp.max_length, LONGEST_WORD * max_words)
        self._judge = judge(framework, models, self._encoder, pipeline.describe(self._nlp), settings)

    @property
    def made_by(self) -> MadeBy:
        """The versions and digests of everything that this analyser hears with."""
        return self._judge.made_by

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Forget the words read within, when it is left: spaCy keeps every new word otherwise. Not to be nested."""
        with pipeline.forgetting(self._nlp):
            yield

    def analyse(self, text: str | Answer, question: str | None = None) -> Feedback:
        """The feedback on one answer.

        Raises:
            InputError: the text is longer than ``max_words``, or a mark in it names no rule.
        """
        answer = text if isinstance(text, Answer) else Answer.of(text, question)
        return next(self.pipe([answer]))

    def pipe(self, answers: Iterable[str | Answer]) -> Iterator[Feedback]:
        """The feedback on many answers, in order, streaming.

        Raises:
            InputError: an answer is longer than ``max_words``, or a mark names no rule; those before it were given.
        """
        refused: list[InputError] = []
        read = pipeline.read(self._nlp, self._accepted(answers, refused))
        for vectors, (reading, answer) in self._encoded(read):
            yield self._judge.feedback(answer, reading, vectors)
        if refused:
            raise refused[0]

    def _accepted(self, answers: Iterable[str | Answer], refused: list[InputError]) -> Iterator[tuple[str, Answer]]:
        """The answers up to the first that is refused: an error in here would take down those read beside it."""
        for answer in answers:
            try:
                yield self._accept(answer)
            except InputError as error:
                refused.append(error)
                return

    def _accept(self, answer: str | Answer) -> tuple[str, Answer]:
        answer = Answer.of(answer) if isinstance(answer, str) else answer
        marks.ignored(answer.text)  # an unknown rule is refused here, before anything is read
        words = len(answer.text.split())
        if words > self.max_words or len(answer.text) > LONGEST_WORD * self.max_words:
            counted = f"{words:,} word{'s' * (words != 1)} and {len(answer.text):,} characters"
            raise InputError(
                f"The answer has {counted}; at most {self.max_words:,} words and {LONGEST_WORD * self.max_words:,} "
                "characters are read. Cut it to one story, or raise --max-words."
            )
        return answer.text, answer

    def _encoded(
        self, read: Iterable[tuple[Reading, Answer]]
    ) -> Iterator[tuple[Floats | None, tuple[Reading, Answer]]]:
        """Each reading with the vectors of its sentences; none in fast mode."""
        if self._encoder is None:
            return ((None, one) for one in read)
        return self._encoder.pipe((one[0].said, one) for one in read)


def _usable(ready: Future[Encoder]) -> Encoder | None:
    try:
        return ready.result()
    except (ModelError, DataError, ImportError) as error:
        warnings.warn(f"{error} Going on in fast mode, which is less often right.", EncoderWarning, stacklevel=3)
        return None


def judge(
    name: str, folder: str | Path | None, encoder: Encoder | None, language_model: str, settings: Settings
) -> Judge:
    """What gives feedback on a reading: the framework of this name, the models of a folder, stamped with both."""
    mode: models.Mode = "full" if encoder else "fast"
    trained, chosen = models.load(mode, folder), framework.named(name)
    made_by = MadeBy(
        analyser=version("answer-analyser"),
        mode=mode,
        pipeline=language_model,
        spacy=version("spacy"),
        framework=framework.describe(name),
        lexicons={detector: resources.digest(resources.lexicon(detector)) for detector in ORDER},
        models=trained.digests,
        encoder=encoder.digest if encoder else None,
        settings=settings.digest,
    )
    return Judge(trained, settings.timed(chosen), made_by, settings)
