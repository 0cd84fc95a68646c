"""A refusal as plain data: kept in the store, or sent by another process, until somebody is told it."""

from string import Formatter
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from index.errors import BadInput, Phrase, SourcierError
from index.model import Noun

_LONGEST_VALUE = 300
_LONGEST = 1_500  # characters of a sentence with its values
_LARGEST = 10**15

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}$")]
_Text = Annotated[str, StringConstraints(max_length=_LONGEST_VALUE)]
_Whole = Annotated[int, Field(ge=-_LARGEST, le=_LARGEST)]
_Number = Annotated[float, Field(ge=-_LARGEST, le=_LARGEST)]


class Refusal(Noun):
    """An error's sentence and what fills the names in it; ``phrases`` are the names of what is translated too.

    Wherever it comes from, it is not long and names nothing but its values.
    """

    sentence: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST)]
    values: dict[_Name, _Text | _Whole | _Number] = Field(default={}, max_length=10)
    phrases: frozenset[str] = Field(default=frozenset(), max_length=10)

    @classmethod
    def of(cls, error: SourcierError) -> Self:
        """Return an error as data; what is long in it is cut."""
        values = {
            name: value if isinstance(value, int | float) else _cut(value, _LONGEST_VALUE)
            for name, value in error.values.items()
        }
        phrases = frozenset(name for name, value in error.values.items() if isinstance(value, Phrase))
        return cls(sentence=_cut(error.sentence, _LONGEST), values=values, phrases=phrases)

    def error(self) -> BadInput:
        """Return the error that it was."""
        return BadInput(
            self.sentence,
            **{name: Phrase(value) if name in self.phrases else value for name, value in self.values.items()},
        )

    def __str__(self) -> str:
        return str(self.error())

    @model_validator(mode="after")
    def _names_its_values(self) -> Self:
        """Let nothing but a value stand for a name: a format may make a text of any size out of a short one."""
        if not self.values:
            return self
        for _, name, form, conversion in Formatter().parse(self.sentence):
            forms = ("", ",") if isinstance(self.values.get(name or ""), int) else ("",)
            if name is not None and (name not in self.values or conversion or form not in forms):
                raise ValueError(f"{name!r} does not name a value")
        if len(str(self)) > _LONGEST:
            raise ValueError("its sentence is too long")
        return self


def _cut(value: object, most: int) -> str:
    text = str(value).encode("utf-8", "replace").decode()
    return text if len(text) <= most else text[: most - 1] + "…"
