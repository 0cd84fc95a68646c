"""How the tests write down what they expect: one line for each quantity or date."""

from index.figures.dates import dates
from index.figures.kinds import Bound
from index.figures.quantities import quantities
from index.model import Language


def read(text: str, language: Language | None = None) -> list[str]:
    """The quantities of a text, each as ``words = value unit``, with bound, time and counted thing where it has them.

    >>> read("environ 4,5 GW", "fr")
    ['4,5 GW = about 4500000000 W']
    """
    lines = []
    for each in quantities(text, language):
        value = f"{each.value:f}" if each.value is not None else f"{each.low:f}..{each.high:f}"
        bound = "" if each.bound in (Bound.EXACT, Bound.BETWEEN) else f"{each.bound} "
        per = f" per {each.per}" if each.per else ""
        counted = f" ({each.counted})" if each.counted else ""
        lines.append(f"{text[each.start : each.end]} = {bound}{value} {each.unit}{per}{counted}")
    return lines


def read_dates(text: str, language: Language | None = None) -> list[str]:
    """The dates of a text, each as ``words = earliest`` or ``earliest..latest``, with its bound where it has one."""
    lines = []
    for each in dates(text, language):
        bound = "" if each.bound in (Bound.EXACT, Bound.BETWEEN) else f"{each.bound} "
        stretch = each.earliest if each.earliest == each.latest else f"{each.earliest}..{each.latest}"
        lines.append(f"{text[each.start : each.end]} = {bound}{stretch}")
    return lines
