"""A draft that is made the next version of a source that is there, or a source of its own again."""

import pytest

from index.errors import NotFound
from index.figures.deals import Wording
from index.figures.kinds import DealKind, Review
from index.library import Library, Outcome
from index.model import Article, Source
from index.moderating.model import Act, Draft, Page
from index.reading.document import Caution, Kind, Reading

SHELF = "discord-1"
FIRST = """Hélionord construit un centre de calcul à Valbrune, annonce l’entreprise.

Le centre de Valbrune aura une puissance de 320 MW à partir de 2027. Le chantier emploiera 700 personnes."""
SECOND = FIRST.replace("320 MW", "350 MW")


async def live(library: Library, text: str = FIRST, title: str = "Valbrune") -> Source:
    added = await library.add(Article(title=title, text=text, language="fr"), by="1", shelf=SHELF)
    return added.source


async def propose(library: Library, text: str = SECOND, title: str = "Valbrune, suite", of: str | None = None) -> Draft:
    reading = Reading(
        article=Article(title=title, text=text, language="fr"), kind=Kind.PDF, cautions=(Caution.UNDATED,)
    )
    page = Page(url="https://example.org/suite", etag='"1"')
    return await library.drafts.propose(reading, by="7", shelf=SHELF, page=page, of=of)


async def test_a_draft_becomes_the_next_version_of_a_source_and_all_that_was_said_of_it_stays(library: Library) -> None:
    source = await live(library)
    (power, people) = [
        figure for figure in await library.reviews.found_in(source.id, SHELF) if figure.unit in {"W", "count"}
    ]
    await library.reviews.decide([people.id], Review.REJECTED, by="1", shelf=SHELF)
    await library.reviews.decide([power.id], Review.APPROVED, by="1", shelf=SHELF)
    draft = await propose(library)
    (own,) = [figure for figure in draft.figures if figure.unit == "W"]
    await library.reviews.decide([own.id], Review.APPROVED, by="8", shelf=SHELF)

    moved = await library.drafts.redirect(draft.id, source.id, by="8", shelf=SHELF)
    assert (moved.id, moved.by, moved.at, moved.until) == (draft.id, draft.by, draft.at, draft.until)
    assert (moved.kind, moved.cautions, moved.page) == (draft.kind, draft.cautions, draft.page)
    assert moved.replaces is not None
    assert moved.replaces.id == moved.source.id == source.id
    assert moved.source.version == 2
    assert moved.source.title == "Valbrune, suite"
    assert moved.alike == ()
    reviews = {figure.text.quote: figure.review for figure in moved.figures}
    assert reviews["350 MW"] is Review.APPROVED
    assert reviews["700 personnes"] is Review.REJECTED
    assert [waiting.id for waiting in await library.drafts.waiting(SHELF)] == [draft.id]
    assert await library.text(source.id, SHELF) == FIRST
    acts = [(deed.act, deed.subject, deed.by) for deed in (await library.journal.read(SHELF, limit=1)).deeds]
    assert acts == [(Act.EDITED, source.id, "8")]

    outcome, approved = await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    assert (outcome, approved.id) == (Outcome.UPDATED, source.id)
    assert await library.text(source.id, SHELF) == SECOND
    assert [one.id for one in await library.own(SHELF)] == [source.id]


async def test_a_next_version_becomes_a_source_of_its_own_again(library: Library) -> None:
    source = await live(library)
    draft = await propose(library, of=source.id)
    apart = await library.drafts.redirect(draft.id, None, by="8", shelf=SHELF)
    assert apart.replaces is None
    assert apart.source.id == "valbrune-suite"
    assert apart.source.version == 1
    assert await library.drafts.redirect(draft.id, None, by="8", shelf=SHELF) == apart
    back = await library.drafts.redirect(draft.id, source.id, by="8", shelf=SHELF)
    assert await library.drafts.redirect(draft.id, source.id, by="8", shelf=SHELF) == back
    assert (back.source.id, back.source.version) == (source.id, 2)
    await library.drafts.redirect(draft.id, None, by="8", shelf=SHELF)
    await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    assert {one.id for one in await library.own(SHELF)} == {source.id, "valbrune-suite"}
    assert await library.text(source.id, SHELF) == FIRST


async def test_a_deal_that_a_draft_tells_of_goes_with_it_and_one_of_the_source_stays(library: Library) -> None:
    source = await live(library)
    told = (await library.reviews.found_in(source.id, SHELF))[0]
    standing = await library.reviews.make_deal(
        Wording(fr="Ancien", en="Old"), DealKind.PLAN, told.id, by="1", shelf=SHELF
    )
    draft = await propose(library)
    made = await library.reviews.make_deal(
        Wording(fr="Nouveau", en="New"), DealKind.PLAN, draft.figures[0].id, by="1", shelf=SHELF
    )
    await library.drafts.redirect(draft.id, source.id, by="8", shelf=SHELF)
    deals = {deal.id: deal.about.source for deal in await library.reviews.own_deals(SHELF)}
    assert deals == {standing.id: source.id, made.id: source.id}
    await library.drafts.redirect(draft.id, None, by="8", shelf=SHELF)
    deals = {deal.id: deal.about.source for deal in await library.reviews.own_deals(SHELF)}
    assert deals[standing.id] == source.id


async def test_a_draft_goes_to_no_source_of_another_shelf_and_no_draft_of_another_goes_anywhere(
    library: Library,
) -> None:
    source = await live(library)
    draft = await propose(library)
    seed = next(one.id for one in await library.own())
    for of, shelf in ((seed, SHELF), ("absent", SHELF), (source.id, "discord-2"), (None, "discord-2")):
        with pytest.raises(NotFound):
            await library.drafts.redirect(draft.id, of, by="9", shelf=shelf)
    assert await library.drafts.draft(draft.id, SHELF) == draft
