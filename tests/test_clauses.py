"""Who did what, and whether it happened: the clauses of many constructions."""

import pytest

from analyser import pipeline
from analyser.detectors._clauses import clauses


def _told(nlp, text):
    """``verb:agent`` for every action clause; a clause that is no event stands in parentheses."""
    found = clauses(nlp(pipeline.clean(text)))
    return [f"{c.verb.lower_}:{c.agent}" if c.event else f"({c.verb.lower_}:{c.agent})" for c in found]


AGENTS = {
    # plain and shared subjects
    "I wrote the plan and sent it to the client.": ["wrote:I", "sent:I"],
    "so i called the vendor and we moved the date": ["called:I", "moved:we"],
    "She asked the vendor and he cancelled the order.": ["asked:other", "cancelled:other"],
    "i um just rewrote the form": ["rewrote:I"],
    # control
    "I had to rewrite the whole report.": ["rewrite:I"],
    "We managed to fix it in a day.": ["managed:we", "fix:we"],
    "They wanted us to change the price.": ["(change:we)"],
    "I got them to change the price.": ["got:I", "change:other"],
    "I was hoping to test it.": ["(hoping:I)", "(test:I)"],
    # relative clauses and clefts
    "I was the one who called the client.": ["called:I"],
    "It was me who called the client.": ["called:I"],
    "The people who fixed it were in Porto.": ["fixed:other"],
    "What we did was we moved the desks.": ["moved:we"],
    # passives
    "The page was rewritten by me.": ["rewritten:I"],
    "The page was rewritten by us.": ["rewritten:we"],
    "The page was rewritten by an agency.": ["rewritten:other"],
    "The page was rewritten.": ["rewritten:nobody"],
    "it got prioritized in june": ["prioritized:nobody"],
    "It was tested and shipped.": ["tested:nobody", "shipped:nobody"],
    # nobody
    "Rebuilding it bought us a month.": ["rebuilding:nobody"],
    "Splitting the work saved the launch.": ["splitting:nobody"],
    "There was a decision to freeze the budget.": ["was:nobody"],
    "The decision was to freeze the budget.": ["was:nobody"],
    "A decision was made.": ["made:nobody"],
    "My decision was to freeze the budget.": ["was:I"],
    # we
    "My team and I built the tool.": ["built:we"],
    "me and sam wrote the tests": ["wrote:we"],
    "Our team built the tool.": ["built:we"],
    "The whole squad built the tool.": ["built:we"],
    "One of us called the client.": ["called:we"],
    "us two wrote the tests": ["wrote:we"],
    "The sales team changed the price.": ["changed:other"],
    # notes
    "Created a checklist and shared it with everyone.": ["created:I", "shared:I"],
    "A: Talked to both of them and agreed a date.": ["talked:I", "agreed:I"],
    "- Built a small dashboard for the floor": ["built:I"],
    "Asked the vendor for a date.": ["asked:I"],
    # tense
    "I have tested it with two users.": ["tested:I"],
    "I did test it.": ["test:I"],
    "I did not test it.": ["(test:I)"],
    "I never tested it.": ["(tested:I)"],
    "I would test it first.": ["(test:I)"],
    "I always test it first.": ["(test:I)"],
    "If we waited, we lost the deposit.": ["(lost:we)"],
    "so then i go to him and i say look": ["go:I", "say:I"],
    "I usually go to him and say it.": ["(go:I)", "(say:I)"],
    "we'd moved the desks already": ["moved:we"],
    'She said, "I wrote it last night."': ["said:other", "(wrote:I)"],
    # no deeds
    "We were six people and we had no budget.": [],
    "It was late and there was nothing left.": [],
    "I think that he knows it.": [],
}


@pytest.mark.parametrize(("text", "wanted"), AGENTS.items(), ids=AGENTS)
def test_agents(nlp, text, wanted):
    assert _told(nlp, text) == wanted


@pytest.mark.parametrize("text", ["", " ", ".", "um", "and", "so so so", "🙂 I"])
def test_survives(nlp, text):
    assert isinstance(list(clauses(nlp(text))), list)
