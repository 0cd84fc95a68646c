"""From outside to an article: a page is fetched, a document read apart. The door of this folder."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from index.reading.document import Document, Reading
from index.reading.fetching.policy import Policy

if TYPE_CHECKING:
    from index.reading.apart import Arrive, Readers
    from index.reading.feeds import Feed
    from index.reading.fetching.fetch import Fetcher


class Stage(StrEnum):
    """What is being done."""

    FETCHING = "fetching"
    READING = "reading"


Watch = Callable[[Stage], None]
"""Is told when another stage begins."""

Given = Mapping[str, str | None]
"""What the person said of an article: by the names of an ``Article``'s fields."""


def tell_nobody(_stage: Stage) -> None:
    """Keep the stage to itself."""


class Known(NamedTuple):
    """By what a page's server knows what it sent before."""

    etag: str | None
    last_modified: str | None


class Taken(NamedTuple):
    """What was read of a page, where it was found in the end, and by what its server knows it again."""

    reading: Reading
    url: str
    etag: str | None
    last_modified: str | None


class Intake:
    """Reads pages and documents for all who ask, within its policy's limits. Ends with ``close``."""

    def __init__(self, policy: Policy | None = None) -> None:
        self._policy = policy or Policy.production()
        self._fetcher: Fetcher | None = None
        self._readers: Readers | None = None

    async def page(
        self,
        url: str,
        *,
        by: str | None = None,
        given: Given | None = None,
        known: Known | None = None,
        watch: Watch = tell_nobody,
    ) -> Taken | None:
        """Return what a page says; None where it is as it was when its validators were ``known``.

        ``by``: the person who asks, None for the operator. Raises ``BadInput``, as ``Refused`` where nothing came.
        """
        watch(Stage.FETCHING)
        etag, last_modified = known or (None, None)
        fetched = await self._fetching().fetch(url, by=by, etag=etag, last_modified=last_modified)
        if fetched.document is None:
            return None
        reading = await self.document(fetched.document, by=by, given=given, watch=watch)
        return Taken(reading, fetched.document.url or url, fetched.etag, fetched.last_modified)

    async def document(
        self, document: Document, *, by: str | None = None, given: Given | None = None, watch: Watch = tell_nobody
    ) -> Reading:
        """Return what a document says. Raises ``BadInput``, as ``Refused`` where too much waits to be read."""
        watch(Stage.READING)
        return await self._reading().read(document, given, by=by)

    async def arriving(
        self,
        arrive: "Arrive",
        size: int,
        *,
        by: str | None = None,
        given: Given | None = None,
        watch: Watch = tell_nobody,
    ) -> Reading:
        """Return what a document of about ``size`` bytes says; ``arrive`` gets it once there is room for its bytes.

        Raises what ``arrive`` does, and as ``document`` does.
        """

        async def arrived() -> Document:
            document = await arrive()
            watch(Stage.READING)
            return document

        return await self._reading().read_arriving(arrived, size, given, by=by)

    async def feed(self, place: str | Document, *, by: str | None = None, watch: Watch = tell_nobody) -> "Feed":
        """Return what a feed names, at an address or in a document. Raises ``BadInput`` as ``page`` does."""
        if isinstance(place, str):
            watch(Stage.FETCHING)
            fetched = await self._fetching().fetch(place, by=by, feeds=True)
            assert fetched.document is not None  # noqa: S101 - it was not asked whether it is unchanged
            place = fetched.document
        watch(Stage.READING)
        return await self._reading().read_feed(place, by=by)

    def close(self) -> None:
        """Let go of the threads that look up names."""
        if self._fetcher is not None:
            self._fetcher.close()

    def _fetching(self) -> "Fetcher":
        if self._fetcher is None:
            from index.reading.fetching.fetch import Fetcher

            self._fetcher = Fetcher(self._policy)
        return self._fetcher

    def _reading(self) -> "Readers":
        if self._readers is None:
            from index.reading.apart import Readers

            self._readers = Readers()
        return self._readers
