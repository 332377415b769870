"""DESIGN: an import goes down, never up or sideways; each heavy library is at home on one floor."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "analyser"

# From the ground up. Modules of one floor are strangers, but for those in NEIGHBOURS.
FLOORS = [
    {"errors", "limits", "wording"},
    {"answer", "writing"},
    {"findings"},
    {"results", "resources", "asking"},
    {"strict", "reading", "stories", "transcripts"},
    {"lexicon", "framework_tables", "agenda"},
    {"framework"},
    {"features", "encoder", "detectors", "schedule", "model_files"},
    {"views"},
    {"numbers"},
    {"models", "rules"},
    {"sentences", "embeddings", "lemmas", "settings", "marks", "accuracy"},
    {"pipeline", "gate", "labelling", "configuration", "drafts"},
    {"timing", "occasions"},
    {"verdicts", "silence", "comparison", "history"},
    {"quoting"},
    {"story"},
    {"manner"},
    {"advice", "faults", "praise"},
    {"feedback"},
    {"core", "practice"},
    {"readers", "reports", "training"},
    {"bank"},
    {"batch"},
    {"cli"},
    {"__main__"},
]
# Where a library may be imported at all; elsewhere it is a stranger.
FENCES = {
    "spacy": {"detectors", "sentences", "embeddings", "lemmas", "pipeline"},
    "thinc": {"embeddings"},
    "sklearn": {"training"},
    "scipy": {"bank", "training"},
    "pandas": {"bank", "batch"},
    "matplotlib": {"reports"},
    "pyarrow": {"bank", "batch"},
    "openpyxl": {"bank"},
    "yaml": {"bank"},
    "onnxruntime": {"encoder"},
    "tokenizers": {"encoder"},
    "typer": {"cli"},
    "rich": {"reports"},
    "icalendar": {"reports"},
    "jinja2": {"reports", "training"},
    "charset_normalizer": {"readers"},
    "platformdirs": {"resources"},
    "sqlite3": {"history"},
    "webvtt": {"transcripts"},
    "pickle": set(),
    "joblib": {"bank", "batch", "training"},
    "distributed": {"batch"},
    "requests": set(),
    "urllib": set(),
    "http": set(),
    "socket": set(),
}


def _room(file):
    """The module or package directly below ``analyser`` that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(file):
    """Dotted names that a file imports, with whether that happens on import (not inside a function or for types)."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    lazy = {id(node) for outer in ast.walk(tree) if _is_lazy(outer) for node in ast.walk(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in lazy) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively: name the module in full"
            yield from ((f"{node.module}.{alias.name}", id(node) not in lazy) for alias in node.names)


def _is_lazy(node):
    types_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    return types_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


FILES = sorted(file for file in PACKAGE.rglob("*.py") if file.name != "__init__.py" or file.parent != PACKAGE)


def _floor(room):
    return next((i for i, rooms in enumerate(FLOORS) if room in rooms), None)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_down(file):
    room = _room(file)
    assert _floor(room) is not None, f"{room} has no floor: give it one in this test and in DESIGN"
    for name, _ in _imports(file):
        if name.startswith("analyser."):
            other = name.split(".")[1]
            if other == "__init__" or other == room:
                continue
            assert _floor(other) < _floor(room), f"{file.name} imports {name}, which is not below it"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_libraries_stay_behind_their_fences(file):
    for name, _ in _imports(file):
        library = name.split(".")[0]
        assert _room(file) in FENCES.get(library, {_room(file)}), f"{file.name} imports {library}"


def test_no_detector_imports_another():
    """Shared helpers start with an underscore; a detector is imported by nobody."""
    detectors = {file.stem for file in (PACKAGE / "detectors").glob("[a-z]*.py")}
    for file in (PACKAGE / "detectors").glob("*.py"):
        for name, _ in _imports(file):
            parts = name.split(".")
            if parts[:2] == ["analyser", "detectors"] and len(parts) > 2:
                assert parts[2] not in detectors, f"{file.name} imports the detector {parts[2]}"


def test_reports_know_results_alone():
    """Besides each other, and the words that everybody shares."""
    for file in (PACKAGE / "reports").rglob("*.py"):
        below = {name.split(".")[1] for name, _ in _imports(file) if name.startswith("analyser.")}
        assert below <= {"results", "stories", "drafts", "agenda", "wording", "reports"}, file.name


def test_every_detector_is_in_the_order_and_has_a_word_list():
    from analyser.detectors import ORDER

    files = {file.stem for file in (PACKAGE / "detectors").glob("[a-z]*.py")}
    assert files == set(ORDER)
    assert {file.stem for file in (PACKAGE / "detectors").glob("*.toml")} == set(ORDER)


def test_no_heavy_import_on_the_way_to_help():
    """What the command line imports before a command is chosen."""
    heavy = {"spacy", "sklearn", "numpy", "pydantic", "rich", "onnxruntime", "jinja2"}
    for file in (*(PACKAGE / "cli").glob("*.py"), PACKAGE / "__init__.py", PACKAGE / "errors.py"):
        eager = {name.split(".")[0] for name, at_import in _imports(file) if at_import}
        assert not eager & heavy, file.name
