"""Model files: arrays and a header of JSON in one ``.npz`` archive. Nothing in it can run.

The ``header`` array holds the format version, the kind, the classes, the vocabulary and what it was trained
on. ``card.json`` beside the files has the sha256 of each: a changed byte is refused.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from analyser.errors import ModelError

FORMAT = 2
SHARED = "boundaries.npz"  # where sentences begin: one model for both modes, see ``sentences``
RETRAIN = "Make it anew with: analyser train"

Arrays = Mapping[str, Any]


def pack(header: Mapping[str, Any], arrays: Arrays) -> bytes:
    """A model file's bytes: the same for the same content, whenever and wherever they are written."""
    text = json.dumps({"format": FORMAT, **header}, sort_keys=True, ensure_ascii=False)
    every = {**arrays, "header": np.frombuffer(text.encode(), np.uint8)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(every):
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(every[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), entry.getvalue(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def unpack(content: bytes, where: Path, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and arrays of a model file.

    Raises:
        ModelError: it is no model file, or one of another kind or format version.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        header = json.loads(arrays.pop("header").tobytes())
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{where} is not a model file ({error}). {RETRAIN}") from None
    if not isinstance(header, dict):
        raise ModelError(f"{where} is not a model file (no header). {RETRAIN}")
    if (header.get("format"), header.get("kind")) != (FORMAT, kind):
        raise ModelError(
            f"{where} holds {header.get('kind')!r} in format {header.get('format')}, "
            f"this version reads {kind!r} in format {FORMAT}. {RETRAIN}"
        )
    return header, arrays


def read(file: Path, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and arrays of a model file that the ``card.json`` beside it describes.

    Raises:
        ModelError: it is missing, altered, or of another kind or format version.
    """
    folder = file.parent
    try:
        expected = json.loads((folder / "card.json").read_text(encoding="utf-8"))["files"][file.name]
        content = file.read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder} is not a folder of models ({_missing(error)}). {RETRAIN}") from None
    if hashlib.sha256(content).hexdigest() != expected:
        raise ModelError(f"{file} is not the file that {folder / 'card.json'} describes. {RETRAIN}")
    return unpack(content, file, kind)


def _missing(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{Path(str(error.filename)).name}: {error.strerror}"
    return f"card.json names no {error}" if isinstance(error, KeyError) else str(error)
