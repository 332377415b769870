"""Which quantities tell the result: what the model sees, that it serves as fitted, how it joins the rules."""

import json
from copy import deepcopy

import numpy as np
import pytest

from analyser import labelling, numbers, pipeline, resources
from analyser.numbers import CLASSES, NumberModel
from analyser.training.answers import hear
from analyser.training.fit import kept
from analyser.training.numbers import TERMS, NumberData, fit_numbers, true_class
from analyser.training.sentences import fit_sentences
from analyser.views import DenseView, TermView

TEXT = "We were eight people in 2019. In the end we saved forty hours."


@pytest.fixture(scope="module")
def sentences(examples):
    return fit_sentences(examples, {})


@pytest.fixture(scope="module")
def fits(examples, sentences):
    return fit_numbers(examples, sentences)


@pytest.fixture
def reading(nlp):
    ((reading, _),) = pipeline.read(nlp, [(TEXT, None)])
    return reading


def sorted_as(reading, label, words=()):
    """The findings on numbers by a model that takes every quantity for ``label``, because of ``words``."""
    weights = np.zeros((3, len(words)))
    weights[CLASSES.index(label)] = 1.0
    bias = np.where(np.arange(3) == CLASSES.index(label), 9.0, 0.0)
    terms = TermView({f"near {word}": n for n, word in enumerate(words)}, np.ones(len(words)), weights, np.zeros(3))
    width = numbers.surroundings(reading, np.zeros((len(reading.sentences), 1)), None).shape[1]
    model = NumberModel(terms, DenseView(np.zeros((3, width)), bias), 0.5, 0.5)
    counts = numbers.terms(reading)
    chances = model.probabilities(reading, counts, np.zeros((len(reading.sentences), 1)), None)
    found = labelling.sort_numbers(reading.findings, reading, counts, chances, model)
    return [finding for finding in found if finding.detector == "metrics"]


@pytest.mark.parametrize("mode", ["full", "fast"])
def test_the_arrays_say_what_scikit_learn_says(fits, sentences, examples, mode):
    estimator, model = deepcopy(fits[mode].estimator), fits[mode].model()
    width = len(estimator.terms.idf_)  # the weights of terms as they are kept: what differs then is an error
    estimator.linear.coef_[:, :width] = kept(TERMS * estimator.linear.coef_[:, :width]).astype(np.float64) / TERMS
    for example in examples[:20]:
        heard = hear(sentences[mode].model(), example)
        bags = numbers.terms(example.reading)
        if bags:
            rows = numbers.surroundings(example.reading, heard.parts, heard.vectors)
            wanted = estimator.probabilities(bags, rows)
            found = model.probabilities(example.reading, bags, heard.parts, heard.vectors)
            assert np.abs(found - wanted).max() < 1e-9


def test_what_was_learned_beats_the_rules_on_voices_that_were_not_heard(fits):
    assert fits["full"].settled["metric"].model_f1 > fits["full"].settled["metric"].rules_f1


@pytest.mark.parametrize("mode", ["full", "fast"])
def test_what_ships_beats_the_rules_on_voices_that_were_not_heard(mode):
    card = json.loads(resources.path("models", "card.json").read_text(encoding="utf-8"))
    for label in ("metric", "context_number"):
        unheard = card["figures"][mode]["numbers"][label]["cross-validated"]
        assert unheard["model"] > unheard["rules"]


def test_a_quantity_is_what_the_reader_marked_it(examples):
    example = next(e for e in examples if any(s.label == "metric" for s in e.told.spans or ()))
    span = next(s for s in example.told.spans if s.label == "metric")
    found = next((f for f in numbers.of(example.reading) if f.start < span.end and span.start < f.end), None)
    assert found is None or true_class(example.told, found) == "metric"


def test_answers_whose_phrases_nobody_marked_teach_nothing(examples, sentences):
    data = NumberData.of(examples, sentences["fast"].unheard, False)
    marked = {e.told.voice for e in examples if e.told.spans is not None}
    assert {voice for voice, known in zip(data.voices, data.known, strict=True) if known} <= marked
    assert len(data.bags) == len(data.rows) == len(data.truth) > data.known.sum() > 0


def test_where_the_model_agrees_the_rule_and_its_reason_stay(reading):
    assert "metrics/outcome" in {finding.rule for finding in sorted_as(reading, "metric")}


def test_where_it_disagrees_the_words_that_moved_it_are_quoted_as_said(reading):
    people = next(f for f in sorted_as(reading, "metric", ["be"]) if f.text.startswith("eight"))
    assert (people.label, people.rule) == ("metric", "metrics/meaning")
    assert people.why.endswith("What speaks for it: “were”.")


def test_what_is_no_number_is_not_found(reading):
    assert [finding.text for finding in sorted_as(reading, "no number")] == ["2019"]


def test_a_date_stays_a_date_whatever_the_model_thinks(reading):
    date = next(finding for finding in sorted_as(reading, "metric") if finding.text == "2019")
    assert (date.label, date.rule) == ("context_number", "metrics/date")


def test_an_answer_without_a_number_is_left_alone(nlp):
    ((reading, _),) = pipeline.read(nlp, [("I told her so.", None)])
    assert sorted_as(reading, "metric") == []


def test_terms_name_the_words_around_and_not_the_number_itself(reading):
    hours = numbers.terms(reading)[-1]
    assert hours["left verb save"] == hours["kind time"] == 1
    assert "said forty" not in hours


def test_a_sentence_is_as_likely_to_hold_a_metric_as_the_likeliest_of_its_numbers(reading):
    chances = np.array([[0.2, 0.8, 0.0], [0.9, 0.1, 0.0], [0.7, 0.3, 0.0]])
    assert [f.text for f in numbers.of(reading)] == ["eight people", "2019", "forty hours"]
    assert numbers.heights(reading, chances).ravel().tolist() == [0.2, 0.7]  # a date holds none
