"""A web page to an article: what a person who opens it reads, without what stands around it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.errors import BadInput
from index.language.detection import detect
from index.model import Basis
from index.reading.article import compose
from index.reading.charsets import decode
from index.reading.cleaning import clean_line, shown
from index.reading.document import Caution, Document, Kind, Reading
from index.reading.headings import unmarked
from index.reading.pages.article import find_article
from index.reading.pages.bylines import Signed, read_bylines
from index.reading.pages.facts import Facts, read_facts, without_by
from index.reading.pages.leaves import Leaf, read_leaves
from index.reading.pages.markup import parse, shorten
from index.reading.pages.preparation import prepare
from index.reading.pages.standfirst import find_lead
from index.reading.pages.tables import tell_tables
from index.reading.pages.visibility import leave_seen
from index.reading.phrases import folded, is_aside, speaks_of_paying

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEAD = 100_000  # code points of a page that tell its language, and whether one must pay
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 5
_LONGEST_DEMAND = 300  # code points; a longer paragraph says something else, too
_NOTHING = "{name}: no article text was found on this page; it may be written by scripts, which are not run here."
_NOTHING_CUT = (
    "{name}: no article text was found on this page; it has too many elements, or they are nested too deeply."
)


def read_html(document: Document, given: Mapping[str, str | None] | None = None) -> Reading:
    """Read a page as an article in Markdown, with ``##`` headings; what was given counts more than what it says.

    Left out: what is hidden, what stands around the article (menus, notices, what else to read), captions of pictures,
    notes' marks, what was struck out. Rows of tables become sentences. Raises ``BadInput`` with one sentence.
    """
    name = shown(document.name)
    page = parse(decode(document.data, name, document.charset, is_page=True), name)
    facts = read_facts(page.tree, document.url)
    leave_seen(page.tree)
    is_cut = shorten(page.tree) or page.is_cut
    facts = _with_what_it_shows(facts, page.tree, document.url)
    seen = page.tree.text_content()[:_HEAD]
    language = detect(seen)
    tell_tables(page.tree, language)
    prepare(page.tree, language)
    found = find_article(page.tree, read_leaves(page.tree))
    if found.is_list_of_links:
        raise BadInput("{name} is a page of links to articles, not an article; give one of the articles.", name=name)
    lead = find_lead(found.before, facts.title or "")
    signed = read_bylines([*lead.paragraphs, *found.leaves], lead.lines, facts.author, language)
    leaves = _of_the_article(signed.leaves, facts.title)
    if sum(1 for leaf in leaves for _ in _WORD.finditer(leaf.text)) < _FEWEST_WORDS:
        raise BadInput(_NOTHING_CUT if is_cut else _NOTHING, name=name)
    article = compose(_written(leaves), _found(facts, signed, name), given, name, markdown=True)
    cautions = [Caution.PAYWALL] if facts.is_paid or speaks_of_paying(seen) else []
    if is_cut:
        cautions.append(Caution.CUT)
    return Reading(article=article, kind=Kind.HTML, cautions=tuple(cautions))


def _found(facts: Facts, signed: Signed, name: str) -> dict[str, object]:
    found: dict[str, object] = {
        "title": facts.title or name,
        "title_basis": Basis.METADATA if facts.title else Basis.FILE_NAME,
        "author": facts.author or signed.author,
        "publisher": facts.publisher,
        "url": facts.url,
    }
    if facts.published:
        found |= {"published": facts.published, "published_basis": Basis.METADATA}
    elif signed.published:
        found |= {"published": signed.published, "published_basis": Basis.TEXT}
    return found


def _with_what_it_shows(facts: Facts, tree: "HtmlElement", url: str | None) -> Facts:
    """Return the facts with those that only the page's visible parts tell: who signs, when it appeared."""
    if facts.author and facts.published:
        return facts
    from copy import deepcopy

    from trafilatura.metadata import extract_metadata

    today = datetime.now(UTC).strftime("%Y-%m-%d")
    dates: dict[str, Any] = {"original_date": True, "extensive_search": False, "max_date": today, "url": url}
    shows = extract_metadata(deepcopy(tree), default_url=url, date_config=dates)
    author = without_by(clean_line(shows.author or "").replace("; ", ", "))
    return facts._replace(author=facts.author or author or None, published=facts.published or shows.date)


def _of_the_article(leaves: list[Leaf], title: str | None) -> list[Leaf]:
    """Return the leaves without the title, what else to read or pay, what is said twice, and headings of nothing."""
    kept: list[Leaf] = []
    for leaf in leaves:
        is_title = leaf.level and title and folded(leaf.text) == folded(title)
        if is_title or (kept and leaf.text == kept[-1].text) or is_aside(leaf.text) or _asks_to_pay(leaf.text):
            continue
        if leaf.level and kept and kept[-1].level >= leaf.level:
            kept.pop()
        kept.append(leaf)
    while kept and kept[-1].level:
        kept.pop()
    return kept


def _asks_to_pay(text: str) -> bool:
    return len(text) <= _LONGEST_DEMAND and speaks_of_paying(text)


def _written(leaves: list[Leaf]) -> str:
    """Return leaves as a text in Markdown: items of one list on lines of their own, an empty line between others."""
    parts: list[str] = []
    for place, leaf in enumerate(leaves):
        if place:
            parts.append("\n" if leaf.mark and leaves[place - 1].mark else "\n\n")
        parts.append(f"{'#' * max(leaf.level, 2)} {leaf.text}" if leaf.level else f"{leaf.mark}{unmarked(leaf.text)}")
    return "".join(parts)
