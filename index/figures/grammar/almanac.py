"""The words that dates are made of, by language: the ``months``, ``calendar`` and ``date_bounds`` of the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from index.figures.grammar.phrases import Phrases
from index.figures.grammar.tongue import load, phrases, words
from index.figures.kinds import Bound
from index.model import Language

Share = Literal["early", "mid", "late"]
"""Which part of a year or month."""


@dataclass(frozen=True)
class Almanac:
    """What one language says dates with. Words are keys: lower case, without accents."""

    language: Language
    months: Mapping[str, int]
    short_months: Mapping[str, int]
    shares: Phrases[Share]
    fiscal: Phrases[bool]
    decade: frozenset[str]
    seasons: Mapping[str, tuple[int, int]]
    quarter: frozenset[str]
    half: frozenset[str]
    ordinals: Mapping[str, int]
    ordinal_endings: frozenset[str]
    quarter_letter: frozenset[str]
    half_letter: frozenset[str]
    linking: frozenset[str]
    to: frozenset[str]
    ambiguous: frozenset[str]
    sure: frozenset[str]
    likely: frozenset[str]
    month_after: frozenset[str]
    bounds: Phrases[Bound]
    starters: frozenset[str]
    after_number: frozenset[str]


@cache
def almanac(language: Language) -> Almanac:
    """Return the calendar words of a language. Reads a file the first time."""
    table = load(language)
    told = table["calendar"]
    shares = phrases((share, told[share]) for share in get_args(Share))
    fiscal = phrases([(True, told["fiscal"])])
    seasons = {name: (first, last) for name, (first, last) in told["seasons"].items()}
    months, short, ordinals = table["months"], table["months_short"], told["ordinals"]
    decade = words(told["decade"])
    return Almanac(
        language=language,
        months=months,
        short_months=short,
        shares=shares,
        fiscal=fiscal,
        decade=decade,
        seasons=seasons,
        quarter=words(told["quarter"]),
        half=words(told["half"]),
        ordinals=ordinals,
        ordinal_endings=words(told["ordinal_endings"]),
        quarter_letter=words(told["quarter_letter"]),
        half_letter=words(told["half_letter"]),
        linking=words(told["linking"]),
        to=words(told["to"]),
        ambiguous=words(told["ambiguous"]),
        sure=words(told["sure"]),
        likely=words(told["likely"]),
        month_after=words(told["month_after"]),
        bounds=phrases((Bound(name), listed) for name, listed in table["date_bounds"].items()),
        after_number=frozenset(
            {*months, *short, *words(told["ordinal_endings"]), *words(told["to"]), *"-/ashqt", "of", "et", "and"}
        ),
        starters=frozenset({*months, *short, *seasons, *ordinals, *decade, *shares.openings, *fiscal.openings}),
    )
