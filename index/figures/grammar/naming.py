"""Numbers that are no amounts: in names, versions, lists, footnotes, phone numbers, scores, addresses, times of day."""

from index.figures.grammar.amounts import Amount
from index.figures.grammar.pages import Page
from index.figures.grammar.tokens import APART, GLUED, NAME, NEW_LINE, NUMBER, WORD

_GLUED_MARKS = frozenset("#@°/._:&=")
_CLOSES = {"(": ")", "[": "]"}
_LIST_MARKS = frozenset(".)°/")
_NUMBER_MARKS = frozenset("°#№§")
_SHORT_LABELS = frozenset({"no", "nos", "p", "pp", "fig", "art", "vol", "chap", "tel"})
_HOURS = 24
_CHAIN = 3


def skip_chain(page: Page, place: int) -> int:
    """Return the place after numbers that stand in a row (phone numbers, serial numbers), or the place itself.

    Three in a row are one; so are two where the first begins with a zero or a plus.
    """
    tokens = page.tokens
    kinds, keys, gaps = tokens.kinds, tokens.keys, tokens.gaps
    end, length, spaced = place + 1, 1, False
    while True:
        joined = keys[end] == "-" and gaps[end] == GLUED and gaps[end + 1] == GLUED
        following = end + 1 if joined else end
        if kinds[following] is not NUMBER or (not joined and gaps[following] != APART):
            break
        spaced = spaced or not joined
        end, length = following + 1, length + 1
    if length >= _CHAIN:
        return end
    coded = keys[place][0] == "0" or (place > 0 and keys[place - 1] == "+")
    return end if length > 1 and coded and spaced else place


def is_name(page: Page, amounts: tuple[Amount, ...]) -> bool:
    """Tell whether an amount or range without a unit is part of a name or of an order."""
    first, last = amounts[0], amounts[-1]
    place = first.number.first
    return (
        _is_glued(page, place, last.last)
        or _is_labelled(page, first, place)
        or _is_bracketed(page, place, last)
        or _is_address(page, last)
    )


def is_clock(page: Page, amounts: tuple[Amount, ...]) -> bool:
    """Tell whether an amount or range of hours is a time of day, or a habit: *à 14 heures*, *20h30*, *24h/24*."""
    tokens, tongue = page.tokens, page.tongue
    last = amounts[-1].last
    key = tokens.keys[last]
    if key == "/" and tokens.kinds[last + 1] is NUMBER:
        return all(amount.unit is not None and amount.unit.kind == "time" for amount in amounts)
    if key == "sur" and tokens.keys[last + 1] == tokens.keys[amounts[-1].number.first]:
        return True
    if any(not _is_hour(amount) for amount in amounts):
        return False
    if any(tokens.kinds[each.last] is NUMBER and tokens.gaps[each.last] <= APART for each in amounts):
        return True
    first = amounts[0].first
    before = tokens.keys[first - 1] if first else ""
    if len(amounts) > 1:  # de 9 h à 17 h
        return all(tokens.texts[amount.last - 1] == "h" for amount in amounts)
    return before in tongue.clock_before and key != "de"


def _is_hour(amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.base == "hour" and amount.number.value <= _HOURS


def _is_glued(page: Page, place: int, last: int) -> bool:
    """Tell whether letters or marks stand directly before or after a number."""
    tokens = page.tokens
    if tokens.gaps[last] == GLUED:
        after = tokens.keys[last]
        if tokens.kinds[last] in (WORD, NAME) or (after in "/:" and tokens.kinds[last + 1] is NUMBER):
            return True
        if after == "-" and tokens.gaps[last + 1] == GLUED and tokens.kinds[last + 1] in (WORD, NAME, NUMBER):
            return True
    if not place or tokens.gaps[place] != GLUED:
        return False
    before = tokens.keys[place - 1]
    if before == "-":
        return place > 1 and tokens.gaps[place - 1] == GLUED
    return before in _GLUED_MARKS or (before == "'" and tokens.gaps[place - 1] != GLUED)


def _is_labelled(page: Page, amount: Amount, place: int) -> bool:
    """Tell whether the word before a number makes it a name: *page 12*, *n° 3*, *RTX 4090*, *Boeing 737*."""
    tokens = page.tokens
    if not place or tokens.gaps[place] == NEW_LINE:
        return _is_list_number(page, place)
    if amount.number.spelled:
        return tokens.texts[place][0].isupper() and not _opens_sentence(page, place)
    if _is_label(page, place - 1):
        return True
    if amount.number.grouped or amount.number.is_scaled:
        return False
    return tokens.kinds[place - 1] is NAME or _is_proper(page, place - 1, counts=amount.counted is not None)


def _is_label(page: Page, place: int) -> bool:
    """Tell whether a word or mark is one that numbers things: *page*, *n°*, *fig.*, *#*."""
    tokens = page.tokens
    key = tokens.keys[place]
    if key == "." and place:
        key = tokens.keys[place - 1]
        return key in _SHORT_LABELS
    return key in _NUMBER_MARKS or key in page.tongue.labels


def _is_proper(page: Page, place: int, *, counts: bool) -> bool:
    """Tell whether a word before a number is a name that it belongs to; a first word may only open the sentence."""
    tokens, tongue = page.tokens, page.tongue
    if tokens.kinds[place] is not WORD or not tokens.texts[place][0].isupper():
        return False
    if tokens.keys[place] in tongue.function_words or tongue.bound_before.before(tokens.keys, place + 1) is not None:
        return False
    return not (counts and _opens_sentence(page, place))


def _is_list_number(page: Page, place: int) -> bool:
    """Tell whether a number at the start of a line counts the lines."""
    tokens = page.tokens
    return tokens.gaps[place + 1] == GLUED and tokens.keys[place + 1] in _LIST_MARKS


def _opens_sentence(page: Page, place: int) -> bool:
    """Tell whether a word is the first one of its sentence."""
    tokens = page.tokens
    return not place or tokens.gaps[place] == NEW_LINE or tokens.keys[place - 1] in ("", ".", "!", "?", "…", ":", "•")


def _is_bracketed(page: Page, place: int, amount: Amount) -> bool:
    """Tell whether a number stands alone in brackets, as notes and lists have it."""
    closing = _CLOSES.get(page.tokens.keys[place - 1]) if place else None
    return closing is not None and page.tokens.keys[amount.last] == closing and not amount.number.is_scaled


def _is_address(page: Page, amount: Amount) -> bool:
    tokens = page.tokens
    if amount.counted is not None:
        return any(tokens.keys[place] in page.tongue.address for place in range(*amount.counted))
    return tokens.keys[amount.last] in page.tongue.address
