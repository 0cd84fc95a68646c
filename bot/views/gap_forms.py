"""The form for saying which source answers what was asked in vain. What comes back is read also after a restart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from discord import SelectOption, TextStyle
from discord.ui import Label, Modal, Select, TextInput

from bot.translation import Translator
from bot.views.markdown import choice_name, truncate
from index.model import Source
from index.moderating.goldens import LONGEST_SENTENCE

_TITLE = 45  # Discord's limit for the title of a form and for a label
_DESCRIPTION = 100
_CHOICES = 25  # as many as Discord shows
_LONGEST_CHOICE = 100
_LONGEST_NAME = 300
_CUSTOM_ID = re.compile(r"gap_solved:(?P<gap>[0-9a-f]{12})")
_CHOSEN, _NAMED, _SENTENCE = "chosen", "named", "sentence"


class Solution(NamedTuple):
    """What somebody says solves a gap, as their client sent it: the id of a source, a name that they wrote, or both.

    ``sentence``: the one that answers it; empty where they name none.
    """

    gap: str
    chosen: str
    named: str
    sentence: str


class SolutionForm(Modal):
    """Asks for the source that solves a gap, and for the sentence in it if somebody knows which one.

    ``newest``: the server's own live sources, the newest first; ``likely``: the id of the one that answers now.
    """

    def __init__(self, gap_id: str, newest: Sequence[Source], likely: str, speaker: Translator) -> None:
        super().__init__(title=truncate(speaker.text("Solved by a source"), _TITLE), custom_id=f"gap_solved:{gap_id}")
        options = list(_options(newest, likely))
        if options:
            chosen: Select[Modal] = Select(custom_id=_CHOSEN, options=options, required=False, min_values=0)
            own = speaker.text("The newest ones of this server.")
            self.add_item(_labelled(speaker.text("Source"), own, chosen))
        named: TextInput[Modal] = TextInput(custom_id=_NAMED, required=not options, max_length=_LONGEST_NAME)
        hint = speaker.text("Its title or its id; it may be one that all servers share.")
        self.add_item(_labelled(speaker.text("Or another source"), hint, named))
        sentence: TextInput[Modal] = TextInput(
            custom_id=_SENTENCE, style=TextStyle.paragraph, required=False, max_length=LONGEST_SENTENCE
        )
        hint = speaker.text("Word for word; questions like this one then find it.")
        self.add_item(_labelled(speaker.text("The sentence that answers it"), hint, sentence))


def is_solution(custom_id: str) -> bool:
    """Tell whether a form that was sent in is this one."""
    return _CUSTOM_ID.fullmatch(custom_id) is not None


def read_solution(custom_id: str, components: object) -> Solution | None:
    """Read a submitted form as Discord sends it; None where it is another one."""
    match = _CUSTOM_ID.fullmatch(custom_id)
    if match is None:
        return None
    given = dict(_fields(components))
    return Solution(
        gap=match["gap"],
        chosen=given.get(_CHOSEN, "")[:_LONGEST_CHOICE],
        named=given.get(_NAMED, "")[:_LONGEST_NAME],
        sentence=given.get(_SENTENCE, ""),
    )


def _options(newest: Sequence[Source], likely: str) -> Iterator[SelectOption]:
    for source in [source for source in newest if len(source.id) <= _LONGEST_CHOICE][:_CHOICES]:
        about = " · ".join(part for part in (source.publisher or source.credit, source.published) if part)
        yield SelectOption(
            label=choice_name(source.title),
            value=source.id,
            description=choice_name(about) if about else None,
            default=source.id == likely,
        )


def _labelled(label: str, hint: str, entry: Select[Modal] | TextInput[Modal]) -> Label[Modal]:
    return Label(text=truncate(label, _TITLE), description=truncate(hint, _DESCRIPTION), component=entry)


def _fields(components: object) -> Iterator[tuple[str, str]]:
    """Yield the names and what was written or chosen of a form's fields, each of which stands in a label."""
    for label in components if isinstance(components, list) else []:
        field: Any = label.get("component") if isinstance(label, Mapping) else None
        if not isinstance(field, Mapping) or not isinstance(field.get("custom_id"), str):
            continue
        values = field.get("values", field.get("value"))
        value = values[0] if isinstance(values, list) and values else values
        if isinstance(value, str):
            yield field["custom_id"], value.strip()
