"""Reading data files strictly: an unknown key, a missing one or a wrong type is an error that names file and key."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

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


def checked(form: type[Format], value: object, where: str) -> Format:
    """The value in its ``form``.

    Raises:
        DataError: it breaks the form.
    """
    try:
        return form.model_validate(value)
    except ValidationError as error:
        raise explain(where, error) from None


def read(file: Path, form: type[Format]) -> Format:
    """Read a TOML file into ``form``.

    Raises:
        DataError: the file is missing, is not TOML, or breaks the form.
    """
    return checked(form, parsed(file, text(file)), str(file))


def parsed(file: Path, written: str) -> dict[str, Any]:
    """The tables in what is ``written`` in a TOML file.

    Raises:
        DataError: it is not TOML.
    """
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file} is not TOML: {error}.") from None


def rows(file: Path) -> Iterator[tuple[str, object]]:
    """The rows of a JSONL file, each with where it stands: file and line.

    Raises:
        DataError: the file cannot be read, or a line is not JSON.
    """
    for number, line in enumerate(text(file).split("\n"), 1):
        where = f"{file}:{number}"
        if line.strip():
            try:
                yield where, json.loads(line)
            except json.JSONDecodeError as error:
                raise DataError(f"{where}: not a JSON object ({error.msg}).") from None


def text(file: Path) -> str:
    """What a file says, without the mark that some programs begin UTF-8 with.

    Raises:
        DataError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError(f"{file} cannot be read: there is no such file.") from None
    except OSError as error:
        raise DataError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise DataError(f"{file} cannot be read: it is not UTF-8; save it so.") from None
