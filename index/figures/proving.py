"""What a ledger's file quotes, found in the sources: an entry as it is written -> what its noun is made from.

A quote stands word for word in its source; where it does so several times, the first counts unless ``occurrence``
says otherwise. A text or name stands in its quote exactly once, or ``ordinal`` says which one is meant. What is
wrong is a ``ValueError`` with the reason.
"""

import re
from collections.abc import Mapping

from index.model import Quote

Entry = Mapping[str, object]
"""One table of the file."""

Texts = Mapping[str, str]
"""The sources' stored texts, by their ids."""

_PROOF = ("source", "quote", "occurrence")
_MOMENTS = ("on", "from", "until", "during")
_MOST_QUOTED = 1_000  # characters


def proven_deal(entry: Entry, texts: Texts) -> dict[str, object]:
    """Return what a deal is made from: its line, its parties and what it is part of, each with its proof."""
    made = dict(entry)
    if "about" in made:
        made["about"] = _proof(_table(entry, "about"), texts)
    if "part_of" in made:
        made["part_of"] = _proven(_table(entry, "part_of"), texts)
    if "parties" in made:
        made["parties"] = [_proven_party(party, texts) for party in _tables(entry, "parties")]
    return made


def proven_figure(entry: Entry, texts: Texts) -> dict[str, object]:
    """Return what a figure is made from. Its words must be the source's, near by or at least somewhere in it."""
    made = proven_text(entry, texts)
    quote, source = _string(entry, "quote"), texts[_string(entry, "source")]
    _require(entry, "counted", _string(entry, "text"), "its text")
    _require(entry, "each", quote, "its quote")
    for field in _MOMENTS:
        if field in entry:
            _require(_table(entry, field), "written", quote, "its quote")
    for field in ("subject", "attribution"):
        _require(entry, field, source, "its source")
    return made


def proven_fact(entry: Entry, texts: Texts) -> dict[str, object]:
    """Return what a fact is made from, its names as spans of its quote."""
    made = _proven(entry, texts)
    names = entry.get("names")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("names is not right: expected a list of texts")
    quote = _found_quote(entry, texts)
    made["names"] = [_within(quote, name, None) for name in names]
    _require(entry, "attribution", texts[_string(entry, "source")], "its source")
    return made


def proven_text(entry: Entry, texts: Texts) -> dict[str, object]:
    """Return what an entry is made from that has a ``text`` in its quote."""
    made = _proven(entry, texts)
    made.pop("ordinal", None)
    made["text"] = _within(_found_quote(entry, texts), _string(entry, "text"), _ordinal(entry, "ordinal"))
    return made


def _proven_party(entry: Entry, texts: Texts) -> dict[str, object]:
    made = _proven(entry, texts)
    name = _string(entry, "name")
    if name.casefold() not in _string(entry, "quote").casefold():
        raise ValueError(f"its party {name!r} is not in the quote")
    return made


def _proven(entry: Entry, texts: Texts) -> dict[str, object]:
    """Return an entry with a proof in place of its source and quote."""
    made = {field: value for field, value in entry.items() if field not in _PROOF}
    made["proof"] = _proof({field: entry[field] for field in _PROOF if field in entry}, texts)
    return made


def _proof(entry: Entry, texts: Texts) -> dict[str, object]:
    if unknown := sorted(entry.keys() - set(_PROOF)):
        raise ValueError(f"a quote has no field {unknown[0]}")
    return {"source": _string(entry, "source"), "quote": _found_quote(entry, texts)}


def _found_quote(entry: Entry, texts: Texts) -> Quote:
    source, quote = _string(entry, "source"), _string(entry, "quote")
    if source not in texts:
        raise ValueError(f"there is no source {source}")
    if not quote.strip() or quote != quote.strip() or len(quote) > _MOST_QUOTED:
        raise ValueError(f"its quote is empty, has space around it or more than {_MOST_QUOTED} characters")
    start = -1
    for _ in range(_ordinal(entry, "occurrence") or 1):
        start = texts[source].find(quote, start + 1)
        if start < 0:
            raise ValueError(f"its quote is not in source {source}{' so often' if 'occurrence' in entry else ''}")
    return Quote(quote=quote, start=start, end=start + len(quote))


def _within(quote: Quote, text: str, ordinal: int | None) -> Quote:
    """Return where a text stands in a quote, as whole words and numbers: ``5 GW`` is not in ``4,5 GW``."""
    whole = rf"(?<!\w)(?<!\d[.,]){re.escape(text)}(?!\w)(?![.,]\d)"
    found = [match.start() for match in re.finditer(whole, quote.quote)] if text else []
    if not found:
        raise ValueError(f"{text!r} is not in its quote")
    if len(found) > 1 and ordinal is None:
        raise ValueError(f"{text!r} is in its quote {len(found)} times: say which one with ordinal")
    if len(found) < (ordinal or 1):
        raise ValueError(f"{text!r} is not in its quote {ordinal} times")
    start = quote.start + found[(ordinal or 1) - 1]
    return Quote(quote=text, start=start, end=start + len(text))


def _require(entry: Entry, field: str, whole: str, where: str) -> None:
    """Refuse words that are not those of the source."""
    if field in entry and _string(entry, field) not in whole:
        raise ValueError(f"its {field} {entry[field]!r} is not in {where}")


def _string(entry: Entry, field: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str):
        raise ValueError(f"{field} is not right: expected text")  # noqa: TRY004 - one family for all that is wrong
    return value


def _ordinal(entry: Entry, field: str) -> int | None:
    value = entry.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000:  # noqa: PLR2004
        raise ValueError(f"{field} is not right: expected a whole number from 1 on")
    return value


def _table(entry: Entry, field: str) -> Entry:
    value = entry.get(field)
    if not isinstance(value, dict):
        raise ValueError(f"{field} is not right: expected a table")  # noqa: TRY004 - as above
    return value


def _tables(entry: Entry, field: str) -> list[Entry]:
    value = entry.get(field)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"{field} is not right: expected a list of tables")
    return value
