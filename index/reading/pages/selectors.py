"""Selectors of style sheets: which elements of a page a rule is for."""

import re
import sys
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE | re.DOTALL)
_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?|\\[^\n0-9a-fA-F])+"
_TAG = re.compile(rf"{_NAME}|\*")
_MARK = re.compile(rf"([.#])({_NAME})")
_ATTRIBUTE = re.compile(
    rf"\[\s*({_NAME})\s*(?:([~|^$*]?)=\s*(\"[^\"]*\"|'[^']*'|[^\s\]\"']+)\s*[is]?\s*)?\]", re.IGNORECASE
)
_NOT = re.compile(r":not\(([^()]{1,200})\)", re.IGNORECASE)
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_MOST_COMPOUNDS = 6
_LONGEST = 1_000  # characters


class Attribute(NamedTuple):
    """A wanted attribute; ``operator`` is empty for a value as a whole, None where it may have any."""

    name: str
    operator: str | None
    value: str


class Compound(NamedTuple):
    """What one element must be: its tag (empty for any), ids and classes with their signs, attributes, and not."""

    tag: str
    marks: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    excluded: "tuple[Compound, ...]"


class Selector(NamedTuple):
    """Compounds from the last, which is for the element itself, to the first, each with its combinator.

    ``specificity`` decides which of two rules counts: ids, then classes and attributes, then tags.
    """

    compounds: tuple[tuple[str, Compound], ...]
    specificity: tuple[int, int, int]

    @property
    def subject(self) -> Compound:
        """Return what the element itself must be."""
        return self.compounds[0][1]


def read_selector(written: str) -> Selector | None:
    """Return a selector without its comments; None for one that depends on more than the page, or that is not known."""
    written = written.strip()
    if len(written) > _LONGEST:
        return None
    compounds: list[tuple[str, Compound]] = []
    place, combinator = 0, ""
    while place < len(written):
        compound, end = _compound(written, place)
        if compound is None or len(compounds) == _MOST_COMPOUNDS:
            return None
        compounds.append((combinator, compound))
        if end == len(written):
            break
        between = _COMBINATOR.match(written, end)
        if between is None:
            return None
        combinator, place = between[1] or " ", between.end()
    else:
        return None
    parts = [part for _, compound in compounds for part in (compound, *compound.excluded)]
    marks = [mark for part in parts for mark in part.marks]
    identifiers = sum(mark.startswith("#") for mark in marks)
    attributes = sum(len(part.attributes) for part in parts)
    specificity = (identifiers, len(marks) - identifiers + attributes, sum(part.tag != "" for part in parts))
    # Each combinator belongs to the compound before it: what stands there is what is looked for from here.
    combinators = [combinator for combinator, _ in compounds[1:]] + [""]
    turned = [(sign, compound) for sign, (_, compound) in zip(combinators, compounds, strict=True)]
    return Selector(tuple(reversed(turned)), specificity)


def marks_of(element: "HtmlElement") -> frozenset[str]:
    """Return an element's id and classes with their signs, in small letters."""
    identifier = (element.get("id") or "").casefold()
    classes = (f".{name}" for name in (element.get("class") or "").casefold().split())
    return frozenset((*classes, f"#{identifier}") if identifier else classes)


def selects(selector: Selector, element: "HtmlElement") -> bool:
    """Tell whether a selector is for an element of a page."""
    return _is(selector.subject, element) and _stands(selector.compounds[1:], element)


def unescape(written: str) -> str:
    """Return a name or a value of a style sheet without its escapes."""
    return _ESCAPE.sub(_character, written) if "\\" in written else written


def _compound(written: str, place: int) -> tuple[Compound | None, int]:
    """Return the compound that begins at a place, and where it ends."""
    start = place
    tag = ""
    if found := _TAG.match(written, place):
        tag, place = unescape(found[0]).casefold().removeprefix("*"), found.end()
    marks: list[str] = []
    attributes: list[Attribute] = []
    excluded: list[Compound] = []
    while place < len(written):
        if found := _MARK.match(written, place):
            marks.append(f"{found[1]}{unescape(found[2]).casefold()}")
        elif found := _ATTRIBUTE.match(written, place):
            value = unescape((found[3] or "").strip("\"'")).casefold()
            operator = found[2] if found[3] is not None else None
            attributes.append(Attribute(unescape(found[1]).casefold(), operator, value))
        elif found := _NOT.match(written, place):
            inner = read_selector(found[1])
            if inner is None or len(inner.compounds) > 1:
                return None, place
            excluded.append(inner.subject)
        else:
            break
        place = found.end()
    if place == start:
        return None, place
    return Compound(tag, tuple(marks), tuple(attributes), tuple(excluded)), place


def _is(compound: Compound, element: "HtmlElement") -> bool:
    return (
        isinstance(element.tag, str)
        and compound.tag in ("", element.tag)
        and (not compound.marks or marks_of(element).issuperset(compound.marks))
        and all(_has(element, attribute) for attribute in compound.attributes)
        and not any(_is(other, element) for other in compound.excluded)
    )


def _has(element: "HtmlElement", wanted: Attribute) -> bool:
    value = element.get(wanted.name)
    if value is None or wanted.operator is None:
        return value is not None
    value, sought = str(value).casefold(), wanted.value
    if wanted.operator == "~":
        return sought in value.split()
    if wanted.operator == "|":
        return value == sought or value.startswith(f"{sought}-")
    if not wanted.operator:
        return value == sought
    ways = {"^": value.startswith, "$": value.endswith, "*": value.__contains__}
    return bool(sought) and ways[wanted.operator](sought)


def _stands(compounds: tuple[tuple[str, Compound], ...], element: "HtmlElement") -> bool:
    """Tell whether an element stands where the compounds before its own say."""
    if not compounds:
        return True
    (combinator, compound), rest = compounds[0], compounds[1:]
    return any(_is(compound, other) and _stands(rest, other) for other in _around(element, combinator))


def _around(element: "HtmlElement", combinator: str) -> "Iterator[HtmlElement]":
    """Yield the elements that stand to one as a combinator says."""
    if combinator in ("+", "~"):
        before = (other for other in element.itersiblings(preceding=True) if isinstance(other.tag, str))
        yield from islice(before, 1) if combinator == "+" else before
    elif combinator == ">":
        if (parent := element.getparent()) is not None:
            yield parent
    else:
        yield from element.iterancestors()


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return chr(code) if 0 < code <= sys.maxunicode else (escape[2] or "")
