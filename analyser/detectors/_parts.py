"""The rules that say which part of a story a sentence tells.

Every rule takes a ``View`` and the word lists of ``parts.toml``.
"""

from spacy.tokens import Span, Token

from analyser.detectors._story import View
from analyser.detectors._syntax import SPEAKER, SUBJECTS, TEAM, is_negated, norm, subject

Sets = dict[str, frozenset[str]]

_US = SPEAKER | TEAM
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_LACKS = frozenset({"no", "enough", "incomplete", "partial"})


def opening(view: View, sets: Sets) -> bool:
    """The first two sentences, telling what was; not a preface, a quotation or the speaker's deed."""
    if view.place is None or view.nth > 1 or len(view.words) < 7 or view.words[0] in _US:
        return False
    who = subject(view.span.root)
    past = any(t.tag_ == "VBD" for t in view.span)
    return past and (who is None or norm(who) not in SPEAKER) and not _has_speech(view, sets)


def options(view: View, sets: Sets) -> bool:
    """Two options, the other alternative, three ways."""
    for token in view.having(sets["options"] | sets["ways"]):
        left = {norm(t) for t in token.doc[max(view.span.start, token.i - 2) : token.i]}
        if left & sets["several"] or (token.lemma_.lower() in sets["options"] and left & sets["another"]):
            return True
    return False


def roads(view: View, _: Sets) -> bool:
    """We could … or we could; I could stay, go or wait; whether to go or to stay."""
    if "or" not in view.words:
        return False
    middle = view.words.index("or")
    before, after = view.words[:middle], view.words[middle:]
    if "could" in before and ("could" in after or _is_joined(view.span)):
        return True
    return "whether" in before and "to" in before and not {"i", "we", "the"} & set(after[1:2])


def _is_joined(span: Span) -> bool:
    """Whether *or* joins two infinitives that hang on one *could*."""
    return any(t.tag_ == "VB" and t.dep_ == "conj" and any(norm(c) == "or" for c in t.head.children) for t in span)


def unknown(view: View, sets: Sets) -> bool:
    """Did not know whether, could not tell how, nobody was sure what."""
    for token in view.having(sets["knowing"]):
        if token.tag_ == "VB" and _is_denied(token):
            helpers = {norm(c) for c in token.children if c.dep_ == "aux"}
            after = {norm(t) for t in token.doc[token.i + 1 : token.i + 4]}
            if helpers & {"did", "could"} and after & sets["questions"]:
                return True
    return False


def _is_denied(verb: Token) -> bool:
    who = subject(verb)
    return is_negated(verb) or (who is not None and norm(who) in {"nobody", "none"})


def lacking(view: View, sets: Sets) -> bool:
    """No data, not enough time, only a week of figures."""
    for i, (word, after) in enumerate(zip(view.words, view.words[1:], strict=False)):
        denied = word in _LACKS or (word == "any" and "not" in view.words[max(0, i - 4) : i])
        if denied and after in sets["needs"]:
            return True
    return False


def chose(view: View, sets: Sets) -> bool:
    """I picked it, we agreed on it, the director decided, it was cancelled."""
    ours = view.did(sets["choosing"] | sets["deciding"], "I", "we", "nobody") or view.did(sets["agreeing"], "we")
    return ours or view.did(sets["deciding"], "other") or view.did(sets["calling_off"], "I", "we")


def acted(view: View, sets: Sets) -> bool:
    """I rang them; I went and rebuilt it; in prepared notes, whatever was done under *Action*."""
    if view.tag == "action":
        return any(d.agent in {"I", "we"} for d in view.deeds)
    deeds = [d for d in view.deeds if d.agent == "I" and d.event and d.verb.lemma_.lower() not in sets["inner"]]
    return view.did(sets["doing"], "I") or len(deeds) > 2


def persuaded(view: View, sets: Sets) -> bool:
    """I convinced her; we won them over."""
    return view.did(sets["persuading"], "I", "we")


def spoken(view: View, sets: Sets) -> bool:
    """Somebody's words, in quotation marks, with the one who said them."""
    inside = sum(i in view.inside for i in range(view.span.start, view.span.end))
    return inside > 1 and _has_speech(view, sets)


def told(view: View, sets: Sets) -> bool:
    """He said that …; I told her that …: the gist of what was said, in the sentence's main clause."""
    if not sets["habits"].isdisjoint(view.words):
        return False
    return any(_is_telling(t) for t in view.having(sets["telling"]) if t.dep_ in {"ROOT", "conj", "ccomp"})


def _is_telling(verb: Token) -> bool:
    if verb.tag_ not in {"VBD", "VBZ"} or is_negated(verb):
        return False
    who, content = subject(verb), any(c.dep_ == "ccomp" for c in verb.children)
    if who is None or not content:
        return False
    to_whom = {norm(c) for c in verb.children if c.dep_ in {"dobj", "dative"}}
    return (
        norm(who) in {"he", "she"}
        or who.pos_ == "PROPN"
        or bool(to_whom & {"him", "her", "me"} and norm(who) != "they")
    )


def _has_speech(view: View, sets: Sets) -> bool:
    return any(t.tag_ in _FINITE and t.i not in view.inside for t in view.having(sets["telling"]))


def figures(view: View, sets: Sets) -> bool:
    """I pulled the logs, she showed them the numbers, the data said."""
    for token in view.having(sets["evidence"]):
        if not _is_quantity(token):
            verb = token.head if token.dep_ in {"dobj", "nsubj"} else token.head.head if token.dep_ == "pobj" else None
            if verb is not None and verb.lemma_.lower() in sets["showing"] and not is_negated(verb):
                return True
    return False


def _is_quantity(noun: Token) -> bool:
    """A number of people: how many, not a figure."""
    after = [norm(t) for t in noun.doc[noun.i + 1 : noun.i + 2]]
    return noun.lemma_ == "number" and after == ["of"] and any(norm(t) == "a" for t in noun.lefts)


def gathered(view: View, sets: Sets) -> bool:
    """I measured, surveyed, compared."""
    return view.did(sets["measuring"], "I", "we")


def moved(view: View, sets: Sets) -> bool:
    """Something rose, fell or was saved, by a figure."""
    if _is_ours(view.span.root) or _has_speech(view, sets):
        return False
    if not any(t.tag_ in {"VBD", "VBN"} for t in view.having(sets["moving"])):
        return False
    return any(t.like_num for t in view.span) or any(view.having(sets["amounts"]))


def closing(view: View, sets: Sets) -> bool:
    """Late in an answer in which something was done: what others did then, or what became of things."""
    root = view.span.root
    if (
        view.place is None
        or view.told < 2
        or _is_ours(root)
        or _has_speech(view, sets)
        or any(d.agent == "I" for d in view.deeds)
    ):
        return False
    was = root.tag_ == "VBD" or any(c.tag_ == "VBD" and c.dep_.startswith("aux") for c in root.children)
    return was and not SPEAKER & set(view.words)


def habit(view: View, sets: Sets) -> bool:
    """Now I ask first; there is a checklist now: told of today, in a story that is over."""
    if view.place is not None and not view.heard & sets["past_groups"]:
        return False
    today = not sets["today"].isdisjoint(view.words)
    return today and any(t.tag_ in {"VBP", "VBZ"} and _is_done_today(t, sets) for t in view.span)


def _is_done_today(verb: Token, sets: Sets) -> bool:
    if verb.lemma_ in {"be", "have"}:
        return any(c.dep_ == "attr" and c.lemma_.lower() in sets["safeguards"] for c in verb.children)
    return _is_ours(verb) and verb.lemma_ not in sets["static"]


def carried(view: View, _: Sets) -> bool:
    """After a dispute that is settled, what the speaker did all the same."""
    settled = not view.heard.isdisjoint({"overruled", "chose"})
    return "dispute" in view.heard and settled and any(d.agent in {"I", "we"} and d.event for d in view.deeds)


def moved_people(view: View, sets: Sets) -> bool:
    """Where nobody had to obey, whom the speaker asked, showed or offered."""
    return "outsiders" in view.heard and any(
        d.event and d.agent in {"I", "we"} and d.verb.lemma_.lower() in sets["reaching"] for d in view.deeds
    )


def _is_ours(verb: Token) -> bool:
    """Whether the speaker or the team is the verb's subject, whatever the parser makes of it."""
    who = subject(verb)
    near = {norm(t) for t in verb.lefts if t.dep_ in SUBJECTS}
    return bool(near & _US) or (who is not None and norm(who) in _US)
