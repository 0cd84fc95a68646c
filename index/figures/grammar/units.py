"""Units by what they are called: the data of ``units.toml``, and finding one in a row of tokens."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Literal, NamedTuple

from index.figures.grammar.phrases import Found, Phrases, keys_of, texts_of
from index.figures.grammar.tokens import GLUED, NAME, WORD, Tokens
from index.model import Language

Kind = Literal["measure", "money", "percent", "time", "multiple", "share"]

_UNCHANGED = frozenset({"de", "des", "par", "per", "us", "usd", "cfa", "flops", "feet", "centuries", "ans", "pour"})


class Unit(NamedTuple):
    """A unit under one of its names: ``factor`` base units, and whether the name leaves open which one is meant.

    ``decimals``: it is only a unit after a number with decimals (0,2 point).
    """

    base: str
    kind: Kind
    factor: Decimal
    inferred: bool = False
    spacing: Literal["any", "apart", "glued"] = "any"
    decimals: bool = False


class Units:
    """The units that one language knows."""

    def __init__(self, language: Language) -> None:
        table = tomllib.loads((files("index.figures.grammar") / "units.toml").read_text(encoding="utf-8"))
        symbols: list[tuple[list[str], Unit]] = []
        words: list[tuple[list[str], Unit]] = []
        before: list[tuple[list[str], Unit]] = []
        for entry in table["unit"]:
            if entry.get("only", language) == language:
                for power, symbol_prefix, word_prefix in _prefixes(entry, table["prefix"]):
                    unit = _unit(entry, power)
                    symbols += [(texts_of(symbol), unit) for symbol in _symbols(entry, symbol_prefix)]
                    words += [(keys, unit) for keys in _spellings(entry, symbol_prefix, word_prefix, power)]
                before += [(texts_of(sign), _unit(entry, 0)) for sign in entry.get("before", ())]
        self._symbols, self._words, self._before = Phrases(symbols), Phrases(words), Phrases(before)

    def after(self, tokens: Tokens, place: int) -> Found[Unit] | None:
        """Return the unit that starts at a place."""
        symbol = self._symbols.after(tokens.texts, place)
        found = self._words.after(tokens.keys, place)
        if symbol is not None and (found is None or symbol.place >= found.place):
            if _begins_a_word(tokens, symbol.place):
                return None
            found = symbol
        if found is None or found.meaning.spacing == "any":
            return found
        glued = tokens.gaps[place] == GLUED
        return found if glued == (found.meaning.spacing == "glued") else None

    @property
    def openings(self) -> frozenset[str]:
        """Return the keys that money before a number may begin with."""
        return frozenset(key for text in self._before.openings for key in keys_of(text))

    @property
    def starts(self) -> frozenset[str]:
        """Return the keys that a unit after a number may begin with."""
        return self._words.openings | {key for text in self._symbols.openings for key in keys_of(text)}

    def before(self, tokens: Tokens, place: int) -> Found[Unit] | None:
        """Return the money that starts at a place and may stand before its number."""
        return self._before.after(tokens.texts, place)


@cache
def units(language: Language) -> Units:
    """Return the units of a language. Reads a file the first time."""
    return Units(language)


def _prefixes(entry: dict[str, Any], prefixes: dict[str, dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """Yield the SI prefixes that a unit may have, none first: the power of ten, the symbol, the name."""
    yield 0, "", ""
    for symbol in entry.get("prefixes", ()):
        yield prefixes[symbol]["power"], symbol, prefixes[symbol]["name"]


def _unit(entry: dict[str, Any], power: int) -> Unit:
    return Unit(
        base=entry["base"],
        kind=entry["kind"],
        factor=Decimal(str(entry.get("factor", 1))).scaleb(power),
        inferred=bool(entry.get("inferred")),
        spacing=entry.get("spacing", "any"),
        decimals=bool(entry.get("decimals")),
    )


def _symbols(entry: dict[str, Any], prefix: str) -> Iterator[str]:
    if not prefix and not entry.get("alone", True):
        return
    for symbol in entry.get("symbols", ()):
        yield prefix + symbol
        if prefix == "k":
            yield "K" + symbol


def _spellings(entry: dict[str, Any], symbol: str, name: str, power: int) -> Iterator[list[str]]:
    """Yield the words for a unit, with and without a plural s on each, and its symbols in lower case."""
    if entry.get("loose") and power >= 0:
        yield from (keys_of(written) for written in _symbols(entry, symbol))
    for word in entry.get("words", ()):
        keys = keys_of(name + word)
        yield from map(list, product(*((key, *_plural(key)) for key in keys)))


def _plural(key: str) -> tuple[str, ...]:
    return () if key in _UNCHANGED or not key.isalpha() or key.endswith("s") else (f"{key}s",)


def _begins_a_word(tokens: Tokens, place: int) -> bool:
    """Tell whether a symbol that ends before a place is only the beginning of a word: t-shirt, m.p.h."""
    return (
        len(tokens.texts[place - 1]) == 1
        and tokens.texts[place - 1].isalpha()
        and tokens.gaps[place] == GLUED
        and (tokens.kinds[place] in (WORD, NAME) or (tokens.keys[place] in "-.'" and tokens.gaps[place + 1] == GLUED))
        and tokens.kinds[place + 1] == WORD
    )
