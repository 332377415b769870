"""Agency: sentences that credit a decision or deed to "we" or to nobody, and leave the speaker out."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analyser.detectors._base import REQUIRES, Detector
from analyser.detectors._clauses import Clause, clauses
from analyser.detectors._events import is_told
from analyser.detectors._syntax import SPEECH, is_negated, is_reported, norm, norms, sentence_spans, subject

_TIMES = frozenset("when while after before as until till since once where".split())


class Agency(Detector):
    """Finds the sentences that need an "I"; one span each, by the first construction in it."""

    key = "agency"

    def find(self, doc: Doc) -> Iterator[Span]:
        """The team-only sentences of ``doc``."""
        deeds = clauses(doc)
        at = 0
        for sentence in sentence_spans(doc):
            inside = []
            while at < len(deeds) and deeds[at].verb.i < sentence.end:
                inside.append(deeds[at])
                at += 1
            if any(map(_is_own, inside)) or self._is_mine(sentence):
                continue
            first = next((clause for clause in inside if self._hides(clause)), None)
            if first is not None:
                yield self.span(doc, sentence.start, sentence.end, first.how)

    def _is_mine(self, sentence: Span) -> bool:
        """It was my idea, my call: the speaker's part without a verb of doing."""
        words = norms(sentence.doc)[sentence.start : sentence.end]
        mine = (sentence[i] for i, word in enumerate(words) if word == "my")
        return any(t.head.lemma_.lower() in self.words("parts") for t in mine)

    def _hides(self, clause: Clause) -> bool:
        """Whether a decision or deed of the story is credited to a team or to nobody."""
        if clause.agent == "we":
            return (clause.event and not _is_background(clause.verb) and self._is_deed(clause.verb)) or (
                self._is_new_practice(clause.verb)
            )
        if clause.agent != "nobody":
            return False
        return self._is_decided(clause.verb) if clause.how == "passive" else clause.event

    def _is_deed(self, verb: Token) -> bool:
        """Whether a team does this, rather than meets with it: *got it down*, but not *got a balloon*."""
        lemma = verb.lemma_.lower()
        below = {c.dep_ for c in verb.children}
        if lemma in self.words("deeds_with_object"):
            return bool(below & {"dobj", "ccomp", "xcomp", "prt"})
        if lemma in self.words("deeds_with_more"):
            near = {norm(t) for t in verb.subtree if verb.i < t.i < verb.i + 6}
            more = {"prt", "ccomp", "xcomp"} if lemma == "get" else {"prt", "ccomp", "xcomp", "conj"}
            away = near & {"from", "along"}
            return not away and bool(below & more or near & self.words("towards"))
        return lemma not in self.words("outcomes") | self.words("mishaps") and not self._is_arrival(verb)

    def _is_arrival(self, verb: Token) -> bool:
        """How it went: *did well*, *made it to the final*."""
        below = {norm(c) for c in verb.children}
        if verb.lemma_.lower() == "make":
            return "it" in below and bool(below & {"to", "through", "into", "back"})
        return verb.lemma_.lower() == "do" and bool(below & self.words("how_well"))

    def _is_new_practice(self, verb: Token) -> bool:
        """Since then we test: the present, but a deed that the story led to."""
        return (
            verb.tag_ == "VBP"
            and verb.dep_ in {"ROOT", "conj"}
            and not is_negated(verb)
            and self._is_deed(verb)
            and any(norm(t) in {"since", "now"} for t in verb.sent if t.head.i == verb.i or t.head.head.i == verb.i)
        )

    def _is_decided(self, verb: Token) -> bool:
        if verb.dep_ in {"relcl", "acl", "advcl"} or not is_told(verb):
            return False
        who = subject(verb)
        if who is None or norm(who) in self.words("people"):
            return False
        lemma = verb.lemma_.lower()
        if lemma in self.words("light"):
            return who.lemma_.lower() in self.words("decisions") | self.words("meetings") | self.words("affairs")
        return lemma in self.words("passive_deeds")


def _is_background(verb: Token) -> bool:
    """What had been done before the story, what stands in a clause of time, what somebody else claims."""
    had = any(c.dep_ == "aux" and norm(c) in {"had", "'d"} for c in verb.children) or _is_duty(verb)
    timed = verb.dep_ == "advcl" and any(norm(c) in _TIMES for c in verb.children)
    return had or timed or (verb.dep_ == "relcl" and verb.head.dep_ != "ROOT") or is_reported(verb)


def _is_own(clause: Clause) -> bool:
    """Whether the speaker has a part in it: did it, would do it, was to do it; "I'd say" and "I think" are none."""
    return clause.agent == "I" and (clause.event or clause.verb.lemma_.lower() not in SPEECH)


def _is_duty(verb: Token) -> bool:
    """We had to build a server: what the story began with, decided by somebody else."""
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() == "have"


@Language.factory("analyser_agency", assigns=["doc.spans"], requires=REQUIRES)
def create(nlp: Language, name: str) -> Agency:
    """The component ``analyser_agency``."""
    return Agency(nlp)
