"""What a server removed can be restored for a month; then it is erased, and its entry in the log stays."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.errors import NotFound
from index.library import Library
from index.model import SHARED, Article
from index.moderating.model import Act
from index.store.database import FILE

SHELF = "discord-1"
LIGHT = Article(title="Phare", text="Le phare de Cordouan fut achevé en 1611 par Louis de Foix.", language="fr")
WHEN = "Quand le phare de Cordouan fut-il achevé ?"


async def quoted(library: Library, shelf: str) -> set[str]:
    return {cited.source.id for cited in (await library.ask(WHEN, shelf)).citations}


async def test_a_removed_source_can_be_restored_for_a_month_and_is_erased_after_it(
    library: Library, tmp_path: Path
) -> None:
    for shelf in (SHELF, SHARED):
        await library.add(LIGHT, by="7", shelf=shelf, source_id=f"phare-{shelf[0]}")
        await library.remove(f"phare-{shelf[0]}", by="8", shelf=shelf)
    now = datetime.now(UTC)
    assert (await library.retention.expire(now + timedelta(days=29))).sources == 0
    await library.restore("phare-d", by="8", shelf=SHELF)
    assert "phare-d" in await quoted(library, SHELF)
    await library.remove("phare-d", by="8", shelf=SHELF)
    assert (await library.retention.expire(now + timedelta(days=31))).sources == 1
    with pytest.raises(NotFound):
        await library.restore("phare-d", by="8", shelf=SHELF)
    assert await library.own(SHELF) == []
    await library.restore("phare-s", by="operator")  # what the operator removed is kept
    acts = [deed.act for deed in (await library.journal.read(SHELF, "phare-d")).deeds]
    assert acts == [Act.ERASED, Act.REMOVED, Act.RESTORED, Act.REMOVED, Act.ADDED]
    await library.remove("phare-s", by="operator")
    with closing(sqlite3.connect(tmp_path / "data" / FILE)) as connection:
        texts = [text for (text,) in connection.execute("SELECT text FROM versions")]
    assert texts.count(LIGHT.text) == 1
