"""Every detector finds its own hits and leaves its own near misses; the examples stand in its word list."""

import pytest

from analyser import lexicon, pipeline
from analyser.detectors import ORDER


def _cases(kind):
    for detector in ORDER:
        for name, group in lexicon.of(detector).groups.items():
            for i, example in enumerate(getattr(group, kind)):
                yield pytest.param(detector, group, example, id=f"{detector}/{name}-{kind}-{i}")


def _found(nlp, detector, group, text):
    doc = nlp(pipeline.clean(text))
    return sorted((s.start_char, s.end_char) for s in doc.spans[detector] if s.label_ == group.label)


@pytest.mark.parametrize(("detector", "group", "example"), list(_cases("hits")))
def test_hit(nlp, detector, group, example):
    """The marked spans, exactly; where none is marked, the whole sentence or any span will do."""
    wanted = lexicon.parse_example(example)
    found = _found(nlp, detector, group, wanted.text)
    assert found == sorted(wanted.spans) if wanted.spans else found


@pytest.mark.parametrize(("detector", "group", "example"), list(_cases("misses")))
def test_near_miss(nlp, detector, group, example):
    assert _found(nlp, detector, group, example) == []


@pytest.mark.parametrize(
    ("detector", "name"),
    [pytest.param(d, name, id=f"{d}/{name}") for d in ORDER for name in lexicon.of(d).groups],
)
def test_a_rule_finds_some_of_its_own_hits(nlp, detector, name):
    """A hit may be found by a sister rule of the same label, but not all of them."""
    docs = (nlp(pipeline.clean(example.text)) for example in lexicon.of(detector).groups[name].examples)
    assert any(span.id_ == f"{detector}/{name}" for doc in docs for span in doc.spans[detector])


@pytest.mark.parametrize("detector", ORDER)
def test_a_component_works_in_anybodys_pipeline(detector):
    """Added by its name alone, it writes one span group and leaves the rest of the Doc as it was."""
    plain = pipeline.language()
    text = "Um, I think we kind of rushed it. We chose speed over tests, and sales fell by 30 percent."
    before = plain(text)
    plain.add_pipe(f"analyser_{detector}")
    after = plain(text)
    assert set(after.spans) == {detector}
    assert [token.dep_ for token in after] == [token.dep_ for token in before]
    assert not after.user_data
    assert plain.analyze_pipes()["problems"][f"analyser_{detector}"] == []


@pytest.mark.parametrize("detector", [name for name in ORDER if name in ("agency", "tradeoff", "fault", "parts")])
def test_every_sentence_label_has_a_reason_of_its_own(detector):
    words = lexicon.of(detector)
    assert set(words.meaning) == words.labels
