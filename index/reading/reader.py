"""A document from outside to an article, whatever its kind, with what a moderator had better look at.

This is where untrusted bytes are taken apart: it runs in a process of its own, with limits (``index.reading.apart``).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from index.errors import BadInput
from index.model import Article, Basis
from index.reading.article import read_text
from index.reading.charsets import decode
from index.reading.cleaning import clean, clean_line, shown
from index.reading.document import Caution, Document, Kind, Reading
from index.reading.kinds import kind_of
from index.reading.phrases import speaks_of_cookies, speaks_of_paying

_FEWEST_WORDS = 60
_FEWEST_SENTENCES = 3
_MOST_NAMED = 200  # characters of an author or publisher
_HEAD = 200_000  # characters of a text in which its cautions are looked for
_ODD = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]|[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹Œ™š›œ]|â€")
_MOST_ODD = 0.005  # of the characters
_FEWEST_ODD = 3
_WORD = re.compile(r"\w+")
_STATED_BY_PEOPLE = frozenset({Basis.MODERATOR, Basis.EDITOR})
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def read(document: Document, given: Mapping[str, str | None] | None = None) -> Reading:
    """Read a document as an article; what was given of it counts more than what is found in it.

    Raises ``BadInput`` with one sentence: what cannot be read, or why nothing is in it.
    """
    kind = kind_of(document)
    reading = _read(kind, document, given)
    article = _cleaned(reading.article, document, given)
    cautions = dict.fromkeys((*reading.cautions, *cautions_of(article)))
    return Reading(article=article, kind=kind, cautions=tuple(caution for caution in Caution if caution in cautions))


def _read(kind: Kind, document: Document, given: Mapping[str, str | None] | None) -> Reading:
    if kind is Kind.HTML:
        from index.reading.pages.html import read_html

        return read_html(document, given)
    if kind is Kind.PDF:
        from index.reading.papers.pdf import read_pdf

        return read_pdf(document, given)
    if kind is Kind.DOCX:
        from index.reading.papers.docx import read_docx

        return read_docx(document, given)
    name = shown(document.name)
    text = clean(decode(document.data, name, document.charset))
    _refuse_empty(text, name)
    article = read_text(text, name, given, markdown=kind is Kind.MARKDOWN)
    if document.url and (given or {}).get("url") is None:
        # Anybody may write any address into front matter: a page is where it was found.
        article = article.model_copy(update={"url": document.url})
    return Reading(article=_without_borrowed_bases(article, given or {}), kind=kind)


def _without_borrowed_bases(article: Article, given: Mapping[str, str | None]) -> Article:
    """Return an article whose front matter does not say that a person of this house vouches for it."""
    return article.model_copy(
        update={
            f"{field}_basis": Basis.METADATA
            for field in ("title", "published")
            if given.get(field) is None and getattr(article, f"{field}_basis") in _STATED_BY_PEOPLE
        }
    )


def _cleaned(article: Article, document: Document, given: Mapping[str, str | None] | None) -> Article:
    """Return an article as it is stored. Raises ``BadInput`` where nothing can be seen in it."""
    name = shown(document.name)
    text = clean(article.text)
    _refuse_empty(text, name)
    names = {
        field: clean_line(value)[:_MOST_NAMED] or None
        for field in ("publisher", "author", "credit")
        if (value := getattr(article, field)) is not None
    }
    url = article.url if (given or {}).get("url") is not None else article.url or document.url
    if url and not _WEB.fullmatch(url):
        if (given or {}).get("url") is not None:
            raise BadInput(
                "{name}: url is not right: expected an address that begins with https:// or http://.", name=name
            )
        url = None
    return article.model_copy(
        update={"text": text, "title": clean_line(article.title) or name, "url": url, **names},
    )


def _refuse_empty(text: str, name: str) -> None:
    if not any(character.isalnum() for character in text):
        raise BadInput("{name} is empty: there is no text in it.", name=name)


def cautions_of(article: Article) -> list[Caution]:
    """Return what can be told from the article alone."""
    head = article.text[:_HEAD]
    found = []
    if speaks_of_paying(head):
        found.append(Caution.PAYWALL)
    if speaks_of_cookies(head):
        found.append(Caution.COOKIES)
    odd = sum(1 for _ in _ODD.finditer(head))
    if odd >= _FEWEST_ODD and odd > _MOST_ODD * len(head):
        found.append(Caution.ODD_CHARACTERS)
    if _is_short(article.text):
        found.append(Caution.SHORT)
    if article.published is None:
        found.append(Caution.UNDATED)
    elif article.published > datetime.now(UTC).strftime("%Y-%m-%d")[: len(article.published)]:
        found.append(Caution.FUTURE)
    return found


def _is_short(text: str) -> bool:
    from index import sentences

    if len(text) > _HEAD:
        return False
    words = sum(1 for _ in _WORD.finditer(text))
    return words < _FEWEST_WORDS or len(sentences.split(text)) < _FEWEST_SENTENCES
