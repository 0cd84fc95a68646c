"""A page made ready for trafilatura, so that nothing a reader sees in a sentence is lost on the way."""

import re
from typing import TYPE_CHECKING

from index import lines
from index.model import Language

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BOUND = {"\u00a0": "⍽", "\u202f": "⎵"}
"""trafilatura joins words with plain spaces; these signs stand for spaces that bind until it is done."""

TOLD = "told"
"""The attribute of an element that holds what a table says."""

_BOUND_SPACE = re.compile(r"(?<!\s)[\u00a0\u202f](?!\s)")
_NOTE_MARK = re.compile(r"\s*(?:\[\s*[\w\s.]{1,12}\]|\(\s*\d{1,3}\s*\)|[*†‡]+)\s*")
_TO_NOTE = "boolean(.//a[starts-with(@href, '#')] | ancestor::a[starts-with(@href, '#')])"
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_RAISABLE = re.compile(r"[+−-]?\d{1,3}")
_QUOTES = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}
_SPACES = re.compile(r"\s+")
_PARTS = frozenset({"section", "article", "main", "header", "div", "p", "dd", "dt", "address", "center", "hgroup"})
_CONTAINERS = ("div", "section", "form", "center", "font", "span", "dl")
_MOST_OF_IT = 0.7
_MOST_BESIDE = 200  # code points beside a part that is all of an article


def prepare(tree: "HtmlElement", language: Language) -> None:
    """Write what only the layout of a page says into its text, so that it is not lost: quotes, exponents, lines."""
    from lxml import etree

    for element in tree.iter("time"):
        element.tag = "span"  # trafilatura would take dates out of sentences
    for element in tree.iter("q"):
        _quote(element, *_QUOTES[language])
    for element in list(tree.iter("sup")):
        _raise(element)
    for element in list(tree.iter("pre")):
        _unwrap_lines(element)
    for link in list(tree.iter("a")):
        if not link.text_content().strip():
            link.drop_tag()  # trafilatura would take the paragraph around it away
    for item in tree.xpath(".//li[not(parent::ul or parent::ol or parent::menu)]"):
        item.tag = "p"
    etree.strip_tags(tree, "sup", "sub", "q", "wbr")
    _bind(tree)
    _mark_article(tree)


def _bind(tree: "HtmlElement") -> None:
    """Bind words with signs, and part what stands in parts of its own, whatever becomes of their elements."""
    for element in tree.iter():
        if element.text:
            element.text = _bound(element.text)
        tail = f"\n{element.tail or ''}" if element.tag in _PARTS else element.tail
        if tail:
            element.tail = _bound(tail)


def _quote(element: "HtmlElement", opening: str, closing: str) -> None:
    element.text = f"{opening}{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{closing}"
    else:
        element.text = f"{element.text}{closing}"


def _raise(element: "HtmlElement") -> None:
    """Write an exponent as such; take the mark of a note away."""
    text = element.text_content()
    if _NOTE_MARK.fullmatch(text) or element.xpath(_TO_NOTE):
        element.drop_tree()
    elif _RAISABLE.fullmatch(text):
        element.text, element[:] = text.translate(_RAISED), []


def _mark_article(tree: "HtmlElement") -> None:
    """Mark the element that holds most of a page's text as its article, where nothing on the page is marked as one.

    Without it, trafilatura takes paragraphs only: headings and lists would be lost.
    """
    from lxml.html import Element
    from trafilatura.xpaths import BODY_XPATH

    place = tree.find("body")
    if place is None or any(expression(tree) for expression in BODY_XPATH):
        return
    size = len(place.text_content())
    while parts := [(len(child.text_content()), child) for child in place.iterchildren(*_CONTAINERS)]:
        length, largest = max(parts, key=lambda part: part[0])
        beside = sum(len(text.text_content()) for text in place.iterchildren("p", "ul", "ol", "blockquote"))
        if length < size * _MOST_OF_IT or beside > _MOST_BESIDE:
            break
        place, size = largest, length
    if place.tag != "body":
        place.tag = "article"
        return
    article = Element("article")
    article.text, place.text = place.text, None
    article.extend(place[:])
    place.append(article)


def _unwrap_lines(element: "HtmlElement") -> None:
    """Make paragraphs of a text that was typed with line ends, so that no word depends on how it was wrapped."""
    from lxml.html import Element

    text, tail = element.text_content(), element.tail
    element.clear()
    element.tag, element.tail = "div", tail
    for span in lines.paragraphs(text):
        paragraph = Element("p")
        paragraph.text = _SPACES.sub(" ", text[span.start : span.end])
        element.append(paragraph)


def _bound(text: str) -> str:
    """Return a text in which signs stand for the spaces that bind; a text of spaces only binds nothing."""
    if text.isascii() or text.isspace():
        return text
    return _BOUND_SPACE.sub(lambda space: BOUND[space[0]], text)
