"""What the tests share: the models, loaded once."""

import pytest

from analyser import pipeline


@pytest.fixture(scope="session")
def nlp():
    """The language pipeline with all detectors."""
    return pipeline.load()
