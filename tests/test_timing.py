"""How long an answer takes, by words and by time stamps, and what it could do without."""

import pytest
from feedbacks import find
from pydantic import ValidationError

from analyser import framework, timing
from analyser.reading import Deed, Reading, Sentence, Token
from analyser.results import Answer, Cue
from analyser.timing import Clock

NETFLIX = framework.named("netflix")
SAID = (
    "Our bakery stood by the harbour and had two ovens.",
    "The street was very noisy at night in those years.",
    "There was a brass bell over the door as well.",
    "The flour came late every Monday that whole spring.",
    "So I called the mill and moved the bread to noon.",
)
TEXT = " ".join(SAID)


def reading(*deeds, said=SAID, nouns=None):
    """Sentences one after the other; ``nouns`` are the names in each."""
    text, sentences = " ".join(said), []
    for words, names in zip(said, nouns or [()] * len(said), strict=True):
        start = text.index(words)
        tokens = tuple(Token(name, name, "NOUN", "NN", start) for name in names)
        sentences.append(Sentence(start, start + len(words), words, tokens))
    return Reading(
        text, tuple(sentences), tuple(Deed(a, "do", text.index(w), text.index(w) + 1, True) for a, w in deeds), ()
    )


def sections(told=None, high=8.0, **found):
    """The sections by name, where the context may take ``high`` seconds; each sentence takes four."""
    bands = {**NETFLIX.sections, "context": NETFLIX.sections["context"].model_copy(update={"low": 1, "high": high})}
    labels = {"context": list(SAID[:4]), "action": [SAID[4]]} | found
    told = told or reading()
    given = timing.sections(
        told, find(told.text, **labels), NETFLIX.model_copy(update={"sections": bands}), Clock(Answer(text=told.text))
    )
    return {section.name: section for section in given}


def cut(*given, **found):
    """The sentences that the context could do without."""
    return [quote.text for quote in sections(*given, **found)["context"].cut]


class TestClock:
    """Seconds between two places of an answer."""

    def test_without_time_stamps_words_are_counted(self):
        clock = Clock(Answer(text=TEXT))
        assert (clock.whole, clock.timed_by) == (20.0, "words")
        assert clock.between(0, len(SAID[0])) == 4.0

    def test_a_mark_takes_no_time(self):
        assert Clock(Answer(text="# analyser: ignore fillers\none two three four five")).whole == 2.0

    def test_time_stamps_go_before_words(self):
        cues = (Cue(start=0, end=4, begins=10, ends=12), Cue(start=5, end=9, begins=15, ends=16))
        clock = Clock(Answer(text="oooo oooo", cues=cues))
        assert (clock.whole, clock.timed_by) == (6.0, "time stamps")
        assert clock.between(0, 2) == 1.0
        assert clock.between(0, 4) == 2.0
        assert clock.between(0, 5) == 5.0  # the pause belongs to what comes before it

    @pytest.mark.parametrize("places", [(0, 99), (3, 2)])
    def test_time_stamps_lie_in_the_text(self, places):
        with pytest.raises(ValidationError, match="time stamps"):
            Answer(text="some words", cues=(Cue(start=places[0], end=places[1], begins=0, ends=1),))


class TestSections:
    """Where the time goes."""

    def test_an_unlabelled_sentence_goes_with_the_one_before(self):
        spent = sections(context=[SAID[0]], result=[SAID[2]], action=[])
        assert {name: section.seconds for name, section in spent.items()} == {
            "context": 8.0, "action": 0.0, "result": 12.0, "lesson": 0.0,
        }  # fmt: skip

    def test_a_sentence_with_two_parts_counts_for_both_sections(self):
        told = sections(result=[SAID[4]])
        assert (told["action"].seconds, told["result"].seconds) == (2.2, 2.2)

    def test_parts_of_one_section_share_nothing(self):
        assert sections(decision=[SAID[4]])["action"].seconds == 4.4

    def test_where_no_part_is_heard_there_are_no_sections(self):
        assert sections(context=[], action=[]) == {}


class TestCuts:
    """What a set-up that takes too long could do without."""

    def test_as_many_sentences_as_bring_it_into_its_time(self):
        assert cut() == [SAID[1], SAID[2]]
        assert sections()["context"].saves == 8.0

    def test_all_idle_ones_where_these_do_not_suffice(self):
        assert cut(high=2.0) == list(SAID[1:4])

    def test_nothing_where_the_time_is_kept(self):
        assert cut(high=16.0) == []

    def test_nothing_where_it_would_save_too_little(self):
        bound = {"constraint": [SAID[1], SAID[3]]}
        assert cut(**bound) == [SAID[2]]  # 4 of 8 seconds too many
        assert cut(high=0.1, **bound) == [SAID[2]]  # 4 of 15.9
        said = (*SAID[:4], "It was cold " * 40 + ".", SAID[4])
        assert cut(reading(said=said), context=[*SAID[:4], said[4]], constraint=[SAID[1], SAID[3], said[4]]) == []

    def test_never_the_first_sentence(self):
        assert cut(high=0.5, context=[SAID[0]]) == []

    @pytest.mark.parametrize("label", ["constraint", "metric", "bounded", "own_fault", "tradeoff"])
    def test_never_what_tells_more_than_the_set_up(self, label):
        assert cut(**{label: [SAID[2]]}) == [SAID[1]]

    def test_a_hedge_does_not_save_a_sentence(self):
        assert cut(softener=["very noisy"]) == [SAID[1], SAID[2]]

    @pytest.mark.parametrize("who", ["I", "we", "other", "nobody"])
    def test_never_what_somebody_did(self, who):
        assert cut(reading((who, "brass"))) == [SAID[1]]

    @pytest.mark.parametrize("word", ["want", "worry", "not", "nobody", "because", "but", "conflict"])
    def test_never_what_the_story_turns_on(self, word):
        assert cut(reading(nouns=[(), (), ("bell", word), (), ()])) == [SAID[1]]

    def test_a_word_that_only_joins_a_sentence_to_the_last_one_is_no_turn(self):
        assert cut(reading(nouns=[(), (), ("but", "bell"), (), ()])) == [SAID[1], SAID[2]]

    @pytest.mark.parametrize("word", ["Nobody", "Suddenly", "Unless"])
    def test_a_turn_may_open_its_sentence(self, word):
        assert cut(reading(nouns=[(), (), (word, "bell"), (), ()])) == [SAID[1]]

    def test_never_what_is_told_of_again(self):
        assert cut(reading(nouns=[(), (), (), ("flour",), ("flour",)]), 2.0) == [SAID[1], SAID[2]]
        assert cut(reading(nouns=[("flour",), (), (), ("flour",), ("flour",)]), 2.0) == list(SAID[1:4])
