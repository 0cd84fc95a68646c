"""What a server calls otherwise than its sources do: the button in the settings, and the form that it opens.

What comes back is read also after a restart; it comes from a client.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Self

from discord import ButtonStyle, TextStyle
from discord.ui import Button, Label, Modal, TextInput

from bot.translation import Translator
from bot.views.draft_forms import LONGEST_TEXT
from bot.views.markdown import truncate
from bot.views.pressing import PressButton

_TITLE = 45  # Discord's limit for the title of a form and for a label
_DESCRIPTION = 100
_LEAST = 2  # fields, so that there is room for all that may be kept
_MOST = 3  # fields that any text fits in whose lines have no more than a quarter of a field
_BUTTON = re.compile(r"synonyms:edit")
_FORM = "synonyms:text"


class SynonymsButton(PressButton, template=_BUTTON):
    """A button that opens the form. A press is handed to the client's listeners as the event ``synonyms_press``."""

    def __init__(self, label: str) -> None:
        super().__init__(Button(label=label, custom_id=_BUTTON.pattern, style=ButtonStyle.secondary))

    @classmethod
    def read(cls, _match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is; there is nothing more to it."""
        return "synonyms_press", None


class SynonymsForm(Modal):
    """Asks for the entries, one a line, with those that are kept."""

    def __init__(self, text: str, speaker: Translator) -> None:
        super().__init__(title=truncate(speaker.text("Synonyms"), _TITLE), custom_id=_FORM)
        parts = _parted(text)
        for number in range(max(_LEAST, len(parts))):
            entry: TextInput[Modal] = TextInput(
                custom_id=f"text-{number}",
                style=TextStyle.paragraph,
                required=False,
                max_length=LONGEST_TEXT,
                default=(parts[number] if number < len(parts) else "") or None,
            )
            if number:
                label, hint = speaker.text("More entries"), None
            else:
                label, hint = speaker.text("One entry a line"), _hint(speaker)
            self.add_item(Label(text=truncate(label, _TITLE), description=hint, component=entry))


def is_synonyms(custom_id: str) -> bool:
    """Tell whether a form that was sent in is this one."""
    return custom_id == _FORM


def read_synonyms(components: object) -> str:
    """Return what was written in a submitted form, as Discord sends it."""
    return "\n".join(part for part in _fields(components) if part)


def _hint(speaker: Translator) -> str:
    return truncate(speaker.text("As in: base lunaire = moon base. Or, for a name: OAI = OpenAI."), _DESCRIPTION)


def _parted(text: str) -> list[str]:
    """Return the lines of a text in as few parts as fit in a field each."""
    parts = [""]
    for line in text.splitlines():
        longer = f"{parts[-1]}\n{line}" if parts[-1] else line
        if len(longer) <= LONGEST_TEXT:
            parts[-1] = longer
        else:
            parts.append(line)
    return parts


def _fields(components: object) -> Iterator[str]:
    """Yield what was written in a form's fields, each of which stands in a label."""
    for label in components[:_MOST] if isinstance(components, list) else []:
        field: Any = label.get("component") if isinstance(label, Mapping) else None
        value = field.get("value") if isinstance(field, Mapping) else None
        if isinstance(value, str):
            yield value[:LONGEST_TEXT].rstrip()
