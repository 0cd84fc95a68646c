"""Questions that follow another: *et en 2028 ?*, *and AMD?*, *pourquoi ?* take what they lack from the one before.

A question that stands by itself is left alone. Else its times and its names take the places of those in the earlier
question, words for now those of its times; and what asks for something else keeps its own words, and takes the names
that the earlier question had.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from index.answering.kinds import Kind
from index.answering.timing import says_now
from index.answering.wanting import wanted
from index.figures.dates import dates
from index.language.analysis import OTHER, fold, forms, is_stopword
from index.language.colloquial import is_light, spelled_out, without_asides
from index.language.detection import detect
from index.language.dictionary import shipped
from index.model import Language

LONGEST = 100
"""Characters of a question that may lack something; a longer one stands by itself."""

_LONGEST_EARLIER = 2_000
_MANY = 3  # words that carry meaning: with so many, a question needs no name
_OPENING = re.compile(
    r"\W*(?:(?:et|and|mais|but|sinon)\b\W*)?"
    r"(?:(?:quid|qu['\u2019]en est[- ]il|what about|how about|what of|pareil|idem"
    r"|(?:la )?m[eê]me (?:question|chose)|(?:the )?same(?: question| thing)?)\b\W*"
    r"(?:(?:pour|avec|for|with|du|des|de)\b\s*|d['\u2019])?)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]*\d[^\W_]*)*")  # GPT-5 is one word, paie-t-elle are three
_BEFORE_TIME = re.compile(
    r"(?:\b(?:en|in|by|on|for|until|till|since|after|before|during|from|d['\u2019]ici|avant|apr[eè]s|depuis|d[eè]s|pour"
    r"|jusqu['\u2019](?:en|à|au)|à partir de|courant|pendant|au|le|the|à|of|de)\s+)+$",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"(?<![^\W_])(?:(?P<place>à|au|aux|dans|en|at|in|near)"
    r"|chez|pour|avec|de|du|des|par|sur|contre|for|with|of|from|by|to|on)\s+$|(?<![^\W_])d['\u2019]$",
    re.IGNORECASE,
)
_DE = re.compile(r"\b(d)(?:e\s+|['\u2019])$", re.IGNORECASE)
_VOWELS = frozenset("aeiouy")
_EDGE = " \t\n\u00a0\u202f.,;:!?…"
_MARK: dict[Language, str] = {"fr": " ?", "en": "?"}
_IN: dict[Language, str] = {"fr": "en", "en": "in"}
_AND: dict[Language, str] = {"fr": " et ", "en": " and "}


class _Word(NamedTuple):
    """Something that a text says from one place to another, and what it is compared by."""

    start: int
    end: int
    key: str


class _Read(NamedTuple):
    """A question with its names, its times (their keys are partial ISO dates) and its other words that say much."""

    text: str
    language: Language
    kind: Kind
    names: Sequence[_Word]
    times: Sequence[_Word]
    others: Sequence[_Word]


def begins_as_following(question: str) -> bool:
    """Tell whether a question begins like one that follows another: *et ...*, *and ...*, *what about ...*."""
    opening = _OPENING.match(question)
    return opening is not None and any(letter.isalpha() for letter in opening[0])


def completed(question: str, earlier: str, names: Collection[str]) -> str:
    """Return the whole question that somebody asks after an earlier one; ``question`` itself where it lacks nothing.

    ``names``: single words in small letters without accents; words that are written like names count, too.
    """
    if len(question) > LONGEST or len(earlier) > _LONGEST_EARLIER:
        return question
    before = _read(earlier.strip(_EDGE), detect(earlier, lexicon=shipped()), names)
    if not (before.names or before.others):
        return question
    language = detect(question, before.language, shipped())
    said = without_asides(spelled_out(question, language), language)
    opening = _OPENING.match(said)
    opened = begins_as_following(question) or begins_as_following(said)
    asked = _read(said[opening.end() if opening else 0 :].strip(_EDGE), language, names, begun=opened)
    known = {word.key for word in before.others}
    new = any(word.key not in known for word in asked.others)
    own = asked.kind is not Kind.ANYTHING
    same = not own or asked.kind is before.kind
    if asked.names and (new or not same or (own and not opened)):
        return question
    now = opened and says_now(asked.text)
    if now or asked.names or (asked.times and same and not new):
        return _put_now(before, asked) if now else _replaced(before, asked)
    if len(asked.others) >= _MANY and (own or not opened):
        return question
    asks = own or (new and (opened or "?" in question))
    return _asked_of(asked, before) if asks else question


def _read(text: str, language: Language, names: Collection[str], *, begun: bool = False) -> _Read:
    """Read a question. ``begun``: its sentence has begun before it, so that a capital makes its first word a name."""
    lexicon = shipped()
    shouted = text.isupper() and " " in text
    times = [_Word(date.start, date.end, date.earliest) for date in dates(text, language)]
    named: list[_Word] = []
    others: list[_Word] = []
    for match in _WORD.finditer(text):
        word = fold(match[0].casefold())
        if any(time.start <= match.start() < time.end for time in times) or is_stopword(word, language):
            continue
        ordinary = any(lexicon.knows(word, tongue) for tongue in OTHER)
        capital = match[0][0].isupper() and not shouted
        inside = begun or match.start() > 0
        if (capital and inside) or _is_code(match[0]) or ((capital or word in names) and not ordinary):
            named.append(_Word(match.start(), match.end(), word))
        elif not is_light(word, language):
            others.append(_Word(match.start(), match.end(), forms(word, language).stem))
    return _Read(text, language, wanted(text), _joined(text, named, names), times, others)


def _is_code(word: str) -> bool:
    """Tell whether a word has both letters and digits: *GB200*."""
    return any(letter.isalpha() for letter in word) and any(letter.isdigit() for letter in word)


def _joined(text: str, words: Iterable[_Word], names: Collection[str]) -> list[_Word]:
    """Return words of names, those as one that only a space parts (*Sam Altman*), unless each is known as a name."""
    joined: list[_Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and text[last.end : word.start] == " " and not (last.key in names and word.key in names):
            joined[-1] = _Word(last.start, word.end, f"{last.key} {word.key}")
        else:
            joined.append(word)
    return joined


def _replaced(before: _Read, asked: _Read) -> str:
    """Return the earlier question with the names and the times that are asked for in the places of its own."""
    text, added = before.text, ""
    edits = []
    if asked.times:
        place, time = _time(before, asked)
        if place is None:
            added += f" {time}"
        else:
            edits.append((place.start, place.end, time))
    known = {name.key for name in before.names}
    new = [name for name in asked.names if name.key not in known]
    if new:
        repeated = {name.key for name in asked.names} & known
        written = _AND[before.language].join(asked.text[name.start : name.end] for name in new)
        preposition = _BEFORE_NAME.search(asked.text[: new[0].start])
        placed = preposition[0] if preposition and preposition["place"] else ""
        target = next((name for name in reversed(before.names) if name.key not in repeated), None)
        if target is None:
            added = (f" {placed}{written}" if placed else f", {written}") + added
        else:
            edits += [_edit(text, name, placed, written) for name in before.names if name.key == target.key]
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    return text + added + _MARK[before.language]


def _time(before: _Read, asked: _Read) -> tuple[_Word | None, str]:
    """Return where the times of the earlier question stand, with the words before them, and what comes there instead.

    A month or day without a year takes the earlier one's.
    """
    first, last = asked.times[0], asked.times[-1]
    time = asked.text[first.start : last.end]
    if first.key.startswith("--") and before.times and not before.times[0].key.startswith("--"):
        time = f"{time} {before.times[0].key[:4]}"
    leading = _BEFORE_TIME.search(asked.text[: first.start]) if asked.language == before.language else None
    if leading:
        time = leading[0] + time
    if not before.times:
        return None, time if leading else f"{_IN[before.language]} {time}"
    start, end = before.times[0].start, before.times[-1].end
    if any(start < word.start < end for word in (*before.names, *before.others)):
        end = before.times[0].end
    if leading and (old := _BEFORE_TIME.search(before.text[:start])):
        start = old.start()
    return _Word(start, end, ""), time


def _put_now(before: _Read, asked: _Read) -> str:
    """Return the earlier question without its times and the words before them, but with words for now."""
    text = before.text
    for time in reversed(before.times):
        leading = _BEFORE_TIME.search(text[: time.start])
        text = text[: leading.start() if leading else time.start].rstrip() + text[time.end :]
    return f"{text} {asked.text}{_MARK[before.language]}"


def _edit(text: str, name: _Word, placed: str, written: str) -> tuple[int, int, str]:
    """Return from where to where a name stands with the word before it, and what comes there instead."""
    if placed:
        old = _BEFORE_NAME.search(text[: name.start])
        return (old.start() if old else name.start), name.end, placed + written
    if of := _DE.search(text[: name.start]):
        elided = fold(written[0].casefold()) in _VOWELS
        return of.start(), name.end, f"{of[1]}'{written}" if elided else f"{of[1]}e {written}"
    return name.start, name.end, written


def _asked_of(asked: _Read, before: _Read) -> str:
    """Return what is asked, of the names in the earlier question; where it has none, of what else it speaks of."""
    told = {word.key: before.text[word.start : word.end] for word in before.names or before.others}
    return f"{asked.text} \u2014 {', '.join(told.values())}{_MARK[asked.language]}"
