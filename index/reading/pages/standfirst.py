"""The standfirst of an article: what a page says between its title and its first paragraph, often the main figures."""

import re
from typing import TYPE_CHECKING, NamedTuple

from index.reading.pages.article import AROUND
from index.reading.pages.leaves import Leaf
from index.reading.phrases import folded

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Lead(NamedTuple):
    """What stands between a title and the text: the paragraphs of the standfirst, and the short lines around it."""

    paragraphs: list[Leaf]
    lines: list[str]


_NAMED = re.compile(
    r"chap[oô]|standfirst|\bde(?:k|ck)\b|\blede\b|(?:^|[-_ ])lead|intro|summary|sub-?title|sous-?titre|subhead|excerpt"
    r"|abstract|description|accroche|(?:^|[-_ ])hat(?:$|[-_ ])|tagline|kicker-text",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"nav", "aside", "figure", "figcaption", "form", "footer", "li", "td", "blockquote", "label"})
_WHOLE = frozenset({"html", "body", "main"})
_STOPS = (".", "!", "?", "…", "»", "”")
_FEWEST_WORDS = 6
_FEWEST_WORDS_UNNAMED = 15
_LONGEST = 900  # code points
_LONGEST_LINE = 160
_MOST = 12
_PARTS = 6  # elements around a piece whose names are looked at
_PARTLY_LINKED = 0.5


def find_lead(before: list[Leaf], title: str) -> Lead:
    """Return what stands after the heading ``title`` among the pieces before a text; nothing where there is none."""
    places = [place for place, leaf in enumerate(before) if leaf.level and folded(leaf.text) == folded(title)]
    if not places:
        return Lead([], [])
    after = before[places[-1] + 1 :][:_MOST]
    paragraphs = [leaf for leaf in after if _is_standfirst(leaf)]
    lines = [leaf.text for leaf in after if leaf not in paragraphs and len(leaf.text) <= _LONGEST_LINE]
    return Lead([leaf._replace(level=0) for leaf in paragraphs], lines)


def _is_standfirst(leaf: Leaf) -> bool:
    words = len(leaf.text.split())
    if words < _FEWEST_WORDS or len(leaf.text) > _LONGEST or leaf.linked > _PARTLY_LINKED:
        return False
    around = [element for element in (leaf.element, *leaf.element.iterancestors()) if element.tag not in _WHOLE][
        :_PARTS
    ]
    if any(element.tag in _ELSEWHERE or AROUND.search(_names(element)) for element in around):
        return False
    if any(_NAMED.search(_names(element)) or element.get("itemprop") == "description" for element in around[:2]):
        return True
    return leaf.element.tag == "p" and words >= _FEWEST_WORDS_UNNAMED and leaf.text.endswith(_STOPS)


def _names(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
