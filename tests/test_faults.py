"""Why a failure story is heard as it is, on findings made by hand; and the command that tells it."""

import html
import json
import re

import feedbacks
import pandas as pd
import pytest
from typer.testing import CliRunner

from analyser import bank, cli, faults, framework, lexicon, resources, rules
from analyser.cli import _shared
from analyser.marks import ignored
from analyser.reading import Deed, Reading, Sentence
from analyser.reports import fault as page
from analyser.reports import faults as table
from analyser.results import Answer, Fault, FaultParts, Finding, Quote, Signal
from analyser.settings import Settings
from analyser.silence import Silence
from analyser.stories import Plan, Review, Story

SAMPLES = resources.path("data", "samples")
PARTS = FaultParts(mistake=False, impact=True, correction=True, behaviour_change=False)


def told(verdict, *sentences, deeds=(), silence=None):
    """The fault of an answer of which each sentence comes with its rules, as ``label:rule``."""
    at, read, found, acts = 0, [], [], []
    for text, *marks in sentences:
        read.append(Sentence(at, at + len(text), text, ()))
        for mark in marks:
            label, rule = mark.split(":")
            found.append(
                Finding(
                    detector=rule.partition("/")[0],
                    label=label,
                    rule=rule,
                    why="why",
                    fix="fix",
                    start=at,
                    end=at + len(text),
                    text=text,
                )
            )
        for agent, _, verb in (act.partition(":") for act in dict(deeds).get(text, "").split()):
            acts.append(Deed(agent, verb or "do", at, at + 1, True))
        at += len(text) + 1
    reading = Reading(" ".join(text for text, *_ in sentences), tuple(read), tuple(acts), tuple(found))
    signal = Signal(
        label="accountability", confidence=0.9, probabilities={}, runner_up=None, because=(read[0].quote(),)
    )
    fault = Fault(verdict=verdict, parts=None if verdict in {None, "not_a_failure"} else PARTS)
    return faults.explained(fault, signal, reading, found, silence or Silence(Settings()))


def names(fault):
    return {pattern.name: [said.text for said in pattern.quotes] for pattern in fault.patterns}


def test_every_rule_of_a_pattern_is_one_and_stands_once():
    patterns = lexicon.of("fault").patterns
    every = [rule for pattern in patterns.values() for rule in pattern.rules]
    assert len(every) == len(set(every))
    assert set(every) <= set(rules.known())
    deflecting = {rule.id for rule in rules.every() if rule.label in {"deflection", "shared_fault"} and rule.hits}
    assert deflecting <= set(every), "each rule that hides a fault has its name in plain words"


def test_an_admission_is_decided_by_the_rule_that_speaks_first():
    fault = told(
        "admits",
        ("I forgot the form and we paid.", "own_fault:fault/lapse"),
        ("It cost us a week.", "result:parts/meaning"),
        ("It was my mistake.", "own_fault:fault/mine"),
        ("I called her that day.", "action:parts/meaning"),
        ("Since then I keep a list.", "change:parts/meaning"),
    )
    assert fault.decided_by.text == "It was my mistake."
    assert {name: said.text for name, said in fault.quotes.items()} == {
        "mistake": "It was my mistake.",
        "impact": "It cost us a week.",
        "correction": "I called her that day.",
        "behaviour_change": "Since then I keep a list.",
    }
    assert fault.patterns == ()


def _quotes(*sentences, deeds=()):
    return {name: said.text for name, said in told("admits", *sentences, deeds=deeds).quotes.items()}


def test_what_was_done_about_it_comes_after_the_sentence_that_decides():
    lost, phoned = ("The orders were lost.", "result:parts/meaning"), ("I phoned the shop.", "action:parts/meaning")
    mine, paid = ("It was my mistake.", "own_fault:fault/mine"), ("We paid for it.", "action:parts/meaning")
    assert _quotes(lost, phoned, mine, paid)["correction"] == paid[0]
    assert _quotes(lost, phoned, mine)["correction"] == phoned[0], "owned at the end, put right before"
    own = {phoned[0]: "I", paid[0]: "other"}
    assert _quotes(lost, mine, paid, phoned, deeds=own)["correction"] == phoned[0]


@pytest.mark.parametrize(
    ("agent", "verb", "impact"),
    [("we", "restore", "The files were lost."), ("I", "refund", "The files were lost."), ("we", "see", "So we did it."),
     ("other", "restore", "So we did it.")],
)  # fmt: skip
def test_a_repair_is_no_harm(agent, verb, impact):
    repair, lost = ("So we did it.", "result:parts/meaning"), ("The files were lost.", "result:parts/meaning")
    mine = ("It was my mistake.", "own_fault:fault/mine")
    deeds = {repair[0]: f"{agent}:{verb}"}
    assert _quotes(mine, repair, lost, deeds=deeds)["impact"] == impact
    assert ("impact" in _quotes(mine, repair, deeds=deeds)) == (impact == repair[0]), "rather none than a wrong one"


def test_a_we_hides_nothing_where_the_fault_is_owned():
    sentences = [("It was my mistake.", "own_fault:fault/mine"), ("We fixed it.", "team_only:agency/we")]
    assert "hidden" not in names(told("admits", *sentences))
    assert names(told("partial", *sentences[1:]))["hidden"] == ["We fixed it."]


@pytest.mark.parametrize(
    ("mark", "pattern"),
    [
        ("deflection:fault/nobody", "agentless"),
        ("deflection:fault/blame", "blame"),
        ("deflection:fault/circumstance", "blame"),
        ("shared_fault:fault/team_hindsight", "hidden"),
        ("shared_fault:fault/general", "vague"),
        ("deflection:fault/silver_lining", "disguise"),
        ("deflection:fault/denial", "denial"),
        ("performative:phrases/weakness", "disguise"),
        ("team_only:agency/passive", "agentless"),
    ],
)
def test_rules_have_plain_names(mark, pattern):
    assert names(told("deflects", ("Some sentence with words in it.", mark)))[pattern]


@pytest.mark.parametrize(
    ("text", "label", "agents", "pattern"),
    [
        ("The vendor sent the racks two weeks late.", "deflection", "other", "blame"),
        ("My manager picked it, and I built it.", "deflection", "other I", None),
        ("The racks arrived two weeks late.", "deflection", "", None),
        ("It was picked and announced that day.", "deflection", "nobody", "agentless"),
        ("In the end we were not picked that year.", "deflection", "nobody", None),
        ("I am not sure they would be here without it.", "deflection", "other", None),
        ("That is not really a failure in my book.", "deflection", "", "denial"),
        ("In the end we came back stronger.", "deflection", "we", "disguise"),
        ("We sent it out far too early.", "shared_fault", "we", "hidden"),
        ("So.", "deflection", "other", None),
    ],
)
def test_a_sentence_heard_by_its_meaning_is_named_where_it_shows(text, label, agents, pattern):
    fault = told("deflects", (text, f"{label}:fault/meaning"), deeds={text: agents})
    assert set(names(fault)) - {"unchanged"} == ({pattern} if pattern else set())


def test_what_tells_the_story_is_no_excuse_by_its_meaning_alone():
    text = "The vendor sent the racks two weeks late."
    fault = told("deflects", (text, "deflection:fault/meaning", "context:parts/meaning"), deeds={text: "other"})
    assert set(names(fault)) == {"unchanged"}


def test_being_sorry_once_is_enough():
    sorry = [("I am so sorry about it.",), ("I felt awful for weeks.",), ("I apologised again to my team.",)]
    assert "apology" not in names(told("partial", *sorry[:2]))
    assert names(told("partial", *sorry))["apology"] == [text for (text,) in sorry]
    assert "apology" not in names(told("partial", *[("They were sorry about the bad data.",)] * 5))


def test_nothing_changed_quotes_what_stands_in_its_place():
    fault = told("partial", ("We learned a lot from it.", "lesson:parts/meaning"), ("That is about it, really.",))
    assert names(fault)["unchanged"] == ["We learned a lot from it."]
    assert names(told("partial", ("It went wrong in the end.",)))["unchanged"] == ["It went wrong in the end."]


def test_what_is_silenced_is_not_missed():
    silence = Silence(Settings(), ignored("# analyser: ignore parts"))
    assert told("deflects", ("It went wrong in the end.",), silence=silence).patterns == ()


def test_a_story_that_is_no_failure_is_decided_by_what_it_is():
    fault = told("not_a_failure", ("I chose the patch.",))
    assert (fault.decided_by.text, fault.patterns) == ("I chose the patch.", ())
    assert told(None, ("Hm.",)).decided_by is None


# --- as it is printed ---


@pytest.mark.parametrize("name", list(feedbacks.ALL))
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_every_answer_has_a_verdict_in_every_form(name, form):
    made = feedbacks.ALL[name]()
    told = page.render(made, form, width=80, color=False)
    assert told.endswith("\n")
    if form == "json":
        assert json.loads(told)["fault"] == made.model_dump(mode="json")["fault"]
    else:
        assert page.title(made) in told


def test_the_forms_carry_the_same_words():
    failure = feedbacks.failure()
    for form in ("text", "markdown"):
        flat = " ".join(page.render(failure, form, width=200, color=False).split())
        for said in failure.fault.every_quote[:-1]:
            assert said.text in flat
        assert all(pattern.title in flat for pattern in failure.fault.patterns)
        assert "and 1 more" in flat


def test_the_page_quotes_what_decides_says_what_is_missing_and_what_to_mend():
    failure = feedbacks.failure()
    told = html.unescape(page.render(failure, "html"))
    assert "<h1>Partial</h1>" in told or "<h1>Deflects</h1>" in told
    assert f'<blockquote dir="auto">“{failure.fault.decided_by.text}”</blockquote>' in told
    assert all(quote.text in told for quote in failure.fault.quotes.values())
    assert told.count('class="missing"') == len(failure.fault.missing) > 0
    assert all(pattern.title in told and pattern.why in told for pattern in failure.fault.patterns)
    assert failure.advice[0].what in told
    assert failure.advice[0].follow_up in told
    assert "What to mend" not in page.render(feedbacks.judgment(), "html")


def test_a_page_of_hostile_words_loads_and_runs_nothing():
    hostile = feedbacks.hostile()
    quote = hostile.signal.because[0]
    fault = Fault(verdict="partial", parts=PARTS, decided_by=quote, quotes={"impact": quote})
    for made in (hostile, hostile.model_copy(update={"fault": fault})):
        told = page.render(made, "html")
        assert "prefers-color-scheme: dark" in told
        assert not re.search(r"<script|<img|<link|<b>(Why|\?)|<u>|@import|url\(|=[\"']?https?:", told)
    assert "&lt;img src=x onerror=alert(1)&gt;" in told


def test_an_admission_that_lacks_a_part_says_what_to_mend_first():
    whole = feedbacks.failure()
    admitted = whole.model_copy(update={"fault": Fault(verdict="admits", parts=PARTS)})
    parts = FaultParts(mistake=True, impact=True, correction=True, behaviour_change=True)
    complete = whole.model_copy(update={"fault": Fault(verdict="admits", parts=parts)})
    for form in ("text", "markdown", "html"):
        first = whole.advice[0].follow_up
        shown = [first in html.unescape(page.render(made, form, width=300)) for made in (admitted, complete)]
        assert shown == [True, False]


def test_a_quote_of_the_fault_is_exact():
    failure = feedbacks.failure()
    wrong = failure.fault.model_copy(update={"decided_by": Quote(start=0, end=3, text="xyz")})
    with pytest.raises(ValueError, match="the fault does not quote"):
        type(failure)(**{**dict(failure), "fault": wrong})


# --- the command ---


@pytest.fixture
def run(monkeypatch, fast):
    monkeypatch.setattr(_shared, "analyser", lambda *_: fast)
    return lambda *arguments, **more: CliRunner().invoke(cli.app, ["fault", *arguments], **more)


def test_one_answer(run):
    done = run(str(SAMPLES / "failure.txt"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(("Deflects", "Partial"))
    assert "Nothing has changed since" in done.stdout
    told = " ".join(done.stdout.split())
    assert "Nobody did it" in told
    assert "Mistakes were made" in told
    assert "it was decided to go live" in told


def test_nobody_did_it_also_beside_a_we_and_not_where_i_did(run):
    said = "The launch failed and we lost two clients. We did a lot, and {} to go live. We could have tested more. "
    passive, mine = (2 * said.format(who) for who in ("it was decided", "I decided"))
    question = ("--question", "Tell me about a failure.")
    assert "Nobody did it" in run(*question, input=passive).stdout
    assert "Nobody did it" not in run(*question, input=mine).stdout


def test_a_pipe(run):
    text = "So I forgot to renew the licence, it was my mistake. We lost two days. I told my boss and I paid it. " * 2
    fault = json.loads(run("--format", "json", "--question", "Tell me about a failure.", input=text).stdout)["fault"]
    assert fault["verdict"] == "admits"
    assert "my mistake" in fault["decided_by"]["text"]


def test_a_bank(run):
    done = run(str(SAMPLES / "bank.md"), "--format", "json")
    rows = json.loads(done.stdout)
    assert {row["fault"] for row in rows} <= {"admits", "partial", "deflects", "not_a_failure"}
    assert any(row["fault"] == "admits" and row["fault_because"] for row in rows)
    assert "Failure stories" in run(str(SAMPLES / "bank_faults.csv")).stdout


def test_what_is_a_bank(tmp_path):
    one, marked = tmp_path / "one.md", tmp_path / "marked.md"
    one.write_text("# My story\n\n## Situation\n\nI was late.\n\n## Result\n\nWe lost it.\n")
    marked.write_text("# analyser: ignore fillers\nI was late, and we lost it.\n")
    assert [bank.is_bank(file) for file in (one, marked, "story.txt", tmp_path, "stories.csv")] == [
        False, False, False, True, True
    ]  # fmt: skip
    assert bank.is_bank(SAMPLES / "bank.md")


def test_the_table_in_every_form(fast):
    frame = bank.read(SAMPLES / "bank_faults.csv")
    column = bank.recognise(frame).text
    review = bank.review(bank.score(frame, column, analyser=fast), column)
    for form, width in (("text", 80), ("text", 40), ("markdown", None), ("html", None), ("json", None)):
        told = table.render(review, form, width=width, color=False)
        assert all(len(line) <= width for line in told.splitlines() if width)
        assert "Checkout redesign" in " ".join(told.split()) or width


def reviewed(*stories):
    about = framework.named("netflix").about()
    plan = Plan(choices=(), gaps=(), twice=(), twins=(), mend=(), misfiled=(), write_next=())
    return Review(stories=stories, plan=plan, titles={}, framework=about, longest=120, made_by=("analyser 1",))


def told_story(row, title, fault, **given):
    return Story(row=row, title=title, signal="accountability", fault=fault, filed_under="accountability", **given)


def test_the_page_of_a_bank_has_each_failure_story_once_in_its_group():
    sentence = "It was <b>my</b> mistake."
    made = reviewed(
        told_story(1, "Pumps <script>", "admits", fault_because=sentence, advice="Say what changed.",
                   fault_missing=("behaviour_change",)),
        told_story(2, "Rain", "deflects", fault_missing=("mistake", "impact"), fault_patterns=("Nobody did it",),
                   advice="Name your own mistake."),
        told_story(3, "Whole", "admits", fault_because="I was wrong.", advice="Cut the set-up."),
        told_story(4, "Patch", "not_a_failure", fault_because="I chose the patch."),
        Story(row=5, title="Empty", error="There are no words."),
    )  # fmt: skip
    told = table.render(made, "html")
    assert "3 failure stories among 4 that could be heard: 2 admit the fault, 1 only seems to." in told
    groups = [table.GROUPS[name] for name in ("admits", "deflects", "otherwise")]
    assert re.findall("<h2 .*?>(.*?)</h2>", told) == groups
    assert told.index("Pumps &lt;script&gt;") < told.index("Whole") < told.index("Rain") < told.index("Patch")
    assert "“It was &lt;b&gt;my&lt;/b&gt; mistake.”" in told
    assert "<script" not in told
    assert table.NO_SENTENCE in told
    assert (told.count('class="missing"'), told.count('class="there"')) == (3, 9)
    assert [tip in told for tip in ("Say what changed.", "Name your own mistake.", "Cut the set-up.")] == [
        True, True, False
    ]  # fmt: skip
    assert "I chose the patch." not in told


def test_what_an_admission_lacks_comes_from_what_was_heard(fast):
    text = "I forgot to renew the licence, it was my mistake. We lost two days. I told my boss and I paid it. " * 2
    scored = bank.score(
        pd.DataFrame({"story": [text, "Hm."], "question": ["Tell me about a failure."] * 2}), analyser=fast
    )
    story, silent = bank.review(scored).stories
    heard = fast.analyse(Answer(text=text, question="Tell me about a failure.")).fault
    assert story.fault_missing == heard.missing
    assert "behaviour_change" in story.fault_missing
    assert silent.fault_missing == ()
