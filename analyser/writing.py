"""Files that are written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analyser.errors import InputError

UNFINISHED = ".unfinished-"  # what the name of a file begins with that is not yet whole


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """A path beside ``file`` to write to; it gets the name of ``file`` when all is written, and goes otherwise.

    Raises:
        InputError: it cannot be written.
    """
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, suffix=file.suffix, dir=file.parent)
        os.close(handle)
        part = Path(name)
        yield part
        _keep(part)
        part.replace(file)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}.") from None
    finally:
        if part:
            part.unlink(missing_ok=True)


def _keep(part: Path) -> None:
    """Bring it to the disk, with the rights that a new file has."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.chmod(0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
