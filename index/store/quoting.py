"""What kept answers quoted from a version."""

from sqlalchemy import Connection, select

from index.store.tables import answers, passages, versions

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
