"""What the tests share: pipelines and models, loaded once."""

import pytest

from analyser import Analyser, pipeline
from analyser.training import corpus
from analyser.training.examples import prepare


@pytest.fixture(autouse=True)
def nobodys_folders(monkeypatch, tmp_path_factory):
    """Configuration and data folders that are empty, whoever runs the tests; gives the folder of both."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture(scope="session")
def nlp():
    """The language pipeline with all detectors."""
    return pipeline.load()


@pytest.fixture(scope="session")
def analyser():
    """The analyser as it ships."""
    return Analyser()


@pytest.fixture(scope="session")
def fast():
    """The analyser without the encoder."""
    return Analyser(fast=True)


@pytest.fixture(scope="session")
def examples():
    """Two hundred corpus answers by all voices of a split, read and embedded."""
    return prepare(corpus.read().split("dev")[::2])
