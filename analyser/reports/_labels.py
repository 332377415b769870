"""What each label of the guidelines is called on a page, and how it looks there: one table for all reports.

An *inline* label covers a few words: they stand in brackets with a small raised letter, ``[um]ᶠ``. A *margin*
label covers a sentence: its key is a word, set beside the sentence, so that the text itself stays readable.
"""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["strength", "mend", "note"]
Place = Literal["inline", "margin"]

TONES: dict[Tone, str] = {"strength": "Strengths", "mend": "To mend", "note": "Also noted"}


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour for light paper, for dark paper, and for a terminal, where it must be read on both."""

    light: str
    dark: str
    terminal: str


# The terminal's colours are of the 256-colour palette; each has a contrast of about 4 or more on black and on white.
INKS = {
    "green": Ink("#2b6a3c", "#8ac796", "#008700"),
    "teal": Ink("#0b6473", "#74c5d1", "#008787"),
    "amber": Ink("#87500a", "#e2ae63", "#af5f00"),
    "plum": Ink("#7b3d85", "#d6a3de", "#af5faf"),
    "rust": Ink("#a5362b", "#f0978a", "#d7005f"),
    "grey": Ink("#67635b", "#a5a199", "#767676"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A label's plain name, its key on the page, what it says about the answer, and one line that explains it."""

    name: str
    key: str
    tone: Tone
    ink: str
    gist: str
    place: Place = "inline"


def _part(name: str) -> Label:
    return Label(name, name.lower(), "note", "grey", "a part of your story", "margin")


# The legend's one line for all the words in the margin that only name what a sentence does.
PARTS = Label("In the margin", "", "note", "grey", "the parts of your story", "margin")


LABELS = {
    "bounded": Label("Plain unknown", "u", "strength", "teal", "a risk or an unknown, said without apology"),
    "metric": Label("Result in figures", "m", "strength", "green", "says how far things moved"),
    "tradeoff": Label("Tradeoff", "tradeoff", "strength", "green", "what was chosen, and what it cost", "margin"),
    "own_fault": Label("Fault owned", "fault owned", "strength", "teal", "a mistake that you name as yours", "margin"),
    "belief": Label("“I think” hedge", "b", "mend", "amber", "makes your own claim smaller"),
    "possibility": Label("“Maybe” hedge", "p", "mend", "amber", "leaves open whether it was so"),
    "softener": Label("Softener", "s", "mend", "amber", "takes weight off what you did"),
    "vague": Label("Vague word", "v", "mend", "amber", "stands where a fact could stand"),
    "performative": Label("Ready-made phrase", "r", "mend", "plum", "easy to say, hard to prove"),
    "team_only": Label("Only “we”", "only we", "mend", "plum", "your own part is not said", "margin"),
    "shared_fault": Label("Fault shared", "fault shared", "mend", "amber", "nothing named as yours alone", "margin"),
    "deflection": Label("Fault passed on", "passed on", "mend", "rust", "the cause is put elsewhere", "margin"),
    "filler": Label("Filler", "f", "note", "grey", "harmless in small numbers"),
    "context_number": Label("Other figure", "n", "note", "grey", "sets the scene; not a result"),
    "context": _part("Context"),
    "options": _part("Options"),
    "constraint": _part("Constraint"),
    "decision": _part("Decision"),
    "action": _part("Action"),
    "said_or_heard": _part("Words said"),
    "evidence": _part("Evidence"),
    "result": _part("Result"),
    "lesson": _part("Lesson"),
    "change": _part("Change"),
    "support": _part("Support"),
    "influence": _part("Influence"),
}

_RAISED = dict(zip("bcfmnprsuv", "ᵇᶜᶠᵐⁿᵖʳˢᵘᵛ", strict=True))


def label(name: str) -> Label:
    """The label as shown; one that the table does not know goes into the margin under its own name."""
    return LABELS.get(name) or _part(name.replace("_", " ").capitalize())


def entry(shown: Label) -> Label:
    """The line of the legend that explains the label."""
    return PARTS if shown.place == "margin" and shown.tone == "note" else shown


def raised(key: str) -> str:
    """An inline key as a small raised letter, a margin key as it is.

    >>> raised("f")
    'ᶠ'
    """
    return _RAISED.get(key, key)
