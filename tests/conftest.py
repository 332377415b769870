"""What the tests share: pipelines and models, loaded once."""

import pytest

from analyser import Analyser, pipeline
from analyser.training import corpus
from analyser.training.examples import prepare


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
    """A few dozen corpus answers by several voices, read and embedded."""
    return prepare(corpus.read().split("dev")[::2])
