"""Text to tokens, and each token to its three forms: the chain that passages and questions share.

    NFC and casefold, typographic apostrophes made plain, glued sentences parted, numbers and units in one form, word
    tokens, elided articles and stop words dropped; then for each token its Snowball stem, its first six letters and
    its whole form, accents folded last.

What a token's forms are worth, and how they become the terms of an index, is the business of ``index.ranking``.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

import Stemmer

from index.language.numbers import normalise
from index.language.stopwords import STOPWORDS, UNACCENTED
from index.model import Language

OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}
"""The other one of the two languages."""

PREFIX = 6
_MOST_LETTERS = 64  # a longer run without a space is no word; its head is enough to find it again

# Apostrophes made plain; a soft hyphen is only where a line may break, and casefolding a dotted I leaves a loose dot.
_PLAIN = str.maketrans("\u2019\u02bc\u2018\u00b4\u0060\u2032\uff07\u0130", "'''''''I", "\u00ad")
_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_STARTERS = (
    "Le|La|Les|Un|Une|Des|Ce|Cet|Cette|Ces|Il|Elle|Ils|Elles|On|En|Dans|Pour|Avec|Au|Aux|Selon|Depuis|Mais"
    "|The|This|These|For|With|But|And"
)
_GLUED = re.compile(rf"(?<=[^\W\d_])(?<![\s'\u2019-])(?=(?:{_STARTERS})\s)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?(?![^\W_])|[^\W_]+(?:'[^\W_]+)*", re.UNICODE)
# Latin letters with their accents off, as NFD without combining marks would leave them, and what then needs no folding:
# ASCII, Latin-1 signs, dashes, quotation marks, dots, the euro.
_UNACCENTED = str.maketrans(
    {
        chr(code): "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00))
    }
    | {"œ": "oe", "æ": "ae"}
)
_UNFOLDED = re.compile("[^\x00-\xff\u2010-\u2027\u2009\u202f\u20ac]")
_ELIDED = re.compile(r"^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=.)")
_PLURAL = re.compile(r"\w{3}ers$")  # whose stem the French stemmer does not unite with the singular's
WORD = re.compile(r"\w+")
_PROCESSORS = re.compile("[cdgilntvx]pus")
_MODELS = re.compile(r"[a-z]{1,20}\d{1,20}s")  # what there are several of
_WHOLE = frozenset({"aujourd'hui", "d'abord", "d'accord"})

_threads = threading.local()


class Forms(NamedTuple):
    """The three forms of a token, accents folded."""

    stem: str
    prefix: str
    exact: str


def normal(text: str, form: Literal["NFC", "NFD"]) -> str:
    """Return a text in a normal form of Unicode, in linear time.

    Sorting a run of n combining marks takes the standard library n² steps, so no run keeps more than 30, which is
    what Unicode's Stream-Safe Text Format (UAX #15) allows.
    """
    return unicodedata.normalize(form, _MARKS.sub(lambda match: match[0][:30], text))


def fold(text: str) -> str:
    """Drop accents and other combining marks; ligatures become two letters."""
    if text.isascii():
        return text
    text = text.translate(_UNACCENTED)
    if not _UNFOLDED.search(text):
        return text
    return "".join(c for c in normal(text, "NFD") if not unicodedata.combining(c))


def plainly(text: str) -> str:
    """Return a text in small letters without accents, its apostrophes plain."""
    return fold(text.casefold()).replace("\u2019", "'")


def words(text: str, language: Language) -> Iterator[str]:
    """Yield the tokens of a text in reading order, stop words included, lower case, accents kept."""
    text = _GLUED.sub(" ", normal(text, "NFC"))
    text = normalise(text.translate(_PLAIN).casefold(), language)
    for match in _TOKEN.finditer(text):
        word = match[0][:_MOST_LETTERS]
        if "'" in word and word not in _WHOLE:
            word = _ELIDED.sub("", word)
        if "'" not in word or word in _WHOLE:
            yield word
        else:
            yield from filter(None, word.removesuffix("'s").split("'"))


def tokens(text: str, language: Language) -> list[str]:
    """Return the tokens of a text that carry meaning, in reading order."""
    return [word for word in words(text, language) if not is_stopword(word, language)]


def is_stopword(word: str, language: Language) -> bool:
    """Tell whether a token says nothing in a text of this language."""
    return word in (UNACCENTED if word.isascii() else STOPWORDS)[language]


def forms(word: str, language: Language) -> Forms:
    """Return a token's forms under the stemmer of ``language``.

    A token with a digit is left as it is, but for the plural of what letters and a number name: *GB200s*. *GPUs* are
    plurals, too, which stemmers take for Latin.
    """
    return Forms(*_forms(word, language))


@lru_cache(maxsize=1 << 16)
def _forms(word: str, language: Language) -> tuple[str, str, str]:
    """Return what ``forms`` does, as a plain tuple: the garbage collector passes over those, however many."""
    exact = fold(word)
    if not word.isalpha() and any(c.isdigit() for c in word):
        single = exact[:-1] if _MODELS.fullmatch(exact) else exact
        return single, single, exact
    if _PROCESSORS.fullmatch(exact):
        return exact[:-1], exact[:-1], exact
    if language == "fr" and _PLURAL.search(word):
        word = word[:-1]
    return fold(_stemmer(language).stemWord(word)), exact[:PREFIX], exact


def _stemmer(language: Language) -> Stemmer.Stemmer:
    """Return this thread's stemmer: PyStemmer's objects must not be shared between threads.

    It keeps nothing of its own (0), as what ``_forms`` found is kept already.
    """
    stemmers = _threads.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer({"fr": "french", "en": "english"}[language], 0)
    return stemmers[language]
