"""The forms with which a figure is corrected, joined to deals, or makes a deal of its own.

What comes back is read by ``read``, also after a restart; it comes from a client.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from discord import SelectOption, TextStyle
from discord.ui import Label, Modal, Select, TextInput

from bot.meanings import certainty, kind_of_deal, metric_name
from bot.printable import printable
from bot.translation import Translator
from bot.views.figure_review_controls import Press, form_id, opened_by
from bot.views.markdown import choice_name, truncate
from index.figures.kinds import Commitment, DealKind, Metric
from index.model import Figure
from index.moderating.deal_names import LONGEST as LONGEST_NAME
from index.moderating.deal_names import MOST_ALIASES
from index.moderating.said_numbers import LONGEST as LONGEST_MEASURE

MOST_DEALS = 10
"""Deals that a figure may be joined to here."""

_TITLE = 45  # Discord's limit for the title of a form and for a label
_DESCRIPTION = 100
_LONGEST_LIST = 900
_MEASURE, _METRIC, _COMMITMENT = "measure", "metric", "commitment"
_DEALS, _NAME, _OTHER, _KIND, _ALIASES = "deals", "name", "other", "kind", "aliases"
_PARTS = re.compile(r"[\n;]+")
_COMMAS = re.compile(r"[\n;,]+")


class Filled(NamedTuple):
    """A form that was sent in: what opened it, and what stands in it, by the names of its fields."""

    press: Press
    fields: Mapping[str, str]

    @property
    def measure(self) -> str:
        """The measure that was written, on one line."""
        return self._line(_MEASURE)[:LONGEST_MEASURE]

    @property
    def metric(self) -> Metric | None:
        """What the figure measures, where something sensible was chosen."""
        return Metric(self.fields[_METRIC]) if self.fields.get(_METRIC) in set(Metric) else None

    @property
    def commitment(self) -> Commitment | None:
        """How far it has come, where something sensible was chosen."""
        return Commitment(self.fields[_COMMITMENT]) if self.fields.get(_COMMITMENT) in set(Commitment) else None

    @property
    def deals(self) -> list[str]:
        """The names of the deals that were written, each once."""
        return _parted(_PARTS, self.fields.get(_DEALS, ""))

    @property
    def name(self) -> str:
        """The name of a new deal."""
        return self._line(_NAME)

    @property
    def other_name(self) -> str:
        """Its name in the other language; empty where it has none."""
        return self._line(_OTHER)

    @property
    def kind(self) -> DealKind | None:
        """What sort of deal it is, where something sensible was chosen."""
        return DealKind(self.fields[_KIND]) if self.fields.get(_KIND) in set(DealKind) else None

    @property
    def aliases(self) -> list[str]:
        """What else people call it."""
        return _parted(_COMMAS, self.fields.get(_ALIASES, ""))

    def _line(self, name: str) -> str:
        return printable(self.fields.get(name, ""), fold=True)


class CorrectionForm(Modal):
    """Asks how a figure reads; ``written`` is its measure as one may write it, empty for a date."""

    def __init__(self, press: Press, figure: Figure, written: str, speaker: Translator) -> None:
        super().__init__(title=truncate(speaker.text("Correct this figure"), _TITLE), custom_id=form_id(press))
        if written:
            hint = speaker.text("As the sentence says it, with its unit: 4.5 GW, about 30 billion dollars a year.")
            entry: TextInput[Modal] = TextInput(
                custom_id=_MEASURE, max_length=LONGEST_MEASURE, default=written[:LONGEST_MEASURE]
            )
            self.add_item(_labelled(speaker.text("How much"), hint, entry))
            metrics = [(metric.value, metric_name(metric, speaker)) for metric in Metric if metric is not Metric.DATE]
            self.add_item(_menu(_METRIC, speaker.text("What it measures"), metrics, figure.metric.value))
        levels = [(each.value, certainty(each, speaker)) for each in Commitment]
        self.add_item(_menu(_COMMITMENT, speaker.text("How far it has come"), levels, figure.commitment.value))


class DealsForm(Modal):
    """Asks to which deals a figure belongs; ``names``: those to which it does now."""

    def __init__(self, press: Press, names: Iterable[str], speaker: Translator) -> None:
        super().__init__(title=truncate(speaker.text("Deals of this figure"), _TITLE), custom_id=form_id(press))
        hint = speaker.text("One on each line, by any of their names; empty: no deal.")
        known = "\n".join(list(names)[:MOST_DEALS])[:_LONGEST_LIST]
        entry: TextInput[Modal] = TextInput(
            custom_id=_DEALS,
            style=TextStyle.paragraph,
            required=False,
            max_length=_LONGEST_LIST,
            default=known or None,
        )
        self.add_item(_labelled(speaker.text("Deals"), hint, entry))


class NewDealForm(Modal):
    """Asks for a deal that is not known yet; the sentence of the figure tells what it is."""

    def __init__(self, press: Press, speaker: Translator) -> None:
        super().__init__(title=truncate(speaker.text("A new deal"), _TITLE), custom_id=form_id(press))
        name: TextInput[Modal] = TextInput(custom_id=_NAME, max_length=LONGEST_NAME)
        hint = speaker.text("The sentence of this figure will tell what it is.")
        self.add_item(_labelled(speaker.text("Its name"), hint, name))
        kinds = [(kind.value, kind_of_deal(kind, speaker)) for kind in DealKind]
        self.add_item(_menu(_KIND, speaker.text("What it is"), kinds))
        other: TextInput[Modal] = TextInput(custom_id=_OTHER, max_length=LONGEST_NAME, required=False)
        label = speaker.text("In English") if speaker.language == "fr" else speaker.text("In French")
        self.add_item(_labelled(label, speaker.text("Where it has another name there."), other))
        aliases: TextInput[Modal] = TextInput(
            custom_id=_ALIASES, style=TextStyle.paragraph, max_length=_LONGEST_LIST, required=False
        )
        hint = speaker.text("Up to {count}, with commas between them.", count=MOST_ALIASES)
        self.add_item(_labelled(speaker.text("Other names"), hint, aliases))


def read(custom_id: str, components: object) -> Filled | None:
    """Read a form that was sent in; None where it is another one."""
    press = opened_by(custom_id)
    return None if press is None else Filled(press, dict(_fields(components)))


def _fields(components: object) -> Iterable[tuple[str, str]]:
    """Yield the names of a form's fields and what stands in each, or the one that was chosen."""
    for label in components if isinstance(components, list) else []:
        field: Any = label.get("component") if isinstance(label, Mapping) else None
        if not isinstance(field, Mapping) or not isinstance(field.get("custom_id"), str):
            continue
        chosen = field.get("values")
        value = chosen[0] if isinstance(chosen, list) and chosen else field.get("value")
        if isinstance(value, str):
            yield field["custom_id"], value[:_LONGEST_LIST]


def _parted(between: re.Pattern[str], text: str) -> list[str]:
    parts = (printable(part, fold=True) for part in between.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def _menu(name: str, label: str, choices: Iterable[tuple[str, str]], chosen: str = "") -> Label[Modal]:
    options = [
        SelectOption(label=choice_name(said[:1].upper() + said[1:]), value=value, default=value == chosen)
        for value, said in choices
    ]
    menu: Select[Modal] = Select(custom_id=name, options=options)
    return _labelled(label, None, menu)


def _labelled(label: str, hint: str | None, entry: TextInput[Modal] | Select[Modal]) -> Label[Modal]:
    described = None if hint is None else truncate(hint, _DESCRIPTION)
    return Label(text=truncate(label, _TITLE), description=described, component=entry)
