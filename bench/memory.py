"""Peak memory of a long batch against that of a short one: ``python bench/memory.py [FEW MANY]``.

Nine of ten answers are a sentence, so that many can be read in little time. Each brings words that no other has: names
and numbers are what lets the memory of a language pipeline grow.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

FEW, MANY, AT_ONCE = 5_000, 100_000, 1_000
GOAL = 1.3
_SCRIPT = """
import resource, sys
from analyser import bank, batch
batch.run(*sys.argv[1:], options=bank.Options(fast=True))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def answer(number: int) -> str:
    """A sentence with a name and two numbers of its own; every tenth a short answer."""
    name = "".join(chr(ord("a") + int(digit)) for digit in f"{number:06}").capitalize()
    if number % 10:
        return f"I took ticket {number * 7} at {name} for {number * 31} dollars."
    return (
        f"At {name} we had to choose between speed and safety, and I chose speed. "
        f"I gave up the audit of ticket {number * 7}, and it cost us {number * 31} dollars."
    )


def write(file: Path, answers: int) -> None:
    """A Parquet file of that many answers, written little by little in a single row group."""
    with parquet.ParquetWriter(file, pa.schema([("id", pa.int64()), ("answer", pa.string())])) as out:
        for batch in _batches(answers):
            out.write_batch(batch, row_group_size=answers)


def _batches(answers: int) -> Iterator[pa.RecordBatch]:
    for start in range(0, answers, AT_ONCE):
        numbers = range(start, min(answers, start + AT_ONCE))
        yield pa.record_batch({"id": list(numbers), "answer": [answer(number) for number in numbers]})


def peak(answers: int) -> float:
    """Peak resident memory, in MiB, of a process of its own that hears them."""
    with tempfile.TemporaryDirectory() as folder:
        write(data := Path(folder, "data.parquet"), answers)
        command = [sys.executable, "-c", _SCRIPT, str(data), str(Path(folder, "heard"))]
        return int(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout) / 1024


if __name__ == "__main__":
    few, many = map(int, sys.argv[1:]) if sys.argv[1:] else (FEW, MANY)
    print("Peak memory of `analyser batch --fast` on Parquet")
    peaks = {}
    for number in (few, many):
        peaks[number] = peak(number)
        ratio = peaks[number] / peaks[few]
        print(f"  {number:9,} answers {peaks[number]:7,.0f} MiB   {ratio:.2f} × (goal: {GOAL} × at most)", flush=True)
