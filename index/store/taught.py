"""Golden questions that name the sentence which answers them, and where it stands now."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, select

from index.familiar.recall import Taught
from index.model import State
from index.store import sources
from index.store.tables import goldens, states, versions
from index.store.tables import sources as kept

_Told = Row[tuple[str, str, str]]


def taught(connection: Connection, by: Sequence[str], seen: Sequence[str]) -> list[Taught]:
    """Return what was taught on some shelves of the live sources that these see, the last one's own before others.

    A sentence that its source does not have any more teaches nothing. Takes a plain connection, for use in a thread.
    """
    told = _told(connection, by)
    found: list[Taught] = []
    if not told:
        return found
    named = kept.c.id.in_({row.source for row in told}) & kept.c.shelf.in_(seen)
    rows = connection.execute(sources.current().where(named, states.c.state == State.LIVE.value)).mappings().all()
    version_of = {row["id"]: row["version_key"] for row in sorted(rows, key=lambda row: seen.index(row["shelf"]))}
    for source, version in version_of.items():
        found += _placed(connection, [row for row in told if row.source == source], version)
    return found


def taught_of(connection: Connection, shelf: str, version: int) -> list[Taught]:
    """Return what was taught on a shelf of a source, as a version of it would have it; it may be a draft."""
    row = sources.of_version(connection, version)
    if row is None:
        return []
    return _placed(connection, [told for told in _told(connection, [shelf]) if told.source == row["id"]], version)


def teaches(connection: Connection, source_id: str) -> bool:
    """Tell whether anything was taught of a source of that name."""
    return connection.execute(_TOLD.where(goldens.c.source == source_id).limit(1)).first() is not None


_TOLD = select(goldens.c.question, goldens.c.source, goldens.c.sentence).where(goldens.c.sentence != "")


def _told(connection: Connection, shelf_ids: Sequence[str]) -> list[_Told]:
    return list(connection.execute(_TOLD.where(goldens.c.shelf.in_(shelf_ids)).order_by(goldens.c.key)))


def _placed(connection: Connection, told: Sequence[_Told], version: int) -> list[Taught]:
    if not told:
        return []
    row = connection.execute(select(versions.c.text, versions.c.language).where(versions.c.key == version)).one()
    starts = [(each, row.text.find(each.sentence)) for each in told]
    spans = [(start, start + len(each.sentence)) for each, start in starts if start >= 0]
    passages = sources.passages_with(connection, version, spans)
    found = []
    for each, start in starts:
        passage = next((one for one in passages if start >= 0 and one.start <= start < one.end), None)
        if passage is not None:
            found.append(Taught(each.question, each.sentence, row.language, passage.key, start))
    return found
