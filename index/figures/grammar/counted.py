"""What a number counts: the noun phrase after it, as written, told without a dictionary by its shape."""

from index.figures.grammar.magnitudes import Magnitude
from index.figures.grammar.pages import Page
from index.figures.grammar.tokens import APART, NAME, WORD, Tokens, past_hyphen

_MOST_WORDS = 6
_SHORTEST = 3  # letters: shorter words in -s are no plurals, longer abbreviations no complements
_LARGE = 1000
_PARTICIPLES = ("és", "ées", "vus", "vues", "dus", "dues", "nus", "nues", "lus", "lues", "rus", "rues")

Phrase = tuple[int, int]
"""The first token of a phrase and the one after it."""


def read(page: Page, number: Magnitude, place: int) -> Phrase | None:
    """Return what is counted from a place on, if anything is."""
    return (_english if page.tongue.language == "en" else _french)(page, number, place)


def _french(page: Page, number: Magnitude, place: int) -> Phrase | None:
    """Return a French noun in the plural, the adjectives and names after it, and one complement with *de*."""
    tokens = page.tokens
    if number.of and tokens.keys[place] == "de":
        place += 1
    elif (number.of and _ends_in_words(page, number)) or tokens.gaps[place] != APART:
        return None
    if not _opens_french(page, number, place):
        return None
    end = _past_compound(tokens, place)
    complemented = False
    while end - place < _MOST_WORDS and tokens.gaps[end] == APART:
        if _is_name(tokens, end) or (_is_plural(page, end) and not tokens.texts[end].endswith(_PARTICIPLES)):
            end = _past_compound(tokens, end)
        elif not complemented and tokens.keys[end] == "de" and _complements(page, end + 1):
            end = _past_compound(tokens, end + 1)
            complemented = True
        else:
            break
    return place, end


def _ends_in_words(page: Page, number: Magnitude) -> bool:
    """Tell whether a number ends in *millions* or *dizaine*, after which French needs *de*."""
    last = page.tokens.keys[number.last - 1]
    return last in page.tongue.scales or last in page.tongue.collections


def _opens_french(page: Page, number: Magnitude, place: int) -> bool:
    large = number.is_scaled or (number.grouped and number.value >= _LARGE)
    if not large and number.value >= _LARGE and page.tokens.texts[place].istitle():
        return False  # 75002 Paris
    return _is_plural(page, place) or (large and _is_name(page.tokens, place))


def _is_plural(page: Page, place: int) -> bool:
    """Tell whether a word, or the last part of a compound, looks like a French plural."""
    tokens, tongue = page.tokens, page.tongue
    end = _past_compound(tokens, place)
    key = tokens.keys[end - 1]
    if tokens.kinds[place] is NAME or key in tongue.plural:
        return True
    if tokens.kinds[place] is not WORD or key in tongue.never or key in tongue.function_words:
        return False
    if tokens.texts[place].isupper():
        return len(key) > 1
    return key.endswith(("s", "x", "z")) and len(key) > _SHORTEST


def _is_name(tokens: Tokens, place: int) -> bool:
    """Tell whether a token is a proper name or an abbreviation."""
    if tokens.kinds[place] is NAME:
        return True
    return tokens.kinds[place] is WORD and tokens.texts[place][0].isupper()


def _past_compound(tokens: Tokens, place: int) -> int:
    """Return the place after a word and all that hyphens join to it: *sous-traitants*."""
    end = place + 1
    for _ in range(_MOST_WORDS):
        after = past_hyphen(tokens, end)
        if after == end or tokens.kinds[after] is not WORD:
            break
        end = after + 1
    return end


def _complements(page: Page, place: int) -> bool:
    """Tell whether a word after *de* belongs to what is counted: *centres de données*, *puces d'IA*."""
    tokens, tongue = page.tokens, page.tongue
    written, key = tokens.texts[place], tokens.keys[place]
    if tokens.kinds[place] is not WORD or tokens.gaps[place] > APART:
        return False
    if key in tongue.not_after_de or key in tongue.numbers:
        return False
    return written.islower() or (written.isupper() and 1 < len(written) <= _SHORTEST + 1)


def _english(page: Page, number: Magnitude, place: int) -> Phrase | None:
    """Return an English noun in the plural with what stands before it, or names alone."""
    tokens = page.tokens
    if number.of and tokens.keys[place] == "of":
        place += 1
    hyphened = past_hyphen(tokens, place)
    if hyphened != place:
        return (hyphened, hyphened + 1) if _follows_hyphen(page, number, hyphened) else None
    end, names = place, 0
    while end - place < _MOST_WORDS:
        word = past_hyphen(tokens, end) if end > place else place
        if not _can_stand(page, word) or (word == end and tokens.gaps[end] != APART):
            break
        end = word + 1
        names += _is_name(tokens, word)
        if _is_english_plural(page, word):
            return place, end + (tokens.gaps[end] == APART and _is_english_plural(page, end))
        if tokens.keys[word] in page.tongue.plural and not _is_english_plural(page, end):
            return place, end
    if not names or names != end - place:
        return None
    large = number.is_scaled or (number.grouped and number.value >= _LARGE)
    return (place, end) if large or tokens.kinds[place] is NAME else None


def _follows_hyphen(page: Page, number: Magnitude, place: int) -> bool:
    """Tell whether a hyphen joins a number to a noun: *a 70B-parameter model*, not *three-pronged*, not *two-way*."""
    tokens = page.tokens
    key = tokens.keys[place]
    if tokens.kinds[place] not in (WORD, NAME) or number.spelled or len(key) < _SHORTEST:
        return False
    return not key.endswith("ed") and key not in page.tongue.never


def _can_stand(page: Page, place: int) -> bool:
    """Tell whether a token can be part of an English noun phrase."""
    tokens, tongue = page.tokens, page.tongue
    kind, key = tokens.kinds[place], tokens.keys[place]
    if kind is NAME:
        return True
    return kind is WORD and key not in tongue.function_words and key not in tongue.never and key not in tongue.numbers


def _is_english_plural(page: Page, place: int) -> bool:
    tokens = page.tokens
    if tokens.kinds[place] is NAME:
        return tokens.texts[place].endswith("s")
    key = tokens.keys[place]
    looks_it = key.endswith("s") and not key.endswith(("ss", "us", "is", "'s")) and len(key) > _SHORTEST
    return looks_it and _can_stand(page, place)
