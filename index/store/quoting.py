"""What kept answers quoted from a version, and the texts that may have what somebody quotes."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from index.model import State, visible
from index.store.tables import answers, passages, sources, standing, states, versions

_LATEST = 5_000  # answers that are looked through


def quoted_from(connection: Connection, version: int) -> list[str]:
    """Return the sentences that lately kept answers quoted from a version, each once, in the order of its text.

    Takes a plain connection, for use in a thread.
    """
    keys = set(connection.execute(select(passages.c.key).where(passages.c.version == version)).scalars())
    text = str(connection.execute(select(versions.c.text).where(versions.c.key == version)).scalar_one())
    latest = select(answers.c.evidence).order_by(answers.c.key.desc()).limit(_LATEST)
    spans = {
        (start, end)
        for evidence in connection.execute(latest).scalars()
        for _, _, key, start, end in evidence["citations"]
        if key in keys
    }
    return list(dict.fromkeys(text[start:end] for start, end in sorted(spans)))


def live_texts(connection: Connection, shelf: str, run: str) -> Iterator[tuple[str, str]]:
    """Yield the ids and texts of the live sources that a shelf sees and that have a run of letters as it is written.

    The shelf's own come first, the newest of each first. Takes a plain connection, for use in a thread.
    """
    found = (
        select(sources.c.id, versions.c.key)
        .join(versions, versions.c.source == sources.c.key)
        .join(states, states.c.version == versions.c.key)
        .where(standing, states.c.state == State.LIVE.value, sources.c.shelf.in_(visible(shelf)))
        .where(func.instr(versions.c.text, run) > 0)
        .order_by(sources.c.shelf != shelf, versions.c.key.desc())
    )
    for source, key in connection.execute(found).all():
        yield source, str(connection.execute(select(versions.c.text).where(versions.c.key == key)).scalar_one())
