"""Rankers out of the store: from the terms that were kept, without reading the texts again.

What is long work here takes a plain connection, for use in a thread.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from sqlalchemy import Connection, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import State
from index.preparation import pack
from index.ranking.segment import MOST_DOCUMENTS, Builder, Segment
from index.ranking.terms import VERSION
from index.store.tables import passages, sources, standing, states, terms, versions

_BATCH = 8_192  # passages read at a time


def segments(connection: Connection, shelf_ids: Sequence[str], pause: Callable[[], None]) -> Iterator[Segment]:
    """Yield segments with the passages of some shelves' live sources; ``pause`` is called between batches.

    The passages of a version have keys in a row, and so have those of most versions that came one after another:
    the terms are read in the order in which they lie on the disk.
    """
    waiting: list[tuple[int, int]] = []
    for first, end in _live(connection, shelf_ids):
        for start in range(first, end, _BATCH):
            stop = min(start + _BATCH, end)
            if stop - start + sum(after - before for before, after in waiting) > MOST_DOCUMENTS:
                yield _build(connection, waiting, pause)
                waiting = []
            waiting.append((start, stop))
    if waiting:
        yield _build(connection, waiting, pause)


def _build(
    connection: Connection, ranges: Sequence[tuple[int, int]], pause: Callable[[], None] | None = None
) -> Segment:
    """Build a segment from the passages with keys in some ranges (first, after the last)."""
    total = 0
    for first, end in ranges:
        size = select(func.sum(func.length(terms.c["keys"]))).where(terms.c.passage >= first, terms.c.passage < end)
        total += connection.execute(size).scalar() or 0
    builder = Builder(total // 8)
    for first, end in ranges:
        if pause:
            pause()
        _read(connection, builder, first, end)
    return builder.build()


def segment(connection: Connection, version: int) -> Segment:
    """Build the segment of one version's passages; at most a million of them, far more than a source may have."""
    keys = identities(connection, version)
    return _build(connection, [(keys[0], keys[-1] + 1)])


def identities(connection: Connection, version: int) -> list[int]:
    """Return the keys of a version's passages."""
    found = select(passages.c.key).where(passages.c.version == version).order_by(passages.c.ordinal)
    return list(connection.execute(found).scalars())


async def stale(connection: AsyncConnection) -> list[int]:
    """Return the passages whose terms come from another analysis than today's."""
    other = (terms.c.analysis < VERSION) | (terms.c.analysis > VERSION)
    return list((await connection.execute(select(terms.c.passage).where(other))).scalars())


async def renew(connection: AsyncConnection, keys: Sequence[int]) -> None:
    """Compute passages' terms anew. They follow from the text alone, so these rows alone may be changed."""
    text = func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
    described = await connection.execute(
        select(passages.c.key, versions.c.title, passages.c.heading, text, passages.c.start, versions.c.language)
        .join(versions, versions.c.key == passages.c.version)
        .where(passages.c.key.in_(keys))
    )
    for key, *passage in described.all():
        packed = pack(*passage)
        await connection.execute(
            update(terms).where(terms.c.passage == key).values(analysis=VERSION, **packed._asdict())
        )


def _live(connection: Connection, shelf_ids: Sequence[str]) -> list[tuple[int, int]]:
    """Return the ranges of keys (first, after the last) of the passages of live sources, neighbours joined."""
    found = connection.execute(
        select(passages.c.key, versions.c.passages)
        .select_from(states)
        .join(sources, sources.c.key == states.c.source)
        .join(versions, versions.c.key == states.c.version)
        .join(passages, (passages.c.version == states.c.version) & (passages.c.ordinal == 0))
        .where(standing, states.c.state == State.LIVE.value, sources.c.shelf.in_(shelf_ids))
        .order_by(passages.c.key)
    )
    ranges: list[tuple[int, int]] = []
    for first, count in found:
        if ranges and ranges[-1][1] == first:
            ranges[-1] = (ranges[-1][0], first + count)
        else:
            ranges.append((first, first + count))
    return ranges


def _read(connection: Connection, builder: Builder, start: int, end: int) -> None:
    """Add the passages with keys from ``start`` to before ``end`` to a builder."""
    rows = connection.execute(
        select(terms.c.passage, terms.c["keys"])
        .where(terms.c.passage >= start, terms.c.passage < end)
        .order_by(terms.c.passage)
    )
    found = rows.all()
    builder.add(
        np.array([row[0] for row in found], dtype=np.int64),
        np.frombuffer(b"".join([row[1] for row in found]), dtype="<u8").astype(np.uint64, copy=False),
        np.array([len(row[1]) // 8 for row in found], dtype=np.int32),
    )
