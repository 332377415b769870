"""When there is nothing to judge, and that English answers always can be."""

import pytest

from analyser import gate
from analyser.training import corpus

GERMAN = (
    "Ich habe damals in einem Team gearbeitet und wir mussten entscheiden, ob wir das Produkt in einer Woche oder in "
    "einem Monat liefern, und es war sehr schwer, weil wir nicht alle Daten hatten, also habe ich den Kunden gefragt."
)
DUTCH = (
    "In mijn vorige baan was er een project dat te laat was en ik had het niet op tijd gezegd, dus we hebben toen met "
    "de klant om de tafel gezeten en een plan gemaakt dat beter was dan wat we eerst wilden doen."
)
SPANISH = (
    "El año pasado trabajé en un equipo que tenía que entregar un producto y no teníamos todos los datos, así que "
    "decidí hablar con el cliente y al final lo entregamos a tiempo, y no me arrepiento de la decisión."
)
FRENCH = (
    "L'année dernière j'ai travaillé dans une équipe et on a dû décider sans avoir toutes les données, alors j'ai "
    "parlé avec le client et on a livré le produit à temps, et je suis content de la décision."
)
HINDI = "मैंने पिछले साल एक टीम में काम किया और हमें बिना पूरे आँकड़ों के फैसला लेना पड़ा " * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\t … !! ", "empty"),
        ("😀 🎉", "empty"),
        ("I fixed the bug and shipped it.", "too_short"),
        ("no " * 200, "noise"),
        ("### --- *** ||| " * 30 + "word and the " * 10, "noise"),
        (GERMAN, "not_english"),
        (DUTCH, "not_english"),
        (SPANISH, "not_english"),
        (FRENCH, "not_english"),
        (HINDI, "not_english"),
    ],
)
def test_what_cannot_be_judged(text, code):
    refused = gate.unreadable(text)
    assert refused is not None
    assert refused.code == code
    assert refused.reason
    assert refused.fix


def test_every_answer_of_the_corpus_can_be_read():
    refused = [answer.id for answer in corpus.read().answers if gate.unreadable(answer.text)]
    assert refused == []


def test_a_little_english_in_another_language_does_not_pass():
    assert gate.unreadable(GERMAN + " That was the deal.").code == "not_english"


def test_twenty_five_words_are_enough():
    words = "I told my manager that the plan would fail and he said that we had to do it so I did it for them too"
    assert len(words.split()) == 25
    assert gate.unreadable(words) is None
    assert gate.unreadable(words.removeprefix("I ")).code == "too_short"
