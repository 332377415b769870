"""Drafts over time, in one SQLite file in the user's data folder. Nothing is written unless ``save`` is called.

The file says by its application id that it is ours and by its user version which schema it has. One that says
otherwise, or is damaged, is refused and left as it is. A new file appears under its name only when it is complete,
and every change is one transaction, so that several processes may save at once.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from analyser import resources
from analyser.drafts import Draft, Saved
from analyser.errors import DataError, InputError

NAME = "drafts.sqlite3"
APPLICATION = 0x416E7377  # "Answ"
PATIENCE = 30.0  # seconds to wait for another process
LONGEST_NAME = 60
# Each step takes the file from one schema version to the next; steps are added at the end and never changed. The
# form of a draft's JSON is part of the schema: the tests keep a draft of every version, which must be read.
STEPS = (
    """
    CREATE TABLE drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        saved TEXT NOT NULL,
        draft TEXT NOT NULL
    );
    CREATE INDEX drafts_of_a_name ON drafts (name, id);
    """,
)
_HEADER = b"SQLite format 3\x00"
_SMALLEST = 512  # bytes of a database
_ASIDE = "Move it away, or restore it from a copy; it was left as it is."


class History:
    """The saved drafts of all stories.

    Args:
        file: where they are kept, instead of the user's data folder.

    Every method raises ``DataError`` where the file is damaged, foreign, or of a newer analyser, and ``InputError``
    where it cannot be opened.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or resources.user_data() / NAME

    def save(self, name: str, draft: Draft) -> Saved:
        """Keep a draft as the latest of its story, and give it its number.

        Raises:
            InputError: the name is empty, too long, or has an @ or a line break in it.
        """
        name, now = checked(name), datetime.now(UTC)
        while True:
            self._create()
            before = self._identity()
            try:
                number = self._insert(name, now, draft)
            except InputError:
                if self._identity() == before:
                    raise
            else:
                if self._identity() == before:
                    return Saved(name=name, number=number, saved=now, draft=draft)
            # Somebody wiped the history away under us: the draft goes into a new one.

    def drafts(self, name: str | None = None) -> tuple[Saved, ...]:
        """The drafts of a story, or of all, the oldest first."""
        if not self.file.exists():
            return ()
        with self._opened() as connection:
            wanted = "SELECT name, saved, draft FROM drafts WHERE ?1 IS NULL OR name = ?1 ORDER BY name, id"
            rows = connection.execute(wanted, [name]).fetchall()
        numbers: dict[str, int] = {}
        return tuple(_saved(row, numbers) for row in rows)

    def find(self, reference: str) -> Saved | None:
        """The draft meant by ``NAME`` (its latest) or ``NAME@2``, if it was saved."""
        name, _, number = reference.partition("@")
        drafts = [saved for saved in self.drafts(name.strip()) if number in {"", str(saved.number)}]
        return drafts[-1] if drafts else None

    def named(self, reference: str) -> Saved:
        """The draft meant by ``NAME`` or ``NAME@2``.

        Raises:
            InputError: there is none.
        """
        found = self.find(reference)
        if found is None:
            raise InputError(f"{reference} is neither a file nor a saved draft; see `analyser history`.")
        return found

    def wipe(self, name: str | None = None) -> int:
        """Remove the drafts of a story, or all with the file that they were in; gives how many there were."""
        if not self.file.exists():
            return 0
        with self._opened() as connection, _transaction(connection, "EXCLUSIVE"):
            gone = connection.execute("DELETE FROM drafts WHERE ?1 IS NULL OR name = ?1", [name]).rowcount
            if name is None and os.name != "nt":  # where it could not be removed while it is open
                self.file.unlink()
        if name is None:
            self.file.unlink(missing_ok=True)
        return gone

    def _insert(self, name: str, now: datetime, draft: Draft) -> int:
        """The number of the draft that is now in the file."""
        with self._opened() as connection, _transaction(connection, "IMMEDIATE"):
            row = (name, now.isoformat(), draft.model_dump_json())
            connection.execute("INSERT INTO drafts (name, saved, draft) VALUES (?, ?, ?)", row)
            (number,) = connection.execute("SELECT count(*) FROM drafts WHERE name = ?", [name]).fetchone()
        return int(number)

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _create(self) -> None:
        """Put an empty history in its place, where there is none: at once and whole."""
        if self.file.exists():
            return
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.file.parent) as folder:
                fresh = Path(folder) / NAME
                with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
                    _migrate(connection)
                fresh.chmod(0o600)
                _place(fresh, self.file)
        except OSError as error:
            raise InputError(f"{self.file} cannot be written: {error.strerror}.") from None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file, looked at before anything is done with it."""
        try:
            _check_header(self.file)
            with closing(_connect(self.file)) as connection:
                self._check(connection)
                _migrate(connection)
                yield connection
        except (sqlite3.OperationalError, OSError) as error:
            raise InputError(f"{self.file} cannot be used: {getattr(error, 'strerror', None) or error}.") from None
        except sqlite3.DatabaseError as error:
            raise DataError(f"{self.file} is damaged ({error}). {_ASIDE}") from None

    def _check(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA secure_delete = ON")
        if _pragma(connection, "application_id") != APPLICATION:
            raise DataError(f"{self.file} is a database of another program. {_ASIDE}")
        if (version := _pragma(connection, "user_version")) > len(STEPS):
            raise DataError(
                f"{self.file} was written by a newer analyser (schema {version}, this one knows {len(STEPS)}); "
                "update this one."
            )
        with _transaction(connection, "DEFERRED"):
            (fault,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            size = _pragma(connection, "page_count") * _pragma(connection, "page_size")
            # A last page of which a part is missing is filled up with zeros, and all looks well.
            if fault != "ok" or self.file.stat().st_size < size:
                raise sqlite3.DatabaseError("its end is missing" if fault == "ok" else fault.splitlines()[-1])


def checked(name: str) -> str:
    """The name of a story, if it can be one.

    Raises:
        InputError: it is empty, too long, or has an @ or a line break in it.
    """
    plain = name.strip()
    if not plain or len(plain) > LONGEST_NAME or "@" in plain or not plain.isprintable():
        raise InputError(f"A story is saved under a name of 1 to {LONGEST_NAME} characters without @, as in launch.")
    return plain


def _connect(file: Path) -> sqlite3.Connection:
    """A connection to a file that is there; it is never made by being looked at."""
    where = f"{file.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(where, uri=True, timeout=PATIENCE, isolation_level=None)


def _check_header(file: Path) -> None:
    with file.open("rb") as opened:
        start = opened.read(_SMALLEST)
    if not start.startswith(_HEADER) and not _HEADER.startswith(start):
        raise DataError(f"{file} is not a history of the analyser. {_ASIDE}")
    if len(start) < _SMALLEST:
        raise DataError(f"{file} is cut short. {_ASIDE}")


def _migrate(connection: sqlite3.Connection) -> None:
    """Take the file to the newest schema, in one transaction."""
    if _pragma(connection, "user_version") == len(STEPS):
        return
    with _transaction(connection, "IMMEDIATE"):
        for step in STEPS[_pragma(connection, "user_version") :]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _place(fresh: Path, file: Path) -> None:
    """Give the fresh file its name, unless another process was first."""
    try:
        os.link(fresh, file)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        with file.open("xb") as copy:
            copy.write(fresh.read_bytes())


def _saved(row: tuple[str, str, str], numbers: dict[str, int]) -> Saved:
    name, saved, draft = row
    numbers[name] = number = numbers.get(name, 0) + 1
    try:
        when, kept = datetime.fromisoformat(saved), Draft.model_validate_json(draft)
    except (ValidationError, ValueError):
        raise DataError(f"Draft {number} of {name} cannot be read: it is damaged, or of another analyser.") from None
    return Saved(name=name, number=number, saved=when, draft=kept)
