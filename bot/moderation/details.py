"""What a person says of an article, checked: its date as people write it, its link as one of the open web."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.days import partial_date
from bot.refusals import told
from bot.translation import Translator
from bot.views.markdown import truncate
from index.errors import BadInput
from index.reading.fetching.links import check
from index.reading.fetching.policy import Policy

_SHOWN = 120  # characters of what was written, in a sentence about it


class Usable(NamedTuple):
    """Fields of an article as ``stated`` returns them, and why each of the others cannot be taken, as a sentence."""

    fields: dict[str, str | None]
    faults: tuple[str, ...]


def usable(fields: Mapping[str, str], policy: Policy, speaker: Translator) -> Usable:
    """Return those fields that can be taken, whatever the others are."""
    known: dict[str, str | None] = {}
    faults = []
    for name, value in fields.items():
        try:
            known |= stated({name: value}, policy, speaker)
        except BadInput as error:
            faults.append(told(error, speaker))
    return Usable(known, tuple(faults))


def stated(fields: Mapping[str, str], policy: Policy, speaker: Translator) -> dict[str, str | None]:
    """Return fields of an article as they are kept; None where nothing was written.

    Raises ``BadInput`` with one sentence: for a date that is none, a link that nobody may open, an empty title.
    """
    known: dict[str, str | None] = {name: value or None for name, value in fields.items()}
    if "title" in known and known["title"] is None:
        raise BadInput(speaker.text("Please give it a title."))
    if written := known.get("published"):
        known["published"] = partial_date(written)
        if known["published"] is None:
            day = speaker.quoted(truncate(written, _SHOWN))
            raise BadInput(
                speaker.text(
                    "I cannot take {day} as a date: write a day, a month or a year from 1900 on, such as 2025-07-12 "
                    "or July 2025.",
                    day=day,
                )
            )
    if link := known.get("url"):
        check(link, policy)
    return known
