"""What a moderator says about a draft: its title, its date, whose it is, in which language."""

from collections.abc import Mapping

from pydantic import ValidationError
from sqlalchemy import RowMapping

from index.errors import BadInput, Phrase
from index.model import Article, Basis
from index.reading.document import Caution

EDITABLE = ("title", "published", "publisher", "author", "url", "language")
"""What a moderator may change about a draft."""


def edited(article: Article, changes: Mapping[str, str | None]) -> Article:
    """Return an article with what a moderator says about it. Raises ``BadInput``."""
    if unknown := sorted(changes.keys() - set(EDITABLE)):
        known = ", ".join(EDITABLE)
        raise BadInput("There is no {field} to edit; what can be edited is {known}.", field=unknown[0], known=known)
    given: dict[str, object] = {field: (value or "").strip() or None for field, value in changes.items()}
    for field in ("title", "published"):
        if field in given and given[field] != getattr(article, field):
            given[f"{field}_basis"] = Basis.MODERATOR if given[field] else Basis.UNKNOWN
    try:
        return Article.model_validate(article.model_dump() | given)
    except ValidationError as error:
        first = error.errors()[0]
        place, reason = ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")
        raise BadInput(
            "The {place} is not right: {reason}.", place=Phrase(place or "article"), reason=Phrase(reason)
        ) from error


def cautions_left(row: RowMapping, article: Article) -> list[Caution]:
    """Return the cautions of a draft, by its row, that its edited article still deserves."""
    found = [Caution(name) for name in row["cautions"]]
    settled = {Caution.UNDATED, Caution.FUTURE} if article.published_basis is Basis.MODERATOR else set()
    if article.language != row["language"]:
        settled.add(Caution.OTHER_LANGUAGE)
    return [caution for caution in found if caution not in settled]
