"""Synthetic articles and questions with the statistics of real ones.

Modelled on 3,594 French passages (about 60 words each once stop words are dropped) and questions about them:

- *Frequencies* follow Zipf and Mandelbrot, p(rank) ~ 1 / (rank + 40)^1.2 over 400,000 words, so that new
  words keep appearing as a collection grows (Heaps): 30,000 in 3,594 passages, 216,000 in 100,000. The most
  frequent word is one token in 220, the 100th one in 800, the 10,000th one in 100,000.
- *Lengths*: 40 to 120 words a passage, of which 55 % are left without stop words: 26 to 66.
- *Burstiness*: ten passages are an article, and an article has subjects. Three tokens in ten come from 80
  words of its own, and one in seven repeats one said just before, so that a word that is in a passage is in
  it 1.23 times (1.35 in the model, whose passages are longer).
- *Questions*: 3 to 8 words of one passage, rarer ones likelier, as people choose them: half of them are in
  fewer than 0.2 % of the passages and the mean one in 1.4 % (0.3 % and 1.1 % in the model). One question in
  three has a word drawn from the whole vocabulary, which its passage may lack.

Everything follows from the seed.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PASSAGES_PER_ARTICLE = 10

_VOCABULARY = 400_000
_SHIFT, _SLOPE = 40.0, 1.2
_CONTENT = 0.55
_SUBJECT_WORDS = 80
_SUBJECT_SHARE = 0.3
_SUBJECT_RANKS = 40_000
_ECHO_SHARE = 0.15
_ONSETS = (*"bcdfgjlmnprstv", "br", "ch", "cl", "dr", "fl", "gr", "pl", "pr", "st", "tr")
_VOWELS = (*"aeiou", "ai", "an", "eu", "on", "ou")
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in _VOWELS]

Ranks = NDArray[np.int64]


class Question(NamedTuple):
    """The words of a question and the passage (its place in the corpus) that most of them come from."""

    words: list[str]
    passage: int


class Words:
    """Draws words by their frequency; a word is its rank, 0 the most frequent."""

    def __init__(self) -> None:
        ranks = np.arange(_VOCABULARY)
        self._cumulated = np.cumsum((ranks + _SHIFT) ** -_SLOPE)
        self._cumulated /= self._cumulated[-1]

    def draw(self, numbers: np.random.Generator, count: int) -> Ranks:
        """Draw ``count`` words from the whole vocabulary."""
        found: Ranks = np.searchsorted(self._cumulated, numbers.random(count))
        return found


def spell(rank: int) -> str:
    """Return the word of a rank: pronounceable, lower case ASCII, no two alike, frequent ones short."""
    rank += len(_SYLLABLES)
    syllables = []
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        syllables.append(_SYLLABLES[syllable])
    return "".join(reversed(syllables))


def passages(count: int, seed: int = 2026) -> Iterator[Ranks]:
    """Yield ``count`` passages, ten to an article, each as the ranks of its content words."""
    numbers = np.random.default_rng(seed)
    words = Words()
    for start in range(0, count, PASSAGES_PER_ARTICLE):
        yield from _article(numbers, words, min(PASSAGES_PER_ARTICLE, count - start))


def questions(found: list[Ranks], count: int, seed: int = 5) -> list[Question]:
    """Draw questions that passages of a corpus answer."""
    numbers = np.random.default_rng(seed)
    words = Words()
    asked = []
    for place in numbers.integers(len(found), size=count).tolist():
        known = np.unique(found[place])
        wanted = min(int(numbers.choice([3, 4, 5, 6, 7, 8], p=[0.28, 0.28, 0.2, 0.13, 0.07, 0.04])), len(known))
        rarity = np.log(known + 5.0) ** 1.7
        chosen = numbers.choice(known, size=wanted, replace=False, p=rarity / rarity.sum()).tolist()
        if numbers.random() < 1 / 3:
            chosen[-1] = int(words.draw(numbers, 1)[0])
        asked.append(Question([spell(rank) for rank in dict.fromkeys(chosen)], place))
    return asked


def _article(numbers: np.random.Generator, words: Words, count: int) -> list[Ranks]:
    lengths = np.clip(numbers.normal(85, 22, size=count), 40, 120)
    sizes = np.rint(lengths * _CONTENT).astype(np.int64)
    total = int(sizes.sum())
    found = words.draw(numbers, total)
    # An article's own words are drawn evenly over the logarithm of ranks.
    exponents = numbers.uniform(np.log(20), np.log(_SUBJECT_RANKS), size=_SUBJECT_WORDS)
    subjects = np.exp(exponents).astype(np.int64)
    shares = 1 / np.arange(2, _SUBJECT_WORDS + 2)
    on_subject = numbers.random(total) < _SUBJECT_SHARE
    found[on_subject] = numbers.choice(subjects, size=int(on_subject.sum()), p=shares / shares.sum())
    echoes = np.flatnonzero(numbers.random(total) < _ECHO_SHARE)
    found[echoes] = found[np.maximum(echoes - numbers.integers(1, 15, size=len(echoes)), 0)]
    return np.split(found, np.cumsum(sizes)[:-1])
