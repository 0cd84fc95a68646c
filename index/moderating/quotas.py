"""How much one shelf may take: what is above its limits is refused."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from index import moment
from index.errors import BadInput
from index.model import Article
from index.moderating.model import Act, Limits
from index.store import acts, drafts, listing


def refuse_long(article: Article, limits: Limits) -> None:
    """Raise ``BadInput`` where an article is longer than one may be."""
    if len(article.text) > limits.characters:
        told = "“{title}” is too long: {size:,} characters, and the limit here is {limit:,}."
        raise BadInput(told, title=article.title, size=len(article.text), limit=limits.characters)


async def refuse_full(connection: AsyncConnection, shelf: str, limits: Limits, of: str | None) -> None:
    """Raise ``BadInput`` where a shelf has had as much as it may; a next version ``of`` a source takes no place."""
    lately = moment.now() - timedelta(hours=1)
    if await acts.count_since(connection, shelf, [Act.DRAFTED], lately) >= limits.adds_an_hour:
        raise BadInput(
            "{count} articles were added here within an hour, which is the limit; please go on a little later.",
            count=limits.adds_an_hour,
        )
    if of is None and await _filled(connection, shelf) >= limits.sources:
        raise BadInput(
            "There are {count:,} sources and drafts here, which is the limit; "
            "remove a source or discard a draft first.",
            count=limits.sources,
        )


async def _filled(connection: AsyncConnection, shelf: str) -> int:
    counted = await listing.count(connection, [shelf])
    return counted.sources + await drafts.count(connection, shelf)
