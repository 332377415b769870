"""How long an answer takes: by its transcript's time stamps, or at 150 words a minute; and what it could do without."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyser import marks
from analyser.framework import Framework
from analyser.gate import spoken_words
from analyser.labelling import overlaps
from analyser.reading import Reading, Sentence, Token
from analyser.results import Answer, Finding, Quote, Section, TimedBy

WORDS_A_SECOND = 150 / 60
WORTH_A_CUT = 3  # seconds
FAIR_SHARE = 0.25  # of what is too much: a cut that saves less is not worth a word
# A sentence of the set-up that bears another label than these carries the story.
_IDLE = frozenset("context context_number belief possibility softener vague filler performative team_only".split())
_NAMES = {"NOUN", "PROPN"}
# What a story turns on is told by somebody's wish, thought or trouble, by what was lacking, by a reason or a turn.
_TURNS = frozenset(
    "want wish need hope like love hate think believe feel fear worry doubt know understand realize realise wonder "
    "expect decide matter not n't n’t no nobody none nothing never neither nor without hardly but though although "
    "however because cause since if unless until problem trouble issue conflict challenge difficult hard bad worse "
    "worst wrong late quarrel fight argue pressure risk sudden suddenly unexpected unexpectedly surprise surprised "
    "crisis break fail failure crash lose loss collapse quit leave cancel refuse deadline urgent instead except "
    "only".split()
)
_JOINTS = frozenset("but though although however because cause since if".split())


class Clock:
    """Tells how long a stretch of one answer takes to say.

    ``timed_by`` says by what. Between two time stamps the speaker is taken to go at an even pace; a pause after
    a cue belongs to what comes before it.
    """

    def __init__(self, answer: Answer) -> None:
        self._text = marks.blank(answer.text)
        self._cues = answer.cues
        self.timed_by: TimedBy = "time stamps" if answer.cues else "words"

    def between(self, start: int, end: int) -> float:
        """The seconds from one character offset to another."""
        if self._cues:
            return max(0.0, self._at(end) - self._at(start))
        return len(spoken_words(self._text[start:end])) / WORDS_A_SECOND

    @property
    def whole(self) -> float:
        """The seconds that the answer takes."""
        return round(self.between(0, len(self._text)), 1)

    def _at(self, place: int) -> float:
        for cue in self._cues:
            if place < cue.start:
                return cue.begins
            if place <= cue.end:
                share = (place - cue.start) / max(1, cue.end - cue.start)
                return cue.begins + share * (cue.ends - cue.begins)
        return self._cues[-1].ends


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence, or its share in a section, with how long that takes, and whether the story stands without it."""

    sentence: Sentence
    section: str
    seconds: float
    idle: bool


def sections(reading: Reading, findings: Sequence[Finding], framework: Framework, clock: Clock) -> tuple[Section, ...]:
    """How long each section takes, against its band; an unlabelled sentence goes with the one before.

    Where no part of a story is heard at all, there are no sections either.
    """
    if not any(finding.detector == "parts" for finding in findings):
        return ()
    told = list(_told(reading, findings, framework, clock))
    return tuple(
        _section(name, [one for one in told if one.section == name], band.low, band.high)
        for name, band in framework.sections.items()
    )


def _section(name: str, told: Sequence[_Told], low: float, high: float) -> Section:
    seconds = _length(told)
    cut = _cut(told, seconds - high)
    return Section(
        name=name,
        seconds=round(seconds, 1),
        low=low,
        high=high,
        cut=tuple(one.sentence.quote() for one in cut),
        saves=round(_length(cut), 1),
    )


def _told(reading: Reading, findings: Sequence[Finding], framework: Framework, clock: Clock) -> Iterator[_Told]:
    current = [str(next(iter(framework.sections)))]
    ends = [*(sentence.start for sentence in reading.sentences[1:]), len(reading.text)]
    idle = _idle(reading, findings)
    for sentence, end, is_idle in zip(reading.sentences, ends, idle, strict=True):
        named = _named(sentence, findings, framework) or current[-1:]
        seconds = clock.between(sentence.start, end) / len(named)
        yield from (_Told(sentence, section, seconds, is_idle) for section in named)
        current = named


def _named(sentence: Sentence, findings: Sequence[Finding], framework: Framework) -> list[str]:
    """The sections that the parts in a sentence belong to, in the order of the story; each has the same share."""
    labels = {finding.label for finding in findings if finding.detector == "parts" and overlaps(sentence, finding)}
    named = {framework.parts[label].section for label in labels if label in framework.parts}
    return [section for section in framework.sections if section in named]


def _idle(reading: Reading, findings: Sequence[Finding]) -> list[bool]:
    """Which sentences only set the scene: nothing is done or at stake in them, and what they name is not told again."""
    names = [{token.lemma.lower() for token in s.tokens if token.pos in _NAMES} for s in reading.sentences]
    done = [deed.start for deed in reading.deeds if deed.event or deed.agent in {"I", "we"}]
    return [
        _sets_the_scene({finding.label for finding in findings if overlaps(sentence, finding)})
        and not any(sentence.start <= start < sentence.end for start in done)
        and not any(_turns(token) for token in _after_the_joint(sentence.tokens))
        and not (names[i] - set().union(*names[:i])) & set().union(*names[i + 1 :])
        for i, sentence in enumerate(reading.sentences)
    ]


def _after_the_joint(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without a first word that only joins the sentence to the one before."""
    return tokens[1:] if tokens and tokens[0].text.lower() in _JOINTS else tokens


def _turns(token: Token) -> bool:
    return token.lemma.lower() in _TURNS or token.text.lower() in _TURNS


def _sets_the_scene(labels: set[str]) -> bool:
    return "context" in labels and labels <= _IDLE


def _cut(told: Sequence[_Told], over: float) -> Sequence[_Told]:
    """The longest run of idle sentences, or as much of it as brings the section into its time; never the first."""
    if over <= 0:
        return ()
    run = max(_runs(told[1:]), key=_length, default=[])
    if _length(run) < max(WORTH_A_CUT, FAIR_SHARE * over):
        return ()
    for needed in range(1, len(run)):
        if _length(run[:needed]) >= max(over, WORTH_A_CUT):
            return run[:needed]
    return run


def _length(told: Sequence[_Told]) -> float:
    return sum(one.seconds for one in told)


def _runs(told: Sequence[_Told]) -> Iterator[list[_Told]]:
    breaks = [-1, *(i for i, one in enumerate(told) if not one.idle), len(told)]
    yield from (list(told[a + 1 : b]) for a, b in pairwise(breaks) if b - a > 1)


def seconds(quotes: Sequence[Quote], clock: Clock) -> float:
    """How long some quotations take to say."""
    return round(sum(clock.between(quote.start, quote.end) for quote in quotes), 1)
