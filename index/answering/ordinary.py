"""Which words are ordinary ones, of a dictionary: those that are not may be names."""

from index.intents.shipped import usual
from index.language.analysis import OTHER, fold
from index.language.dictionary import Lexicon, shipped
from index.model import Language


def is_ordinary(word: str, lexicon: Lexicon | None = None) -> bool:
    """Tell whether a word, in small letters, is one of either language: of the lexicon, a stop word or a usual one."""
    return (lexicon or shipped()).is_ordinary(word) or any(fold(word) in usual(language) for language in OTHER)


def is_known(word: str, language: Language, lexicon: Lexicon) -> bool:
    """Tell whether a word, in small letters, is an ordinary one of one language, and no stop word."""
    return lexicon.knows(word, language) or fold(word) in usual(language)
