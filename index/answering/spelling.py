"""Misspelt words of a question, read as the words that were meant.

Only a word that no source has is taken for misspelt, and only for a word with the same first letter and one or two
letters changed, left out, put in or swapped (the optimal string alignment distance): a name of the ledger, a word of
the sources, a usual one (``index.intents.usual``), or a word of the lexicon that a source has.

The index knows its words by their keys alone. So words of the sources are found the other way round: all words at one
letter's distance are made, some hundreds, and the index is asked which of them it has.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from string import ascii_lowercase

from index.intents.shipped import usual
from index.language.analysis import OTHER, fold, is_stopword
from index.language.dictionary import Lexicon
from index.language.stopwords import UNACCENTED
from index.model import Language

LONGEST = 25
"""Letters; longer words are left alone."""

MOST_SOUGHT = 20
"""Words of one question that are sought in the sources; with more unknown ones, misspelling is not what is wrong."""

Frequencies = Callable[[Sequence[str]], Sequence[int]]
"""Tells in how many passages each of some words, in small letters without accents, stands just so."""

_SHORTEST_NAME, _SHORTEST, _SHORTEST_FUNCTION_WORD = 4, 5, 3  # letters
_LONG = 8  # letters, from which on two may be wrong
_SWAPPED, _LEFT_OUT, _PUT_IN, _CHANGED, _TWO = range(5)  # slips, the likeliest first
_SOUNDS_ALIKE = tuple(map(frozenset, ("aeiouy", "ckqs", "sz", "fpv", "gj", "mn", "bp", "dt")))
_COMMON = 30  # lines of the intents
_TRIED = 3
_BEFORE = 8  # characters before a word that are looked at
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = frozenset(".!?…:;\n")
_ELIDED = re.compile(r"(?P<short>[djlmnst]|qu|c(?=e))(?P<whole>[aeiouyh]\w{2,})")
_ASKING = (
    "combien much many what when which where quand quelle quelles annee pourcentage percent gigawatts gigawatt"
    " megawatts milliards milliard millions billion billions million dollars"
).split()
"""Words by which people ask for figures; no source need have them."""


def correct(
    question: str,
    missing: Iterable[str],
    unlike: Iterable[str],
    language: Language,
    lexicon: Lexicon,
    names: Collection[str],
    is_there: Callable[[str], bool],
    frequencies: Frequencies,
) -> str:
    """Return a question with its misspelt words mended: to names, to words of asking, else to words of the sources.

    ``missing``: the words that no source has in any form; ``unlike``: those, and words that only begin like one of the
    sources; ``names``: single words in small letters without accents.
    ``is_there`` tells whether a source has a word in any form. A word that a source has just so is no misspelt one
    (``frequencies``), nor is one that the lexicon knows. What is written like a name is mended to no ordinary word.
    """
    spelt = [(fold(match[0].casefold()), match) for match in _WORD.finditer(question)]
    unknown = _unknown([word for word, _ in spelt], language, lexicon, names, frequencies)
    if not unknown:
        return question
    shouted = question.isupper()
    named = {word for word, match in spelt if not shouted and _is_like_a_name(match)}
    lost, strange = ({fold(word.casefold()) for word in words} for words in (missing, unlike))
    known_names, asking = _by_first_letter(sorted(names)), _by_first_letter(_ASKING)
    mended = _elided(unknown, named, names, frequencies) if language == "fr" else {}
    sought = 0
    for word in [word for word in unknown if word not in mended]:
        meant = [] if word in named else _alike(word, asking, 1)
        if not meant and len(word) >= _SHORTEST:
            meant = _alike(word, known_names, _wrong(word))
        found: list[tuple[int, str]] = []
        if not meant and len(word) >= _SHORTEST and word in strange and sought < MOST_SOUGHT:
            sought += 1
            found = _of_sources(word, frequencies)
            if word in named:
                meant = [other for _, other in found if not lexicon.is_ordinary(other)]
        if not meant and word not in named:
            meant = [other for _, other in sorted(found + _usual(word, language), key=lambda each: each[0])]
            if not meant and word in lost and len(word) >= _SHORTEST:
                meant = list(islice(filter(is_there, _near(word, language, lexicon)), 1))
        if meant:
            mended[word] = meant[0]
    if not mended:
        return question
    return _WORD.sub(lambda match: mended.get(fold(match[0].casefold()), match[0]), question)


def _is_word(word: str, language: Language, lexicon: Lexicon) -> bool:
    """Tell whether a word stands just so in a dictionary of either language, or in another form in its own."""
    if lexicon.knows(word, language) or any(is_stopword(word, tongue) or word in usual(tongue) for tongue in OTHER):
        return True
    return word in _all_words(lexicon, OTHER[language])


def _unknown(
    words: Iterable[str], language: Language, lexicon: Lexicon, names: Collection[str], frequencies: Frequencies
) -> list[str]:
    """Return those of some words that may be misspelt: no name, word of asking, of a dictionary or of a source."""
    unknown = [
        word
        for word in dict.fromkeys(words)
        if _SHORTEST_NAME <= len(word) <= LONGEST
        and word not in names
        and word not in _ASKING
        and not _is_word(word, language, lexicon)
    ]
    written = frequencies(unknown) if unknown else ()
    return [word for word, passages in zip(unknown, written, strict=True) if not passages]


def _elided(
    words: Sequence[str], named: Collection[str], names: Collection[str], frequencies: Frequencies
) -> dict[str, str]:
    """Return French words with the apostrophe that they lack, where what is after it is a word: *dargent*, *lusine*.

    That is a name, or, where the whole is not written like one (``named``), a word of the sources or a usual one.
    """
    found = [(word, match["short"], match["whole"]) for word in words if (match := _ELIDED.fullmatch(word))]
    passages = frequencies([whole for _, _, whole in found]) if found else ()
    return {
        word: f"{short}'{whole}"
        for (word, short, whole), often in zip(found, passages, strict=True)
        if whole in names or (word not in named and (often or whole in usual("fr") or is_stopword(whole, "fr")))
    }


def _is_like_a_name(match: re.Match[str]) -> bool:
    """Tell whether a word has a capital within a sentence."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()].rstrip(" \u00a0\u202f")
    return match[0][0].isupper() and match.start() > 0 and before[-1:] not in _ENDING


def _wrong(word: str) -> int:
    """Return how many letters of a word may be wrong."""
    return 2 if len(word) >= _LONG else 1


def is_function_word(word: str, language: Language) -> bool:
    """Tell whether a word, in small letters without accents, is a function word with one slip: *wil*, *pourqoi*.

    In a short one no letter stands for another: *Sony* is not *sont*.
    """
    if len(word) < _SHORTEST_FUNCTION_WORD:
        return False
    meant = _alike(word, _function_words(language), 1)
    return any(len(word) >= _SHORTEST or len(word) != len(other) or sorted(word) == sorted(other) for other in meant)


def _by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """Return words by their first letter, in the order that they come in."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[:1], []).append(word)
    return by_letter


def _alike(word: str, known: Mapping[str, list[str]], wrong: int) -> list[str]:
    """Return the known words with the same first letter and at most so many letters wrong, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    same = known.get(word[:1], [])
    return [other for other, _, _ in process.extract(word, same, scorer=OSA.distance, score_cutoff=wrong, limit=_TRIED)]


def _of_sources(word: str, frequencies: Frequencies) -> list[tuple[int, str]]:
    """Return the words of the sources at one letter's distance: the likeliest slip first, then the commonest."""
    slips = _slips(word)
    passages = frequencies(list(slips))
    found = [(likely, -often, slip) for (slip, likely), often in zip(slips.items(), passages, strict=True) if often]
    return [(likely, slip) for likely, _, slip in sorted(found)]


def _usual(word: str, language: Language) -> list[tuple[int, str]]:
    """Return the usual words that one may be, with their slips: the likeliest first, then the commonest.

    In a short word letters are at most swapped or left out, of a common one, and in none one stands for another that
    sounds otherwise.
    """
    often = usual(language)
    if not word.isascii():
        return []
    slips = _slips(word)
    found = []
    for other in _alike(word, _usual_words(language), _wrong(word)):
        slip = slips.get(other, _TWO)
        if len(word) < _SHORTEST and (slip > _LEFT_OUT or often[other] < _COMMON):
            continue
        if slip != _CHANGED or _sounds_alike(word, other):
            found.append((slip, -often[other], other))
    return [(slip, other) for slip, _, other in sorted(found)]


def _sounds_alike(word: str, other: str) -> bool:
    """Tell whether the letter that two words of one length have differently sounds much the same in both."""
    changed = [{one, two} for one, two in zip(word, other, strict=True) if one != two]
    return all(any(pair <= sound for sound in _SOUNDS_ALIKE) for pair in changed)


def _slips(word: str) -> dict[str, int]:
    """Return the words that one slip makes this one of, with the place of the slip among slips, the likeliest first.

    The first letter stays. Letters are those of words without accents, so a word in another script has none.
    """
    if not word.isascii():
        return {}
    parts = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    swapped = [head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1]
    left_out = [head + letter + tail for head, tail in parts for letter in ascii_lowercase]
    put_in = [head + tail[1:] for head, tail in parts if tail]
    changed = [head + letter + tail[1:] for head, tail in parts if tail for letter in ascii_lowercase]
    slips: dict[str, int] = {}
    for likely, made in ((_SWAPPED, swapped), (_LEFT_OUT, left_out), (_PUT_IN, put_in), (_CHANGED, changed)):
        for slip in made:
            slips.setdefault(slip, likely)
    slips.pop(word, None)
    return slips


def _near(word: str, language: Language, lexicon: Lexicon) -> list[str]:
    """Return the words of the lexicon that one may be: those of the question's language first, then the nearest."""
    found = [
        near for tongue in (language, OTHER[language]) for near in _alike(word, _words(lexicon, tongue), _wrong(word))
    ]
    return list(dict.fromkeys(found))


def prepare(lexicon: Lexicon) -> Iterator[None]:
    """Make ready what mending looks for, a part before each pause."""
    _alike("", {}, 1)
    yield
    for language in OTHER:
        _words(lexicon, language)
        _usual_words(language)
        yield


@cache
def _function_words(language: Language) -> dict[str, list[str]]:
    """Return the function words of one language, but for the shortest, by their first letter."""
    return _by_first_letter(sorted(word for word in UNACCENTED[language] if len(word) > _SHORTEST_FUNCTION_WORD))


@cache
def _usual_words(language: Language) -> dict[str, list[str]]:
    """Return the usual words of one language by their first letter, the commonest first."""
    return _by_first_letter(word for word, _ in sorted(usual(language).items(), key=lambda each: -each[1]))


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon, language: Language) -> dict[str, list[str]]:
    """Return the words of one language by their first letter."""
    return _by_first_letter(sorted(_all_words(lexicon, language)))


@lru_cache(maxsize=4)
def _all_words(lexicon: Lexicon, language: Language) -> frozenset[str]:
    """Return the words of one language."""
    return frozenset(lexicon.words(language))
