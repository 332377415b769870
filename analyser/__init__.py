"""Reads a spoken interview answer and tells what an experienced interviewer heard, on your own machine.

>>> from analyser import Analyser
>>> feedback = Analyser().analyse("…")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyser.core import Analyser as Analyser
    from analyser.core import EncoderWarning as EncoderWarning
    from analyser.errors import AnalyserError as AnalyserError
    from analyser.errors import DataError as DataError
    from analyser.errors import InputError as InputError
    from analyser.errors import ModelError as ModelError
    from analyser.results import Advice as Advice
    from analyser.results import Answer as Answer
    from analyser.results import Feedback as Feedback
    from analyser.results import Finding as Finding

# Where each public name lives; imported on first use, so that the command line answers at once.
_HOMES = {
    "Analyser": "core",
    "EncoderWarning": "core",
    "AnalyserError": "errors",
    "DataError": "errors",
    "InputError": "errors",
    "ModelError": "errors",
    "Advice": "results",
    "Answer": "results",
    "Feedback": "results",
    "Finding": "results",
}

__all__ = [
    "Advice", "Analyser", "AnalyserError", "Answer", "DataError", "EncoderWarning", "Feedback", "Finding",
    "InputError", "ModelError",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
