"""The words of a question as they are compared, and the noun that it asks for: the head of a noun phrase.

*The top speed of the train* is a speed, *le prix du train* a price: in English the head is the last noun before a
preposition, in French the first one. Which nouns there are, and what they are, is data: ``nouns.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from index.language.analysis import OTHER, fold
from index.language.colloquial import spelled_out
from index.language.detection import detect
from index.language.stopwords import UNACCENTED
from index.model import Language

_LONGEST = 4_000  # characters of a question that are read
_TOKEN = re.compile(r"\d+(?:[.,]\d+){0,9}|\w+|[,;:.?!()%€$£]|…")
_PARTS = frozenset(",;:.?!()")
_LINE_BREAK = re.compile(r"(?:\A|\n) *")
_POSSESSIVE = "s"
_WHERE = re.compile(r"\b(?:où|OÙ|Où)\b")
_REACH = 7  # words of a phrase in which its head is looked for
_LONGEST_ASKER = 12  # letters, of which a word that asks has fewer
_LEAST_SLIP = 6  # letters of a noun that one slip may have hidden
_LONGEST_SLIP = 30  # letters of a word that may be one with a slip
_ENDING = 2  # letters


class Noun(NamedTuple):
    """What a noun names: the name of its table, the measure (empty where it has none), whether it is a plural."""

    table: str
    measure: str
    plural: bool
    language: Language


class Text(NamedTuple):
    """A question: its words and the signs that part its clauses, in small letters without accents, and its language."""

    words: tuple[str, ...]
    language: Language

    @property
    def plain(self) -> str:
        """Return the words in one line, a space between any two."""
        return " ".join(self.words)

    def clauses(self) -> Iterator["Text"]:
        """Yield the clauses, which signs part."""
        start = 0
        for place, word in enumerate((*self.words, ".")):
            if word in _PARTS:
                if place > start:
                    yield Text(self.words[start:place], self.language)
                start = place + 1


class _Table(NamedTuple):
    """The nouns of each language, singular and plural, of several words with spaces; other words by what they do.

    ``begun``: how many words the longest noun has that begins with a word. ``slips``: what a noun is with one letter
    less. ``askers``: the same of words that ask, with the letters that these are written to begin with (``begins``).
    """

    nouns: Mapping[Language, Mapping[str, Noun]]
    begun: Mapping[str, int]
    ends: frozenset[str]
    before: frozenset[str]
    articles: frozenset[str]
    containers: frozenset[str]
    when: frozenset[str]
    c_est: frozenset[str]
    of: frozenset[str]
    own: frozenset[str]
    good: frozenset[str]
    spellings: Mapping[str, str]
    after: Mapping[str, str]
    how: Mapping[str, str]
    slips: Mapping[str, str]
    askers: Mapping[str, str]
    begins: frozenset[str]


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of some; where one goes over several lines, these are one."""
    return f"(?:{'|'.join(_LINE_BREAK.sub('', word) for word in words)})"


@lru_cache(maxsize=64)
def read(question: str) -> Text:
    """Return the words of a question, short spellings and misspelt question words as they are meant."""
    question = question[:_LONGEST]
    language = detect(question)
    folded = fold(spelled_out(_WHERE.sub("where", question), language).casefold())
    table = _table()
    words = " ".join(table.spellings.get(word, word) for word in _TOKEN.findall(folded)).split()
    return Text(tuple(_amended(words, table)), language)


def _amended(words: Sequence[str], table: _Table) -> Iterator[str]:
    """Yield words, those that ask as they are meant."""
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if word == "c" and after in table.c_est:
            yield from ("c", "est")
        elif place and words[place - 1] == "how":
            yield table.how.get(word, word)
        elif len(word) >= _LEAST_SLIP - 1 and word[0] in table.begins and word not in table.own:
            found = {table.askers[each] for each in _with_a_slip(word[:_LONGEST_ASKER]) if each in table.askers}
            yield min(found) if found else word
        else:
            yield word


def noun(words: Sequence[str], place: int, language: Language) -> tuple[Noun, int] | None:
    """Return the noun that begins at a place, of several words where the table has such, and where it ends."""
    longest = _table().begun.get(words[place], 0) if place < len(words) else 0
    for length in range(min(longest, len(words) - place), 0, -1):
        found = _noun(" ".join(words[place : place + length]), language)
        if found:
            return found, place + length
    return None


def head(words: Sequence[str], start: int, language: Language, *, last: bool) -> tuple[Noun, int] | None:
    """Return the head of the noun phrase that begins at a place, and where it ends; none where no noun is known.

    ``last``: of several nouns the last one, as in English phrases; else the first, with those that follow it at once.
    """
    table = _table()
    place = start
    end = min(len(words), start + _REACH)
    found: tuple[Noun, int] | None = None
    while place < end:
        word = words[place]
        if word == _POSSESSIVE and place + 1 < end and words[place + 1] not in table.ends | table.articles:
            found, place = None, place + 1
            continue
        if word in _PARTS or word in table.ends or (found and word.isdecimal()):
            break
        if (
            word in table.articles
            and place > start
            and (found or words[place - 1] not in table.articles | table.before)
        ):
            break
        here = None if word in table.articles else noun(words, place, language)
        if (
            here
            and not (here[1] == place + 1 and word in table.before)
            and not (found and _is_when(words, place, here))
        ):
            found, place = here, here[1]
            if here[0].language == "fr" or word in table.containers:
                break
            continue
        if found and not last:
            break
        place += 1
    return _contained(words, found, language) if found else None


def unknown(words: Sequence[str], start: int) -> list[str]:
    """Return the words of the noun phrase that begins at a place, without articles and adjectives.

    What stands before an article is the verb: *which farm supplies the milk*.
    """
    table = _table()
    found: list[str] = []
    for word in words[start : start + _REACH]:
        if word in _PARTS or word in table.ends:
            break
        if found and word in table.articles:
            return found[:-1] or found
        if word not in table.before and word not in table.articles:
            found.append(word)
    return found


def _is_when(words: Sequence[str], place: int, here: tuple[Noun, int]) -> bool:
    """Tell whether a noun at a place only tells when or how often: *last quarter*, *par an*."""
    return here[0].table == "date" and place > 0 and words[place - 1] in _table().when


def ends_phrase(word: str) -> bool:
    """Tell whether a word is none of a noun phrase: a preposition, a pronoun, a verb that helps others."""
    return word in _PARTS or word in _table().ends


def is_article(word: str) -> bool:
    """Tell whether a word is an article or the like."""
    return word in _table().articles


def meant(word: str, language: Language) -> str:
    """Return the noun that a word is with one slip; the word itself where it is none or a good word."""
    table = _table()
    if len(word) < _LEAST_SLIP - 1 or _noun(word, language) or word in table.own or word in table.good:
        return word
    near = {table.slips[each] for each in _with_a_slip(word[:_LONGEST_SLIP]) if each in table.slips}
    return min((each for each in near if _is_slip(word, each)), default=word)


def amended(word: str, language: Language) -> str:
    """Return the noun that a word after *quel*, *what* or *which* is meant to be."""
    return meant(_table().after.get(word, word), language)


def _noun(word: str, language: Language) -> Noun | None:
    """Return what a word or an expression names, in the language of the question before the other one."""
    table = _table()
    found = table.nouns[language].get(word)
    if found or word in UNACCENTED[language] or word in table.own:
        return found
    return table.nouns[OTHER[language]].get(word)


def _plurals(noun: str, language: Language) -> Iterator[str]:
    """Yield what may be the plural of a noun; of an expression, its last word in English, else its first or all."""
    if language == "en":
        yield from (f"{noun}s", f"{noun}es")
        if noun.endswith("y"):
            yield f"{noun[:-1]}ies"
        return
    first, space, rest = noun.partition(" ")
    firsts = (f"{first}s", f"{first}x", f"{first[:-1]}ux" if first.endswith("al") else f"{first}s")
    for plural in firsts:
        yield f"{plural}{space}{rest}"
    if space:
        yield " ".join(word if word[-1] in "sx" else f"{word}s" for word in noun.split(" "))


def _contained(words: Sequence[str], found: tuple[Noun, int], language: Language) -> tuple[Noun, int]:
    """Return what a noun contains where that says more: *le niveau de la dette*, *the number of homes*."""
    table = _table()
    _, end = found
    if words[end - 1] not in table.containers:
        return found
    place = end
    while place < len(words) and words[place] in table.of:
        place += 1
    while place < len(words) and (words[place] in table.before or words[place] in table.articles):
        place += 1
    inner = noun(words, place, language)
    if inner and inner[0].table == "counted" and found[0].table == "quantity":
        return inner[0]._replace(table="quantity"), inner[1]
    return inner if inner and inner[0].table == "quantity" else found


def _with_a_slip(word: str) -> set[str]:
    """Return the word without each of its letters, and itself: two that share one of these are a slip apart."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_slip(word: str, meant_for: str) -> bool:
    """Tell whether one slip after the first letter makes the one of two words that share a part the other.

    What differs only at the end is another form of the word or another word; a letter for another one is a slip only in
    long words: short ones have too many neighbours.
    """
    if word[0] != meant_for[0]:
        return False
    if sorted(word) == sorted(meant_for):
        return True
    return word[-_ENDING:] == meant_for[-_ENDING:] and (len(word) != len(meant_for) or len(word) > _LEAST_SLIP)


@cache
def _table() -> _Table:
    """Return the words of ``nouns.toml`` and ``phrases.toml``."""
    folder = files("index.answering")
    document = tomllib.loads((folder / "nouns.toml").read_text("utf-8"))
    phrases = tomllib.loads((folder / "phrases.toml").read_text("utf-8"))
    irregular = document.pop("plurals")
    tables = [("quantity", measure, words) for measure, words in document.pop("quantity").items()]
    tables += [(name, "count" if name == "counted" else "", words) for name, words in document.items()]
    nouns = {language: _forms(tables, irregular, language) for language in OTHER}
    begun: dict[str, int] = {}
    slips: dict[str, str] = {}
    for known in nouns.values():
        for word, named in known.items():
            first, _, rest = word.partition(" ")
            begun[first] = max(begun.get(first, 1), word.count(" ") + 1)
            if not rest and not named.plural and len(word) >= _LEAST_SLIP:
                slips.update(dict.fromkeys(_with_a_slip(word), word))
    askers = {each: word for word in phrases["askers"]["words"].split() for each in _with_a_slip(word)}
    sets = {name: frozenset(words.split()) for name, words in phrases["words"].items()}
    return _Table(
        nouns=nouns,
        begun=begun,
        slips=slips,
        spellings=phrases["spellings"],
        after=phrases["after"],
        how=phrases["how"],
        askers=askers,
        begins=frozenset(phrases["askers"]["begins"].split()),
        **sets,
    )


def _forms(
    tables: Iterable[tuple[str, str, Mapping[str, str]]], irregular: Mapping[str, str], language: Language
) -> dict[str, Noun]:
    """Return the nouns of a language, singular and plural; what is a noun itself is the plural of none."""
    single = {
        word.replace("_", " "): Noun(name, measure, plural=False, language=language)
        for name, measure, words in tables
        for word in words[language].split()
    }
    plural = {many: noun._replace(plural=True) for word, noun in single.items() for many in _plurals(word, language)}
    plural |= {many: single[word]._replace(plural=True) for many, word in irregular.items() if word in single}
    return plural | single
