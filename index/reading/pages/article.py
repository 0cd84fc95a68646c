"""Which of a page's pieces are its article: trafilatura says where it is, the pieces themselves say what it says.

What trafilatura returns is not stored: it may lose words inside of a paragraph, or glue two together. A piece is taken
where its beginning is in what trafilatura returned, or where it is a sentence among such pieces.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from index.reading.pages.leaves import Leaf, keyed

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Found(NamedTuple):
    """An article's pieces, in order, and those before its text; none where the page only leads to articles."""

    leaves: list[Leaf]
    before: list[Leaf]
    is_list_of_links: bool = False


_PIECES = frozenset({"p", "head", "item", "cell", "quote", "code"})
AROUND = re.compile(
    r"caption|credit|share|social|author|byline|breadcrumb|cookie|consent|newsletter|promo|related|comment|\bad-|advert|nav",
    re.IGNORECASE,
)
"""Names of what stands around an article, in the classes and ids of elements."""

_ELSEWHERE = frozenset({"figure", "figcaption", "caption", "nav", "aside", "footer", "form", "label", "legend"})
_QUICK = 8_000  # elements; looking for a second opinion takes as long again
_FEWEST_CHARACTERS = 60  # with less, trafilatura takes the whole page for the article
_TELLING = 24  # characters without white space by which a piece is known
_LONG = 60
_LONGEST_LINK = 250  # code points of what leads elsewhere; a longer paragraph is text, though all of it is a link
_LINKED = 0.9
_PARTLY_LINKED = 0.8
_MOST_LINKED_HEADS = 4
_MOST_LINKED = 8
_FEWEST_WORDS = 6
_STOPS = (".", "!", "?", "…", ":", ";", "»", "”", '"', ")")
_NEAR = 3  # parts of the page, from the inside


class _Told(NamedTuple):
    """What trafilatura returned, without white space: its pieces, and all of it."""

    pieces: frozenset[str]
    whole: str
    is_one: bool


def find_article(tree: "HtmlElement", leaves: list[Leaf]) -> Found:
    """Return which of a page's pieces are its article, without those that only lead elsewhere."""
    told = _told(tree)
    certain = [place for place, leaf in enumerate(leaves) if len(leaf.key) >= _TELLING and _says(told, leaf.key)]
    if not certain or (told.is_one and len(certain) > 1):
        certain = [place for place, leaf in enumerate(leaves) if leaf.key in told.pieces]
    if not certain:
        return Found([], [], is_list_of_links=_leads_elsewhere(leaves))
    if _leads_elsewhere([leaf for leaf in leaves if _says(told, leaf.key)]):
        return Found([], [], is_list_of_links=True)
    long = {leaves[place].home for place in certain if len(leaves[place].key) >= _LONG}
    homes = long or {leaves[place].home for place in certain}
    certain = [place for place in certain if leaves[place].home in homes]
    first, last = _beginning(leaves, certain[0], told, homes), certain[-1]
    kept: list[int] = []
    for place in range(first, len(leaves)):
        if _belongs(leaves[place], told, homes, is_inside=place <= last):
            kept.append(place)
        elif place > last:
            break
    text = next((place for place in kept if not leaves[place].level), first)
    return Found(_once([leaves[place] for place in kept]), leaves[:text])


def _told(tree: "HtmlElement") -> _Told:
    """Return what trafilatura finds to be the article."""
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_FEWEST_CHARACTERS))
    quick = sum(1 for _ in tree.iter()) > _QUICK
    found = bare_extraction(tree, fast=quick, include_comments=False, include_tables=True, config=settings)
    if found is None or isinstance(found, dict):
        return _Told(frozenset(), "", is_one=False)
    pieces: set[str] = set()
    for element in found.body.iter():
        texts = (element.text, element.tail, "".join(element.itertext()) if element.tag in _PIECES else "")
        pieces.update(keyed(text) for text in texts if text)
    return _Told(frozenset(pieces - {""}), keyed("".join(found.body.itertext())), is_one=len(pieces) <= 2)  # noqa: PLR2004


def _says(told: _Told, key: str) -> bool:
    return key in told.pieces or key in told.whole


def _beginning(leaves: list[Leaf], first: int, told: _Told, homes: "set[HtmlElement]") -> int:
    """Return where the article begins that is known from ``first``: sentences and a heading may stand before that."""
    while first and leaves[first - 1].level != 1 and _belongs(leaves[first - 1], told, homes, is_inside=True):
        first -= 1
    return first


def _belongs(leaf: Leaf, told: _Told, homes: "set[HtmlElement]", *, is_inside: bool) -> bool:
    """Tell whether a piece between those of the article, or right after them, is one of it."""
    if leaf.linked >= _LINKED and not leaf.level and len(leaf.text) <= _LONGEST_LINK:
        return False
    if not _is_near(leaf, homes):
        return False
    if leaf.key in told.pieces or (len(leaf.key) >= _TELLING and leaf.key in told.whole):
        return True
    if leaf.linked > _PARTLY_LINKED or _is_around(leaf, homes):
        return False
    if leaf.is_told or (leaf.level and is_inside):
        return True
    begins = len(leaf.key) > _TELLING and leaf.key[:_TELLING] in told.whole
    return begins or (len(leaf.text.split()) >= _FEWEST_WORDS and leaf.text.endswith(_STOPS))


def _is_near(leaf: Leaf, homes: "set[HtmlElement]") -> bool:
    """Tell whether a piece stands where others of the article stand, or in a part of the page inside of that."""
    around = islice((element for element in (leaf.home, *leaf.home.iterancestors())), _NEAR)
    return any(element in homes for element in around)


def _is_around(leaf: Leaf, homes: "set[HtmlElement]") -> bool:
    """Tell whether the elements around a piece, up to the article's, are named as what stands around an article."""
    for element in (leaf.element, *leaf.element.iterancestors()):
        if element.tag in _ELSEWHERE:
            return True
        if element in homes:
            return False
        if AROUND.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
    return False


def _once(leaves: list[Leaf]) -> list[Leaf]:
    """Return pieces without the later ones of those that say the same at length."""
    seen: set[str] = set()
    kept = []
    for leaf in leaves:
        if len(leaf.key) >= _LONG and leaf.key in seen:
            continue
        seen.add(leaf.key)
        kept.append(leaf)
    return kept


def _leads_elsewhere(leaves: list[Leaf]) -> bool:
    """Tell whether pieces are mostly links to articles."""
    linked = [leaf for leaf in leaves if leaf.linked >= _LINKED]
    heads = sum(1 for leaf in linked if leaf.level > 1)
    return heads >= _MOST_LINKED_HEADS or (len(linked) >= _MOST_LINKED and len(linked) * 2 > len(leaves))
