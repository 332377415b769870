"""The notebooks as they are committed: run in order, without errors, as fresh as the models, with nothing of a machine.

That they run at all is tested by running them: pytest collects ``notebooks`` too, by nbmake.
"""

import ast
import getpass
import json
import re
from pathlib import Path

import nbformat
import pytest
from tidying import KEPT, stamp

from analyser import bank

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "notebooks").glob("*.ipynb"))
MACHINE = re.compile(r"/(?:home|root|Users|tmp|work|usr|opt)/|[A-Z]:\\\\|\b20\d\d-\d\d-\d\dT|0x[0-9a-f]{6,}")


def _book(name):
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    nbformat.validate(book)
    return book


def _code(book):
    return [cell for cell in book.cells if cell.cell_type == "code"]


def _shown(book):
    """All the text that stands in outputs, on one line."""
    outputs = [output for cell in _code(book) for output in cell.outputs]
    texts = [output.get("text", "") for output in outputs]
    texts += [data for output in outputs for kind, data in output.get("data", {}).items() if kind.startswith("text/")]
    return " ".join(" ".join(texts).split())


@pytest.fixture(params=[file.stem for file in FILES])
def book(request):
    return _book(request.param)


def test_there_are_three_and_the_readme_names_them():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [file.stem for file in FILES] == ["errors", "one_answer", "story_bank"]
    for file in FILES:
        assert f"notebooks/{file.name}" in readme


def test_it_was_run_from_top_to_bottom_without_a_complaint(book):
    assert [cell.execution_count for cell in _code(book)] == list(range(1, len(_code(book)) + 1))
    outputs = [output for cell in _code(book) for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 2


def test_it_was_run_as_it_stands_with_the_models_that_ship(book):
    assert book.metadata["stamp"] == stamp(book), "run `make notebooks` and look at what has changed"


def test_it_says_nothing_of_the_machine(book):
    assert book.metadata == {**KEPT, "stamp": book.metadata["stamp"]}
    assert not any(cell.metadata for cell in book.cells)
    for output in (output for cell in _code(book) for output in cell.outputs):
        told = json.dumps({**output, "data": {k: v for k, v in output.get("data", {}).items() if k != "image/png"}})
        assert not MACHINE.search(told)
        assert not re.search(rf"\b{re.escape(getpass.getuser())}\b", told)


def test_a_notebook_is_a_face_and_opens_no_back_door(book):
    """What it takes from the package has a name without an underscore, whatever the depth."""
    code = ast.parse("\n".join(cell.source for cell in _code(book)))
    imports = [node for node in ast.walk(code) if isinstance(node, ast.ImportFrom)]
    names = [f"{node.module}.{alias.name}" for node in imports for alias in node.names]
    assert "analyser.Analyser" in names
    assert not [name for name in names if "._" in name]


def test_one_answer_shows_what_is_heard_in_it_today(analyser):
    shown = _shown(_book("one_answer"))
    asked = "Tell me about a decision you took without all the data."
    feedback = analyser.analyse((ROOT / "data" / "samples" / "judgment.txt").read_text(encoding="utf-8"), asked)
    for finding in feedback.findings:
        assert f"| {finding.label} | {finding.rule} | {finding.why} |" in shown
    for quote in feedback.signal.because:
        assert f"because: {' '.join(quote.text.split())}" in shown
    for tip in (*feedback.praise, *feedback.advice):
        assert f"– {tip.what}" in shown


def test_the_story_bank_shows_what_is_heard_in_it_today(analyser):
    shown = _shown(_book("story_bank"))
    scored = bank.score(bank.read(ROOT / "data" / "samples" / "bank.md"), analyser=analyser)
    for title, filed, heard in scored[["title", "signal", "heard_signal"]].itertuples(index=False):
        assert f"<td>{title}</td> <td>{filed}</td> <td>{heard}</td>" in shown
    for choice in bank.review(scored).plan.choices:
        assert choice.place == "backup" or choice.why in shown


def test_where_the_models_err_quotes_no_answer_that_is_kept_apart():
    from analyser.training import corpus

    shown = _shown(_book("errors"))
    for answer in corpus.read().split("test"):
        assert answer.text[:40] not in shown
        assert answer.voice not in re.findall(r"\w+", shown)
