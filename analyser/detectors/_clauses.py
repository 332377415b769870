"""The action clauses of a text: what was decided or done, by whom, and whether it is told as having happened.

Word lists stand in ``agency.toml``. Speech is parsed badly in places, so the pronoun right before a verb
counts for more than the parser's opinion of what the subject is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from analyser.detectors._events import PARTICIPLES, is_event, words
from analyser.detectors._gerunds import ME, Agent, effect, is_cleft, owner_of, telling, what_was_done
from analyser.detectors._syntax import TEAM, is_negated, norm, norms, positions, quoted, subject

How = Literal["we", "passive", "gerund", "nominal"]

_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_NOT_AGENTS = frozenset("it this that these those there which what whatever".split())
_POSSESSED: dict[str, Agent] = {"mine": "I", "ours": "we", "his": "other", "hers": "other", "theirs": "other"}
_RELATIVE = frozenset({"who", "that", "which"})
_GOING_ON = frozenset("and but um umm uhm uh".split())
_NO_CLAUSE = frozenset({"amod", "compound", "nmod", "intj", "aux", "auxpass", "prep"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb of action with its agent; ``event`` where it is told as having happened.

    ``how`` says by what construction the speaker stands back where the agent is ``we`` or ``nobody``.
    """

    verb: Token
    agent: Agent
    event: bool
    how: How = "we"


@lru_cache(maxsize=1)  # several detectors ask of the same Doc in turn
def clauses(doc: Doc) -> tuple[Clause, ...]:
    """Every action clause of ``doc`` in order."""
    return tuple(_clauses(doc))


def _clauses(doc: Doc) -> Iterator[Clause]:
    inside, last = quoted(doc), None
    for token in (doc[i] for i in positions(doc, _VERBS, "TAG")):
        found = _clause(token, last)
        if found is not None:
            agent, how = found
            last = agent if agent != "nobody" else last
            yield Clause(token, agent, token.i not in inside and is_event(telling(token)), how)


def _clause(token: Token, last: Agent | None) -> tuple[Agent, How] | None:
    """Who did what ``token`` says, if it says a deed; ``last`` did the one before."""
    if token.pos_ == "AUX" or token.lemma_ == "be":
        return _nominal(token)
    if effect(token) is not None:
        return owner_of(token) or "nobody", "gerund"
    if token.dep_ in _NO_CLAUSE or is_state(token) or is_cleft(token):
        return None
    agent, how = _passive(token) if is_passive(token) else (_active(token, last), "we")
    return None if agent is None else (agent, how)


def is_state(verb: Token) -> bool:
    """Whether the verb says how things were: *know*, *depend*, *have* (unless one *has a meeting*)."""
    lemma = verb.lemma_.lower()
    if lemma == "have":
        return not any(_is_had(child) for child in verb.children)
    if lemma == "use":
        return any(c.dep_ == "xcomp" or norm(c) == "to" for c in verb.children)
    if lemma == "look":
        return not any(c.dep_ in {"prep", "prt"} for c in verb.children)
    return lemma in words("states") and not is_passive(verb)


def _is_had(below: Token) -> bool:
    """We had a *meeting*; I had them *sign* it."""
    meeting = below.dep_ == "dobj" and below.lemma_.lower() in words("meetings")
    return meeting or (below.dep_ == "ccomp" and below.tag_ == "VB")


def agent_of(noun: Token) -> Agent | None:
    """Who a subject is; ``None`` for what cannot act: it, that, there."""
    everybody = [noun, *noun.conjuncts]
    if noun.dep_.startswith("nsubj"):
        everybody += [t for t in noun.head.lefts if t.dep_ == noun.dep_ and t.i != noun.i]
    kinds = {_kind(member) for member in everybody}
    if _is_joined(noun):
        kinds.add("we")
    if "we" in kinds or ("I" in kinds and len(everybody) > 1 and kinds - {"I", None}):
        return "we"
    return "I" if "I" in kinds else _kind(noun)


def _is_joined(noun: Token) -> bool:
    """I together with Ana; Ana and I, at the start of a sentence, where the parser takes her for something else."""
    doc, words = noun.doc, norms(noun.doc)
    if noun.i and words[noun.i - 1] == "and":
        start = noun.sent.start
        before = [i for i in range(start, noun.i) if words[i] not in {"um", "uh", "so", "and", "then", "well"}]
        if len(before) == 1 and doc[before[0]].pos_ in {"NOUN", "PROPN"}:
            return True
    return words[noun.i] in ME and doc[noun.i + 1 : noun.i + 3].text in {"together with", "along with"}


def _kind(noun: Token) -> Agent | None:
    word = norm(noun)
    if word in ME:
        return "I"
    if word in TEAM or _is_team(noun) or _is_part_of_us(noun):
        return "we"
    if word in _RELATIVE:
        before = noun.head.head if noun.head.dep_ == "relcl" else noun.doc[max(noun.i - 1, 0)]
        return _kind(before) if before.i < noun.i and norm(before) not in _RELATIVE else None
    if word == "one" and noun.dep_ in {"attr", "nsubj"} and noun.head.lemma_ == "be":  # the one who called was me
        others = [c for c in noun.head.children if c.dep_ in {"attr", "nsubj"} and norm(c) != "one"]
        return _kind(others[0]) if others else None
    if noun.lemma_.lower() in words("deed_nouns") and noun.head.lemma_.lower() in words("effects"):
        return owner_of(noun)  # my visit changed his mind
    cannot_act = word in _NOT_AGENTS or noun.tag_ in {"EX", "VBG"} or noun.lemma_.lower() in words("decisions")
    return None if cannot_act else "other"


def _is_team(noun: Token) -> bool:
    """The team, our squad, my whole group; but not the sales team or the team's manager."""
    if noun.lemma_.lower() not in words("teams"):
        return False
    left = {norm(t) for t in noun.lefts if t.dep_ != "punct"}
    return bool(left & {"the", "our", "my"}) and left <= {"the", "our", "my", *words("whole")}


def _is_part_of_us(noun: Token) -> bool:
    """One of us, some of us, the rest of us."""
    return any(c.text == "of" and any(norm(g) == "us" for g in c.children) for c in noun.children) and (
        norm(noun) not in {"none", "neither"}
    )


def _active(verb: Token, last: Agent | None) -> Agent | None:
    who = subject(what_was_done(verb) or verb) or subject(telling(verb))
    if who is not None and not _is_label(who):
        return agent_of(who)
    top = verb
    while top.dep_ in {"conj", "dep"} and top.head.tag_ in PARTICIPLES and top.head.i < top.i:
        top = top.head
    return _note(top, last) if top.tag_ in PARTICIPLES else None


def _note(verb: Token, last: Agent | None) -> Agent | None:
    """A note without a subject is the speaker's own deed: *Created a list*; after *and* or *um*, whoever acted last."""
    if (verb.dep_ != "ROOT" and not _is_label(verb.head)) or verb.lemma_.lower() in words("prefaces"):
        return None
    before = [t for t in verb.sent if t.i < verb.i and not t.is_punct and not t.is_space]
    if any(t.pos_ in {"NOUN", "PRON", "VERB", "AUX", "NUM"} and not _is_label(t) for t in before):
        return None
    if verb.tag_ == "VBN" and not any(c.dep_ in {"dobj", "prt", "ccomp", "xcomp", "prep"} for c in verb.children):
        return None
    return last if last and any(norm(t) in _GOING_ON for t in before) else "I"


def _is_label(token: Token) -> bool:
    """The tag of a prepared note: *A:*, *(A)*, *Action -*."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    return after.text in {":", ")", "-", "–", ".", "/"}


def is_passive(verb: Token) -> bool:
    """Whether things were done to the verb's subject: *was decided*, *got moved*, *was tested and shipped*."""
    if verb.tag_ not in PARTICIPLES:
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for c in verb.children):
        return True
    bare = not any(c.dep_ == "nsubj" or c.dep_ == "aux" for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ == "conj" and bare and verb.head.i < verb.i and is_passive(verb.head)


def _passive(verb: Token) -> tuple[Agent | None, How]:
    """By me, by them; else nobody."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and norm(child) == "by"):
            doer = next(child.children, None)
            if doer is not None and doer.pos_ in {"PRON", "PROPN", "NOUN"}:
                return agent_of(doer) or "nobody", "we"
    return "nobody", "passive"


def _nominal(be: Token) -> tuple[Agent, How] | None:
    """There was a decision to freeze; our call was that it stays; the decision was mine; calling them was my idea."""
    mine = next((c for c in be.children if c.dep_ == "attr" and c.i > be.i), None)
    if mine is not None and not is_negated(be):
        subjects = [c for c in be.children if c.dep_ in {"nsubj", "csubj"}]
        decided = any(c.lemma_.lower() in words("decisions") for c in subjects)
        if norm(mine) in _POSSESSED and decided:
            return _POSSESSED[norm(mine)], "nominal"
        if mine.lemma_.lower() in words("ideas") and any(c.tag_ == "VBG" for c in subjects):
            owner = owner_of(mine)
            return (owner, "nominal") if owner else None
    noun = next((c for c in be.children if c.lemma_.lower() in words("decisions")), None)
    if noun is None or is_negated(be) or any(norm(c) == "no" for c in noun.children):
        return None
    opening = be if noun.dep_ == "nsubj" else noun
    if opening is noun and not any(c.dep_ == "expl" for c in be.children):
        return None
    after = be.doc[opening.i + 1] if opening.i + 1 < len(be.doc) else opening
    if norm(after) != "to" and not (norm(after) == "that" and after.dep_ == "mark"):
        return None
    return owner_of(noun) or "nobody", "nominal"
