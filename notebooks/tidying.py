"""What a notebook keeps when it has run: its outputs, nothing of the machine, and a stamp of what made them."""

import hashlib
from pathlib import Path

import nbformat

from analyser import resources

KEPT = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def tidy(file: Path) -> None:
    """Rewrite a notebook that has just run, without times and versions, stamped."""
    book = nbformat.read(file, as_version=4)
    for cell in book.cells:
        cell.metadata = {}
    book.metadata = nbformat.from_dict({**KEPT, "stamp": stamp(book)})
    nbformat.write(book, file)


def stamp(book: nbformat.NotebookNode) -> dict[str, str]:
    """Hashes of the cells, and of the models' card, which has those of the models and of the test split."""
    sources = "\0".join(cell.source for cell in book.cells)
    return {
        "cells": hashlib.sha256(sources.encode()).hexdigest()[:12],
        "models": resources.digest(resources.models() / "card.json"),
    }
