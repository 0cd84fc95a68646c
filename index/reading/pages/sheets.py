"""The style sheets that stand in a page, as far as they say what it hides; sheets of other files are not read.

Of the ``@`` rules only those count that a browser always follows: ``@layer``, and ``@media`` for screens.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from index.reading.pages.selectors import Selector, marks_of, read_selector, selects
from index.reading.pages.styles import COMMENT, RELEVANT, Declarations, Style, read_style

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 1_000_000  # code points of all sheets
_DEEPEST = 8  # ``@`` rules in each other
_NOTHING = "/**/"  # a comment parts values, and no selectors
_BRACE = re.compile(r"[{}]")
_SCREEN = re.compile(r"@media\s*(?:(?:only\s+)?(?:all|screen)\s*)?", re.IGNORECASE)
_LAYER = re.compile(r"@layer\b", re.IGNORECASE)


class _Rule(NamedTuple):
    """A selector with what is declared for it; rules are ordered by what counts more, the last most."""

    specificity: tuple[int, int, int]
    order: int
    selector: Selector
    style: Style


class Sheets:
    """The rules of the style sheets that stand in a page."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._rules: dict[str, dict[str, _Rule]] = {}
        self._number = 0
        left = _MOST
        for text in texts:
            for selectors, body in _rules(COMMENT.sub(_NOTHING, text[:left])):
                self._add(selectors.replace(_NOTHING, ""), body)
            left = max(left - len(text), 0)

    @classmethod
    def of(cls, tree: "HtmlElement") -> "Sheets":
        """Return the sheets of a page that count where it is read on a screen."""
        return cls(element.text or "" for element in tree.iter("style") if _counts(element))

    def style(self, element: "HtmlElement") -> Style:
        """Return what the sheets declare of an element."""
        found = [
            rule
            for mark in marks_of(element) | {f"[{name}" for name in element.keys()}  # noqa: SIM118 - no mapping
            for rule in self._rules.get(mark, {}).values()
            if selects(rule.selector, element)
        ]
        normal: Declarations = {}
        important: Declarations = {}
        for rule in sorted(found, key=lambda rule: rule[:2]):
            normal |= rule.style.normal
            important |= rule.style.important
        return Style(normal, important)

    def _add(self, selectors: str, body: str) -> None:
        """Keep a rule under one mark that its elements have.

        Rules for all elements of a kind are left alone: pages that show themselves by a script have such.
        """
        style = read_style(body)
        if not (RELEVANT & (style.normal.keys() | style.important.keys())):
            return
        for written in selectors.split(","):
            written = written.strip().casefold()  # noqa: PLW2901 - as it is kept
            if (selector := read_selector(written)) is None:
                continue
            marks = {*selector.subject.marks, *(f"[{attribute.name}" for attribute in selector.subject.attributes)}
            if marks:
                self._number += 1
                alike = self._rules.setdefault(min(marks), {})
                earlier = alike.get(written)
                key = written if earlier is None or _covers(style, earlier.style) else f"{written} {self._number}"
                alike[key] = _Rule(selector.specificity, self._number, selector, style)


def _covers(style: Style, earlier: Style) -> bool:
    """Tell whether nothing is left of what was declared earlier for the same elements."""
    return earlier.normal.keys() <= style.normal.keys() and earlier.important.keys() <= style.important.keys()


def _counts(element: "HtmlElement") -> bool:
    """Tell whether a browser follows a ``style`` element where a page is read on a screen."""
    media = (element.get("media") or "all").strip()
    kind = (element.get("type") or "text/css").strip().casefold()
    return kind == "text/css" and any(_is_for_screens(query) for query in media.split(","))


def _is_for_screens(query: str) -> bool:
    return _SCREEN.fullmatch(f"@media {query.strip()}") is not None


def _rules(sheet: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the body of each rule that a browser always follows."""
    for prelude, body in _blocks(sheet):
        if not prelude.startswith("@"):
            if "{" not in body:
                yield prelude, body
        elif depth < _DEEPEST and _is_followed(prelude):
            yield from _rules(body, depth + 1)


def _is_followed(prelude: str) -> bool:
    if _LAYER.match(prelude):
        return True
    name, _, queries = prelude.partition(" ")
    return name.casefold() == "@media" and any(_is_for_screens(query) for query in queries.split(","))


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each pair of braces and in it, those that stand in others with them."""
    depth = start = 0
    prelude = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if depth == 0:
                prelude = sheet[start : brace.start()].rpartition(";")[2].removeprefix(_NOTHING).strip()
                start = brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield prelude, sheet[start : brace.start()]
                start = brace.end()
        else:
            start = brace.end()
