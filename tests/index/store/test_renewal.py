"""What older rules found in a store is found anew by today's; what somebody reviewed stays as it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from index import renewal
from index.figures.extraction import RULES
from index.figures.kinds import Review
from index.library import Library
from index.model import Article, Figure
from index.store import database

NEWS = Article(
    text="OpenAI loue 7 GW de puissance de calcul à Oracle.\n\nLe contrat coûte 40 milliards de dollars par an.",
    title="Nouveau contrat",
    language="fr",
    published="2026-04-02",
)
OLDER = str(RULES - 1)
WRONG = "UPDATE figures SET found = json_replace(found, '$.value', '1', '$.subject', 'autre')"
"""What an older Sourcier might have found: other values."""


class StoppedError(Exception):
    """Stands for whatever ends the program in the middle."""


@contextmanager
def rows(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / database.FILE)) as connection, connection:
        yield connection


def age(folder: Path, rules: str = OLDER, found: str = WRONG) -> None:
    """Make a store look as an older Sourcier left it."""
    with rows(folder) as connection:
        connection.execute(found)
        connection.execute("UPDATE settings SET value = ? WHERE name = 'figures'", (rules,))


def rules_in(folder: Path) -> str:
    with rows(folder) as connection:
        (value,) = connection.execute("SELECT value FROM settings WHERE name = 'figures'").fetchone()
    return str(value)


async def store(folder: Path, review: Review | None = None) -> list[Figure]:
    """Make a store with the news of a server in it, its first figure reviewed; return what was found."""
    async with await Library.open(folder, "write", seeds=False) as library:
        await library.add(NEWS, by="mod", shelf="one", source_id="news")
        found = await library.reviews.found_in("news", "one")
        if review is not None:
            await library.reviews.decide([found[0].id], review, by="mod", shelf="one")
        return await library.reviews.found_in("news", "one")


async def found_again(folder: Path) -> list[Figure]:
    async with await Library.open(folder, "write", seeds=False) as library:
        return await library.reviews.found_in("news", "one")


def without_ids(figures: list[Figure]) -> list[Figure]:
    return sorted((figure.model_copy(update={"id": ""}) for figure in figures), key=lambda each: each.text.start)


async def test_figures_of_older_rules_are_found_anew_at_the_next_start(tmp_path: Path) -> None:
    before = await store(tmp_path)
    age(tmp_path)
    assert without_ids(await found_again(tmp_path)) == without_ids(before)
    assert rules_in(tmp_path) == str(RULES)


async def test_a_store_of_today_s_rules_is_left_alone(tmp_path: Path) -> None:
    await store(tmp_path)
    age(tmp_path, rules=str(RULES))
    assert {figure.subject for figure in await found_again(tmp_path)} == {"autre"}


async def test_a_store_without_figures_is_given_them(tmp_path: Path) -> None:
    before = await store(tmp_path)
    age(tmp_path, found="DELETE FROM figures")
    assert without_ids(await found_again(tmp_path)) == without_ids(before)


@pytest.mark.parametrize("review", [Review.APPROVED, Review.REJECTED])
async def test_a_reviewed_figure_stays_as_it_was_reviewed_and_is_not_found_a_second_time(
    tmp_path: Path, review: Review
) -> None:
    before = await store(tmp_path, review)
    age(tmp_path)
    after = await found_again(tmp_path)
    (reviewed,) = [figure for figure in after if figure.review is not Review.EXTRACTED]
    assert (reviewed.id, reviewed.review, reviewed.value) == (before[0].id, review, Decimal(1))
    assert [figure.text for figure in sorted(after, key=lambda each: each.text.start)] == [
        figure.text for figure in before
    ]
    others = without_ids([figure for figure in after if figure.review is Review.EXTRACTED])
    assert others == without_ids(before[1:])


async def test_an_approved_figure_still_answers_after_the_rules_changed(tmp_path: Path) -> None:
    before = await store(tmp_path, Review.APPROVED)
    age(tmp_path, found="DELETE FROM figures WHERE key NOT IN (SELECT figure FROM reviews)")
    async with await Library.open(tmp_path, "write") as library:
        answer = await library.ask("Quelle puissance OpenAI loue-t-elle à Oracle ?", "one")
    assert before[0].id in {figure.id for figure in answer.figures}


async def test_figures_of_removed_sources_and_of_earlier_versions_are_found_anew_too(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write", seeds=False) as library:
        for text in (NEWS.text, NEWS.text.replace("7 GW", "9 GW")):
            await library.add(NEWS.model_copy(update={"text": text}), by="mod", shelf="one", source_id="news")
        await library.remove("news", by="mod", shelf="one")
    with rows(tmp_path) as connection:
        before = connection.execute("SELECT version, found FROM figures ORDER BY version, key").fetchall()
    age(tmp_path)
    await found_again(tmp_path)
    with rows(tmp_path) as connection:
        after = connection.execute("SELECT version, found FROM figures ORDER BY version, key").fetchall()
    assert after == before
    assert len({version for version, _ in after}) == 2


async def test_a_reader_makes_an_older_store_ready_before_it_reads(tmp_path: Path) -> None:
    before = await store(tmp_path)
    age(tmp_path)
    async with await Library.open(tmp_path, seeds=False) as reader:
        assert without_ids(await reader.reviews.found_in("news", "one")) == without_ids(before)


async def test_an_interrupted_renewal_goes_on_where_it_stopped_and_tells_its_progress(tmp_path: Path) -> None:
    names = [f"n{i}" for i in range(22)]
    async with await Library.open(tmp_path, "write", seeds=False) as library:
        for name in names:
            article = Article(text=f"OpenAI loue {name[1:]}3 GW à Oracle.", title=name, language="fr")
            await library.add(article, by="mod", source_id=name)
        before = [without_ids(await library.reviews.found_in(name)) for name in names]
    age(tmp_path)
    told: list[tuple[int, int]] = []

    def stop_after_three(done: int, steps: int) -> None:
        told.append((done, steps))
        if (done, steps) == (3, 22):
            raise StoppedError

    with pytest.raises(StoppedError):
        await Library.open(tmp_path, "write", seeds=False, progress=stop_after_three)
    assert rules_in(tmp_path).startswith(f"{RULES}:")
    with rows(tmp_path) as connection:
        (old,) = connection.execute("SELECT count(*) FROM figures WHERE found LIKE '%autre%'").fetchone()
    assert old == 19
    async with await Library.open(tmp_path, "write", seeds=False, progress=stop_after_three) as library:
        assert [without_ids(await library.reviews.found_in(name)) for name in names] == before
    assert told == [(1, 22), (2, 22), (3, 22), *((step, 19) for step in range(1, 20))]
    assert rules_in(tmp_path) == str(RULES)


async def test_what_was_interrupted_under_other_rules_begins_anew(tmp_path: Path) -> None:
    before = await store(tmp_path)
    age(tmp_path, rules=f"{OLDER}:999")
    assert without_ids(await found_again(tmp_path)) == without_ids(before)


async def test_whether_a_store_is_of_today_is_known(tmp_path: Path) -> None:
    await store(tmp_path)
    for rules, due in ((str(RULES), False), (OLDER, True), (f"{RULES}:1", True), (f"{OLDER}:1", True)):
        age(tmp_path, rules)
        connected = await database.connect(tmp_path, "read")
        try:
            assert await renewal.is_due(connected) is due
        finally:
            await connected.close()
