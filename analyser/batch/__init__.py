"""Many answers: a data set too large for memory, read in parts, heard by many processes, written in parts.

>>> from analyser import batch
>>> batch.run("answers.parquet", "heard", jobs=4)  # doctest: +SKIP
"""

from analyser.batch._run import ROWS, Done, run

__all__ = ["ROWS", "Done", "run"]
