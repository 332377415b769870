"""Reading a corpus folder: answers by voice, contrast pairs by topic, and who is in which split.

One JSON object a line: ``<voice>.jsonl``, ``contrast/<topic>.jsonl``. ``splits.toml`` puts each voice and each
topic into train, dev or test: an answer is never judged by a model that has heard its speaker.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from analyser import resources, strict
from analyser.errors import DataError
from analyser.training.corpus.labelled import ContrastPair, LabelledAnswer, SplitName

CONTRAST = "contrast"  # the folder of pairs inside a corpus
SPLITS = "splits.toml"
Members = dict[SplitName, frozenset[str]]
Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True)
class Corpus:
    """Labelled answers and contrast pairs, the voices and topics of each split.

    ``digest`` is a hash of all that was read, ``test_digest`` of what is in the test split alone.
    """

    answers: tuple[LabelledAnswer, ...]
    pairs: tuple[ContrastPair, ...]
    voices: Members
    topics: Members
    digest: str
    test_digest: str

    def split(self, *names: SplitName) -> tuple[LabelledAnswer, ...]:
        """The answers of the named splits."""
        wanted = _of(self.voices, names)
        return tuple(answer for answer in self.answers if answer.voice in wanted)

    def contrast(self, *names: SplitName) -> tuple[ContrastPair, ...]:
        """The pairs of the named splits."""
        wanted = _of(self.topics, names)
        return tuple(pair for pair in self.pairs if pair.topic in wanted)


def _of(members: Members, names: Sequence[SplitName]) -> frozenset[str]:
    return frozenset().union(*(members[name] for name in names))


class _Members(strict.Strict):
    train: tuple[str, ...] = ()
    dev: tuple[str, ...] = ()
    test: tuple[str, ...] = ()

    def sets(self) -> Members:
        return {"train": frozenset(self.train), "dev": frozenset(self.dev), "test": frozenset(self.test)}


class _Splits(strict.Strict):
    voices: _Members
    topics: _Members = _Members()


def read_answers(file: Path) -> Iterator[LabelledAnswer]:
    """The answers of one JSONL file.

    Raises:
        DataError: naming file, line and key.
    """
    return rows(file, LabelledAnswer)


def rows(file: Path, form: type[Row]) -> Iterator[Row]:
    """The rows of a JSONL file in the given form.

    Raises:
        DataError: naming file, line and key.
    """
    return (row for _, row in _placed(file, form))


def _placed(file: Path, form: type[Row]) -> Iterator[tuple[str, Row]]:
    """The rows with where they stand: file and line."""
    return ((where, strict.checked(form, row, where)) for where, row in strict.rows(file))


def read(folder: Path | None = None) -> Corpus:
    """Read a corpus folder; without an argument, the project's own.

    Raises:
        DataError: a broken line, an id or a text that stands twice, a voice or a topic in no split or in two.
    """
    folder = folder or resources.path("data", "corpus")
    told, compared = sorted(folder.glob("*.jsonl")), sorted((folder / CONTRAST).glob("*.jsonl"))
    if not told:
        raise DataError(f"{folder} has no *.jsonl file: a corpus needs one for each voice.")
    placed_answers = [placed for file in told for placed in _placed(file, LabelledAnswer)]
    placed_pairs = [placed for file in compared for placed in _placed(file, ContrastPair)]
    answers, pairs = tuple(row for _, row in placed_answers), tuple(row for _, row in placed_pairs)
    table = folder / SPLITS
    splits = strict.read(table, _Splits)
    _split(table, "voice", splits.voices, {answer.voice for answer in answers})
    _split(table, "topic", splits.topics, {pair.topic for pair in pairs})
    _refuse_repeats(
        "id", [(where, row.id) for where, row in placed_answers] + [(where, row.id) for where, row in placed_pairs]
    )
    _refuse_repeats("text", [(where, answer.text) for where, answer in placed_answers])
    _refuse_repeats("pair", [(where, f"{pair.true.text} / {pair.near.text}") for where, pair in placed_pairs])
    voices, topics = splits.voices.sets(), splits.topics.sets()
    tried = {where.rpartition(":")[0] for where, answer in placed_answers if answer.voice in voices["test"]}
    tried |= {where.rpartition(":")[0] for where, pair in placed_pairs if pair.topic in topics["test"]}
    test = [file for file in (*told, *compared) if str(file) in tried]
    every = (table, *told, *compared)
    return Corpus(answers, pairs, voices, topics, resources.digest(*every), resources.digest(*test))


def _split(table: Path, what: str, listed: _Members, found: set[str]) -> None:
    every = [*listed.train, *listed.dev, *listed.test]
    _refuse_repeats(what, [(str(table), name) for name in every])
    for name in sorted(found - set(every)):
        raise DataError(f"{table}: the {what} {name!r} is in no split; add it to one.")


def _refuse_repeats(what: str, placed: Iterable[tuple[str, str]]) -> None:
    first: dict[str, str] = {}
    for where, value in placed:
        if value in first:
            at = f", first in {first[value]}" if first[value] != where else ""
            raise DataError(f"{where}: the {what} {value[:60]!r} stands twice{at}; keep one.")
        first[value] = where
