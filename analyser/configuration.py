"""Where the user's settings come from.

Two places are looked at: ``analyser.toml`` or ``[tool.analyser]`` in ``pyproject.toml``, in the working directory or
the nearest folder above it that has either; and ``analyser.toml`` in the user's configuration folder. A key of the
first is stronger than the same key of the second. The library itself reads neither: the command line does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from analyser import resources, strict
from analyser.errors import DataError
from analyser.framework import Framework
from analyser.settings import Limits, Settings

NAME = "analyser.toml"
SHARED = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is set, its value in words, and the file that says so; ``None`` where it is as it comes."""

    key: str
    value: str
    file: Path | None

    def plain(self) -> dict[str, str | None]:
        """As JSON has it."""
        return {"key": self.key, "value": self.value, "file": str(self.file) if self.file else None}


@dataclass(frozen=True, slots=True)
class Found:
    """The settings that apply, and the files that they come from, the strongest first."""

    layers: tuple[tuple[Path, Settings], ...]

    @property
    def settings(self) -> Settings:
        """All layers in one."""
        whole: dict[str, dict[str, Any]] = {}
        for _, layer in reversed(self.layers):
            for table, values in _given(layer).items():
                whole[table] = whole.get(table, {}) | values
        return Settings.model_validate(whole)

    def origin(self, table: str, key: str) -> Path | None:
        """The file that a key is taken from; ``None`` where nobody set it."""
        return next((file for file, layer in self.layers if key in _given(layer).get(table, {})), None)

    def rows(self, framework: Framework) -> Iterator[Row]:
        """All that applies, with where it comes from."""
        settings = self.settings
        for name, on in settings.rules.items():
            yield self._row("rules", name, "on" if on else "off")
        for table in ("phrases", "shields"):
            for name, lines in getattr(settings, table).items():
                yield self._row(table, name, ", ".join(lines))
        for name, band in settings.timed(framework).sections.items():
            yield self._row("bands", name, f"{band.low:g} to {band.high:g} seconds")
        for name, limit in settings.limits.model_dump().items():
            yield self._row("limits", name, f"{limit:g}")

    def _row(self, table: str, key: str, value: str) -> Row:
        return Row(f"{table}.{key}", value, self.origin(table, key))


def _given(settings: Settings) -> dict[str, dict[str, Any]]:
    """What was really set, table by table."""
    return settings.model_dump(exclude_unset=True)


def found(folder: Path | None = None) -> Found:
    """The settings for work in ``folder`` (the working directory).

    Raises:
        DataError: a file is not TOML, has an unknown key or a value that cannot be; the message names file and key.
    """
    own = user_file()
    files = [*_nearest(folder or Path.cwd()), *([(own, _table(own))] if own.is_file() else [])]
    return Found(tuple((file, _settings(file, table)) for file, table in dict(files).items()))


def user_file() -> Path:
    """Where the settings of the user for all their work lie, if there are any."""
    return resources.user_config() / NAME


def _nearest(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The nearest file with settings, walking up."""
    for place in (folder, *folder.parents):
        if (own := place / NAME).is_file():
            yield own, _table(own)
            return
        shared = place / SHARED
        if shared.is_file() and "analyser" in (text := strict.text(shared)):
            tool = strict.parsed(shared, text).get("tool", {})
            if "analyser" in tool:
                yield shared, tool["analyser"]
                return


def _table(file: Path) -> Mapping[str, Any]:
    return strict.parsed(file, strict.text(file))


def _settings(file: Path, table: Mapping[str, Any]) -> Settings:
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        where = f"{file}: [tool.analyser]" if file.name == SHARED else str(file)
        known = _known(error)
        hint = f" Known are: {', '.join(known)}." if known else ""
        raise DataError(f"{strict.explain(where, error)}{hint}") from None


def _known(error: ValidationError) -> list[str]:
    """The keys that may stand where an unknown one does."""
    fault = error.errors()[0]
    if fault["type"] != "extra_forbidden":
        return []
    form: type[BaseModel] = Limits if fault["loc"][0] == "limits" else Settings
    return list(form.model_fields)
