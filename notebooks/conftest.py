"""Notebooks run with nobody's settings; those that are written anew (``make notebooks``) are left tidy."""

from pathlib import Path

import pytest
from tidying import tidy


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Around each notebook: empty folders in the place of the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(item.config._tmp_path_factory.mktemp(name.lower())))
        result = yield
    if item.config.option.overwrite:
        tidy(Path(item.path))
    return result
