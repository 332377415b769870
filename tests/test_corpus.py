"""The corpus is read strictly, written with ease, and what is said of it is so."""

import json
import re
from collections import Counter

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from analyser import DataError, InputError, resources
from analyser.training import corpus
from analyser.training.corpus import agreement, authoring, portrait, rendering, soundness
from analyser.training.corpus.labelled import KINDS

MARKERS = (
    r"\b(instead|over|rather|cost|costs|gave up|giving up|sacrific\w+|trade-?offs?|even though|risk\w*|downside)\b"
)

TEXT = "I shipped it. It broke."
ROW = {
    "id": "a-1", "voice": "ann", "register": "notes", "question": "?", "signal": "accountability", "also": [],
    "role_clear": True, "tradeoff_obvious": False, "outcome": "concrete", "fault": "deflects", "fault_parts": None,
    "text": TEXT,
    "sentences": [
        {"start": 0, "end": 13, "parts": ["action"], "fault": None, "tradeoff": False, "team_only": False},
        {"start": 14, "end": 23, "parts": ["result"], "fault": "deflection", "tradeoff": False, "team_only": False},
    ],
}  # fmt: skip


def _write(folder, *rows, splits='[voices]\ntrain = ["ann"]\n'):
    (folder / "ann.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "splits.toml").write_text(splits, encoding="utf-8")
    return folder


def test_a_good_corpus_is_read(tmp_path):
    read = corpus.read(_write(tmp_path, ROW))
    assert read.answers[0].sentences[1].labels == {"result", "deflection"}
    assert read.split("train") == read.answers
    assert read.split("test") == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"signal": "courage"}, "ann.jsonl:1: signal"),
        ({"also": ["accountability"]}, "also repeats the signal"),
        ({"mood": "sad"}, "mood: unknown key"),
        ({"sentences": [{**ROW["sentences"][0], "end": 99}]}, "out of the text"),
        ({"sentences": ROW["sentences"][:1]}, "belongs to no sentence"),
        ({"sentences": ROW["sentences"][::-1]}, "belongs to no sentence|out of order"),
        ({"sentences": [{**ROW["sentences"][0], "parts": ["plot"]}]}, r"sentences\.0\.parts\.0"),
        ({"spans": [{"start": 3, "end": 3, "label": "filler"}]}, "covers no words"),
        ({"spans": [{"start": 0, "end": 1, "label": "hedge"}]}, r"spans\.0\.label"),
        ({"voice": "bob"}, "'bob' is in no split"),
    ],
)
def test_a_broken_row_is_named(tmp_path, change, words):
    with pytest.raises(DataError, match=words):
        corpus.read(_write(tmp_path, {**ROW, **change}))


def test_repeats_and_double_voices_are_named(tmp_path):
    with pytest.raises(DataError, match=r"ann.jsonl:2: the id 'a-1' stands twice, first in .*ann.jsonl:1; keep one"):
        corpus.read(_write(tmp_path, ROW, ROW))
    with pytest.raises(DataError, match="the text 'I shipped"):
        corpus.read(_write(tmp_path, ROW, {**ROW, "id": "a-2"}))
    with pytest.raises(DataError, match="voice 'ann' stands twice"):
        corpus.read(_write(tmp_path, ROW, splits='[voices]\ntrain = ["ann"]\ndev = ["ann"]\n'))


def test_no_json_and_no_files(tmp_path):
    with pytest.raises(DataError, match="no \\*.jsonl"):
        corpus.read(tmp_path)
    _write(tmp_path, ROW)
    (tmp_path / "ann.jsonl").write_text("{oops\n", encoding="utf-8")
    with pytest.raises(DataError, match="ann.jsonl:1: not a JSON object"):
        corpus.read(tmp_path)


def _write_pairs(folder, *pairs):
    (folder / "contrast").mkdir()
    lines = "".join(json.dumps(pair) + "\n" for pair in pairs)
    (folder / "contrast" / "shop.jsonl").write_text(lines, encoding="utf-8")
    return _write(folder, ROW, splits='[voices]\ntrain = ["ann"]\n[topics]\ntest = ["shop"]\n')


def _side(text, **labels):
    sentence = {"start": 0, "end": len(text), "parts": [], "fault": None, "tradeoff": False, "team_only": False}
    return {"text": text, "sentences": [sentence | labels], "spans": []}


PAIR = {
    "id": "shop-001", "topic": "shop", "kind": "tradeoff", "raw": False,
    "true": _side("We kept the till and lost the shelf.", tradeoff=True), "near": _side("We kept the till."),
}  # fmt: skip


def test_pairs_are_read_with_their_topics(tmp_path):
    read = corpus.read(_write_pairs(tmp_path, PAIR))
    assert [pair.id for pair in read.contrast("test")] == ["shop-001"]
    assert read.contrast("train") == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"near": PAIR["true"]}, "both sides say the same"),
        ({"near": _side("We kept the till.", tradeoff=True)}, "same labels of the kind 'tradeoff'"),
        ({"kind": "agency"}, "same labels of the kind 'agency'"),
        ({"kind": "mood"}, "shop.jsonl:1: kind"),
        ({"topic": "bank"}, "topic 'bank' is in no split"),
        ({"id": "a-1"}, "id 'a-1' stands twice"),
    ],
)
def test_a_broken_pair_is_named(tmp_path, change, words):
    with pytest.raises(DataError, match=words):
        corpus.read(_write_pairs(tmp_path, {**PAIR, **change}))


def test_the_test_splits_hash_is_of_the_test_split_alone(tmp_path):
    (one := tmp_path / "one").mkdir()
    (other := tmp_path / "other").mkdir()
    (third := tmp_path / "third").mkdir()
    first = corpus.read(_write_pairs(one, PAIR))
    more = corpus.read(_write_pairs(other, PAIR, {**PAIR, "id": "shop-002", "near": _side("We kept it.")}))
    _write_pairs(third, PAIR)
    (third / "ann.jsonl").write_text(json.dumps({**ROW, "also": ["judgment"]}) + "\n", encoding="utf-8")
    heard = corpus.read(third)
    assert first.test_digest == heard.test_digest != more.test_digest
    assert len({first.digest, heard.digest, more.digest}) == 3


# ---- the authoring format

VOICE = """\
voice: nina
register: student
about: works shifts in a grocery store

== nina-01
question: Tell me about a time you took initiative.
signal: ownership
also: judgment, none
role: clear
tradeoff: no
outcome: measured
fault: not_a_failure
--
context | {f um} so the back room was {s kind of} a mess
¶
¶
influence, action | and i got the other {n four people} to write the date on the boxes
result | we threw out {m half as much milk}

== nina-02
question: A failure?
signal: accountability
also:
role: clear
tradeoff: yes
outcome: none
fault: admits mistake impact change
--
own_fault, tradeoff | I skipped the count.
"""
TOPIC = """\
topic: shop

== tradeoff
+ decision, tradeoff | We kept the till.
+ | It cost us the shelf.
- decision | We kept the till.
- | It cost {n 40 pounds}.

== cue raw
+ | {b i guess} it went fine
- | i guess the weight of a crate by hand
"""


def _file(folder, text, name="file.txt"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_voice_is_converted(tmp_path):
    first, second = authoring.answers(_file(tmp_path, VOICE))
    assert first.text == (
        "um so the back room was kind of a mess\n\nand i got the other four people to write the date on the boxes "
        "we threw out half as much milk"
    )
    assert [first.text[s.start : s.end] for s in first.spans] == ["um", "kind of", "four people", "half as much milk"]
    assert first.also == ("judgment", "none")
    assert [sorted(s.labels) for s in first.sentences] == [["context"], ["action", "influence"], ["result"]]
    assert second.fault_parts.behaviour_change
    assert not second.fault_parts.correction
    assert second.sentences[0].labels == {"own_fault", "tradeoff"}


def test_a_converted_corpus_can_be_read_and_shown_again(tmp_path):
    folder = tmp_path / "mine"
    for text, name in ((VOICE, "nina.txt"), (TOPIC, "shop.txt")):
        authoring.convert(_file(tmp_path, text, name), folder)
    _file(folder, '[voices]\ntrain = ["nina"]\n[topics]\ntest = ["shop"]\n', "splits.toml")
    read = corpus.read(folder)
    assert authoring.answers(_file(tmp_path, rendering.written(read, "nina"))) == list(read.answers)
    assert authoring.pairs(_file(tmp_path, rendering.written(read, "shop"))) == list(read.pairs)
    assert [len(side.sentences) for side in read.pairs[0].sides] == [2, 2]
    with pytest.raises(InputError, match="no voice and no topic 'ann'"):
        rendering.written(read, "ann")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("context |", "plot |", "file.txt:14: 'plot' is no label"),
        ("context | ", "", "file.txt:14: a sentence without labels"),
        ("{f um}", "{q um}", "file.txt:14: 'q' marks no phrase"),
        ("{f um}", "{f um", "a brace that marks nothing"),
        ("own_fault, tradeoff", "own_fault, deflection", "own_fault and deflection exclude each other"),
        ("role: clear", "role: dim", "file.txt:5: 'dim' is missing or not one of the values"),
        ("outcome: measured\n", "", "'outcome' is missing"),
        ("signal: ownership", "signal: courage", "file.txt:5: signal"),
        ("voice: nina", "nina", "file.txt:1: a line of the head"),
        ("voice: nina", "singer: nina", "'voice: …' nor 'topic: …'"),
        ("mistake impact", "blunder", "'blunder' is missing or not"),
        ("voice: nina", "voice: ../nina", "'../nina' cannot name a file"),
        ("voice: nina", "voice:", "'' cannot name a file"),
    ],
)
def test_a_slip_of_the_pen_is_named(tmp_path, old, new, words):
    file = _file(tmp_path, VOICE.replace(old, new, 1))
    with pytest.raises(DataError, match=words):
        authoring.convert(file, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("== cue raw", "== cue loud", "file.txt:9: a pair is headed"),
        ("- | i guess", "= | i guess", "file.txt:11: a line of a pair"),
        ("{b i guess}", "i guess", "same labels of the kind 'cue'"),
    ],
)
def test_a_slip_in_a_pair_is_named(tmp_path, old, new, words):
    with pytest.raises(DataError, match=words):
        authoring.pairs(_file(tmp_path, TOPIC.replace(old, new, 1)))


def test_a_head_alone_is_no_voice(tmp_path):
    with pytest.raises(DataError, match="nothing below its head"):
        authoring.convert(_file(tmp_path, "voice: ann\nregister: notes\n"), tmp_path)


# ---- what a reader should look at again


def test_doubts_are_named(tmp_path):
    like = "so when i started at the shop we had a till that broke every other day in the week and nobody called"
    rows = [{**ROW, "id": f"a-{i}", "text": f"{like} {i}", "sentences": []} for i in range(4)]
    rows += [{**ROW, "id": "a-9", "fault": "admits", "tradeoff_obvious": True, "outcome": "measured", "spans": []}]
    found = "\n".join(soundness.doubts(corpus.read(_write(tmp_path, *rows))))
    assert "a-0 and a-1 are alike" in found or "a-1 and a-0 are alike" in found
    assert "4 answers open with 'so when i started at'; 3 may." in found
    assert "a-9: fault is 'admits', but no sentence is own_fault" in found
    assert "a-9: tradeoff_obvious, but no sentence is a tradeoff" in found
    assert "a-9: outcome is 'measured', but no phrase is a metric" in found


# ---- two readers


def test_kappa_is_counted_by_hand(tmp_path):
    (tmp_path / "second").mkdir()

    def twice(number, first, second, heard=()):
        return {
            "id": f"a-{number}",
            "first": {"signal": first, "also": ["candor"], "sentences": [["action"], []], "phrases": [[], []]},
            "second": {"signal": second, "sentences": [["action"], list(heard)], "phrases": [["filler"], []]},
        }

    rows = [twice(1, "judgment", "judgment"), twice(2, "judgment", "candor", ["action"]),
            twice(3, "ownership", "ownership"), twice(4, "ownership", "judgment")]  # fmt: skip
    _file(tmp_path / "second", "".join(json.dumps(row) + "\n" for row in rows), "answers.jsonl")
    _file(tmp_path / "second", "", "pairs.jsonl")
    found = agreement.read(tmp_path)
    kappas = {row.label: row.kappa for row in (*found.answers, *found.sentences)}
    assert kappas["signal"] == pytest.approx((0.5 - 0.375) / (1 - 0.375))  # by chance: 2·2 + 2·1 + 0·1 of 16
    assert kappas["action"] == pytest.approx((7 / 8 - 0.5) / 0.5)  # by chance: 4·5 + 4·3 of 64
    assert kappas["filler"] == 0  # one reader heard some, the other none
    assert kappas["metric"] == 1  # nobody heard any
    assert found.runner_up == 0.75  # the second answer's "candor" was the first reader's runner-up


# ---- the project's own


@pytest.fixture(scope="module")
def own():
    return corpus.read()


def test_the_projects_own_corpus_is_sound(own):
    assert soundness.doubts(own) == []


def test_test_voices_of_every_register(own):
    assert {answer.manner for answer in own.split("test")} == set(portrait.REGISTERS)


def test_there_are_enough_of_each(own):
    signals = Counter(answer.signal for answer in own.answers)
    faults = Counter(answer.fault for answer in own.answers)
    assert len(own.answers) >= 2500
    assert len(own.voices["train"] | own.voices["dev"] | own.voices["test"]) >= 60
    assert all(signals[name] >= 400 for name in portrait.OWN_WORDS)
    assert signals["none"] >= 300
    assert faults["admits"] >= 240
    assert faults["partial"] >= 130
    assert faults["deflects"] >= 230
    assert all(answer.sentences for answer in own.answers)
    assert sum(answer.spans is not None for answer in own.answers) >= 600


def test_the_mixture_is_lifes(own):
    plain = [answer for answer in own.answers if answer.manner != "vivid"]
    by_register = Counter(answer.manner for answer in plain)
    for register, wanted in {"notes": 0.27, "student": 0.38, "experienced": 0.36}.items():
        assert by_register[register] / len(plain) == pytest.approx(wanted, abs=0.04), register
    assert portrait.share(plain, lambda a: a.also) == pytest.approx(0.5, abs=0.1)
    assert portrait.share(plain, lambda a: a.tradeoff_obvious) == pytest.approx(0.2, abs=0.06)
    assert portrait.share(plain, lambda a: a.outcome == "measured") == pytest.approx(0.2, abs=0.06)
    words = sorted(len(answer.text.split()) for answer in plain)
    assert words[len(words) // 10] < 90 < 130 < words[len(words) // 2] < 180 < 200 < words[len(words) * 9 // 10]


def test_there_are_enough_pairs_of_each_kind(own):
    kinds = Counter(pair.kind for pair in own.pairs)
    assert len(own.pairs) >= 3000
    assert min(kinds[kind] for kind in KINDS) >= 200
    assert portrait.share(own.pairs, lambda pair: pair.raw) == pytest.approx(1 / 3, abs=0.05)
    trades = [pair.true.text.lower() for pair in own.pairs if pair.kind == "tradeoff"]
    marked = [text for text in trades if re.search(MARKERS, text)]
    assert len(marked) <= len(trades) / 2


def test_no_pair_straddles_the_splits(own):
    learned, unheard = own.contrast("train", "dev"), own.contrast("test")
    assert {pair.topic for pair in learned}.isdisjoint(pair.topic for pair in unheard)
    texts = [side.text for pair in (*learned, *unheard) for side in pair.sides]
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    half = 2 * len(learned)
    assert (matrix[half:] @ matrix[:half].T).max() < 0.9


def test_the_card_of_the_data_says_what_is_counted(own):
    card = resources.path("data", "README.md").read_text(encoding="utf-8")
    for table in (*portrait.tables(own), *portrait.of_agreement(agreement.read())):
        assert table.markdown() in card, f"{table.title}: run `analyser corpus stats` and `analyser corpus agreement`"
