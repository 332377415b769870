"""Whose fault it was: owned by the speaker, shared out, or put elsewhere."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._syntax import VERBS, lemmas, norm, positions, sentence_spans, verb_of
from analyser.detectors._told import Told, is_verb, not_mine, reported, told

NEAR = 6  # tokens after a verb in which its object stands
DENIED = 6  # tokens before "my fault" or "a failure" in which a "not" denies it
# The same deed told of "we".
TEAM = {
    **dict.fromkeys(("hindsight", "general"), "team_hindsight"),
    **dict.fromkeys(("omission", "lapse"), "team_lapse"),
}
# Excuses only where something went wrong and the speaker owns nothing of it; context elsewhere.
EXCUSES = frozenset({"blame", "circumstance", "silver_lining"})
_SOMEBODY = frozenset({"somebody", "someone"})
NEW_CLAUSE = frozenset('i we he she they but because that who which " what'.split())


class Fault(Detector):
    """Finds sentences that are ``own_fault``, ``shared_fault`` or ``deflection``; one label for a sentence.

    Where several groups have a cue in a sentence, the first in the order of the word list names it.
    """

    key = "fault"

    def find(self, doc: Doc) -> Iterable[Span]:
        """One span for each sentence with a cue."""
        rank = {group: i for i, group in enumerate(self.lexicon.groups)}
        cues = self._cues(doc)
        for sentence in sentence_spans(doc):
            groups = {cues[at] for at in range(sentence.start, sentence.end) if at in cues}
            if groups:
                yield self.span(doc, sentence.start, sentence.end, min(groups, key=rank.__getitem__))

    def _cues(self, doc: Doc) -> dict[int, str]:
        """The group of every token at which a cue stands, as the speaker's own word and told in earnest."""
        said = set(lemmas(doc))
        sorry, trouble = not said.isdisjoint(self.words("admission")), not said.isdisjoint(self.words("trouble"))
        foreign = not_mine(doc)
        cues = {at: group for at, group in self._all_cues(doc, sorry) if at not in foreign}
        owned = any(self.lexicon.groups[group].label == "own_fault" for group in cues.values())
        excusing = (sorry or trouble) and not owned
        return {at: group for at, group in cues.items() if excusing or group not in EXCUSES}

    def _all_cues(self, doc: Doc, sorry: bool) -> Iterator[tuple[int, str]]:
        for phrase in self.phrases(doc):
            group = self._sense(phrase, sorry)
            if group:
                yield phrase.start, group
        failings = set(positions(doc, self.words("failings"), "LOWER"))
        for i in sorted(failings.union(positions(doc, VERBS, "POS"))):
            token = doc[i]
            group = self._failing(token) if i in failings else None
            if group is None and is_verb(token):
                group = self._group(told(token), sorry)
            if group:
                yield token.i, group

    # Phrases of the word list, once their subject and what denies them are known.

    def _sense(self, phrase: Span, sorry: bool) -> str | None:
        group = phrase.id_.split("/")[1]
        if not _SOMEBODY.isdisjoint(map(norm, phrase)):
            return group if _was_due(phrase) else None
        it_was_me = norm(phrase[-1]) == "me" and norm(phrase[-2]) != "on"
        if reported(phrase[0]) or (it_was_me and not sorry):
            return None
        if group == "lapse":
            return self._whose(told(verb_of(phrase[0])))
        if group in {"mine", "team_lapse"} and _denied(phrase[0]):
            return "no_control"
        bad = norm(phrase[-1]) == "bad" and phrase.end < len(phrase.doc)
        return None if bad and phrase.doc[phrase.end].pos_ in {"NOUN", "PROPN", "ADJ"} else group

    def _whose(self, verb: Told) -> str | None:
        if verb.negated or not verb.past:
            return None
        return {"i": "lapse", "we": "team_lapse"}.get(verb.who)

    # Verbs with their subjects.

    def _group(self, verb: Told, sorry: bool) -> str | None:
        if verb.who not in {"i", "we"}:
            return self._blame(verb)
        if verb.subject is None or verb.passive or reported(verb.subject):
            return None
        after = _after(verb.verb)
        found = self._hindsight(verb, after)
        if found is None and not (verb.subject.i and norm(verb.subject.nbor(-1)) == "if"):
            found = self._omission(verb, after, sorry) or self._lapse(verb, after, sorry)
        if found is None or verb.who == "i":
            return found
        return TEAM[found] if sorry or found in {"hindsight", "general"} else None

    def _hindsight(self, verb: Told, after: list[Token]) -> str | None:
        """I should have called her; I could have done better; if I had asked, it would have held."""
        vague = any(norm(token) in self.words("better") for token in after)
        if verb.hindsight:
            general = vague and verb.lemma in self.words("general_verbs")
            return "general" if general else None if self._is_wish(verb, after) else "hindsight"
        if verb.missed_chance:
            general = vague and verb.lemma not in self.words("felt")
            return "hindsight" if _and_did_not(verb.verb) else "general" if general else None
        return "hindsight" if self._if_only(verb) else None

    def _is_wish(self, verb: Told, after: list[Token]) -> bool:
        """Whether it is something the speaker was owed: I should have got the promotion."""
        return verb.lemma in {"get", "receive", "win"} and any(t.lemma_.lower() in self.words("prizes") for t in after)

    def _if_only(self, verb: Told) -> bool:
        """If I had asked …: the clause that says what would have helped, where it opens the sentence."""
        who = verb.subject
        if who is None or verb.negated or not verb.helpers & {"had", "'d"} or who.i == who.sent.start:
            return False
        condition = who.nbor(-1)
        first = condition.i == who.sent.start or norm(condition.nbor(-1)) in self.words("opening")
        duty = verb.lemma in self.words("checks") | self.words("duties")
        return duty and first and norm(condition) in {"if", "had"}

    def _omission(self, verb: Told, after: list[Token], sorry: bool) -> str | None:
        """I never checked; I did not tell them; I told nobody."""
        nobody = bool(after) and norm(after[0]) in {"nobody", "nothing", "no"}
        if not verb.past or not (verb.negated or (nobody and verb.lemma in {"do", "say", "tell", "ask", "call"})):
            return None
        due = (nobody and sorry) or verb.lemma in self.words("checks") or (sorry and verb.lemma in self.words("duties"))
        return "omission" if due else None

    def _lapse(self, verb: Told, after: list[Token], sorry: bool) -> str | None:
        """I forgot; I skipped the test; I sent the wrong file; I signed it without reading."""
        if verb.negated or not verb.past:
            return None
        objects = {token.lemma_.lower() for token in after}
        lapse = verb.lemma in self.words("lapses") or (sorry and verb.lemma in self.words("careless"))
        if verb.lemma in {"forget", "forgot"} and objects & self.words("forgettable"):
            return None
        if lapse or (verb.lemma in {"miss", "skip", "ignore"} and objects & self.words("signals")):
            return "lapse"
        if verb.lemma not in self.words("perception") and any(map(_is_wrong, after)):
            return "lapse"
        return "omission" if self._unasked(verb.verb, sorry) else None

    def _unasked(self, verb: Token, sorry: bool) -> bool:
        """Whether a duty was passed over: sent it without checking, told them instead of asking."""
        for token in verb.doc[verb.i + 1 : min(verb.i + 3 * NEAR, verb.sent.end - 1)]:
            if norm(token) in {"i", "we", "he", "she", "they"}:
                return False
            duty = token.nbor(1).lemma_.lower()
            if norm(token) == "without" and token.nbor(1).tag_ == "VBG":
                return duty in self.words("checks") | {"look", "read"} or (sorry and duty in self.words("duties"))
        return False

    def _blame(self, verb: Told) -> str | None:
        """They never told us; the requirements kept changing; the vendor gave us the wrong part."""
        if verb.lemma != "keep" and verb.lemma not in self.words("owed"):
            return None
        after = _after(verb.verb)
        words = {norm(token) for token in after}
        if verb.lemma == "keep" and words & self.words("wavering"):
            return "blame"
        us = words & {"me", "us"}
        nobody = verb.who in {"nobody", "none"}
        if verb.past and nobody:
            return "blame" if us and verb.lemma in self.words("owed") else None
        failed = verb.past and verb.negated and verb.lemma in self.words("owed")
        wrong = verb.lemma in {"give", "send", "tell"} and us and any(map(_is_wrong, after))
        return "blame" if wrong or (failed and (us or verb.lemma in self.words("owed_alone"))) else None

    # Words about failure itself.

    def _failing(self, token: Token) -> str | None:
        """Failure denied ("I would not call it a failure") or praised ("failure is a teacher")."""
        before = token.doc[max(token.i - DENIED - 2, token.sent.start) : token.i]
        naming = {"call", "consider", "label"} if token.lemma_.lower() == "mistake" else self.words("naming")
        if any(t.lemma_.lower() in naming and _refused(told(t)) for t in before):
            return "denial"
        return "wisdom" if self._is_wisdom(token) else None

    def _is_wisdom(self, token: Token) -> bool:
        """Whether failure as such is spoken of, no failure in particular."""
        if token.i + 1 >= token.sent.end or token.lower_ in {"fail", "failed", "mistake"}:
            return False
        first = token.i == token.sent.start or norm(token.nbor(-1)) in self.words("opening")
        if token.i and token.nbor(-1).tag_ == "DT" and norm(token.nbor(-1)) != "every":
            return False
        return first and norm(token.nbor(1)) in {"is", "are", "'s", "makes", "make", "teaches", "teach"}


def _refused(verb: Told) -> bool:
    """Whether the speaker will not call it so, now or ever: would not say, do not see."""
    return verb.negated and not verb.past and verb.who in {"i", "we", "you"}


def _is_wrong(token: Token) -> bool:
    """Whether a thing was the wrong one, or was done wrong."""
    return norm(token) == "wrong" and (
        norm(token.nbor(-1)) in {"the", "a"} or token.head.lemma_ in {"do", "get", "read"}
    )


def _and_did_not(verb: Token) -> bool:
    """Whether "and did not" follows: we could have looked, and we didn't."""
    words = [norm(token) for token in verb.doc[verb.i + 1 : min(verb.i + 4 * NEAR, verb.sent.end)]]
    ends = [i for i, word in enumerate(words) if word == "not" and words[i - 1] in {"did", "do"}]
    return any(set(words[max(i - 4, 0) : i]) & {"and", "but"} for i in ends)


def _after(verb: Token) -> list[Token]:
    """The words after a verb, in its sentence, up to the next clause."""
    found: list[Token] = []
    for token in verb.doc[verb.i + 1 : min(verb.i + 1 + NEAR, verb.sent.end)]:
        if norm(token) in NEW_CLAUSE:
            break
        found.append(token)
    return found


def _was_due(phrase: Span) -> bool:
    """Whether a duty was named before: somebody should have checked, and *that somebody was me*."""
    return any(norm(token) in {"should", "ought"} for token in phrase.doc[phrase.sent.start : phrase.start])


def _denied(word: Token) -> bool:
    before = word.doc[max(word.i - DENIED, word.sent.start) : word.i]
    return any(norm(token) in {"not", "never", "hardly"} for token in before)


@Language.factory("analyser_fault", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Fault:
    """The component ``analyser_fault``."""
    return Fault(nlp)
