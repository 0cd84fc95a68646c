"""Rankers out of the store: from the terms that were kept, without reading the texts again."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import State
from index.preparation import pack
from index.ranking.postings import Postings
from index.ranking.segment import MOST_DOCUMENTS, Segment, build_flat
from index.ranking.terms import VERSION
from index.store.tables import passages, sources, states, terms, versions

_BATCH = MOST_DOCUMENTS // 4  # passages read at a time

Terms = Row[tuple[int, bytes]]


async def load(connection: AsyncConnection, shelf_ids: Sequence[str]) -> Postings:
    """Build the ranker of some shelves' live sources."""
    ranker = Postings()
    newest = select(func.max(states.c.key)).group_by(states.c.source)
    live = (
        select(states.c.version)
        .join(sources, sources.c.key == states.c.source)
        .where(states.c.key.in_(newest), states.c.state == State.LIVE.value, sources.c.shelf.in_(shelf_ids))
    )
    wanted = _terms().where(passages.c.version.in_(live)).limit(_BATCH)
    read: list[tuple[list[int], bytes, list[int]]] = []
    last = 0
    while rows := (await connection.execute(wanted.where(passages.c.key > last))).all():
        last = rows[-1].passage
        read.append(_joined(rows))
        if len(read) * _BATCH == MOST_DOCUMENTS:
            ranker.add_segment(_segment(read))
            read = []
    if read:
        ranker.add_segment(_segment(read))
    return ranker


async def segment(connection: AsyncConnection, version: int) -> Segment:
    """Build the segment of one version's passages; at most 65,536 of them, far more than a source may have."""
    rows = (await connection.execute(_terms().where(passages.c.version == version))).all()
    return _segment([_joined(rows)])


async def identities(connection: AsyncConnection, version: int) -> list[int]:
    """Return the keys of a version's passages."""
    return list((await connection.execute(select(passages.c.key).where(passages.c.version == version))).scalars())


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


def _terms() -> Select[tuple[int, bytes]]:
    return (
        select(terms.c.passage, terms.c["keys"])
        .join(passages, passages.c.key == terms.c.passage)
        .order_by(passages.c.key)
    )


def _joined(rows: Sequence[Terms]) -> tuple[list[int], bytes, list[int]]:
    """Return the passages' keys, their terms in one row of bytes, and how many terms each has."""
    identities, keys = zip(*rows, strict=True)
    return list(identities), b"".join(keys), [len(part) // 8 for part in keys]


def _segment(read: Sequence[tuple[list[int], bytes, list[int]]]) -> Segment:
    identities = np.concatenate([np.array(part[0], dtype=np.int64) for part in read])
    keys = np.concatenate([np.frombuffer(part[1], dtype="<u8") for part in read]).astype(np.uint64)
    lengths = np.concatenate([np.array(part[2], dtype=np.int32) for part in read])
    return build_flat(identities, keys, lengths)
