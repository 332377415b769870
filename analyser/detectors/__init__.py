"""The detectors: one idea, one file, with its word list beside it.

Each is an ordinary spaCy component that writes ``doc.spans[<detector>]`` and nothing else; no
detector knows another. They run in the order of ``ORDER``.
"""

ORDER = ("hedging", "fillers", "agency", "tradeoff", "metrics", "fault", "parts", "phrases")
