"""How people write in chats: short spellings, and what they say around a question without asking anything by it.

These are plain files that a person can extend: ``shorthand.txt`` (``qd = quand``), ``asides.txt`` (greetings, *does
anyone know*, *mon collègue soutient que*) and ``light.txt`` (words that say little).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index.errors import BadInput
from index.language.analysis import OTHER, fold, tokens
from index.model import Language

Expression = tuple[str, ...]
"""Words in small letters without accents."""

_WORD = re.compile(r"[^\W_]+")
_OWNING = re.compile(r"['\u2019]s\b")
_GLUE = "-_&@"  # what makes one word of two
_DIGIT_WORDS = {"4": "for", "2": "to"}
_DIGITS = re.compile(r"(?<![^ ])(?P<before>[a-z']+) (?P<digit>[24]) (?=(?P<after>[a-z]+)\b)")
_LETTERS = re.compile(
    r"^y(?= (?:are|did|do|does|had|has|have|is|was|were|will|would|r|wud)\b)"
    r"|\b(?P<modal>(?<!\ba )to|can|could|cud|gonna|may|might|must|should|shud|wil|will|wont|would|wud) b\b"
    r"|(?<=[a-z])(?<!\bthe) n (?=[a-z])"
)
_NUMBERED = frozenset(
    "a an and another about all at are as between by day every exactly first for gpt chatgpt had has have in is last"
    " least level most near nearly next no number of only or over part phase some stage step than the their these those"
    " to top under up version was week were with worth x".split()
)
"""After these a digit is a number."""
_COUNTED = frozenset(
    "additional and or big billion bn chip different extra gigawatt gw hour huge large main megawatt million more mw"
    " new of other percent percentage small time times trillion year".split()
)
"""And before these; and before plurals, but for those after one."""
_DETERMINERS = frozenset("the a an this that my his her its our your".split())
_ENDING = frozenset(".!?…:;\n")
_BEFORE = 8  # characters before a word that are looked at
_INITIALS = 2  # letters of a word in capitals, up to which it is an abbreviation
_NAMES = "names"
_LANGUAGES: dict[str, Language] = {"fr": "fr", "en": "en"}


class Shorthand(NamedTuple):
    """Short spellings with their words: of each language as chats have them, and of names, capitals or not."""

    words: dict[Language, dict[str, str]]
    names: dict[str, str]


def spelled_out(question: str, language: Language) -> str:
    """Return a question with the short spellings of its language as words.

    In English chats *4* and *2* are *for* and *to*, and *b*, *n* and *y* are *be*, *and* and *why* where these stand.

    What is written like a name or an abbreviation (*Wen*, *DC*, *U.S.*) is none, unless all of it is in capitals.
    """
    shorthand = _shorthand()
    short = shorthand.words[language]
    if language == "en" and question[:1].islower():
        question = _LETTERS.sub(_letter_word, _DIGITS.sub(_digit_word, question))
    shouted = question.isupper()

    def word(match: re.Match[str]) -> str:
        spelling = fold(match[0].casefold())
        if spelling in shorthand.names:
            return shorthand.names[spelling]
        if spelling not in short or _is_glued(match) or (not shouted and _is_like_a_name(match)):
            return match[0]
        return short[spelling]

    return _WORD.sub(word, question)


def _digit_word(match: re.Match[str]) -> str:
    """Return *for* or *to* instead of a digit that is no number: *how much 4 a seat*, *the cost 2 build it*."""
    before, after = match["before"], match["after"]
    is_number = before in _NUMBERED or after in _COUNTED or (after.endswith("s") and not before.endswith("s"))
    if is_number and after not in _DETERMINERS:
        return match[0]
    return f"{before} {_DIGIT_WORDS[match['digit']]} "


def _letter_word(match: re.Match[str]) -> str:
    """Return the word that a letter stands for: *gonna b open*, *chips n power*, *y did they leave*."""
    if match["modal"]:
        return f"{match['modal']} be"
    return "why" if match[0] == "y" else " and "


def without_asides(question: str, language: Language) -> str:
    """Return what a question asks for: without its asides, unless nothing would be left that carries meaning."""
    found = list(_WORD.finditer(question))
    words = [fold(match[0].casefold()) for match in found]
    shouted = question.isupper()
    parts = []
    place = kept = 0
    while place < len(words):
        length = _length_at(words, place, language)
        if length and _stands_apart(found[place], found[place + length - 1], shouted=shouted):
            parts.append(question[kept : found[place].start()])
            kept = found[place + length - 1].end()
        else:
            length = 1
        place += length
    heart = " ".join([*parts, question[kept:]])
    return heart if parts and tokens(heart, language) else question


def is_light(word: str, language: Language) -> bool:
    """Tell whether a word, in small letters without accents, says little."""
    return word in _light()[language]


def parse_asides(lines: Iterable[str], name: str) -> Iterator[tuple[Language, Expression]]:
    """Yield the expressions of a file of asides, each with its language.

    Raises ``BadInput`` naming the file and the line where a line is none.
    """
    for number, line in _numbered(lines):
        tag, _, listed = line.partition(": ")
        expressions = [tuple(fold(match[0].casefold()) for match in _WORD.finditer(one)) for one in listed.split(",")]
        if tag not in _LANGUAGES or not all(expressions):
            raise _bad(name, number, "fr: expression, ...` or `en: expression, ...", line)
        for expression in expressions:
            yield _LANGUAGES[tag], expression


def parse_shorthand(lines: Iterable[str], name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the short spellings of a file, each with the section that it stands in and its words.

    Raises ``BadInput`` naming the file and the line where a line is none.
    """
    section = ""
    for number, line in _numbered(lines):
        if heading := _heading(line, (*_LANGUAGES, _NAMES)):
            section = heading
            continue
        short, _, words = line.partition(" = ")
        if not section or not _WORD.fullmatch(short) or short.isdecimal() or not _WORD.search(words):
            raise _bad(name, number, "short = words` under `[fr]`, `[en]` or `[names]", line)
        yield section, fold(short.casefold()), words.strip()


def parse_light(lines: Iterable[str], name: str) -> Iterator[tuple[Language, str]]:
    """Yield the light words of a file, each with its language.

    Raises ``BadInput`` naming the file and the line where a line is none.
    """
    section = ""
    for number, line in _numbered(lines):
        if heading := _heading(line, _LANGUAGES):
            section = heading
            continue
        words = line.split()
        if not section or not all(_WORD.fullmatch(word) for word in words):
            raise _bad(name, number, "words parted by spaces under `[fr]` or `[en]", line)
        for word in words:
            yield _LANGUAGES[section], fold(word.casefold())


def _is_glued(match: re.Match[str]) -> bool:
    """Tell whether a word is a part of another, as in *R&D*, *u.s.* and *GPT-5*."""
    text, start, end = match.string, match.start(), match.end()
    joined = "." + _GLUE
    before = text[start - 1 : start] in joined and text[start - 2 : start - 1].isalnum() if start > 1 else False
    return before or (text[end : end + 1] in joined and text[end + 1 : end + 2].isalnum())


def _is_like_a_name(match: re.Match[str]) -> bool:
    """Tell whether a word has a capital within a sentence or is a word in capitals anywhere."""
    if not match[0][0].isupper():
        return False
    before = match.string[max(0, match.start() - _BEFORE) : match.start()].rstrip(" \u00a0\u202f")
    begins = match.start() == 0 or before[-1:] in _ENDING or before[-1:].isdecimal()
    return not begins or (len(match[0]) > 1 and match[0].isupper())


def _stands_apart(first: re.Match[str], last: re.Match[str], *, shouted: bool) -> bool:
    """Tell whether an expression is no part of another word (*like-minded*), no owner (*today's*), nor short for one.

    *CA* is short for a name.
    """
    text, start, end = first.string, first.start(), last.end()
    if _OWNING.match(text, end):
        return False
    if start > 1 and text[start - 1] in _GLUE and text[start - 2].isalnum():
        return False
    if end + 1 < len(text) and text[end] in _GLUE and text[end + 1].isalnum():
        return False
    return shouted or start != last.start() or end - start > _INITIALS or not first[0].isupper()


def _length_at(words: list[str], place: int, language: Language) -> int:
    """Return how many words from a place on are an aside; 0 where none begins there."""
    for tongue in (language, OTHER[language]):
        for expression in _asides()[tongue].get(words[place], ()):
            if tuple(words[place : place + len(expression)]) == expression:
                return len(expression)
    return 0


@cache
def _asides() -> dict[Language, dict[str, list[Expression]]]:
    """Return the asides of each language by their first word, the longest first."""
    asides: dict[Language, dict[str, list[Expression]]] = {"fr": {}, "en": {}}
    for language, expression in parse_asides(_lines("asides.txt"), "asides.txt"):
        asides[language].setdefault(expression[0], []).append(expression)
    for expressions in asides.values():
        for alike in expressions.values():
            alike.sort(key=len, reverse=True)
    return asides


@cache
def _shorthand() -> Shorthand:
    shorthand = Shorthand({"fr": {}, "en": {}}, {})
    for section, short, words in parse_shorthand(_lines("shorthand.txt"), "shorthand.txt"):
        spellings = shorthand.names if section == _NAMES else shorthand.words[_LANGUAGES[section]]
        spellings[short] = words
    return shorthand


@cache
def _light() -> dict[Language, frozenset[str]]:
    words: dict[Language, set[str]] = {"fr": set(), "en": set()}
    for language, word in parse_light(_lines("light.txt"), "light.txt"):
        words[language].add(word)
    return {language: frozenset(found) for language, found in words.items()}


def _lines(name: str) -> list[str]:
    """Return the lines of a file of this folder."""
    return (files("index.language") / name).read_text("utf-8").splitlines()


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither empty nor comments, each with its number."""
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def _heading(line: str, known: Iterable[str]) -> str:
    """Return which section a line begins; empty where it begins none."""
    return next((section for section in known if line == f"[{section}]"), "")


def _bad(name: str, number: int, expected: str, line: str) -> BadInput:
    return BadInput(f"{name}, line {number}: expected `{expected}`, found `{line[:80]}`")
