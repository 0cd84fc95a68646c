"""Which of a page's pieces are its article: trafilatura says where it is, the pieces themselves say what it says.

What trafilatura returns is not stored: it may lose words inside of a paragraph, or glue two together. A piece is taken
where its beginning is in what trafilatura returned, or where it is a sentence among such pieces.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from index.reading.page_leaves import Leaf, keyed

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Found(NamedTuple):
    """An article's pieces, in order, and those before it on its page; none where the page only leads to articles."""

    leaves: list[Leaf]
    before: list[Leaf]
    is_list_of_links: bool = False


AROUND = re.compile(
    r"caption|credit|share|social|author|byline|breadcrumb|cookie|consent|newsletter|promo|related|comment|\bad-|advert|nav",
    re.IGNORECASE,
)
"""Names of what stands around an article, in the classes and ids of elements."""

_QUICK = 8_000  # elements; looking for a second opinion takes as long again
_FEWEST_CHARACTERS = 60  # with less, trafilatura takes the whole page for the article
_BEGINNING = 24  # characters that tell a piece
_LONGEST_LINK = 250  # code points of what leads elsewhere; a longer paragraph is text, though all of it is a link
_LINKED = 0.9
_MOST_LINKED_HEADS = 4
_MOST_LINKED = 8
_FEWEST_WORDS = 6
_MOST_LINKED_IN_SENTENCE = 0.5
_SHARE_OF_HOME = 0.15  # of the article's characters
_STOPS = (".", "!", "?", "…", ":", ";", "»", "”", '"', ")")


def find_article(tree: "HtmlElement", leaves: list[Leaf]) -> Found:
    """Return which of a page's pieces are its article, without those that only lead elsewhere."""
    told = _told_by_trafilatura(tree)
    chosen = [place for place, leaf in enumerate(leaves) if _is_in(leaf, told)]
    if not chosen or (len(told) == 1 and len(chosen) > 2):  # noqa: PLR2004 - all of the page, in one line
        return Found([], [], is_list_of_links=_leads_elsewhere(leaves))
    if _leads_elsewhere([leaves[place] for place in chosen]):
        return Found([], [], is_list_of_links=True)
    places = _with_neighbours(leaves, chosen)
    kept = [leaves[place] for place in places if leaves[place].level or not _is_link(leaves[place])]
    return Found(kept, leaves[: places[0]])


def _told_by_trafilatura(tree: "HtmlElement") -> list[str]:
    """Return the pieces that trafilatura finds, without white space."""
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_FEWEST_CHARACTERS))
    quick = sum(1 for _ in tree.iter()) > _QUICK
    found = bare_extraction(tree, fast=quick, include_comments=False, include_tables=True, config=settings)
    if found is None or isinstance(found, dict):
        return []
    return [key for line in (found.text or "").splitlines() if (key := keyed(line.lstrip("-| ")))]
