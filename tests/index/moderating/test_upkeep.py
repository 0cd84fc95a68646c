"""Pages looked at again: what changed becomes a draft, what is good stays, and moderators hear of it once."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from index.errors import BadInput, NotFound
from index.figures.deals import Wording
from index.figures.kinds import DealKind, Review
from index.library import Library
from index.model import SHARED, Article, Basis, Source, State
from index.moderating.model import Act, Every, Limits, Look, Page
from index.moderating.upkeep import SCHEDULE
from index.reading.document import Caution, Kind, Reading
from tests.index.moderating.changing_pages import ChangingPage, serving

SHELF = "discord-1"
BY = "4711"
HISTORY = "Le phare de Cordouan fut achevé en 1611 par Louis de Foix."
POWER = "La société Océane y produira 4,5 GW à partir de 2028."
KEEPER = "Son gardien Melchior dort le mardi, veille les autres jours et note chaque navire dans un grand cahier."
PAGE = f"Le phare de Cordouan\n\n{HISTORY} {POWER}\n\n{KEEPER}"
WHO = "Qui acheva le phare de Cordouan ?"


@pytest.fixture
async def page() -> AsyncIterator[ChangingPage]:
    async with serving(PAGE) as page:
        yield page


@pytest.fixture
async def library(prepared_empty: Path, tmp_path: Path, page: ChangingPage) -> AsyncIterator[Library]:
    """A library without the seeds, which may read the one page."""
    shutil.copytree(prepared_empty, tmp_path / "data")
    async with await Library.open(tmp_path / "data", "write", seeds=False, policy=page.policy) as opened:
        yield opened


async def added(library: Library, page: ChangingPage, shelf: str = SHELF, **known: object) -> Source:
    """Let a source live that was read from the page."""
    article = Article(text=PAGE, title="Le phare de Cordouan", language="fr", url=page.url)
    article = article.model_copy(update=known)
    reading = Reading(article=article, kind=Kind.TEXT)
    draft = await library.drafts.propose(reading, by=BY, shelf=shelf, page=Page(url=page.url))
    return (await library.drafts.approve(draft.id, by=BY, shelf=shelf))[1]


async def acts(library: Library, source: Source, shelf: str = SHELF) -> list[Act]:
    """Return what was done to a source, the newest first."""
    return [deed.act for deed in (await library.journal.read(shelf, source.id, limit=100)).deeds]


async def approved(library: Library, source: Source, measure: str) -> str:
    """Approve the figure that a source states in these words; return its id."""
    figures = await library.reviews.found_in(source.id, SHELF)
    (figure,) = [figure for figure in figures if figure.text.quote == measure]
    await library.reviews.decide([figure.id], Review.APPROVED, by=BY, shelf=SHELF)
    return figure.id


async def last_seen(library: Library, ago: timedelta) -> None:
    """Let all pages have been looked at that long ago, and be due."""
    at = (datetime.now(UTC) - ago).replace(tzinfo=None)
    async with library._store.write() as connection:
        await connection.execute(text("UPDATE pages SET seen_at = :at, due_at = :at"), {"at": at})


async def test_a_page_that_says_the_same_is_left_alone_and_known_again(library: Library, page: ChangingPage) -> None:
    source, page.etag = await added(library, page), '"v1"'
    looked = await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert (looked.look, looked.draft, looked.news) == (Look.UNCHANGED, None, False)
    await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert [asked.get("if-none-match") for asked in page.asked] == [None, '"v1"']
    page.etag, page.text = "", PAGE.replace("\n\n", "\n").replace(" ", "  ")
    looked = await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert looked.look is Look.UNCHANGED, "white space says nothing"
    assert (await acts(library, source)).count(Act.LOOKED) == 3
    assert not await library.drafts.waiting(SHELF)


async def test_what_a_page_says_now_waits_as_a_draft_and_is_in_no_answer(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    answer = await library.ask(WHO, SHELF)
    await library.memory.keep(answer, shelf=SHELF, by="77", origin="x")
    figure = await approved(library, source, "4,5 GW")
    named = Wording(fr="Parc Océane", en="Oceane park")
    await library.reviews.make_deal(named, DealKind.DATA_CENTRE, figure, by=BY, shelf=SHELF)
    page.text = PAGE.replace("achevé en 1611", "achevé en 1612").replace("4,5 GW", "5 GW")
    looked = await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert looked.look is Look.CHANGED
    assert looked.news
    assert looked.draft is not None
    assert looked.draft.replaces is not None
    assert looked.draft.replaces.version == source.version
    changes = looked.difference
    assert changes.gone == (HISTORY, POWER)
    assert changes.new == (HISTORY.replace("1611", "1612"), POWER.replace("4,5", "5"))
    assert set(changes.lost) == {HISTORY, POWER}, "what was quoted to people, and what tells what the deal is"
    (change,) = changes.figures
    assert change.before.id == figure
    assert change.after is not None
    assert (change.after.text.quote, change.after.value) == ("5 GW", Decimal(5_000_000_000))
    assert await library.upkeep.changes(looked.draft.id, SHELF) == changes
    assert (await library.ask(WHO, SHELF)).citations[0].highlight.quote == HISTORY
    await library.drafts.approve(looked.draft.id, by=BY, shelf=SHELF)
    assert "1612" in (await library.ask(WHO, SHELF)).citations[0].highlight.quote
    again = await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert again.look is Look.UNCHANGED
    with pytest.raises(NotFound):
        await library.upkeep.changes(looked.draft.id, SHELF)


async def test_the_last_good_version_stays_where_a_page_is_in_trouble(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    before = await library.text(source.id, SHELF)
    for status, said, kind, look in (
        ("404 Not Found", PAGE, "text/plain", Look.GONE),
        ("410 Gone", PAGE, "text/plain", Look.GONE),
        ("500 Oh", PAGE, "text/plain", Look.FAILED),
        ("200 OK", PAGE, "image/png", Look.FAILED),
        ("200 OK", "Cet article n’est plus disponible.", "text/plain", Look.EMPTIED),
        ("200 OK", "…", "text/plain", Look.EMPTIED),
    ):
        page.status, page.text, page.media_type = status, said, kind
        looked = await library.upkeep.look(source.id, by=BY, shelf=SHELF)
        assert looked.look is look, (status, said)
        assert (looked.draft, looked.difference.gone) == (None, ())
        assert looked.told or said.startswith("Cet article")
        plan = await library.upkeep.plan(source.id, SHELF)
        assert plan is not None
        assert plan.look is look
    assert await library.text(source.id, SHELF) == before
    assert (await library.ask(WHO, SHELF)).citations[0].highlight.quote == HISTORY
    assert not await library.drafts.waiting(SHELF)


async def test_moderators_hear_of_trouble_once_and_of_its_end(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    await library.upkeep.schedule(source.id, Every.DAILY, by=BY, shelf=SHELF)
    heard = []
    for status in ("200 OK", "404 Not Found", "404 Not Found", "200 OK", "200 OK"):
        page.status = status
        heard.append((await library.upkeep.look_by_schedule(source.id, SHELF)).news)
    assert heard == [False, True, False, True, False]
    assert (await acts(library, source)).count(Act.LOOKED) == 2, "by schedule, only what is new is in the log"


async def test_a_site_that_is_busy_for_an_hour_is_no_news(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    await library.upkeep.schedule(source.id, Every.DAILY, by=BY, shelf=SHELF)
    await last_seen(library, timedelta(days=1, hours=2))
    page.status = "503 Busy"
    looked = await library.upkeep.look_by_schedule(source.id, SHELF)
    assert (looked.look, looked.news) == (Look.FAILED, False)
    plan = await library.upkeep.plan(source.id, SHELF)
    assert plan is not None
    assert plan.due_at is not None
    assert plan.look is Look.READ, "it was not seen"
    assert plan.due_at < datetime.now(UTC) + timedelta(hours=3), "it is tried again soon"
    await last_seen(library, timedelta(days=1, hours=13))
    looked = await library.upkeep.look_by_schedule(source.id, SHELF)
    assert (looked.look, looked.news) == (Look.FAILED, True)


async def test_the_same_change_is_one_draft_and_one_piece_of_news(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    page.text = PAGE.replace("4,5 GW", "5 GW")
    both = await asyncio.gather(*(library.upkeep.look_by_schedule(source.id, SHELF) for _ in range(2)))
    again = await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert len({looked.draft.id for looked in (*both, again) if looked.draft is not None}) == 1
    assert sorted(looked.news for looked in (*both, again)) == [False, False, True]
    assert again.difference.gone == (POWER,), "who asks is told what changed, however often"
    assert len(await library.drafts.waiting(SHELF)) == 1


async def test_a_page_that_changes_again_replaces_its_draft_and_keeps_what_was_decided(
    library: Library, page: ChangingPage
) -> None:
    source = await added(library, page)
    page.text = PAGE.replace("4,5 GW", "5 GW")
    first = (await library.upkeep.look_by_schedule(source.id, SHELF)).draft
    assert first is not None
    (power,) = [figure for figure in first.figures if figure.text.quote == "5 GW"]
    await library.reviews.decide([power.id], Review.APPROVED, by=BY, shelf=SHELF)
    by_hand = Reading(article=Article(text=PAGE + " Fin.", title="Phare", language="fr"), kind=Kind.TEXT)
    own = await library.drafts.propose(by_hand, by=BY, shelf=SHELF, of=source.id)
    page.text = PAGE.replace("4,5 GW", "5 GW").replace("le mardi", "le jeudi")
    second = (await library.upkeep.look_by_schedule(source.id, SHELF)).draft
    assert second is not None
    assert {waiting.id for waiting in await library.drafts.waiting(SHELF)} == {second.id, own.id}
    assert (first.source.version, own.source.version, second.source.version) == (2, 3, 2)
    assert [figure.review for figure in second.figures if figure.text.quote == "5 GW"] == [Review.APPROVED]
    with pytest.raises(NotFound):
        await library.drafts.approve(first.id, by=BY, shelf=SHELF)
    deeds = (await library.journal.read(SHELF, source.id)).deeds
    assert [(deed.act, deed.by) for deed in deeds[:2]] == [(Act.LOOKED, SCHEDULE), (Act.DRAFTED, SCHEDULE)]


async def test_the_latest_decision_counts_whether_it_was_made_on_the_draft_or_on_what_stands(
    library: Library, page: ChangingPage
) -> None:
    source = await added(library, page)
    page.text = PAGE.replace("le mardi", "le jeudi")
    draft = (await library.upkeep.look(source.id, by=BY, shelf=SHELF)).draft
    assert draft is not None
    standing = {figure.text.quote: figure.id for figure in await library.reviews.found_in(source.id, SHELF)}
    waiting = {figure.text.quote: figure.id for figure in draft.figures}
    for figure, review in (
        (standing["4,5 GW"], Review.APPROVED),
        (standing["2028"], Review.APPROVED),
        (waiting["2028"], Review.REJECTED),
        (waiting["1611"], Review.APPROVED),
        (standing["1611"], Review.REJECTED),
    ):
        await library.reviews.decide([figure], review, by=BY, shelf=SHELF)
    await library.drafts.approve(draft.id, by=BY, shelf=SHELF)
    found = {figure.text.quote: figure.review for figure in await library.reviews.found_in(source.id, SHELF)}
    assert found == {"4,5 GW": Review.APPROVED, "2028": Review.REJECTED, "1611": Review.REJECTED}


async def test_what_a_moderator_discarded_comes_back_only_when_somebody_asks(
    library: Library, page: ChangingPage
) -> None:
    source = await added(library, page)
    page.text = PAGE.replace("4,5 GW", "5 GW")
    draft = (await library.upkeep.look_by_schedule(source.id, SHELF)).draft
    assert draft is not None
    await library.drafts.discard(draft.id, by=BY, shelf=SHELF)
    looked = await library.upkeep.look_by_schedule(source.id, SHELF)
    assert (looked.look, looked.draft, looked.news) == (Look.CHANGED, None, False)
    assert (await library.upkeep.look(source.id, by=BY, shelf=SHELF)).draft is not None
    page.text = PAGE.replace("4,5 GW", "6 GW")
    assert (await library.upkeep.look_by_schedule(source.id, SHELF)).draft is not None


async def test_what_is_known_of_an_article_stays_where_its_page_does_not_say_otherwise(
    library: Library, page: ChangingPage
) -> None:
    said = {"title": "Notre phare", "title_basis": Basis.MODERATOR, "published": "2024", "publisher": "Le Marin"}
    by_moderator = await added(library, page, published_basis=Basis.MODERATOR, **said)
    by_page = await added(library, page, published="2025-03", published_basis=Basis.METADATA)
    page.text = PAGE.replace("4,5 GW", "5 GW")
    drafts = [(await library.upkeep.look(each.id, by=BY, shelf=SHELF)).draft for each in (by_moderator, by_page)]
    assert [
        (draft.source.title, draft.source.published, draft.source.published_basis, draft.source.publisher)
        for draft in drafts
        if draft is not None
    ] == [
        ("Notre phare", "2024", Basis.MODERATOR, "Le Marin"),
        ("Le phare de Cordouan", "2025-03", Basis.METADATA, None),
    ]
    assert not any(Caution.UNDATED in draft.cautions for draft in drafts if draft is not None)


async def test_a_plan_says_when_next_and_lives_through_versions_and_removal(
    library: Library, page: ChangingPage
) -> None:
    source = await added(library, page)
    assert (await library.upkeep.plan(source.id, SHELF)) is not None
    assert await library.upkeep.due(datetime.now(UTC) + timedelta(days=400)) == []
    for every, days in ((Every.WEEKLY, 7), (Every.DAILY, 1)):
        plan = await library.upkeep.schedule(source.id, every, by=BY, shelf=SHELF)
        assert plan.due_at is not None
        assert 0.89 * days < (plan.due_at - datetime.now(UTC)) / timedelta(days=1) < 1.11 * days
    tomorrow = datetime.now(UTC) + timedelta(days=1.2)
    assert await library.upkeep.due() == []
    assert await library.upkeep.due(tomorrow) == [(SHELF, source.id)]
    await library.remove(source.id, by=BY, shelf=SHELF)
    assert await library.upkeep.due(tomorrow) == []
    await library.restore(source.id, by=BY, shelf=SHELF)
    page.text = PAGE.replace("4,5 GW", "5 GW")
    draft = (await library.upkeep.look(source.id, by=BY, shelf=SHELF)).draft
    assert draft is not None
    await library.drafts.approve(draft.id, by=BY, shelf=SHELF)
    assert await library.upkeep.due(tomorrow) == [(SHELF, source.id)]
    await library.retention.depart(SHELF)
    assert await library.upkeep.due(tomorrow) == [], "the server left"
    await library.retention.arrive(SHELF)
    plan = await library.upkeep.schedule(source.id, Every.NEVER, by=BY, shelf=SHELF)
    assert plan.due_at is None
    assert await library.upkeep.due(tomorrow) == []


async def test_what_is_due_longest_has_its_turn_first_and_what_is_put_off_later(
    library: Library, page: ChangingPage
) -> None:
    places = []
    for shelf in (SHELF, SHARED, "discord-2"):
        places.append((shelf, (await added(library, page, shelf)).id))
        await library.upkeep.schedule(places[-1][1], Every.DAILY, by=BY, shelf=shelf)
    own, shared, other = places
    await last_seen(library, timedelta(days=3))
    await library.upkeep.postpone(shared[1], SHARED)
    await library.upkeep.look_by_schedule(other[1], other[0])
    assert await library.upkeep.due() == [own]
    later = datetime.now(UTC) + timedelta(days=2)
    assert await library.upkeep.due(later) == [own, shared, other]
    assert await library.upkeep.due(later, 2) == [own, shared]


async def test_only_a_shelfs_own_live_pages_are_looked_at(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    shared = await added(library, page, SHARED)
    pasted = (await library.add(Article(text=KEEPER, title="Melchior", language="fr"), by=BY, shelf=SHELF)).source
    for name, shelf in ((source.id, "discord-2"), ("nothing", SHELF), (shared.id, "discord-2")):
        with pytest.raises(NotFound):
            await library.upkeep.look(name, by=BY, shelf=shelf)
        with pytest.raises(NotFound):
            await library.upkeep.schedule(name, Every.DAILY, by=BY, shelf=shelf)
    message = Article(text=HISTORY, title="Dit ici", language="fr", url="https://ptb.discord.com/channels/1/2/3")
    said = (await library.add(message, by=BY, shelf=SHELF)).source
    for name in (pasted.id, said.id):
        for act in (
            library.upkeep.look(name, by=BY, shelf=SHELF),
            library.upkeep.schedule(name, Every.DAILY, by=BY, shelf=SHELF),
        ):
            with pytest.raises(BadInput, match="not read from a web page"):
                await act
        assert await library.upkeep.plan(name, SHELF) is None
    await library.remove(source.id, by=BY, shelf=SHELF)
    with pytest.raises(NotFound):
        await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert not page.asked


async def test_a_source_that_was_pasted_with_its_address_can_be_looked_at(library: Library, page: ChangingPage) -> None:
    pasted = Article(text=PAGE.replace("4,5", "4"), title="Phare", language="fr", url=page.url)
    source = (await library.add(pasted, by=BY, shelf=SHELF)).source
    looked = await library.upkeep.look(source.id, by=BY, shelf=SHELF)
    assert (looked.look, looked.difference.new) == (Look.CHANGED, (POWER,))
    plan = await library.upkeep.plan(source.id, SHELF)
    assert plan is not None
    assert plan.url == page.url


async def test_limits_hold_for_what_a_page_says_now(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    await library.upkeep.schedule(source.id, Every.DAILY, by=BY, shelf=SHELF)
    page.text = f"{PAGE}\n\n{KEEPER * 50}"
    small = Limits(characters=1_000)
    with pytest.raises(BadInput, match="too long"):
        await library.upkeep.look(source.id, by=BY, shelf=SHELF, limits=small)
    looked = await library.upkeep.look_by_schedule(source.id, SHELF, limits=small)
    assert (looked.look, looked.news) == (Look.FAILED, False), "it is tried again before anybody is told"
    assert "too long" in looked.told
    assert not await library.drafts.waiting(SHELF)


async def test_a_restored_source_answers_again_with_its_reviewed_figures(library: Library, page: ChangingPage) -> None:
    source = await added(library, page)
    figure = await approved(library, source, "4,5 GW")
    await library.reviews.make_deal(
        Wording(fr="Parc Océane", en="Oceane park"), DealKind.DATA_CENTRE, figure, by=BY, shelf=SHELF
    )
    before = await library.reviews.found_in(source.id, SHELF)
    removed = await library.remove(source.id, by=BY, shelf=SHELF)
    assert removed.state is State.REMOVED
    assert not (await library.ask(WHO, SHELF)).citations
    assert not await library.known.figures(shelf=SHELF)
    (at,) = (await library.upkeep.removals(SHELF)).values()
    assert timedelta(0) <= datetime.now(UTC) - at < timedelta(minutes=1)
    await library.retention.expire(datetime.now(UTC) + timedelta(days=29))
    await library.restore(source.id, by=BY, shelf=SHELF)
    assert await library.upkeep.removals(SHELF) == {}
    assert (await library.ask(WHO, SHELF)).citations[0].highlight.quote == HISTORY
    assert await library.reviews.found_in(source.id, SHELF) == before
    assert [each.id for each in await library.known.figures(shelf=SHELF)] == [figure]
    assert (await library.known.deal("Parc Océane", SHELF)).deal.name.fr == "Parc Océane"
