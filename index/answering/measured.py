"""In what a quantity is measured that a question asks for, and whether a sentence has a number of that measure.

Both are told from words alone, quickly and for all sentences; what exactly a number measures is the ledger's business.
The words are data: ``measured.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from index.answering import heads
from index.answering.heads import any_of


class Measure(StrEnum):
    """The sorts of quantities that can be told from the words of a question."""

    MONEY = "money"
    POWER = "power"
    PERCENT = "percent"
    DURATION = "duration"
    LENGTH = "length"
    MASS = "mass"
    COUNT = "count"
    ANY = "any"


# A number in digits, all of it; nothing that follows a number needs a part of it back. What is repeated has bounds, so
# that a text without end is read in linear time.
_DIGITS = r"(?<!\d)\d[\d.,\u00a0\u202f' ]{0,100}+"
_ANOTHER_WORD = r"(?:\w{1,40}+ )?"


class _Asked(NamedTuple):
    """What to look for in a question.

    ``counting`` stands before what is counted or measured (``skipped`` words left out), unless ``none`` follows it;
    ``measured`` tells what is no number of things. ``whole`` expressions tell the measure by themselves, ``verbs``
    where no noun does; ``choice`` stands before the noun that is asked for.
    """

    counting: re.Pattern[str]
    none: re.Pattern[str]
    skipped: re.Pattern[str]
    measured: tuple[tuple[Measure, re.Pattern[str]], ...]
    whole: tuple[tuple[Measure, re.Pattern[str]], ...]
    verbs: tuple[tuple[Measure, re.Pattern[str]], ...]
    choice: re.Pattern[str]


class _Numbers(NamedTuple):
    """What to look for in a sentence.

    ``begun``: what a number may begin with, articles included; ``number``: one that is no article; ``years``: numbers
    that tell when; ``counted``: a number and a thing, or one that counts what is not told with it. ``measures``:
    numbers with their units; ``quantity``: such a number alone, an article too, ``units``: what may follow it,
    ``priced``: one with the sign of a currency.
    """

    begun: re.Pattern[str]
    number: re.Pattern[str]
    years: re.Pattern[str]
    measures: Mapping[Measure, re.Pattern[str]]
    counted: re.Pattern[str]
    quantity: re.Pattern[str]
    units: tuple[tuple[Measure, re.Pattern[str]], ...]
    priced: re.Pattern[str]


def measure_of(plain: str) -> Measure:
    """Return in what the quantity is measured that a question asks for: in small letters without accents.

    Any where that cannot be told.
    """
    text = heads.read(plain)
    asked = _asked()
    whole = _first(asked.whole, text.plain)
    if whole is Measure.PERCENT:
        return whole
    chosen = (_chosen(text, text.plain[: match.end()].count(" ")) for match in asked.choice.finditer(text.plain))
    told = _counted(text, asked) or next((each for each in chosen if each not in (None, Measure.ANY)), None) or whole
    return told or _headed(text) or _mentioned(text, asked)


def _headed(text: heads.Text) -> Measure | None:
    """Return the measure of the first quantity at the head of a clause."""
    found = (_measured(heads.head(clause.words, 0, clause.language, last=True)) for clause in text.clauses())
    return next((measure for measure in found if measure not in (None, Measure.ANY)), None)


def _mentioned(text: heads.Text, asked: _Asked) -> Measure:
    """Return the measure that verbs and nouns anywhere tell: a verb goes before things that may be counted."""
    verb = _first(asked.verbs, text.plain)
    named = _named(text)
    if verb is None or (named is not None and (verb is Measure.PERCENT or named is not Measure.COUNT)):
        return named or Measure.ANY
    return verb


def _first(expressions: Iterable[tuple[Measure, re.Pattern[str]]], plain: str) -> Measure | None:
    return next((measure for measure, pattern in expressions if pattern.search(plain)), None)


def _counted(text: heads.Text, asked: _Asked) -> Measure | None:
    """Return the measure of what stands after *how many* or *combien de*; none where nothing does."""
    for match in asked.counting.finditer(text.plain):
        if asked.none.match(text.plain, match.end()):
            continue
        rest = asked.skipped.sub("", text.plain[match.end() : match.end() + _AHEAD])
        if measure := next((measure for measure, pattern in asked.measured if pattern.match(rest)), None):
            return measure
        words = rest.split(" ")
        if "many" in match[0] and words[0].endswith("s") and not heads.noun(words, 0, text.language):
            return Measure.COUNT
        found = heads.head(words, 0, text.language, last=False)
        if found and found[0].table == "quantity" and (found[0].measure != Measure.COUNT):
            return Measure(found[0].measure)
        if match["mass"]:
            return Measure.MASS
        if not match["much"] and not heads.ends_phrase(words[0]):
            return Measure.COUNT
    return None


_AHEAD = 80  # characters after such an expression in which the thing is looked for


def _chosen(text: heads.Text, place: int) -> Measure | None:
    """Return the measure of the noun that begins at a place, after *quel* or *what*."""
    words = list(text.words)
    if place < len(words):
        words[place] = heads.amended(words[place], text.language)
    return _measured(heads.head(words, place, text.language, last=True))


def _measured(found: tuple[heads.Noun, int] | None) -> Measure | None:
    """Return the measure of a noun that was found; none where it names no quantity."""
    return Measure(found[0].measure) if found and found[0].measure else None


def _named(text: heads.Text) -> Measure | None:
    """Return the measure of the first quantity that a question names, before that of things that may be counted."""
    found = [noun[0] for place in range(len(text.words)) if (noun := heads.noun(text.words, place, text.language))]
    quantities = [noun.measure for noun in found if noun.table == "quantity" and noun.measure != Measure.ANY]
    counted = [noun.measure for noun in found if noun.table == "counted" and noun.plural]
    return next((Measure(measure) for measure in [*quantities, *counted]), None)


def measures_in(plain: str) -> frozenset[Measure]:
    """Return the measures of the numbers of a sentence, which is in small letters without accents.

    What has a unit is measured in that, and what is left of the numbers counts things: an article is no number, and a
    year counts nothing.
    """
    words = _numbers()
    if not words.begun.search(plain):
        return frozenset({Measure.PERCENT}) if words.measures[Measure.PERCENT].search(plain) else frozenset()
    found = _units_in(plain, words)
    rest = words.years.sub(" ", plain)
    measured = sorted(match.span() for measure in found for match in words.measures[measure].finditer(rest))
    if words.counted.search(_without(rest, measured)):
        found.add(Measure.COUNT)
    if found - {Measure.PERCENT} or words.number.search(plain):
        found.add(Measure.ANY)
    return frozenset(found)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text without some spans, in their order, which may overlap; a stop stands in their place."""
    kept, end = [], 0
    for begins, ends in spans:
        kept.append(text[end : max(begins, end)])
        end = max(end, ends)
    return " . ".join([*kept, text[end:]])


def _units_in(plain: str, words: _Numbers) -> set[Measure]:
    """Return the measures by units, which stand after a number, and by signs."""
    found = {Measure.PERCENT} if words.measures[Measure.PERCENT].search(plain) else set[Measure]()
    if words.priced.search(plain):
        found.add(Measure.MONEY)
    for number in words.quantity.finditer(plain):
        found |= {measure for measure, unit in words.units if unit.match(plain, number.end())}
    return found


@cache
def _asked() -> _Asked:
    """Return the words of ``measured.toml`` for questions."""
    document = _document()

    def read(entries: Iterable[Mapping[str, str]]) -> tuple[tuple[Measure, re.Pattern[str]], ...]:
        return tuple((Measure(entry["measure"]), _whole(entry["words"])) for entry in entries)

    return _Asked(
        counting=re.compile(rf"(?<!\w){any_of(document['counting']['words'])}"),
        none=re.compile(rf"{any_of(document['counting']['none'])}(?!\w)"),
        skipped=re.compile(rf"^(?:{any_of(document['counting']['skipped'])} )+"),
        measured=tuple((Measure(name), _whole(words)) for name, words in document["measured"].items()),
        whole=read(document["asked"]),
        verbs=read(document["verb"]),
        choice=re.compile(rf"(?<!\w){any_of(document['counting']['choice'])}"),
    )


@cache
def _numbers() -> _Numbers:
    """Return the words of ``measured.toml`` for sentences."""
    document = _document()
    numbers = document["numbers"]
    counting = rf"(?:(?<![\w.,])(?<![a-z]-){_DIGITS}|\b{any_of(numbers['words'])}\b\W?)"
    number = rf"(?:{_DIGITS}|\b{any_of([*numbers['words'], *numbers['articles']])}\b\W?)"
    large = rf"(?:\s*+{any_of(numbers['large'])}\b\.?){{0,4}}"
    units = {Measure(name): any_of(words) for name, words in document["units"].items()}
    of = rf"(?:d'|de |d\W)?\s*+{_ANOTHER_WORD}"
    alone = rf"\s*+{any_of(numbers['sums'])}\b(?=\s*(?:$|[.,;:()!?»\"]|{any_of(numbers['alone'])}\b))"
    other = rf"(?!{any_of(numbers['uncounted'])}\b)"
    signs = rf"[$€£]\s?\d|{_DIGITS}{large}\s?[$€£]"
    after = {
        Measure.MONEY: rf"(?:{large}\s*+{of}{units[Measure.MONEY]}\b|{alone})",
        Measure.POWER: rf"\s*+{units[Measure.POWER]}\b",
        Measure.DURATION: rf"\s*+{_ANOTHER_WORD}{units[Measure.DURATION]}\b",
        Measure.LENGTH: rf"\s*+{_ANOTHER_WORD}{units[Measure.LENGTH]}\b",
        Measure.MASS: rf"\s*+{_ANOTHER_WORD}{units[Measure.MASS]}\b",
    }
    measures = {measure: f"{number}{unit}" for measure, unit in after.items()}
    measures[Measure.MONEY] = f"{signs}|{measures[Measure.MONEY]}"
    measures[Measure.PERCENT] = any_of(document["shares"]["percent"])
    return _Numbers(
        begun=re.compile(rf"\d|\b{any_of([*numbers['words'], *numbers['articles']])}\b"),
        number=re.compile(rf"\d|\b{any_of([*numbers['words'], *numbers['parts']])}\b"),
        years=re.compile(rf"\b{any_of(numbers['before_years'])} (?:1[5-9]|20)\d\d\b"),
        measures={measure: re.compile(pattern) for measure, pattern in measures.items()},
        quantity=re.compile(number),
        units=tuple((measure, re.compile(unit)) for measure, unit in after.items()),
        priced=re.compile(signs),
        counted=re.compile(
            rf"{counting}{large}\s*+(?:d'|de |of )?\s*+{other}[a-z][\w-]|{any_of(numbers['tallied'])}{counting}"
        ),
    )


def _document() -> Mapping[str, Any]:
    return tomllib.loads((files("index.answering") / "measured.toml").read_text("utf-8"))


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(words)}(?!\w)")
