"""Many answers: the same as a bank's scoring says, whatever does the work and however often it is stopped."""

import gzip
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from analyser import bank, batch, cli
from analyser.bank import HEARD, Options, _score
from analyser.batch import _source
from analyser.errors import InputError, ModelError
from analyser.results import Answer

FAST = Options(fast=True)
ROWS = 3  # in a part
TELL = (
    "At {} we had to choose between a fast launch and a safe one, and I chose the fast one. "
    "I gave up the audit, and in the end it cost us {} weeks."
)
STORIES = [TELL.format(name, n) for n, name in enumerate("Brel Cora Dunn Esk Fynn Gorm Hale Iver Jarl Kell".split(), 2)]
STORIES[2:2] = [
    "",
    "Hi.",
    "Ich habe damals sehr lange gezögert und am Ende doch alles selbst noch einmal gemacht, weil mir der Mut gefehlt "
    "hat, die anderen im Team darum zu bitten.",
]
DEADLINE = 120  # seconds that anything here may take


@pytest.fixture(scope="module")
def frame():
    """A bank with columns that are none of ours, and rows that cannot be heard."""
    notes = [{"by": ["a", None], "n": n} for n in range(len(STORIES))]
    return pd.DataFrame({"id": range(len(STORIES)), "answer": STORIES, "note": notes, "heard_signal": "old"})


@pytest.fixture(scope="module")
def scored(frame, fast):
    """What the bank's scoring says of the same rows."""
    return _plain(bank.score(frame, "answer", analyser=fast))


@pytest.fixture
def parquet(frame, tmp_path):
    file = tmp_path / "data.parquet"
    frame.to_parquet(file, index=False, row_group_size=4)
    return file


@pytest.fixture
def jsonl(frame, tmp_path):
    file = tmp_path / "data.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in frame.to_dict("records")), encoding="utf-8")
    return file


def _plain(frame):
    return [{name: _value(cell) for name, cell in row.items()} for row in frame.astype(object).to_dict("records")]


def _value(cell):
    return None if pd.api.types.is_scalar(cell) and pd.isna(cell) else cell


def _rows(folder):
    """All rows of a folder of results, part after part."""
    rows = []
    for file in sorted(folder.glob("part-*")):
        if file.suffix == ".parquet":
            rows += pq.read_table(file).to_pylist()
        else:
            content = file.read_bytes() if file.suffix != ".gz" else gzip.decompress(file.read_bytes())
            rows += [json.loads(line) for line in content.splitlines()]
    return rows


def _wait_for(condition, process):
    """What the condition gives as soon as it gives something, unless the process ends before."""
    end = time.monotonic() + DEADLINE
    while not (found := condition()):
        assert time.monotonic() < end, "it never came"
        try:
            process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
        assert condition(), process.communicate()[0]
    return found


def _command(*arguments):
    return [sys.executable, "-m", "analyser", "batch", *map(str, arguments), "--fast", "--rows", str(ROWS)]


def _start(*command):
    """The command, which hears Ctrl-C even where the tests themselves run in the background and do not."""
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def _parts(folder):
    return sorted(file.name for file in folder.glob("part-*"))


@pytest.mark.parametrize("data", ["parquet", "jsonl"])
def test_each_row_comes_out_as_the_bank_scores_it(data, request, scored, tmp_path):
    done = batch.run(request.getfixturevalue(data), tmp_path / "out", rows=ROWS, options=FAST)
    assert _rows(tmp_path / "out") == scored
    assert (done.rows, done.heard, done.errors, done.parts) == (13, 13, 3, 5)


def test_two_processes_write_the_same_files(parquet, tmp_path):
    batch.run(parquet, tmp_path / "one", rows=ROWS, options=FAST)
    batch.run(parquet, tmp_path / "two", rows=ROWS, options=FAST, jobs=2)
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_a_folder_is_read_file_after_file_and_results_are_a_data_set(frame, scored, tmp_path):
    (tmp_path / "data" / "b").mkdir(parents=True)
    for name, rows in (("a.jsonl.gz", frame[:5]), ("b/c.jsonl.gz", frame[5:])):
        lines = "".join(json.dumps(row) + "\n\n" for row in rows.to_dict("records"))
        (tmp_path / "data" / name).write_bytes(gzip.compress(lines.encode()))
    (tmp_path / "data" / "_notes.jsonl.gz").write_bytes(b"nothing of ours")
    batch.run(tmp_path / "data", tmp_path / "out", rows=ROWS, options=FAST)
    assert _parts(tmp_path / "out") == [f"part-000000{i}.jsonl.gz" for i in range(5)]
    assert _rows(tmp_path / "out") == scored
    batch.run(tmp_path / "out", tmp_path / "again", rows=100, options=FAST)
    assert _rows(tmp_path / "again") == scored


def test_types_and_columns_come_out_as_they_went_in(tmp_path):
    table = pa.table(
        {
            "when": pa.array([1, None], pa.timestamp("us", "Europe/Oslo")),
            "story": pa.array(["Hi.", None], pa.large_string()),
            "sum": pa.array([2**60, None], pa.int64()),
            "reading_error": [None, None],
        }
    )
    pq.write_table(table, tmp_path / "d.parquet")
    batch.run(tmp_path / "d.parquet", tmp_path / "out", rows=1, options=FAST)
    parts = [pq.read_table(tmp_path / "out" / name) for name in _parts(tmp_path / "out")]
    assert parts[0].schema == parts[1].schema
    assert pa.concat_tables(parts).select(["when", "story", "sum"]).equals(table.drop_columns("reading_error"))
    assert parts[0].column_names == ["when", "story", "sum", *HEARD]


def test_a_broken_row_says_so_in_its_place(tmp_path):
    lines = ['{"story": 7, "x": "\\ud800 é"}', "{no", "[1]", '{"other": 1}', '{"story": "\xff"}']
    (tmp_path / "d.jsonl").write_bytes("\n".join(lines).encode("latin-1").replace(b"\xe9", "é".encode()))
    batch.run(tmp_path / "d.jsonl", tmp_path / "out", options=FAST)
    rows = _rows(tmp_path / "out")
    assert rows[0]["x"] == "\ud800 é"
    expected = [
        "holds a number",
        "Line 2, column 2",
        "Line 3: this is not a JSON object",
        "no story",
        "Line 5: this is",
    ]
    assert all(part in row["heard_error"] for part, row in zip(expected, rows, strict=True))


def test_text_that_is_none_is_a_row_with_its_error(tmp_path):
    cells = pa.array([b"\xff\xfe", b"Hi."], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"story": cells}), tmp_path / "d.parquet")
    batch.run(tmp_path / "d.parquet", tmp_path / "out", options=FAST)
    errors = pq.read_table(tmp_path / "out" / "part-0000000.parquet").column("heard_error").to_pylist()
    assert "kind bytes" in errors[0]
    assert "kind bytes" not in errors[1]


def test_an_answer_that_breaks_the_analyser_costs_no_other(fast, monkeypatch):
    judge, feedback = type(fast._judge), type(fast._judge).feedback

    def broken(self, answer, *rest):
        return 1 // 0 if "Esk" in answer.text else feedback(self, answer, *rest)

    monkeypatch.setattr(judge, "feedback", broken)
    errors = list(bank.score(pd.DataFrame({"story": STORIES[5:9]}), analyser=fast)["heard_error"])
    assert [isinstance(error, str) and "ZeroDivisionError" in error for error in errors].count(True) == 1


def test_new_words_are_forgotten_after_each_part():
    """What lets a run of millions of names end in the memory that it began with."""
    strings = _score._analyser(FAST)._nlp.vocab.strings
    before = len(strings)
    heard = bank.hear([Answer(text=TELL.format(f"Xq{n}v", n)) for n in range(3)], FAST)
    assert "Xq2v" in heard[2]["heard_because"] + heard[2]["heard_fault_because"]
    assert len(strings) == before


@pytest.mark.parametrize(("jobs", "kills"), [(1, 2), (2, 1)])
def test_killed_at_any_point_it_is_resumed_to_the_same_rows(jsonl, scored, tmp_path, jobs, kills):
    """Killed for good after some new parts; what is there stays, what is missing comes."""
    out = tmp_path / "out"
    for target in sorted(random.sample(range(1, 4), kills)):
        run = _start(*_command(jsonl, "-o", out, "--resume", "--jobs", jobs))
        _wait_for(lambda: len(_parts(out)) >= target, run)  # noqa: B023
        run.kill()
        run.communicate()
    kept = {name: (out / name).stat().st_ino for name in _parts(out)}
    batch.run(jsonl, out, rows=ROWS, options=FAST, resume=True)
    assert _rows(out) == scored
    assert {name: (out / name).stat().st_ino for name in kept} == kept
    assert sorted(file.name for file in out.iterdir()) == ["_batch.json", *_parts(out)]


def test_ctrl_c_says_how_to_go_on(jsonl, tmp_path):
    many = tmp_path / "many.jsonl"  # enough that it is still at work when the first part is seen
    many.write_text(jsonl.read_text(encoding="utf-8") * 40, encoding="utf-8")
    run = _start(*_command(many, "-o", tmp_path / "out"))
    _wait_for(lambda: _parts(tmp_path / "out"), run)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=DEADLINE)[0]
    assert run.returncode == 130
    assert (
        said == f"Stopped. What is complete is in {tmp_path / 'out'}; the same command with --resume does the rest.\n"
    )


@pytest.fixture
def resumable(jsonl, tmp_path):
    """Results of which one part is missing."""
    batch.run(jsonl, tmp_path / "out", rows=ROWS, options=FAST)
    (tmp_path / "out" / "part-0000001.jsonl").unlink()
    return tmp_path / "out"


def test_only_what_is_missing_is_heard(jsonl, resumable, scored):
    (resumable / ".unfinished-1").write_text("half a part")
    told = []
    done = batch.run(jsonl, resumable, rows=ROWS, options=FAST, resume=True, progress=lambda *of: told.append(of))
    assert (done.heard, told) == (3, [(10, 13), (13, 13)])
    assert _rows(resumable) == scored
    assert not list(resumable.glob(".*"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rows": 4}, "made with --rows 3, not 4"),
        ({"options": Options(fast=True, framework="amazon")}, "made with --framework 'netflix', not 'amazon'; by"),
        ({"options": Options(fast=True, max_words=50)}, "made with --max-words None, not 50"),
        ({"text": "id"}, "answers' column 'answer', not 'id'"),
        ({"resume": False}, "holds results already; add --resume"),
    ],
)
def test_results_of_something_else_are_not_completed(jsonl, resumable, changed, said):
    before = _parts(resumable)
    with pytest.raises(InputError, match=said):
        batch.run(jsonl, resumable, **{"rows": ROWS, "options": FAST, "resume": True} | changed)
    assert _parts(resumable) == before


def test_data_that_has_changed_since_is_refused(jsonl, resumable):
    os.utime(jsonl, ns=(1, 1))
    with pytest.raises(InputError, match="data that has changed since"):
        batch.run(jsonl, resumable, rows=ROWS, options=FAST, resume=True)


def test_a_broken_note_is_refused(jsonl, resumable):
    (resumable / "_batch.json").write_text('{"format": 2}')
    with pytest.raises(Exception, match=r"_batch\.json: format: .* Name a new folder"):
        batch.run(jsonl, resumable, rows=ROWS, options=FAST, resume=True)


def test_a_worker_with_other_models_is_refused(jsonl, tmp_path, monkeypatch):
    monkeypatch.setattr("analyser.bank.heard_by", lambda _: "analyser 9")
    with pytest.raises(ModelError, match="install the same version"):
        batch.run(jsonl, tmp_path / "out", rows=ROWS, options=FAST)
    assert not _parts(tmp_path / "out")


REFUSED = {
    "list.jsonl": (b"[\n", "begins with a list"),
    "wide.jsonl": ("{}".encode("utf-16"), "save it as UTF-8"),
    "empty.jsonl": (b"\n \n", "holds no answers"),
    "cut.jsonl.gz": (gzip.compress(b'{"story": "x"}\n' * 99)[:-9], "ends in the middle"),
    "not.jsonl.gz": (b"{}", "cannot be read"),
    "not.parquet": (b"PAR1", "not a Parquet file"),
    "table.csv": (b"story\n", r"ends in \.parquet"),
    "other.jsonl": (b'{"a": 1, "b": 2}\n', "name one with --text-column"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_data_set_is_refused_in_a_sentence(tmp_path, name):
    content, said = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        batch.run(tmp_path / name, tmp_path / "out", options=FAST)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("names", "out", "said"),
    [
        ([], "out", "holds no files that end in"),
        (["a.jsonl", "b.parquet"], "out", "several kinds"),
        (["year=2031/a.jsonl"], "out", "would be lost"),
        (["a.jsonl"], "data/out", "lies in the data set"),
    ],
)
def test_a_folder_that_is_no_data_set_is_refused(tmp_path, names, out, said):
    (tmp_path / "data").mkdir()
    for name in names:
        (tmp_path / "data" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "data" / name).write_text("{}\n")
    with pytest.raises(InputError, match=said):
        batch.run(tmp_path / "data", tmp_path / out, options=FAST)


def test_a_folder_of_somebody_elses_is_left_alone(jsonl, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    with pytest.raises(InputError, match="holds other files"):
        batch.run(jsonl, tmp_path / "mine", options=FAST)
    assert len(list((tmp_path / "mine").iterdir())) == 1


def test_a_file_that_shrinks_meanwhile_ends_in_a_sentence(jsonl):
    source = _source.find(jsonl)
    jsonl.write_text('{"answer": "x"}\n')
    with pytest.raises(InputError, match="was changed while it was read"):
        list(source.read(list(source.parts(ROWS)), ROWS))


@pytest.mark.parametrize(("option", "said"), [("--jobs=0", "no work"), ("--scheduler=nowhere", "No Dask scheduler")])
def test_nobody_to_do_the_work_is_one_sentence(jsonl, tmp_path, option, said):
    done = CliRunner().invoke(cli.app, ["batch", str(jsonl), "-o", str(tmp_path / "out"), "--fast", option])
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["", "Hi."], "Error: None of the 2 answers could be heard. The first says why: There are no words"),
        ([""], "Error: The only answer was not heard. The first says why: There are no words"),
    ],
)
def test_a_data_set_of_which_nothing_was_heard_ends_with_2(answers, said, tmp_path):
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps({"story": answer}) for answer in answers))
    command = ["batch", str(tmp_path / "d.jsonl"), "-o", str(tmp_path / "out"), "--fast"]
    done = CliRunner().invoke(cli.app, command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(_rows(tmp_path / "out")) == len(answers)


def test_one_heard_answer_is_enough(tmp_path):
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps({"story": answer}) for answer in ("", STORIES[0])))
    command = ["batch", str(tmp_path / "d.jsonl"), "-o", str(tmp_path / "out"), "--fast"]
    assert CliRunner().invoke(cli.app, command).exit_code == 0


def test_without_dask_it_says_what_to_install(jsonl, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'answer-analyser\[cluster\]'"):
        batch.run(jsonl, tmp_path / "out", options=FAST, scheduler="tcp://127.0.0.1:1")


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers on this machine, each a process of its own; gives its address and the workers."""
    dask = [sys.executable, "-m", "dask"]
    facts = tmp_path / "scheduler.json"
    scheduler = _start(
        *dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(facts)
    )
    started = [scheduler]
    try:
        address = json.loads(_wait_for(lambda: facts.exists() and facts.read_text(), scheduler))["address"]
        worker = [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        started += [_start(*worker), _start(*worker)]
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.communicate()


def test_a_cluster_that_loses_a_worker_says_the_same(cluster, jsonl, scored, tmp_path):
    """Ten times the rows, so that the work is under way when one of the two workers is killed."""
    address, workers = cluster
    many = tmp_path / "many.jsonl"
    many.write_text(jsonl.read_text(encoding="utf-8") * 10, encoding="utf-8")
    run = _start(*_command(many, "-o", tmp_path / "out", "--scheduler", address))
    _wait_for(lambda: _parts(tmp_path / "out"), run)
    workers[0].kill()
    before = len(_parts(tmp_path / "out"))
    said = run.communicate(timeout=DEADLINE)[0]
    assert run.returncode == 0, said
    assert 0 < before < 10 * 13 // ROWS
    assert workers[1].poll() is None
    assert _rows(tmp_path / "out") == scored * 10


PAGE = (Path(__file__).parent.parent / "docs" / "scale.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", re.findall(r"^(analyser batch .*?)(?:\s+#.*)?$", PAGE, re.MULTILINE))
def test_the_commands_of_the_page_parse(command):
    parser = typer.main.get_command(cli.app).commands["batch"]
    given = parser.make_context("batch", shlex.split(command)[2:]).params
    assert given["out"] == Path("heard")


def test_the_page_and_the_help_name_the_same_part():
    default = typer.main.get_command(cli.app).commands["batch"].make_context("batch", ["a.jsonl", "-o", "b"])
    assert default.params["rows"] == batch.ROWS
    assert f"A part of {batch.ROWS} is" in PAGE
    assert all(f"`{ending}`" in PAGE or ending.endswith(".gz") for ending in _source.ENDINGS)
