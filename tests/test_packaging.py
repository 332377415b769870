"""The wheel alone is enough: built, installed into an empty environment, run outside the checkout."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_what_serving_needs_and_no_corpus(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "analyser/detectors/hedging.toml",
        "analyser/py.typed",
        "analyser/reports/templates/report.html.j2",
        "analyser/_share/data/frameworks/amazon.toml",
        "analyser/_share/data/frameworks/netflix.toml",
        "analyser/_share/data/samples/judgment.txt",
        "analyser/_share/models/signal-full.npz",
        "analyser/_share/models/card.json",
        "analyser/_share/models/encoder/vocab.txt",
    ):
        assert wanted in names
    assert not [name for name in names if "data/corpus/" in name or name.startswith("tests")]


def test_it_runs_in_a_bare_environment_outside_the_checkout(wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "bare"], check=True)
    binaries = tmp_path / "bare" / "bin"
    install = [binaries / "pip", "install", "--quiet", "--no-compile", wheel]  # most of what comes along is never run
    subprocess.run(install, check=True, capture_output=True)
    answer = (ROOT / "data" / "samples" / "judgment.txt").read_bytes()
    command = [binaries / "analyser", "feedback", "--format", "json"]
    done = subprocess.run(command, input=answer, capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr.decode()
    feedback = json.loads(done.stdout)
    assert feedback["signal"]["label"] == "judgment"
    assert feedback["made_by"]["mode"] == "full"
    assert done.stderr == b""
