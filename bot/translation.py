"""What the bot says in French and English: sentences from the catalogs, dates and numbers from Babel.

The English sentence is the key of an entry. ``catalogs/*.po`` are compiled in memory when first needed.
"""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from gettext import GNUTranslations
from typing import TYPE_CHECKING

from index.model import Language

if TYPE_CHECKING:
    from datetime import date

_SPOKEN: tuple[Language, ...] = ("fr", "en")
_DEFAULT: Language = "en"
_MONTH, _DAY = 2, 3  # parts of a date
_DATE_PARTS = {1: "y", _MONTH: "MMMM y"}


class Translator:
    """Speaks one language. Values stand in a message as ``{name}``; braces in a value mean nothing."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def text(self, message: str, /, **values: object) -> str:
        """Return a message of the catalog with its values."""
        return catalog(self.language).gettext(message).format(**values)

    def plural(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """Return the form of a message that fits a count; ``{count}`` in it is the formatted count."""
        message = catalog(self.language).ngettext(singular, plural, count)
        return str(message).format(count=self.number(count), **values)

    def date(self, partial: str) -> str:
        """Return an ISO year, month or day in words: ``2024-10`` is ``octobre 2024``."""
        from babel.dates import format_date

        parts = partial.split("-")
        if len(parts) == _DAY:
            return f"{self.day(parts[2])} {format_date(_first_day(parts), _DATE_PARTS[_MONTH], locale=self.language)}"
        return format_date(_first_day(parts), _DATE_PARTS[len(parts)], locale=self.language)

    def day(self, number: str) -> str:
        """Return the day of a month as it stands before that: in French the first is the only ordinal one."""
        return "1er" if self.language == "fr" and int(number) == 1 else str(int(number))

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number as this language writes it, rounded to so many decimals."""
        from babel.numbers import format_decimal

        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return str(format_decimal(value, pattern, locale=self.language))

    def alternatives(self, items: Sequence[str]) -> str:
        """Return a list in words: ``a, b or c``."""
        from babel.lists import format_list

        return format_list(items, style="or", locale=self.language)

    def language_name(self, language: Language) -> str:
        """Return what a language is called in this one."""
        from babel import Locale

        return str(Locale.parse(self.language).languages[language])

    def quoted(self, text: str) -> str:
        """Return a text in this language's quotation marks, with the spaces that French puts inside them."""
        return f"«\u00a0{text}\u00a0»" if self.language == "fr" else f"“{text}”"


@cache
def translator(language: Language) -> Translator:
    """Return the one translator of a language."""
    return Translator(language)


def preferred(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language that the environment asks for, in gettext's order; else English."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in environment.get(variable, "").casefold().split(":"):
            for language in _SPOKEN:
                if wanted.startswith(language):
                    return language
        if environment.get(variable):
            return _DEFAULT
    return _DEFAULT


def _first_day(parts: Sequence[str]) -> "date":
    from datetime import date

    year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
    return date(year, month, day)


@cache
def catalog(name: str) -> GNUTranslations:
    """Compile ``catalogs/{name}.po``; its name ends with its language. Only what is finished counts: no fuzzy entry."""
    from importlib.resources import files
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    text = files("bot").joinpath("catalogs", f"{name}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=name.rpartition(".")[2]))
    compiled.seek(0)
    return GNUTranslations(compiled)
