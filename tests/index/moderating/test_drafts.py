"""Drafts: what was read waits unseen until a moderator lets it live, and nothing of it shows before."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from index.errors import BadInput, NotFound
from index.figures.deals import Wording
from index.figures.kinds import DealKind, Review
from index.library import Library, Outcome
from index.model import SHARED, Article, Basis, State
from index.moderating.model import Act, Likeness, Limits, Page
from index.reading.document import Caution, Kind, Reading

SHELF = "discord-1"
MISTRAL = """Mistral AI a signé un contrat avec Fluidstack pour un centre de calcul en Essonne.

Le site fournira 40 MW de puissance à partir de 2026, selon l’entreprise. L’investissement atteint 1,7 milliard d’euros.

La construction commencera avant l’été et durera dix-huit mois, a expliqué le directeur général devant la presse."""
ASKED = "Quelle puissance fournira le site de Mistral AI en Essonne ?"


def reading(text: str = MISTRAL, title: str = "Mistral AI s’installe en Essonne", **more: object) -> Reading:
    article = Article.model_validate({"text": text, "title": title, "language": "fr", **more})
    return Reading(article=article, kind=Kind.HTML)


async def answers(library: Library, shelf: str = SHELF) -> set[str]:
    """Return the sources that an answer about the draft's subject quotes."""
    return {cited.source.id for cited in (await library.ask(ASKED, shelf)).citations}


async def test_a_draft_is_seen_nowhere_until_it_is_approved(library: Library) -> None:
    before = await library.count(SHELF)
    draft = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    assert draft.source.state is State.DRAFT
    assert draft.opening.startswith("Mistral AI a signé")
    assert draft.source.id not in await answers(library)
    assert await library.count(SHELF) == before
    assert draft.source.id not in {source.id for source in await library.sources(SHELF)}
    with pytest.raises(NotFound):
        await library.source(draft.source.id, SHELF)
    await library.reviews.decide([figure.id for figure in draft.figures], Review.APPROVED, by="7", shelf=SHELF)
    assert not {figure.id for figure in draft.figures} & {f.id for f in await library.known.figures(shelf=SHELF)}

    outcome, source = await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    assert outcome is Outcome.ADDED
    assert source.state is State.LIVE
    assert source.id in await answers(library)
    assert source.id not in await answers(library, "discord-2")
    assert source.id not in await answers(library, SHARED)
    assert {figure.id for figure in draft.figures} <= {f.id for f in await library.known.figures(shelf=SHELF)}


async def test_a_draft_is_approved_once(library: Library) -> None:
    draft = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    for act in (library.drafts.approve, library.drafts.discard):
        with pytest.raises(NotFound):
            await act(draft.id, by="8", shelf=SHELF)


async def test_another_server_can_do_nothing_with_a_draft(library: Library) -> None:
    draft = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    other = {"by": "9", "shelf": "discord-2"}
    with pytest.raises(NotFound):
        await library.drafts.draft(draft.id, "discord-2")
    with pytest.raises(NotFound):
        await library.drafts.edit(draft.id, {"title": "Pris"}, **other)
    with pytest.raises(NotFound):
        await library.drafts.approve(draft.id, **other)
    with pytest.raises(NotFound):
        await library.drafts.discard(draft.id, **other)
    with pytest.raises(NotFound):
        await library.reviews.decide([draft.figures[0].id], Review.APPROVED, **other)
    assert await library.drafts.waiting("discord-2") == []
    assert (await library.drafts.draft(draft.id, SHELF)) == draft


async def test_a_discarded_draft_leaves_nothing_but_its_entry_in_the_log(library: Library) -> None:
    draft = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    await library.drafts.discard(draft.id, by="8", shelf=SHELF)
    assert await library.drafts.waiting(SHELF) == []
    again = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    assert again.source.id == draft.source.id
    assert again.alike == ()
    deeds = (await library.journal.read(SHELF)).deeds
    assert [(deed.act, deed.by) for deed in deeds] == [(Act.DRAFTED, "7"), (Act.DISCARDED, "8"), (Act.DRAFTED, "7")]


async def test_a_draft_waits_for_a_week(library: Library) -> None:
    draft = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    now = datetime.now(UTC)
    assert draft.until - draft.at == timedelta(days=7)
    assert await library.drafts.expire(now + timedelta(days=6, hours=23)) == 0
    assert await library.drafts.expire(now + timedelta(days=7, hours=1)) == 1
    with pytest.raises(NotFound):
        await library.drafts.draft(draft.id, SHELF)


async def test_what_is_known_can_be_edited_and_reviews_stay(library: Library) -> None:
    draft = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    power = next(figure for figure in draft.figures if figure.unit == "W")
    await library.reviews.decide([power.id], Review.REJECTED, by="7", shelf=SHELF)
    deal = await library.reviews.make_deal(
        Wording(fr="Mistral en Essonne", en="Mistral in Essonne"), DealKind.DATA_CENTRE, power.id, by="7", shelf=SHELF
    )
    edited = await library.drafts.edit(
        draft.id, {"title": "Un centre de calcul", "published": "2025-05", "author": "A. B."}, by="8", shelf=SHELF
    )
    assert edited.id == draft.id
    assert (edited.source.title, edited.source.title_basis) == ("Un centre de calcul", Basis.MODERATOR)
    assert (edited.source.published, edited.source.published_basis) == ("2025-05", Basis.MODERATOR)
    assert edited.source.author == "A. B."
    assert edited.source.id == "un-centre-de-calcul"
    assert [each.review for each in edited.figures if each.unit == "W"] == [Review.REJECTED]
    own = {each.id: each for each in await library.reviews.own_deals(SHELF)}
    assert own[deal.id].about.source == edited.source.id
    await library.drafts.edit(draft.id, {"author": "C. D."}, by="8", shelf=SHELF)
    outcome, approved = await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    assert (outcome, approved.version) == (Outcome.ADDED, 1), "however often it was edited"
    assert (await library.source("un-centre-de-calcul", SHELF)).added_by == "7"
    assert deal.id in {each.id for each in await library.known.deals(SHELF)}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"published": "2025-13"}, "published is not right"),
        ({"title": "  "}, "title is not right"),
        ({"language": "de"}, "language is not right"),
        ({"sha256": "x"}, "no sha256 to edit"),
    ],
)
async def test_a_wrong_value_changes_nothing(library: Library, changes: dict[str, str], told: str) -> None:
    draft = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    with pytest.raises(BadInput, match=told):
        await library.drafts.edit(draft.id, changes, by="8", shelf=SHELF)
    assert await library.drafts.draft(draft.id, SHELF) == draft


async def test_the_next_version_takes_the_place_of_the_one_that_stands(library: Library) -> None:
    first = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    await library.reviews.decide([figure.id for figure in first.figures], Review.APPROVED, by="7", shelf=SHELF)
    await library.drafts.approve(first.id, by="7", shelf=SHELF)
    newer = MISTRAL.replace("40 MW", "100 MW")
    page = Page(url="https://example.org/a", etag='"2"')
    draft = await library.drafts.propose(reading(newer), by="7", shelf=SHELF, page=page, of=first.source.id)
    assert draft.replaces is not None
    assert draft.replaces.version == 1
    assert draft.source.version == 2
    assert first.source.id not in {alike.source.id for alike in draft.alike}
    assert "40 MW" in (await library.text(first.source.id, SHELF))
    outcome, _ = await library.drafts.approve(draft.id, by="7", shelf=SHELF)
    assert outcome is Outcome.UPDATED
    assert "100 MW" in (await library.text(first.source.id, SHELF))
    stated = {figure.text.quote for figure in await library.known.figures(shelf=SHELF)}
    assert any("1,7 milliard" in text for text in stated)  # what says the same stays approved
    assert not any("40 MW" in text or "100 MW" in text for text in stated)  # what is new waits for a review
    plan = await library.upkeep.plan(first.source.id, SHELF)
    assert plan is not None
    assert plan.url == "https://example.org/a"


async def test_duplicates_are_told_apart(library: Library) -> None:
    first = await library.drafts.propose(reading(url="https://www.example.org/a?utm_source=x"), by="7", shelf=SHELF)
    await library.drafts.approve(first.id, by="7", shelf=SHELF)
    same = await library.drafts.propose(reading(title="Autre titre"), by="7", shelf=SHELF)
    assert [(alike.likeness, alike.source.id) for alike in same.alike] == [(Likeness.SAME_TEXT, first.source.id)]
    address = await library.drafts.propose(
        reading("Tout autre chose : la mairie ouvre le dimanche. On y danse.", url="https://www.example.org/a#haut"),
        by="7",
        shelf=SHELF,
    )
    assert [alike.likeness for alike in address.alike] == [Likeness.SAME_ADDRESS]
    corrected = await library.drafts.propose(reading(MISTRAL.replace("40 MW", "60 MW")), by="7", shelf=SHELF)
    assert [alike.likeness for alike in corrected.alike] == [Likeness.NEARLY]
    english = (
        "Mistral AI has signed a contract with Fluidstack for a computing centre in Essonne. The site will provide "
        "40 MW of power from 2026, the company says. The investment reaches 1.7 billion euros. Building will begin "
        "before the summer and last eighteen months, the chief executive told the press."
    )
    translated = await library.drafts.propose(
        reading(english, title="Mistral in Essonne", language="en"), by="7", shelf=SHELF
    )
    assert (Likeness.TRANSLATION, first.source.id) in {(each.likeness, each.source.id) for each in translated.alike}
    fresh = await library.drafts.propose(reading("Le pont de Cadix est fermé. Il rouvrira lundi."), by="7", shelf=SHELF)
    assert fresh.alike == ()
    again = await library.drafts.propose(reading(title="Encore un titre"), by="8", shelf=SHELF)
    assert [twin.title for twin in again.twins] == ["Autre titre"]
    assert [twin.title for twin in (await library.drafts.draft(same.id, SHELF)).twins] == ["Encore un titre"]
    elsewhere = await library.drafts.propose(reading(), by="9", shelf="discord-2")
    assert (elsewhere.alike, elsewhere.twins) == ((), ())


async def test_the_next_version_of_a_source_that_was_removed_does_not_bring_it_back(library: Library) -> None:
    first = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    await library.drafts.approve(first.id, by="7", shelf=SHELF)
    newer = reading(MISTRAL.replace("40 MW", "100 MW"))
    draft = await library.drafts.propose(newer, by="7", shelf=SHELF, of=first.source.id)
    await library.remove(first.source.id, by="8", shelf=SHELF)
    with pytest.raises(BadInput, match="has been removed: restore it first"):
        await library.drafts.approve(draft.id, by="7", shelf=SHELF)
    assert first.source.id not in await answers(library)
    assert [waiting.id for waiting in await library.drafts.waiting(SHELF)] == [draft.id]
    await library.restore(first.source.id, by="8", shelf=SHELF)
    outcome, _ = await library.drafts.approve(draft.id, by="7", shelf=SHELF)
    assert outcome is Outcome.UPDATED
    assert "100 MW" in await library.text(first.source.id, SHELF)


async def test_another_language_is_told(library: Library) -> None:
    english = await library.drafts.propose(
        reading("The bridge is closed. It will open again on Monday.", language="en"), by="7", shelf=SHELF
    )
    assert Caution.OTHER_LANGUAGE in english.cautions
    basque = "Zubia itxita dago. Astelehenean irekiko da berriro, alkateak esan duenez. " * 6
    assert Caution.OTHER_LANGUAGE in (await library.drafts.propose(reading(basque), by="7", shelf=SHELF)).cautions
    mended = await library.drafts.edit(english.id, {"language": "fr", "published": "2025"}, by="7", shelf=SHELF)
    assert mended.cautions == ()


async def test_a_server_has_its_limits(library: Library) -> None:
    limits = Limits(sources=2, adds_an_hour=3, characters=2_000)
    with pytest.raises(BadInput, match="too long: 2,001 characters"):
        await library.drafts.propose(reading("a" * 2_001), by="7", shelf=SHELF, limits=limits)
    first = await library.drafts.propose(reading(), by="7", shelf=SHELF, limits=limits)
    await library.drafts.approve(first.id, by="7", shelf=SHELF)
    second = await library.drafts.propose(reading("Deux. Deux fois."), by="7", shelf=SHELF, limits=limits)
    with pytest.raises(BadInput, match="2 sources and drafts here"):
        await library.drafts.propose(reading("Trois. Trois fois."), by="7", shelf=SHELF, limits=limits)
    with pytest.raises(BadInput, match="2 sources and drafts here"):
        await library.drafts.refuse_if_full(SHELF, limits)
    await library.drafts.refuse_if_full(SHELF, limits, first.source.id)
    await library.drafts.refuse_if_full("discord-2", limits)
    await library.drafts.discard(second.id, by="7", shelf=SHELF)
    await library.drafts.propose(reading("Trois. Trois fois."), by="7", shelf=SHELF, limits=limits, of=first.source.id)
    with pytest.raises(BadInput, match="3 articles were added here within an hour"):
        await library.drafts.propose(reading("Quatre. Quatre fois."), by="7", shelf=SHELF, limits=limits)
    with pytest.raises(BadInput, match="3 articles were added here within an hour"):
        await library.drafts.refuse_if_full(SHELF, limits, first.source.id)
    assert (await library.drafts.propose(reading(), by="7", shelf="discord-2", limits=limits)).id


async def test_limits_hold_for_those_who_come_at_the_same_moment(library: Library) -> None:
    limits = Limits(sources=3, adds_an_hour=100, characters=2_000)
    many = (
        library.drafts.propose(reading(f"Texte {number}. Il dit {number}."), by="7", shelf=SHELF, limits=limits)
        for number in range(9)
    )
    done = await asyncio.gather(*many, return_exceptions=True)
    refused = [one for one in done if isinstance(one, BadInput)]
    assert len(refused) == 6
    assert len(await library.drafts.waiting(SHELF)) == 3


async def test_what_is_approved_is_what_was_seen(library: Library) -> None:
    first = await library.drafts.propose(reading(), by="7", shelf=SHELF)
    await library.drafts.approve(first.id, by="7", shelf=SHELF)
    draft = await library.drafts.propose(reading("Tout autre chose. On y danse."), by="7", shelf=SHELF)
    assert (await library.drafts.draft(draft.id, SHELF)).mark == draft.mark
    edited = await library.drafts.edit(draft.id, {"publisher": "Le Monde"}, by="8", shelf=SHELF)
    turned = await library.drafts.redirect(draft.id, first.source.id, by="8", shelf=SHELF)
    for seen in (draft.mark, edited.mark):
        with pytest.raises(BadInput, match="changed since you saw it"):
            await library.drafts.approve(draft.id, by="7", shelf=SHELF, seen=seen)
    newer = await library.drafts.propose(reading(MISTRAL + " Enfin."), by="7", shelf=SHELF, of=first.source.id)
    await library.drafts.approve(newer.id, by="7", shelf=SHELF, seen=newer.mark)
    with pytest.raises(BadInput, match="changed since you saw it"):  # it would replace another version
        await library.drafts.approve(draft.id, by="7", shelf=SHELF, seen=turned.mark)
    now = await library.drafts.draft(draft.id, SHELF)
    await library.drafts.approve(draft.id, by="7", shelf=SHELF, seen=now.mark)
