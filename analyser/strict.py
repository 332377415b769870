"""Reading data files strictly: an unknown key, a missing one or a wrong type is an error that names file and key."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from analyser.errors import DataError


class Strict(BaseModel):
    """The base of every data format: immutable, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Format = TypeVar("Format", bound=BaseModel)


def explain(where: str, error: ValidationError) -> DataError:
    """The first thing that is wrong, as one sentence; ``where`` is the file, with its line if it has lines."""
    faults = error.errors()
    first = next(
        (one for one in faults if one["type"] == "extra_forbidden"), faults[0]
    )  # perhaps the one that is missing, misspelt
    key = ".".join(str(part) for part in first["loc"] if part != "[key]") or "the whole"
    message = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    return DataError(f"{where}: {key}: {message[0].lower()}{message[1:]}.")


def read(file: Path, form: type[Format]) -> Format:
    """Read a TOML file into ``form``.

    Raises:
        DataError: the file is missing, is not TOML, or breaks the form.
    """
    try:
        return form.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise DataError(f"{file}: there is no such file.") from None
    except ValidationError as error:
        raise explain(str(file), error) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{file} is not TOML: {error}.") from None
