"""The standfirst of an article: what a page says between its title and its first paragraph, often the main figures."""

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

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
_LONGEST_LINE = 160
_MOST = 12
_MOST_ELEMENTS = 400  # between a title and its text


class Lead(NamedTuple):
    """What stands between a title and the text: the paragraphs of the standfirst, and the short lines around it."""

    paragraphs: list[str]
    lines: list[str]


def find_lead(tree: "HtmlElement", title: str, first: str) -> Lead:
    """Return what stands between the heading ``title`` and the paragraph ``first``; nothing where either is missing."""
    heading = next((element for element in tree.iter("h1", "h2") if folded(_text(element)) == folded(title)), None)
    lead = Lead([], [])
    if heading is None:
        return lead
    for element in islice(heading.xpath("following::*"), _MOST_ELEMENTS):
        if element.tag not in _TEXT:
            continue
        text = _text(element)
        if text and (text.startswith(first[:80]) or first.startswith(text[:200])) and len(text) > len(first) // 2:
            return lead
        known = any(text in other or other in text for other in (*lead.paragraphs, *lead.lines))
        if not text or known or len(lead.paragraphs) + len(lead.lines) >= _MOST:
            continue
        if _is_standfirst(element, text):
            lead.paragraphs.append(text)
        elif len(text) <= _LONGEST_LINE:
            lead.lines.append(text)
    return Lead([], [])


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
