"""What a person says of an article, checked: its date as people write it, its link as one of the open web."""

from collections.abc import Mapping

from bot.days import partial_date
from bot.translation import Translator
from bot.views.markdown import truncate
from index.errors import BadInput
from index.reading.fetching.links import check
from index.reading.fetching.policy import Policy

_SHOWN = 120  # characters of what was written, in a sentence about it


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
