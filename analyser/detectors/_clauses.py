"""The action clauses of a text: what was decided or done, and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from analyser.detectors._syntax import SPEAKER, TEAM, norm, subject

# Verbs that say how things were, not what somebody did.
STATES = frozenset("be have need want know like seem think feel believe mean own cost depend exist".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb of action with its agent; ``event`` where it is told as having happened."""

    verb: Token
    agent: Literal["I", "we", "other", "nobody"]
    event: bool


def clauses(doc: Doc) -> Iterator[Clause]:
    """Every action clause of ``doc`` in order."""
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_.lower() not in STATES:
            agent = _agent(token)
            if agent is not None:
                yield Clause(token, agent, token.tag_ == "VBD")


def _agent(verb: Token) -> Literal["I", "we", "other", "nobody"] | None:
    who = subject(verb)
    if who is None:
        return None
    if who.dep_ == "nsubjpass":
        return "nobody"
    word = norm(who)
    return "I" if word in SPEAKER else "we" if word in TEAM else "other"
