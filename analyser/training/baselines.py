"""Simpler ways to tell the signal, on the same answers and the same folds as the models: what these have to beat.

Each learns from answers and then names a signal for others: the commonest one, by keywords, by the question alone, by
scikit-learn's everyday text classifier, by the mean of the sentences' vectors.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from analyser import asking, features, framework
from analyser.encoder import WIDTH
from analyser.reading import Floats
from analyser.training import answers
from analyser.training.corpus.portrait import OWN_WORDS
from analyser.training.evaluate import task_figures
from analyser.training.examples import Example, voices
from analyser.training.fit import MOST_TERMS, folds, on_one_thread

Examples = Sequence[Example[Any]]
Guesser = Callable[[Examples], Sequence[str]]
Figures = dict[str, float]
Rows = Mapping[str, Mapping[str, Figures]]  # by the way that it is told, and by what it was tried on

UNHEARD = "cross-validated"
SHOWN = ("answers", "strict", "with_runner_up", "macro_f1")
WORDS_C, MEANING_C = 20.0, 10.0  # among 3 to 100 within a hundredth of the best, on unheard voices of the train split

# What a keyword search would look for beside a signal's own words.
KEYWORDS = {
    "judgment": r"\bdecided\b|\boptions?\b|\bchose\b|\brisk|\bbet\b|\bdata\b",
    "candor": r"told (?:him|her|them|me)\b|defensive|blunt|listen",
    "commitment": r"\bargu|push(?:ed)? back|conflict|compromise|\bbacked\b",
    "accountability": r"\bmissed\b|should have|apolog|\bsorry\b|\bowned\b",
    "ownership": r"propos|persuad|convinc|volunteer|nobody asked|\bpitch|buy-in|\bstarted\b",
}


def _majority(learned: Examples) -> Guesser:
    """The commonest signal of all, whatever is said."""
    commonest, _ = Counter[str](example.told.signal for example in learned).most_common(1)[0]
    return lambda examples: [commonest] * len(examples)


def _keywords(_: Examples) -> Guesser:
    """The signal whose words are said most often; none where none is."""
    words = {signal: re.compile(f"{own}|{KEYWORDS[signal]}", re.IGNORECASE) for signal, own in OWN_WORDS.items()}
    return lambda examples: [_commonest(words, example.told.text) for example in examples]


def _commonest(words: Mapping[str, re.Pattern[str]], text: str) -> str:
    said = {signal: len(pattern.findall(text)) for signal, pattern in words.items()}
    return max(said, key=said.__getitem__) if any(said.values()) else "none"


def _question(_: Examples) -> Guesser:
    """The signal that the likest question of the framework asks for; none where no question is like it."""
    signals = framework.named("netflix").signals
    asks = {question: name for name, signal in signals.items() for question in signal.questions}
    return lambda examples: [_asked(example.told.question or "", asks) for example in examples]


def _asked(question: str, asks: Mapping[str, str]) -> str:
    like = asking.likeness(question, list(asks))
    return list(asks.values())[int(np.argmax(like))] if any(like) else "none"


def _words(learned: Examples) -> Guesser:
    """Words and pairs of them, weighted by how rare they are."""
    counted = TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=MOST_TERMS, sublinear_tf=True)
    linear = LogisticRegression(C=WORDS_C, max_iter=500)
    return _fitted(make_pipeline(counted, linear), learned, lambda example: example.told.text)


def _meaning(learned: Examples) -> Guesser:
    """What the sentences mean, on average."""
    linear = LogisticRegression(C=MEANING_C, max_iter=500)
    return _fitted(make_pipeline(linear), learned, lambda example: features.pooled(example.vectors)[:WIDTH])


def _fitted(estimator: Pipeline, learned: Examples, seen: Callable[[Example[Any]], Any]) -> Guesser:
    estimator.fit([seen(example) for example in learned], [example.told.signal for example in learned])
    return lambda examples: [str(name) for name in estimator.predict([seen(example) for example in examples])]


WAYS: Mapping[str, Callable[[Examples], Guesser]] = {
    "the commonest signal": _majority,
    "keywords": _keywords,
    "what the question asks for": _question,
    "TF-IDF of words and word pairs, logistic regression": _words,
    "mean sentence vector, logistic regression": _meaning,
}


@on_one_thread
def figures(learned: Examples, tried: Mapping[str, Examples]) -> dict[str, dict[str, Figures]]:
    """How each simpler way does on voices that it has not heard, by the folds of the models, and on others' answers."""
    rows = {}
    for name, way in WAYS.items():
        guesser = way(learned)
        judged = {where: _figures(examples, guesser(examples)) for where, examples in tried.items()}
        rows[name] = {UNHEARD: _figures(learned, _unheard(way, learned)), **judged}
    return rows


def _unheard(way: Callable[[Examples], Guesser], learned: Examples) -> list[str]:
    guessed = [""] * len(learned)
    for seen, held in folds(voices(learned)):
        guesser = way([learned[i] for i in seen])
        for i, guess in zip(held, guesser([learned[i] for i in held]), strict=True):
            guessed[i] = guess
    return guessed


def _figures(examples: Examples, guessed: Sequence[str]) -> Figures:
    return shown(examples, np.eye(len(answers.CLASSES))[[answers.CLASSES.index(guess) for guess in guessed]])


def shown(examples: Examples, chances: Floats) -> Figures:
    """What the tables show of examples and the probabilities that they were given, shape (examples, classes)."""
    every = task_figures(answers.SIGNAL, [example.told for example in examples], chances)
    return {key: every[key] for key in SHOWN}
