"""The form for saying what is wrong with an answer."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from discord import SelectOption, TextStyle
from discord.ui import Label, Modal, Select, TextInput

from bot.translation import Translator
from bot.views.markdown import truncate
from index.model import Complaint

LONGEST_WORDS = 500
"""Characters."""

_TITLE = 45  # Discord's limit
_CUSTOM_ID = re.compile(r"report:(?P<id>[A-Za-z0-9_-]{16})")
_COMPLAINT = "complaint"
_WORDS = "words"


class Report(NamedTuple):
    """What somebody says of an answer."""

    answer_id: str
    complaint: Complaint
    words: str


class ReportForm(Modal):
    """Asks for a reason and, if one likes, a few words. ``read`` reads what comes back, also after a restart."""

    def __init__(self, answer_id: str, speaker: Translator) -> None:
        super().__init__(
            title=truncate(speaker.text("What is wrong with this answer?"), _TITLE), custom_id=f"report:{answer_id}"
        )
        options = [SelectOption(label=complaint_name(one, speaker), value=one.value) for one in Complaint]
        self.add_item(
            Label(
                text=truncate(speaker.text("Reason"), _TITLE), component=Select(custom_id=_COMPLAINT, options=options)
            )
        )
        words: TextInput[ReportForm] = TextInput(
            custom_id=_WORDS, style=TextStyle.paragraph, required=False, max_length=LONGEST_WORDS
        )
        description = speaker.text("The moderators of this server read it.")
        self.add_item(
            Label(text=truncate(speaker.text("In your words"), _TITLE), description=description, component=words)
        )


def complaint_name(complaint: Complaint, speaker: Translator) -> str:
    """Return what a complaint is called."""
    match complaint:
        case Complaint.WRONG_FIGURE:
            return speaker.text("A figure is wrong")
        case Complaint.NO_ANSWER:
            return speaker.text("It does not answer the question")
        case Complaint.OUTDATED:
            return speaker.text("It is outdated")
        case Complaint.OTHER:
            return speaker.text("Something else")


def is_report(custom_id: str) -> bool:
    """Tell whether a form that was sent in is this one."""
    return _CUSTOM_ID.fullmatch(custom_id) is not None


def read(custom_id: str, components: object) -> Report | None:
    """Read a submitted form as Discord sends it; ``None`` where it is another one or says nothing sensible."""
    match = _CUSTOM_ID.fullmatch(custom_id)
    if match is None:
        return None
    given = dict(_fields(components))
    chosen = given.get(_COMPLAINT)
    complaint = chosen[0] if isinstance(chosen, list) and chosen else None
    if not isinstance(complaint, str) or complaint not in set(Complaint):
        return None
    words = given.get(_WORDS)
    return Report(match["id"], Complaint(complaint), words[:LONGEST_WORDS] if isinstance(words, str) else "")


def _fields(components: object) -> list[tuple[str, Any]]:
    """Return the names and values of a form's fields, each of which stands in a label."""
    labels = components if isinstance(components, list) else []
    found = []
    for label in labels:
        field = label.get("component") if isinstance(label, Mapping) else None
        if isinstance(field, Mapping) and isinstance(field.get("custom_id"), str):
            found.append((field["custom_id"], field.get("values", field.get("value"))))
    return found
