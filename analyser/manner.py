"""What to mend in how a story is told: its length, where the time goes, the words that weaken it.

What is praised is not blamed as well: of a sentence to keep, nothing is quoted but a softening word to drop.
"""

from collections.abc import Iterator

from analyser import quoting
from analyser.framework import Framework
from analyser.results import Quote, Section
from analyser.rules import HEADING
from analyser.story import Candidate, Story
from analyser.timing import FAIR_SHARE
from analyser.verdicts import HEDGES, Findings, labelled, quote

LONG_SETUP = 1.5  # times the most that the context should take
SHORT = 0.25  # of the time that an answer may take: with less than that, and no section as long as it should be
MOST_NAMED = 3  # softening words that are named beside an advice


def timing(story: Story, framework: Framework) -> Iterator[Candidate]:
    """What takes too long, or that all of it is too short to judge by."""
    if story.seconds > story.limits.seconds:
        yield _too_long(story, framework)
        return
    if story.is_of_self:
        return
    if story.seconds < SHORT * story.limits.seconds and all(one.seconds < one.low for one in story.sections):
        yield Candidate("too_short", framework.advice["too_short"], None)
    context = next((section for section in story.sections if section.name == "context"), None)
    if context and context.cut and context.seconds > LONG_SETUP * context.high:
        yield Candidate("too_long_context", framework.advice["too_long_context"], quoting.cut([context]))


def _too_long(story: Story, framework: Framework) -> Candidate:
    """A cut that saves a fair share of what is too much; else the section that is furthest over its time."""
    surplus = story.seconds - story.limits.seconds
    worth = [section for section in story.sections if section.saves >= FAIR_SHARE * surplus]
    said = quoting.cut(worth)
    widest = max(story.sections, key=_over, default=None)
    if said or not widest or _over(widest) <= 0:
        return Candidate("too_long", framework.advice["too_long"], said)
    titles = {str(name): section.title for name, section in framework.sections.items()}
    given = {"section": titles[widest.name], "share": f"{widest.seconds / story.seconds:.0%}"}
    return Candidate("too_long_section", framework.advice["too_long_section"], None, given)


def _over(section: Section) -> float:
    return section.seconds - section.high


def wording(story: Story, framework: Framework) -> Iterator[Candidate]:
    """The words that hide the speaker, prove nothing, or weaken what is said."""
    findings = story.unpraised
    if story.checks.role_clear is not False and len(labelled(findings, "team_only")) > 1:
        hidden = quoting.hidden(story.reading, findings)
        if hidden:
            yield Candidate("team_only", framework.advice["team_only"], hidden)
    yield from _slogans(story, framework)
    if story.rate(*HEDGES) > story.limits.hedges:
        yield _straight(labelled(story.findings, *HEDGES), quoting.hedged(story.reading, findings), framework)
    if story.rate("filler") > story.limits.fillers:
        yield Candidate("fillers", framework.advice["fillers"], quoting.fullest(story.reading, findings))


def _slogans(story: Story, framework: Framework) -> Iterator[Candidate]:
    """What sounds well and says nothing, and the headings of a template, each unless the question has the word."""
    asked = (story.question or "").casefold()
    found = [one for one in labelled(story.findings, "performative") if one.text.casefold() not in asked]
    headings = [one for one in found if one.rule == HEADING]
    slogans = [one for one in found if one.rule != HEADING]
    if slogans:
        yield Candidate("performative", framework.advice["performative"], quote(slogans[0]))
    if headings:
        yield Candidate("headings", framework.advice["headings"], quote(headings[0]))


def afterthought(story: Story, framework: Framework) -> Iterator[Candidate]:
    """What is worth a word where there is nothing else to mend: a claim that is made smaller."""
    if on_claims := quoting.hedges_of_claims(story.findings):
        yield _straight(on_claims, quoting.hedged_claim(story.reading, story.unpraised), framework)


def _straight(hedges: Findings, said: Quote | None, framework: Framework) -> Candidate:
    """Names the softening words in the sentence that is quoted; where none can be, the first such word is quoted."""
    here = [one for one in hedges if said and said.start <= one.start and one.end <= said.end]
    words = dict.fromkeys(one.text.lower() for one in here or hedges)
    named = [f"“{' '.join(word.split())}”" for word in words][:MOST_NAMED]
    return Candidate("hedging", framework.advice["hedging"], said or quote(hedges[0]), {"words": ", ".join(named)})
