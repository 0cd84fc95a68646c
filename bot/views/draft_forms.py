"""The forms of moderators who add a source: for text to be read, and for what is known of a draft.

What comes back is read by ``read_paste`` and ``read_details``, also after a restart; it comes from a client.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from discord import TextStyle
from discord.ui import Label, Modal, TextInput

from bot.translation import Translator
from bot.views.markdown import truncate
from index.model import Source
from index.reading.cleaning import clean_line

LONGEST_TEXT = 4_000
"""Characters of a text field: Discord's limit."""

_TITLE = 45  # Discord's limit for the title of a form and for a label
_DESCRIPTION = 100
_LONGEST_TITLE = 300
_LONGEST_NAME = 200
_LONGEST_DATE = 40
_LONGEST_LINK = 2_048
_PASTE = "source_text"
_DETAILS = re.compile(r"draft_details:(?P<id>[A-Za-z0-9_-]{16})")
_LIMITS = {
    "title": _LONGEST_TITLE,
    "published": _LONGEST_DATE,
    "publisher": _LONGEST_NAME,
    "author": _LONGEST_NAME,
    "url": _LONGEST_LINK,
}
_TEXTS = ("text", "more")


class Details(NamedTuple):
    """What somebody wrote of a draft, by the names of an ``Article``'s fields; empty: not known."""

    draft_id: str
    fields: dict[str, str]


class Paste(NamedTuple):
    """A text, and what somebody wrote of it as ``Details`` have it."""

    text: str
    fields: dict[str, str]


class PasteForm(Modal):
    """Asks for a text with its title and date."""

    def __init__(self, speaker: Translator) -> None:
        super().__init__(title=truncate(speaker.text("Add a text as a source"), _TITLE), custom_id=_PASTE)
        self.add_item(_field("title", speaker.text("Title"), required=True))
        self.add_item(_field("published", speaker.text("Date"), hint=_date_hint(speaker)))
        self.add_item(_text("text", speaker.text("Text"), required=True))
        more = speaker.text("Where it is longer: go on here with the next paragraph, or add it as a file.")
        self.add_item(_text("more", speaker.text("More text"), hint=more))
        self.add_item(_field("url", speaker.text("Link"), hint=speaker.text("Where it can be read, if anywhere.")))


class DetailsForm(Modal):
    """Asks for what is known of a draft, with what is known so far."""

    def __init__(self, draft_id: str, source: Source, speaker: Translator) -> None:
        super().__init__(title=truncate(speaker.text("Edit details"), _TITLE), custom_id=f"draft_details:{draft_id}")
        date = _date_hint(speaker)
        self.add_item(_field("title", speaker.text("Title"), required=True, known=_shown("title", source)))
        self.add_item(_field("published", speaker.text("Date"), known=_shown("published", source), hint=date))
        self.add_item(_field("publisher", speaker.text("Publisher"), known=_shown("publisher", source)))
        self.add_item(_field("author", speaker.text("Author"), known=_shown("author", source)))
        self.add_item(_field("url", speaker.text("Link"), known=_shown("url", source)))


def is_paste(custom_id: str) -> bool:
    """Tell whether a form that was sent in is one with a text."""
    return custom_id == _PASTE


def is_details(custom_id: str) -> bool:
    """Tell whether a form that was sent in is one with the details of a draft."""
    return _DETAILS.fullmatch(custom_id) is not None


def read_paste(components: object) -> Paste:
    """Read a text that was sent in; empty where there is none."""
    given = dict(_fields(components))
    texts = [given[name][:LONGEST_TEXT].strip() for name in _TEXTS if name in given]
    return Paste("\n\n".join(text for text in texts if text), _known(given))


def read_details(custom_id: str, components: object) -> Details | None:
    """Read the details of a draft that were sent in; None where it is another form."""
    match = _DETAILS.fullmatch(custom_id)
    return None if match is None else Details(match["id"], _known(dict(_fields(components))))


def changes_of(details: Details, source: Source) -> dict[str, str]:
    """Return the fields in which somebody wrote something else than the form had from a draft's source."""
    return {name: value for name, value in details.fields.items() if value != clean_line(_shown(name, source))}


def _known(given: Mapping[str, str]) -> dict[str, str]:
    return {name: clean_line(given[name][:most]) for name, most in _LIMITS.items() if name in given}


def _shown(name: str, source: Source) -> str:
    """Return what a form has of a field: as much as there is room for."""
    return (getattr(source, name) or "")[: _LIMITS[name]]


def _fields(components: object) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of a form's fields, each of which stands in a label."""
    for label in components if isinstance(components, list) else []:
        field: Any = label.get("component") if isinstance(label, Mapping) else None
        if isinstance(field, Mapping) and isinstance(field.get("custom_id"), str):
            value = field.get("value")
            if isinstance(value, str):
                yield field["custom_id"], value


def _field(name: str, label: str, *, known: str = "", hint: str | None = None, required: bool = False) -> Label[Modal]:
    """Return a field of one line."""
    entry: TextInput[Modal] = TextInput(
        custom_id=name, required=required, max_length=_LIMITS[name], default=known or None
    )
    return _labelled(label, hint, entry)


def _text(name: str, label: str, *, hint: str | None = None, required: bool = False) -> Label[Modal]:
    """Return a field of many lines."""
    entry: TextInput[Modal] = TextInput(
        custom_id=name, style=TextStyle.paragraph, required=required, max_length=LONGEST_TEXT
    )
    return _labelled(label, hint, entry)


def _labelled(label: str, hint: str | None, entry: TextInput[Modal]) -> Label[Modal]:
    described = None if hint is None else truncate(hint, _DESCRIPTION)
    return Label(text=truncate(label, _TITLE), description=described, component=entry)


def _date_hint(speaker: Translator) -> str:
    return speaker.text("A day, a month or a year, such as 2025-07-12 or July 2025.")
