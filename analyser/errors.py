"""The errors that a user can meet: one small tree, one clear sentence each.

::

    AnalyserError
    ├── InputError     what was given cannot be read or is too large
    ├── DataError      a lexicon, framework, corpus or model file is not as it should be
    └── ModelError     a language model, encoder or trained model is missing or does not fit

Every message says what is wrong, where (file, line or key), and what to do.
"""


class AnalyserError(Exception):
    """Anything that the analyser refuses to do, said in one sentence."""


class InputError(AnalyserError):
    """The text, file or option that was given cannot be used."""


class DataError(AnalyserError):
    """A data file (lexicon, framework, corpus) breaks its format; the message names file and key."""


class ModelError(AnalyserError):
    """A model is missing, altered, or was written for another version; the message names the remedy."""
