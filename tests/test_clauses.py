"""Who did what, and whether it happened: the clauses of many constructions."""

import pytest

from analyser import pipeline
from analyser.detectors._clauses import clauses
from analyser.verdicts import role_clear


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
    "I had them sign the new lease.": ["had:I", "sign:other"],
    "i had her check the list twice": ["had:I", "check:other"],
    "I made the team stop the line.": ["made:I", "stop:we"],
    "My boss made me stop the line.": ["made:other", "stop:I"],
    "I let him run the meeting.": ["let:I", "run:other"],
    "I got us to agree on one date.": ["got:I", "agree:we"],
    "i got everybody to sign it": ["got:I", "sign:other"],
    "I had them on the phone.": [],
    "I would have them sign it.": ["(have:I)", "(sign:other)"],
    "i said let's close the shop": ["said:I", "(let:I)", "(close:we)"],
    "I spent the night rewriting the form.": ["spent:I", "rewriting:I"],
    # relative clauses and clefts
    "The one who called was me.": ["called:I"],
    "the one that called them was me": ["called:I"],
    "The one who called was Ana.": ["called:other"],
    "It was I who stopped the line.": ["stopped:I"],
    "it was me that called them": ["called:I"],
    "It was the night nurse who called me.": ["called:other"],
    "What I did was to call every parent.": ["call:I"],
    "so um the first thing i did was call the bank": ["call:I"],
    "all we did was move the shelf": ["move:we"],
    "The way I handled it was to call the owner and to write it down.": ["handled:I", "call:I", "write:I"],
    "What we did in the end was to move the shelf.": ["move:we"],
    "our answer was to close the shop": ["(close:other)"],
    "The best way to do it is to call them.": ["(call:other)"],
    "We needed to sit down and just sign it.": ["(sit:we)", "(sign:we)"],
    "We drove there and put it right.": ["drove:we", "put:we"],
    "The plan that I wrote was used by everyone.": ["wrote:I", "used:other"],
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
    # gerunds with a doer, deeds as nouns
    "me calling them fixed it": ["calling:I", "fixed:I"],
    "By calling each of them I found the leak.": ["calling:I", "found:I"],
    "by calling each of them we saved the order": ["calling:we", "saved:we"],
    "Without calling anybody I froze the card.": ["froze:I"],
    "Calling them was my idea.": ["was:I"],
    "calling all the parents was her idea": ["was:other"],
    "Calling them was a good idea.": [],
    "The decision to leave was mine.": ["was:I"],
    "the call was mine in the end": ["was:I"],
    "The decision was hers.": ["was:other"],
    "The bag was mine.": [],
    "My rewrite of the form cut the errors in half.": ["cut:I"],
    "my visit to the plant changed his mind": ["changed:I"],
    "Her visit changed his mind.": ["changed:other"],
    # we
    "I together with my team rebuilt the cellar.": ["rebuilt:we"],
    "I rebuilt the cellar together with Ana.": ["rebuilt:I"],
    "um so ana and i wrote the tests": ["wrote:we"],
    "so i met ana and i wrote the tests": ["met:I", "wrote:I"],
    "we the students organised the fair": ["organised:we"],
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
    "We had no plan. We asked the nurses. Um wrote down every word.": ["asked:we", "wrote:we"],
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


STORY = "The oven broke and we lost the bread. The baker called a friend, and we borrowed his oven."
CLAIMS = [
    "I think I know what I want.",
    "I was there, and I felt it.",
    "I am a person who fixes things, I really am.",
    "i mean i always say i'm a doer",
    "I would have fixed it, I could have, I should have.",
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_claiming_more_makes_no_role_clearer(nlp, claim):
    """Ten sentences that begin with I, and nothing that the speaker did."""
    alone, claimed = (read for read, _ in pipeline.read(nlp, [(STORY, None), (f"{STORY} {10 * (claim + ' ')}", None)]))
    assert not role_clear(alone)
    assert not role_clear(claimed)


def test_what_the_speaker_did_makes_it_clear(nlp):
    told = f"{STORY} I carried the dough over in my own van, and I baked until midnight."
    assert role_clear(next(pipeline.read(nlp, [(told, None)]))[0])


def test_one_word_that_turns_the_story_makes_it_clear(nlp):
    told = f"{STORY} In the end I persuaded the landlord."
    assert role_clear(next(pipeline.read(nlp, [(told, None)]))[0])


def test_a_life_in_outline_makes_no_role_clear(nlp):
    told = f"{STORY} I played in a band, I travelled a lot, and I served as the treasurer."
    assert not role_clear(next(pipeline.read(nlp, [(told, None)]))[0])


@pytest.mark.parametrize("text", ["", " ", ".", "um", "and", "so so so", "🙂 I"])
def test_where_nothing_is_done_there_is_no_clause(nlp, text):
    assert clauses(nlp(text)) == ()
