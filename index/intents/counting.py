"""Intents counted: what each word of a question, and of a sentence, says for each of them.

It is the weight of evidence of the word: log(1 + (1 - l) / l * p(word | intent) / p(word)), as query likelihood with
Jelinek-Mercer smoothing has it (Zhai and Lafferty, "A study of smoothing methods for language models applied to
information retrieval", ACM TOIS 22, 2004), p(word | intent) being the share of its texts of that language that have the
word. Words count by their stems and whole, and function words (*who*, *since*, *combien*), which the ranking leaves
out, count too.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.answering.kinds import Kind
from index.answering.wanting import wanted
from index.intents.reading import Intent, Text
from index.language.analysis import WORD, plainly
from index.language.colloquial import spelled_out, without_asides
from index.language.stopwords import UNACCENTED
from index.model import Language
from index.ranking.terms import bag, key

KINDS = tuple(Kind)
ASKED_SMOOTHING, SAID_SMOOTHING = 0.3, 0.5
"""Found, like the others, on the tuning halves of the questions in tests/questions (docs/benchmarks.md)."""
_SPREAD = 2
"""Texts without the word that each intent is taken to have besides."""
_RARE = 1e-3

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]


class Evidence(NamedTuple):
    """For each of some terms, in ascending order, what it says for which intents.

    ``starts``: where the intents of each term begin among ``intents`` and ``weights``, and where the last ones end.
    """

    terms: Keys
    starts: Numbers
    intents: Numbers
    weights: Floats


class Counted(NamedTuple):
    """Intents counted, by their questions and by their sentences.

    ``kinds``: what it says for each that a kind of answer is wanted, (kinds, intents).
    """

    asked: Evidence
    said: Evidence
    kinds: Floats


def count(intents: Sequence[Intent]) -> Counted:
    """Return some intents counted, which takes a fifth of a millisecond for each of their lines."""
    kinds = np.zeros((len(KINDS), len(intents)))
    questions = []
    for number, intent in enumerate(intents):
        spelt = [Text(spelled_out(text, language), language) for text, language in intent.asked]
        for text, _ in spelt:
            kinds[KINDS.index(wanted(text)), number] += 1 / len(spelt)
        questions.append([Text(without_asides(text, language), language) for text, language in spelt])
    usual = kinds.mean(axis=1, keepdims=True) + _RARE
    return Counted(
        _evidence(questions, ASKED_SMOOTHING),
        _evidence([intent.said for intent in intents], SAID_SMOOTHING),
        np.log1p(_odds(ASKED_SMOOTHING) * kinds / usual).astype(np.float32),
    )


def terms(text: str, language: Language) -> set[int]:
    """Return the terms of a text that count: stems and whole words, and function words."""
    own = bag([text], language).reshape(-1, 3)
    return {*own[:, 0].tolist(), *own[:, 2].tolist(), *function_words(WORD.findall(plainly(text)), language)}


def function_words(words: Sequence[str] | frozenset[str], language: Language) -> list[int]:
    """Return the terms of those of some words, plainly written, that are function words."""
    listed = UNACCENTED[language]
    return [key(f"f:{language}:{word}") for word in words if word in listed]


def _evidence(texts: Sequence[Sequence[Text]], smoothing: float) -> Evidence:
    rows: dict[int, dict[int, float]] = {}
    for number, own in enumerate(texts):
        sizes = Counter(language for _, language in own)
        for text, language in own:
            for term in terms(text, language):
                shares = rows.setdefault(term, {})
                shares[number] = shares.get(number, 0.0) + 1 / (sizes[language] + _SPREAD)
    ordered = sorted(rows)
    starts = np.cumsum([0, *(len(rows[term]) for term in ordered)])
    intents = [number for term in ordered for number in rows[term]]
    weights = [
        np.log1p(_odds(smoothing) * min(share, 1.0) / (sum(rows[term].values()) / len(texts) + _RARE))
        for term in ordered
        for share in rows[term].values()
    ]
    terms_ = np.array(ordered, np.uint64)
    return Evidence(terms_, starts.astype(np.int32), np.array(intents, np.int32), np.array(weights, np.float32))


def _odds(smoothing: float) -> float:
    return (1 - smoothing) / smoothing
