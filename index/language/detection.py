"""Which of the two languages a text is in."""

import re

from index.language.analysis import fold
from index.language.dictionary import Lexicon
from index.language.stopwords import ENGLISH, FRENCH
from index.model import Language

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 2_000  # enough to tell; a long article need not be read to its end

# Function words in the other list too, or that are words of both languages.
_ONLY_FRENCH = (
    FRENCH - ENGLISH - {"a", "c", "d", "j", "l", "m", "n", "s", "t", "y", "on", "par", "font", "sans", "sent"}
)
_ONLY_FRENCH |= {fold(word) for word in _ONLY_FRENCH}
_ONLY_ENGLISH = ENGLISH - _ONLY_FRENCH - FRENCH - {"s", "t", "re", "ll", "ve", "don", "or", "pas"}
_FRENCH_LETTERS = re.compile(r"[àâçéèêëîïôùûœ]")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019](?=\w{2})", re.IGNORECASE)
_FRENCH_ENDINGS = re.compile(r"(?:tion|ment|eur|eux|euse|ique|aire|isme|ance|oir|aux|ées?|ité|age|ait|ent|ais)s?$")
_ENGLISH_ENDINGS = re.compile(r"(?:ing|ly|ness|ship|ed|ght|ful|less|tions?|ers?|ty|ick|own|ow|sh|th|wn|ck)$")


def detect(text: str, default: Language = "fr", lexicon: Lexicon | None = None) -> Language:
    """Return the language of a text; ``default`` where nothing tells (names and numbers alone).

    Function words count most, then accents and elisions, then words that stand on one side of the ``lexicon`` only
    and endings that one language prefers.
    """
    words = [match[0].casefold() for match, _ in zip(_WORD.finditer(text), range(_MOST_WORDS), strict=False)]
    french = 2.0 * len(_ELISION.findall(text[:20_000]))
    english = 0.0
    for word in words:
        if word in _ONLY_FRENCH:
            french += 2
        elif word in _ONLY_ENGLISH:
            english += 2
        elif _FRENCH_LETTERS.search(word):
            french += 1.5
        elif lexicon and lexicon.knows(word, "en") != lexicon.knows(word, "fr"):
            french, english = (french, english + 1) if lexicon.knows(word, "en") else (french + 1, english)
        elif _ENGLISH_ENDINGS.search(word):
            english += 0.3
        elif _FRENCH_ENDINGS.search(word):
            french += 0.3
    if french == english:
        return default
    return "fr" if french > english else "en"
