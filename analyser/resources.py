"""Where data and models lie, and what the user keeps: the only place that knows.

Data and models are looked for in this order: the folder named by ``ANALYSER_HOME``, the files carried by the
wheel (``analyser/_share``), the source checkout around the package.
"""

import hashlib
import os
from functools import cache
from pathlib import Path

from analyser.errors import DataError

_PACKAGE = Path(__file__).parent
_NAME = "analyser"


@cache
def _root(home: str | None) -> Path:
    if home:
        return Path(home)
    shared = _PACKAGE / "_share"
    return shared if shared.is_dir() else _PACKAGE.parent


def path(*parts: str) -> Path:
    """The file or folder ``parts`` below ``data/`` or ``models/``, for example ``path("models", "encoder")``.

    Raises:
        DataError: it is not there.
    """
    found = _root(os.environ.get("ANALYSER_HOME")).joinpath(*parts)
    if not found.exists():
        raise DataError(f"{found} is missing: reinstall the package, or set ANALYSER_HOME to a folder that has it.")
    return found


def models(folder: str | Path | None = None) -> Path:
    """The folder of trained models: the one asked for, that of ``ANALYSER_MODELS``, the shipped one."""
    chosen = folder or os.environ.get("ANALYSER_MODELS")
    return Path(chosen) if chosen else path("models")


def user_config() -> Path:
    """The folder where the system keeps a user's configuration of the analyser; it need not be there."""
    import platformdirs

    return platformdirs.user_config_path(_NAME, appauthor=False)


def user_data() -> Path:
    """The folder where the system keeps a user's data of the analyser; it need not be there."""
    import platformdirs

    return platformdirs.user_data_path(_NAME, appauthor=False)


def lexicon(detector: str) -> Path:
    """The word list that lies beside the detector's code."""
    return _PACKAGE / "detectors" / f"{detector}.toml"


def digest(*files: Path) -> str:
    """The first 12 hex digits of the sha256 over the files' bytes, in the order given."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()[:12]
