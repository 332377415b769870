"""Where sentences begin: layout first, full stops second, the model where neither helps; no offset ever moves."""

import json
import re
import shutil

import numpy as np
import pytest
import spacy

from analyser import ModelError, pipeline, resources, sentences
from analyser.training import boundaries, corpus


@pytest.fixture(scope="module")
def cutting():
    """The language model with our sentence starts and nothing else of ours."""
    nlp = pipeline.language()
    pipeline.add_sentences(nlp)
    return nlp


def _cut(nlp, text):
    return [sentence.text for sentence in pipeline.sentences(nlp(text), text)]


# ---- layout


@pytest.mark.parametrize(
    "text",
    [
        "- cut the scope to two screens\n|- told the client on Monday",
        "1. we had no test data\n|2. we asked the bank for some",
        "S: two teams, one release\n|T: pick the date\n|A: I asked both leads",
        "Situation: the depot flooded\n|Action: I rang the drivers",
        "the first plan failed\n\n|the second one held",
        "I rang the client.\n|They had already left",
        "so I asked the whole team to\nwrap the lines at eighty columns",
        "Did it work? |It did",
    ],
)
def test_the_layout_decides_first(cutting, text):
    parts = text.split("|")
    found = sentences.layout(doc := cutting.make_doc("".join(parts)))
    assert {doc[i].idx for i in found} == {len("".join(parts[:n])) for n in range(1, len(parts))}
    assert all(token.is_sent_start for token in cutting(doc) if token.i in found)


def test_the_layout_ends_a_stretch(cutting):
    assert _cut(cutting, f"{TALES[0].replace(' | ', ' ')}\n- then the audit came")[-1] == "then the audit came"


# ---- full stops

WRITTEN = [
    "I led the migration. We had six weeks, no test data, and a vendor who answered on Thursdays. I cut the scope.",
    "He asked me to wait; I did not. Looking back, I should have called the customer, and I did not do that either.",
    "When the second machine failed on the Saturday, which was the day before the fair and the worst day of the year, I"
    " called the supplier at home, asked for a loan, and drove to Leeds with my brother to fetch it. It ran by six.",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_punctuated_is_left_to_the_parser(cutting, text):
    assert _cut(cutting, text) == _cut(pipeline.language(), text)
    assert not sentences.stretches(cutting.make_doc(text), set())


# ---- the model: a listener's cuts, of which most must be found

TALES = [
    (
        "so i was running the night desk at a hotel | and one night the booking system went down at around eleven | i "
        "had forty people waiting in the lobby and no list of rooms | so i got the paper plan from the drawer | and i "
        "walked the floors with a torch to see which rooms were empty | it took me an hour | but everybody had a bed by"
        " one | and now we print the list every evening at nine"
    ),
    (
        "um yeah so my manager told me that i talk over people in meetings | i was really surprised to be honest | i "
        "went back and i asked two of my colleagues | and they both said yes you do it all the time | so i started to "
        "write down what i want to say and to wait | my manager noticed after about a month | she said the juniors "
        "speak a lot more now"
    ),
    (
        "we had to pick one of two suppliers for the ovens | the cheap one could deliver in march | the other one had "
        "spare parts in the country | nobody knew how often the cheap ones break | i rang three bakeries that use them "
        "| two of them said never again | so i took the dear one | and we opened four weeks late but we have not lost "
        "a day since"
    ),
]


def test_raw_speech_is_cut_where_a_listener_would(cutting):
    wanted = [tale.split(" | ") for tale in TALES]
    found = [_cut(cutting, " ".join(parts)) for parts in wanted]
    right = sum(len(_starts(a) & _starts(b)) for a, b in zip(wanted, found, strict=True))
    assert right >= 0.65 * sum(len(parts) - 1 for parts in wanted)
    assert right >= 0.65 * sum(len(parts) - 1 for parts in found)


def test_the_model_beats_the_parser_left_to_itself(cutting):
    alone = pipeline.language()
    for tale in TALES:
        wanted, text = _starts(tale.split(" | ")), tale.replace(" | ", " ")
        assert len(wanted & _starts(_cut(cutting, text))) > len(wanted & _starts(_cut(alone, text)))


def _starts(parts):
    return set(np.cumsum([len(part) + 1 for part in parts[:-1]]).tolist())


def test_stops_far_apart_do_not_keep_the_model_silent(cutting):
    told = TALES[0].replace(" | ", " ")
    assert len(_cut(cutting, f"{told}. It was fine. {told}.")) > 8


def test_no_sentence_is_shorter_than_it_may_be(cutting):
    for tale in TALES:
        parts = _cut(cutting, tale.replace(" | ", " "))
        assert all(len(part.split()) >= sentences.SHORTEST for part in parts[:-1])


def test_no_character_moves(cutting):
    for tale in TALES:
        text = "  " + tale.replace(" | ", "\n") + "\n\n–  and “that” was\tthat…"
        cut = pipeline.sentences(cutting(pipeline.clean(text)), text)
        assert all(text[sentence.start : sentence.end] == sentence.text for sentence in cut)
        assert re.findall(r"\w+", " ".join(sentence.text for sentence in cut)) == re.findall(r"\w+", text)


def test_the_same_text_is_cut_the_same_way(cutting):
    texts = [tale.replace(" | ", " ") for tale in TALES]
    alone = [_cut(cutting, text) for text in texts]
    together = [[s.text for s in pipeline.sentences(doc, doc.text)] for doc in cutting.pipe(texts * 3, batch_size=4)]
    assert together == alone * 3


@pytest.mark.parametrize("text", ["", " ", "\n\n", "so", "!", "- ", "so so so " * 40, "? " * 80])
def test_odd_texts_are_survived(cutting, text):
    assert cutting(text).text == text


# ---- the component


def test_without_tags_the_layout_alone_speaks():
    nlp = spacy.blank("en")
    nlp.add_pipe("analyser_sentences")
    doc = nlp(TALES[0].replace(" | ", " ") + "\n\nand that was it")
    assert [token.text for token in doc if token.is_sent_start and token.i] == ["and"]


def test_after_the_parser_it_refuses(nlp):
    text = TALES[0].replace(" | ", " ")
    with pytest.raises(ValueError, match="before the parser"):
        sentences.create(nlp, "late")(nlp(text))


def test_a_missing_file_names_the_remedy(tmp_path):
    with pytest.raises(ModelError, match="analyser train"):
        sentences.load(tmp_path)
    shutil.copy(resources.path("models", "card.json"), tmp_path)
    with pytest.raises(ModelError, match="analyser train"):
        pipeline.load(models=tmp_path)


def test_a_changed_file_is_refused(tmp_path):
    shutil.copy(resources.path("models", "card.json"), tmp_path)
    content = bytearray(resources.path("models", sentences.FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / sentences.FILE).write_bytes(bytes(content))
    with pytest.raises(ModelError, match="not the file that"):
        sentences.load(tmp_path)


# ---- training


@pytest.fixture(scope="module")
def told():
    """What a few answers teach."""
    return boundaries.gather(corpus.read().split("dev")[::4])


@pytest.fixture(scope="module")
def fitted(told):
    return boundaries.fit(told)


def test_the_scores_equal_scikit_learns(told, fitted):
    model = fitted.model()
    shift = np.log(boundaries.LIKELY / (1 - boundaries.LIKELY))
    for stretch in told[:10]:
        wanted = fitted.estimator.decision_function(boundaries.matrix([stretch.seen], fitted.values)) - shift
        assert np.abs(model.scores(stretch.seen) - wanted).max() < 1e-4  # served in single precision


def test_written_and_loaded_it_cuts_the_same(told, fitted, tmp_path):
    from hashlib import sha256

    content = fitted.packed()
    (tmp_path / sentences.FILE).write_bytes(content)
    (tmp_path / "card.json").write_text(json.dumps({"files": {sentences.FILE: sha256(content).hexdigest()}}))
    loaded, model = sentences.load(tmp_path), fitted.model()
    assert all(loaded.starts(stretch.seen) == model.starts(stretch.seen) for stretch in told)


def test_the_same_stretches_give_the_same_bytes(told, fitted):
    assert boundaries.fit(told).packed() == fitted.packed()


def test_fitted_at_once_or_one_after_the_other_they_are_the_same(told, fitted):
    part = told[::2]
    assert [fit.packed() for fit in boundaries.fit_each([told, part])] == [
        fitted.packed(),
        boundaries.fit(part).packed(),
    ]


def test_the_shares_of_several_processes_come_back_in_order(told, monkeypatch):
    monkeypatch.setattr(boundaries, "SHARE", 100)
    again = boundaries.gather(corpus.read().split("dev")[::4])
    assert [stretch.seen["word"] for stretch in again] == [stretch.seen["word"] for stretch in told]
    assert all(np.array_equal(one.truth, other.truth) for one, other in zip(again, told, strict=True))


def test_stripped_text_keeps_its_boundaries_and_no_trace_of_its_punctuation():
    for answer in corpus.read().split("dev"):
        for commas in (True, False):
            text = boundaries.stripped(answer, commas)
            assert not re.search(r"[A-Z!?;“”]|\.\s|\s\s|,\s*$", text.text)
            assert commas or not re.search(r",(?!\d)", text.text)
            assert len(text.starts) == len(answer.sentences)
            assert all(start == 0 or text.text[start - 1] == " " for start in text.starts)


def test_the_card_tells_how_well_the_boundaries_are_found():
    card = json.loads(resources.path("models", "card.json").read_text(encoding="utf-8"))
    raw, written = card["boundaries"]["raw answers"], card["boundaries"]["punctuated answers"]
    assert raw["model"]["f1"] > raw["parser"]["f1"] + 0.15
    assert written["model"]["f1"] > written["parser"]["f1"] - 0.005
