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
