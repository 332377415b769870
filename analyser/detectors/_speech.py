"""What is somebody's words in the story: quoted, or after "she said", with or without quotation marks."""

from spacy.tokens import Doc, Token

from analyser.detectors._neighbours import CLAUSE_SUBJECTS, PERSONS, before, closes, following, word
from analyser.detectors._syntax import HOLDING, SPEAKER, TEAM, norm, positions, subject

_SAYS = frozenset(
    "said says told tells asked asks replied answered wrote goes suggested warned admitted insisted argued claimed "
    "telling saying asking explained texted emailed messaged mentioned".split()
)
# Verbs that open what somebody thought in so many words: "so I thought okay", "I was thinking well".
_THINKS = frozenset("thought think thinks thinking figured wondering".split())
_EXCLAIMS = frozenset("oh okay ok yeah yep yes no well hey wait man alright god wow hmm".split())
_SELVES = frozenset("to like myself himself herself themselves yourself , :".split())
_WHOM = frozenset("him her them people everyone everybody myself yourself himself herself".split())
_BE = frozenset("was were is are am be 's 're 'm been".split())
_TELLERS = frozenset("i we he she they everyone everybody people who you".split())
# "as I said", "I would ask", "that said": no words of anybody follow.
_NO_OPENERS = frozenset("as like having 'd would that being to".split())
_NO_SPEECH = frozenset(
    ". ! ? ; for about goodbye hello sorry thanks so goes it and or but more around down up "
    "nothing anything something everything".split()
)
_ANSWERS = frozenset("yes no".split())
_OF_THINGS = frozenset("answered explained mentioned asked suggested wrote".split())
_WRITTEN = CLAUSE_SUBJECTS | frozenset('that to me him her them back " : ,'.split())
_UNREAL = frozenset("could should would might must 'd".split())
# "He was like, tired" tells a state; "he was like, no way" tells words.
_OPENERS = frozenset(
    "i you we it this that there they he she oh no yes yeah yep okay ok well hey wait what why how who maybe man look "
    'right let please do go come can could should is are just never stop alright listen guys dude sorry " ,'.split()
)
# "The swap is like you take it out": how a thing goes, and nobody's words.
_OF_DEFINITIONS = frozenset("you it this that there they can could is are just , how where".split())
_PAST = frozenset({"VBD"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# A thing holds no belief ("it felt a bit mean"), and "ya know" is nobody's.
_OWN = SPEAKER | TEAM | {"you", "ya", "nobody", "it", "that", "this", "which"}
_BREAKS = frozenset("and but so because . -".split())
_CONTINUED = frozenset("and but so then because although though".split())
_TURNS = frozenset("and but so because cause which".split())
_HOLDS = frozenset("think guess believe suppose hope know".split())
_NO_CLAUSE = frozenset("about to for thank hello no yes anything nothing something everything".split())
_HELD = frozenset("think feel believe worry hope wonder assume guess suspect fear figure imagine decide".split())
_THEY = frozenset("he she they everyone everybody people who".split())
_NEAR, _CLOSE = 10, 6  # tokens
_REACH = 25  # tokens; without quotation marks nobody can say where a longer speech ends


def is_anothers(token: Token) -> bool:
    """Whether somebody else holds what the token stands in: "she felt that it might fail".

    A wrong parse hangs whole sentences below a verb of thinking, so only a near one in the same clause counts.
    """
    for verb in token.ancestors:
        if verb.lemma_.lower() in HOLDING and 0 < token.i - verb.i <= _NEAR:
            between = {norm(t) for t in token.doc[verb.i : token.i]}
            who = subject(verb)
            if who is not None and not between & _BREAKS and not _is_over(verb, token):
                return norm(who) not in _OWN
    return _is_held_before(token)


def _is_held_before(token: Token) -> bool:
    """The same where the parse is wrong: "they felt maybe", "she figured that it was probably"."""
    for verb in reversed(token.doc[max(0, token.i - _CLOSE) : token.i]):
        if verb.is_punct or norm(verb) in _BREAKS:
            return False
        if verb.lemma_.lower() in _HELD and verb.tag_ in _FINITE:
            who = subject(verb)
            return who is not None and who.i < verb.i and norm(who) in _THEY and not _is_over(verb, token)
    return False


def _is_over(verb: Token, token: Token) -> bool:
    """Whether what ``verb`` opens has ended before ``token``: it took no clause, or another one has begun since."""
    finite = sum(t.tag_ in _FINITE for t in token.doc[verb.i + 1 : token.i])
    return finite > 1 or word(following(verb.doc, verb.i + 1)) in _NO_CLAUSE


def in_speech(doc: Doc, quotes: frozenset[int]) -> frozenset[int]:
    """Indices of the tokens that were said in the story, also by the speaker: "I told him I think you're late"."""
    inside = set(quotes)
    for i in positions(doc, _SAYS | _THINKS | {"like", "say", "tell"}):
        if i not in inside and _opens(doc[i]):
            inside.update(range(i + 1, _end(doc, i + 1)))
    return frozenset(inside)


def has_gone_on(token: Token, said: frozenset[int]) -> bool:
    """Whether a conjunction stands between where somebody's words begin and the token: they may be over by then."""
    start = token.i
    while start - 1 in said:
        start -= 1
    return any(norm(between) in _TURNS for between in token.doc[start + 1 : token.i])


def _opens(token: Token) -> bool:
    """Whether the words of somebody follow: "she said", "he was like"."""
    lower = norm(token)
    if lower == "like":
        return is_quotative(token)
    if lower in _THINKS:
        return _is_thought_aloud(token)
    if lower in {"say", "tell"}:
        return _would_tell(token) and not _is_request(token)
    return _is_said(token)


def _is_said(token: Token) -> bool:
    doc, lower = token.doc, norm(token)
    after = following(doc, token.i + 1)
    if word(after) in _NO_SPEECH or (lower in _OF_THINGS and after is not None and after.pos_ in {"DET", "NUM"}):
        return False
    if lower == "wrote" and word(after) not in _WRITTEN:
        return False
    if word(after) in _ANSWERS and after is not None and _is_done(following(doc, after.i + 1)):
        return False
    if _is_request(token):
        return False
    if lower == "goes":
        return word(before(doc, token.i)) in {"he", "she", "just"}
    earlier = before(doc, token.i)
    beyond = word(before(doc, earlier.i)) if earlier is not None else ""
    if word(earlier) in _NO_OPENERS or beyond in {"as", "like"}:
        return False
    return word(earlier) not in {"have", "'ve"} or beyond not in _UNREAL


def _would_tell(token: Token) -> bool:
    """They *would say* no I don't; I try to *tell him* maybe it is late; not "they would say I'm calm", a claim."""
    doc, after = token.doc, _past_comma(token.doc, token.i + 1)
    if norm(token) == "tell":
        return word(after) in _WHOM and word(before(doc, token.i)) != "not"
    helper = before(doc, token.i)
    who = word(before(doc, helper.i)) if helper is not None else ""
    if word(helper) not in {"would", "'d"} or who not in _TELLERS - {"i", "we", "you"} or after is None:
        return False
    return _is_exclaimed(doc, after.i) or [norm(t) for t in doc[after.i : after.i + 3]] == ["i", "do", "not"]


def _is_thought_aloud(token: Token) -> bool:
    """I thought, *okay*; thinking to myself *well*; not "I think, yes", which answers a question."""
    if norm(token) == "think" and word(before(token.doc, token.i)) in {"i", "we"}:
        return False
    at = token.i + 1
    while at < len(token.doc) and norm(token.doc[at]) in _SELVES:
        at += 1
    return _is_exclaimed(token.doc, at)


def _is_exclaimed(doc: Doc, i: int) -> bool:
    """Whether words begin here with a cry: "oh", "well", "no"; not "well of him", "no one"."""
    if i >= len(doc) or norm(doc[i]) not in _EXCLAIMS:
        return False
    after = following(doc, i + 1)
    return norm(doc[i]) not in {"no", "well", "god"} or closes(after) or word(after) in PERSONS | _EXCLAIMS | {"let"}


def _is_done(token: Token | None) -> bool:
    """Whether nothing more was said: "she said no", "I say no to people"."""
    return closes(token) or word(token) == "to"


def _is_request(token: Token) -> bool:
    """She asked us to help: what was asked is no words of hers."""
    if norm(token) not in {"asked", "told", "asking", "telling", "tell"}:
        return False
    after = list(token.doc[token.i + 1 : token.i + 5])
    at = next((n for n, t in enumerate(after) if t.tag_ == "TO" or norm(t) == "to"), 0)
    return (
        0 < at < len(after) - 1 and after[at + 1].tag_ == "VB" and not {"i", "we", "he", "she"} & set(map(norm, after))
    )


def is_quotative(token: Token) -> bool:
    """He was like, I'm just like, the captain was like; of things only with a cry: it was like okay."""
    doc, i = token.doc, token.i - 1
    while i > 0 and norm(doc[i]) in {"just", "all", "kind", "of", "um", "uh"}:
        i -= 1
    if i < 1 or norm(doc[i]) not in _BE:
        return False
    who, next_ = doc[i - 1], word(following(doc, token.i + 1))
    if norm(who) in _TELLERS or (norm(doc[i]) == "be" and norm(who) in {"would", "'d", "will", "'ll", "and"}):
        return next_ in _OPENERS
    if _is_exclaimed(doc, token.i + 1):
        return True
    return who.pos_ in {"NOUN", "PROPN"} and word(_past_comma(doc, token.i + 1)) in _OPENERS - _OF_DEFINITIONS


def _past_comma(doc: Doc, i: int) -> Token | None:
    after = following(doc, i)
    return following(doc, after.i + 1) if after is not None and after.text == "," else after


def _end(doc: Doc, start: int) -> int:
    """Where the words end: at a full stop, or where the story goes on ("and she left", "so we shipped")."""
    for i in range(start, min(start + _REACH, len(doc))):
        if doc[i].text in {".", "!", "?", ";", "-"} and i > start:
            return i
        if (norm(doc[i]) in _CONTINUED and _goes_on(doc, i + 1)) or (i > start and _turns(doc, i)):
            return i
    return min(start + _REACH, len(doc))


def _turns(doc: Doc, i: int) -> bool:
    """Whether the story begins again after a comma: ", I tried to", ", we changed it"."""
    after = following(doc, i + 1) if doc[i].text == "," else None
    if after is None or norm(after) not in PERSONS:
        return False
    verb = following(doc, after.i + 1)
    return verb is not None and verb.tag_ in _PAST


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether the story follows: a subject with a verb in the past, "so yeah", "and I think"."""
    words = [token for token in doc[i : i + 8] if not token.is_punct]
    if words and (norm(words[0]) == "yeah" or _holds(words)):
        return True
    at = next((n for n, token in enumerate(words) if norm(token) in CLAUSE_SUBJECTS), None)
    if at is None:
        return bool(words) and words[0].tag_ in _PAST
    return any(token.tag_ in _PAST for token in words[at + 1 : at + 5])


def _holds(words: list[Token]) -> bool:
    """Whether the speaker begins to judge: "and I think", "but I don't know"."""
    said = [norm(token) for token in words]
    return said[0] == "i" and not _HOLDS.isdisjoint(said[1:4]) and "you" not in said
