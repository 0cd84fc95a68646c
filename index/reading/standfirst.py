"""The standfirst of an article: what a page says between its title and its first paragraph, often the main figures."""

import re
from itertools import islice
from typing import TYPE_CHECKING

from index.reading.page_text import single_spaced
from index.reading.phrases import folded

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMED = re.compile(
    r"chap[oô]|standfirst|\bde(?:k|ck)\b|\blede\b|(?:^|[-_ ])lead|intro|summary|sub-?title|sous-?titre|subhead|excerpt"
    r"|abstract|description|accroche|(?:^|[-_ ])hat(?:$|[-_ ])|tagline|kicker-text",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"caption|credit|share|social|author|byline|breadcrumb|cookie|consent|newsletter|promo|related|comment|\bad-|advert|nav",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"nav", "aside", "figure", "form", "footer", "ul", "ol", "table", "blockquote", "a", "label"})
_TEXT = ("p", "h2", "h3", "div", "span", "strong", "section")
_FEWEST_WORDS = 6
_FEWEST_WORDS_UNNAMED = 15
_LONGEST = 900  # code points
_MOST = 4
_MOST_ELEMENTS = 400  # between a title and its text


def find_standfirst(tree: "HtmlElement", title: str, first: str) -> list[str]:
    """Return the paragraphs between the heading ``title`` and the paragraph ``first``; none where none is."""
    heading = next((element for element in tree.iter("h1", "h2") if _is_same(_text(element), title)), None)
    if heading is None:
        return []
    found: list[str] = []
    for element in islice(heading.xpath("following::*"), _MOST_ELEMENTS):
        if element.tag not in _TEXT or len(found) == _MOST:
            continue
        text = _text(element)
        if text and (text.startswith(first[:80]) or first.startswith(text[:200])) and len(text) > len(first) // 2:
            return found
        if _is_standfirst(element, text) and not any(text in other or other in text for other in found):
            found.append(text)
    return []


def _is_standfirst(element: "HtmlElement", text: str) -> bool:
    words = len(text.split())
    if words < _FEWEST_WORDS or len(text) > _LONGEST or element.find(".//p") is not None:
        return False
    around = [
        other for other in (element, *islice(element.iterancestors(), 5)) if other.tag not in ("html", "body", "main")
    ]
    if any(other.tag in _ELSEWHERE or _AROUND.search(_names(other)) for other in around):
        return False
    if any(_NAMED.search(_names(other)) for other in around[:2]) or element.get("itemprop") == "description":
        return True
    return element.tag == "p" and words >= _FEWEST_WORDS_UNNAMED and text.endswith((".", "!", "?", "…", "»", "”"))


def _names(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _text(element: "HtmlElement") -> str:
    return single_spaced(element.text_content())


def _is_same(one: str, other: str) -> bool:
    return folded(one) == folded(other)
