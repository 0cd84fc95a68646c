"""A shelf written to a file."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, RowMapping

from index.errors import NotFound
from index.exchange.lines import Tell, Writer
from index.exchange.records import (
    ActLine,
    Counts,
    DealLine,
    FigureLine,
    GoldenLine,
    Header,
    Line,
    PageLine,
    PreferenceLine,
    Reviewed,
    SourceLine,
    Standing,
    Text,
    VersionLine,
)
from index.figures.extraction import RULES
from index.figures.holding import found_id
from index.model import SHARED, Article
from index.moderating.model import Act
from index.moment import aware
from index.placing import placed
from index.store import shelf_contents
from index.store.database import Database

LEFT_OUT = (Act.GAP_SOLVED, Act.DRAFTED, Act.EDITED, Act.DISCARDED, Act.EXPIRED)
"""Acts that are not exported: they tell what people asked, or speak of drafts."""


async def export(store: Database, file: Path, shelf: str, release: str, *, overwrite: bool, tell: Tell) -> Counts:
    """Write all that belongs to a shelf to a file; return how much there is of what.

    It is as the shelf stands at one moment. ``release``: which Sourcier writes it; ``tell`` is told in a thread how
    many versions are written, of how many. Raises ``NotFound`` where there is no such shelf, ``BadInput`` where the
    file cannot be written.
    """
    async with placed(file, overwrite=overwrite) as folder:
        return await asyncio.to_thread(_write, store, folder / file.name, shelf, release, tell)


def _write(store: Database, path: Path, shelf: str, release: str, tell: Tell) -> Counts:
    with store.scan() as connection, Writer(path) as writer:
        if not shelf_contents.exist(connection, shelf):
            raise NotFound(f"There is no shelf called “{shelf}” here.")
        counts = _counted(connection, shelf)
        writer.write(Header(sourcier=release, shelf=shelf, at=datetime.now(UTC), rules=RULES, counts=counts))
        written = 0
        for line in _lines(connection, shelf):
            writer.write(line)
            if isinstance(line, VersionLine):
                written += 1
                tell(written, counts.versions)
    return counts


def _counted(connection: Connection, shelf: str) -> Counts:
    counts = shelf_contents.count(connection, shelf, LEFT_OUT)
    return Counts.model_validate(counts | ({"preferences": 0} if shelf == SHARED else {}))


def _lines(connection: Connection, shelf: str) -> Iterator[Line]:
    for row in shelf_contents.deals_of(connection, shelf):
        yield DealLine(id=row["id"], at=aware(row["at"]), by=row["by"], deal=row["deal"])
    for key, source_id in shelf_contents.sources_of(connection, shelf):
        yield from _source(connection, key, source_id)
    if shelf != SHARED:  # what is kept there is of this installation, not of a server
        for row in shelf_contents.preferences_of(connection, shelf):
            yield PreferenceLine(name=row["name"], value=row["value"])
    for row in shelf_contents.goldens_of(connection, shelf):
        right = {name: row[name] for name in ("question", "source", "figure", "sentence")}
        yield GoldenLine(**right, at=aware(row["at"]), by=row["by"])
    for row in shelf_contents.acts_of(connection, shelf, LEFT_OUT):
        yield ActLine(at=aware(row["at"]), by=row["by"], act=row["act"], subject=row["subject"], detail=row["detail"])


def _source(connection: Connection, key: int, source_id: str) -> Iterator[Line]:
    written = shelf_contents.versions_of(connection, key)
    stood = shelf_contents.states_of(connection, key)
    page = shelf_contents.page_of(connection, key)
    yield SourceLine(
        id=source_id,
        versions=tuple(Text(number=number, sha256=sha256) for _, number, sha256 in written),
        states=tuple(
            Standing(version=row["number"], state=row["state"], at=aware(row["at"]), by=row["by"]) for row in stood
        ),
        page=None if page is None else _page(page),
    )
    for version, number, _ in written:
        row = shelf_contents.version(connection, version)
        yield VersionLine(
            source=source_id,
            number=number,
            added_at=aware(row["added_at"]),
            added_by=row["added_by"],
            article=Article.model_validate({name: row[name] for name in Article.model_fields}),
            passages=tuple(shelf_contents.passages_of(connection, version)),
        )
        for figure, found, reviews in shelf_contents.figures_of(connection, version):
            yield FigureLine.model_validate(
                {"id": found_id(figure), "found": found, "reviews": tuple(_reviewed(review) for review in reviews)}
            )


def _page(row: RowMapping) -> PageLine:
    moments = {name: row[name] and aware(row[name]) for name in ("seen_at", "due_at")}
    return PageLine.model_validate({name: row[name] for name in PageLine.model_fields} | moments)


def _reviewed(row: RowMapping) -> Reviewed:
    return Reviewed(review=row["review"], at=aware(row["at"]), by=row["by"], corrected=row["corrected"])
