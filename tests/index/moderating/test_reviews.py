"""What moderators make of figures and of deals counts at once, on their own server only, and leaves nothing broken."""

import asyncio

import pytest

from index.errors import BadInput, NotFound
from index.figures.deals import Deal, Wording
from index.figures.kinds import DealKind, Metric, Review
from index.library import Library
from index.model import Article, Figure
from index.moderating.correcting import Correction
from index.moderating.model import Act, Draft
from index.reading.document import Kind, Reading

SHELF, OTHER = "discord-1", "discord-2"
TITLE = "Hélionord à Valbrune"
TEXT = """Hélionord a signé avec Valbrune un contrat pour un centre de calcul.

Le centre de Valbrune aura une puissance de 320 MW à partir de 2027, selon Inès Collard.

L’entreprise y investira 1,8 milliard d’euros. Le raccordement prendra deux ans."""
ASKED = "Quelle puissance aura le centre de Valbrune ?"
NAME = Wording(fr="Centre de Valbrune", en="Valbrune centre")


async def propose(library: Library, text: str = TEXT, *, shelf: str = SHELF, **more: object) -> Draft:
    of = more.pop("of", None)
    article = Article.model_validate({"text": text, "title": TITLE, "language": "fr", **more})
    assert of is None or isinstance(of, str)
    return await library.drafts.propose(Reading(article=article, kind=Kind.TEXT), by="7", shelf=shelf, of=of)


async def live(library: Library, text: str = TEXT, *, shelf: str = SHELF, title: str = TITLE) -> list[Figure]:
    """Let a source live; return the figures that were found in it."""
    article = Article(text=text, title=title, language="fr")
    added = await library.add(article, by="7", shelf=shelf)
    return await library.reviews.found_in(added.source.id, shelf)


def of_unit(figures: tuple[Figure, ...] | list[Figure], unit: str) -> Figure:
    return next(figure for figure in figures if figure.unit == unit)


async def make(library: Library, figure: Figure, name: Wording = NAME, **more: object) -> Deal:
    aliases = more.get("aliases", ())
    assert isinstance(aliases, tuple)
    return await library.reviews.make_deal(name, DealKind.DATA_CENTRE, figure.id, by="8", shelf=SHELF, aliases=aliases)


async def acts(library: Library) -> list[tuple[Act, str]]:
    return [(deed.act, deed.by) for deed in (await library.journal.read(SHELF, limit=50)).deeds]


async def test_a_deal_made_of_a_draft_is_shown_nowhere_until_the_draft_lives(library: Library) -> None:
    draft = await propose(library)
    power = of_unit(draft.figures, "W")
    deal = await make(library, power, aliases=("Campus de Valbrune",))
    await library.reviews.correct(power.id, Correction(deals=(deal.id,)), by="8", shelf=SHELF)
    before = await library.known.figures(shelf=SHELF)
    for shelf in (SHELF, OTHER, "shared"):
        assert deal.id not in {known.id for known in await library.known.deals(shelf)}
        for name in (deal.id, "Valbrune centre", "campus de valbrune"):
            assert (await library.known.find(name, shelf)).sure != deal.id
            assert deal.id not in {offered.id for offered in await library.known.complete(name, shelf)}
            with pytest.raises(NotFound) as refused:
                await library.known.deal(name, shelf)
            assert "valbrune" not in str(refused.value).replace(name, "").casefold()
        shown = (await library.known.timeline(shelf=shelf)).model_dump_json()
        assert "320 MW" not in shown
        assert "320000000" not in shown
        assert not (await library.ask(ASKED, shelf)).figures
    assert deal.id in {known.id for known in await library.reviews.deals(SHELF)}
    assert deal.id not in {known.id for known in await library.reviews.deals(OTHER)}

    await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    dossier = await library.known.deal("campus de valbrune", SHELF)
    assert dossier.about is not None
    assert dossier.about.quote.quote == power.quote.quote
    assert [figure.id for figure in dossier.figures] == [power.id]
    assert {figure.id for figure in await library.known.figures(shelf=SHELF)} == {f.id for f in before} | {power.id}
    assert power.id in {figure.id for figure in (await library.ask(ASKED, SHELF)).figures}
    for shelf in (OTHER, "shared"):
        with pytest.raises(NotFound):
            await library.known.deal("campus de valbrune", shelf)


async def test_a_deal_of_a_discarded_draft_is_known_to_nobody_but_moderators(library: Library) -> None:
    draft = await propose(library)
    deal = await make(library, of_unit(draft.figures, "W"))
    await library.drafts.discard(draft.id, by="8", shelf=SHELF)
    other = await live(library, "Le phare de Cordouan fut achevé en 1611. Il mesure 68 m.", title=TITLE)
    assert deal.id not in {known.id for known in await library.known.deals(SHELF)}
    assert [known.id for known in await library.reviews.own_deals(SHELF)] == [deal.id]
    await library.reviews.correct(of_unit(other, "m").id, Correction(deals=(deal.id,)), by="8", shelf=SHELF)
    dossier = await library.known.deal(deal.id, SHELF)
    assert dossier.about is None  # the sentence that told what it is is gone, so nothing tells it
    await library.reviews.drop_deal(deal.id, by="8", shelf=SHELF)
    assert await library.reviews.own_deals(SHELF) == []


async def test_dropping_a_deal_leaves_its_figures_and_kept_answers_whole(library: Library) -> None:
    figures = await live(library)
    power = of_unit(figures, "W")
    deal = await make(library, power)
    await library.reviews.correct(power.id, Correction(deals=(deal.id,)), by="8", shelf=SHELF)
    answer = await library.ask("Quelle est la puissance du centre de Valbrune ?", SHELF)
    kept = await library.memory.keep(answer, shelf=SHELF, by="9", origin="a message")
    assert [figure.id for figure in answer.figures] == [power.id]
    with pytest.raises(NotFound):
        await library.reviews.drop_deal(deal.id, by="8", shelf=OTHER)
    await library.reviews.drop_deal(deal.id, by="8", shelf=SHELF)
    with pytest.raises(NotFound):
        await library.reviews.drop_deal(deal.id, by="8", shelf=SHELF)

    with pytest.raises(NotFound):
        await library.known.deal(deal.id, SHELF)
    assert [figure.id for figure in (await library.memory.recall(kept, SHELF)).answer.figures] == [power.id]
    assert power.id in {figure.id for figure in await library.known.figures(shelf=SHELF)}
    assert (await library.ask(ASKED, SHELF)).citations
    assert "320 MW" in (await library.known.timeline(shelf=SHELF)).model_dump_json()
    assert (await library.known.check("Le centre aura 320 MW, pas 400 MW.", SHELF))[0]
    await library.reviews.correct(power.id, Correction(metric=Metric.POWER_USE), by="8", shelf=SHELF)
    with pytest.raises(BadInput, match="no deal called"):
        await library.reviews.correct(power.id, Correction(deals=(deal.id,)), by="8", shelf=SHELF)
    assert (await acts(library))[:3] == [
        (Act.FIGURE_CORRECTED, "8"),
        (Act.DEAL_DROPPED, "8"),
        (Act.FIGURE_CORRECTED, "8"),
    ]


async def test_a_name_that_means_another_deal_is_refused(library: Library) -> None:
    power = of_unit(await live(library), "W")
    await make(library, power, aliases=("Le campus",))
    taken = (
        "Valbrune centre",
        "CENTRE DE VALBRUNE",
        "le  campus",
        "valbrune-centre",
        "Abilene",
        "stargate",
        "STÀRGATE",
    )
    for name in (*taken, "Star\u200bgate", "Ｓｔａｒｇａｔｅ", "\u202eStargate\u202c", "openai-amd", "Oracle, OpenAI"):
        known = await library.reviews.deals(SHELF)
        for wording, aliases in ((Wording(fr=name, en=name), ()), (Wording(fr="Un nom", en="A name"), (name,))):
            if name == "Oracle, OpenAI":  # nobody's name yet
                continue
            with pytest.raises(BadInput, match="is a name of the deal"):
                await make(library, power, wording, aliases=aliases)
        assert await library.reviews.deals(SHELF) == known


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("x" * 81, "at most 80"),
        ("2028", "too little"),
        ("!!!", "too little"),
        ("le", "too little"),
        ("What is the", "too little"),
        ("\u200b\u202e", "too little"),
        ("4,5", "too little"),
        ("🙂", "too little"),
    ],
)
async def test_a_name_that_says_nothing_or_too_much_is_refused(library: Library, name: str, told: str) -> None:
    power = of_unit(await live(library), "W")
    for wording, aliases in ((Wording(fr="Un bon nom", en=name), ()), (NAME, (name,))):
        with pytest.raises(BadInput, match=told):
            await make(library, power, wording, aliases=aliases)
    with pytest.raises(BadInput, match="at most 10 other names"):
        await make(library, power, aliases=tuple(f"Le nom {letter}" for letter in "abcdefghijk"))
    assert await library.reviews.own_deals(SHELF) == []


async def test_names_are_stored_clean_and_have_ids_of_their_own(library: Library) -> None:
    power = of_unit(await live(library), "W")
    hostile = Wording(fr="**@everyone** [ici](http://x.example) \u202e<@1>\u202c", en="A\u200b  hostile\u00ad name")
    deal = await make(library, power, hostile, aliases=("A hostile name", "Autre \u2066nom\u2069", "autre NOM"))
    assert deal.name == Wording(fr="**@everyone** [ici](http://x.example) <@1>", en="A hostile name")
    assert deal.aliases.fr == deal.aliases.en == ("autre NOM",)
    assert deal.id == "a-hostile-name"
    chinese = await make(library, power, Wording(fr="星际之门 a", en="星际之门"))
    assert chinese.id.startswith("deal-")
    long = "Un accord dont le nom est si long que son identifiant ne le dit"
    first = await make(library, power, Wording(fr=long, en=long))
    second = await make(library, power, Wording(fr=f"{long} pas", en=f"{long} pas"))
    assert first.id != second.id
    await library.reviews.correct(power.id, Correction(deals=(deal.id, second.id)), by="8", shelf=SHELF)
    found = {known.id for known in await library.known.deals(SHELF)}
    assert {deal.id, chinese.id, first.id, second.id} <= found
    assert (await library.known.find("星际之门", SHELF)).sure == chinese.id


async def test_of_two_moderators_who_make_the_same_deal_one_is_told(library: Library) -> None:
    power = of_unit(await live(library), "W")
    made = await asyncio.gather(*(make(library, power) for _ in range(3)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in made) == ["BadInput", "BadInput", "Deal"]
    (deal,) = await library.reviews.own_deals(SHELF)
    dropped = [library.reviews.drop_deal(deal.id, by="8", shelf=SHELF) for _ in range(2)]
    assert [type(one) for one in await asyncio.gather(*dropped, return_exceptions=True)].count(NotFound) == 1


async def test_of_two_moderators_who_disagree_the_last_counts_and_a_correction_is_never_lost(library: Library) -> None:
    figures = await live(library)
    power, money = of_unit(figures, "W"), of_unit(figures, "EUR")
    deciding = [
        library.reviews.decide([power.id, money.id], review, by=by, shelf=SHELF)
        for by, review in (("8", Review.APPROVED), ("9", Review.REJECTED), ("8", Review.APPROVED))
    ]
    correcting = library.reviews.correct(power.id, Correction(metric=Metric.POWER_USE), by="9", shelf=SHELF)
    await asyncio.gather(*deciding, correcting)
    now = {figure.id: figure for figure in await library.reviews.found_in("helionord-a-valbrune", SHELF)}
    assert now[power.id].metric is Metric.POWER_USE
    counted = {figure.id: figure for figure in await library.known.figures(shelf=SHELF)}
    for figure in (power, money):
        assert (figure.id in counted) == (now[figure.id].review is Review.APPROVED)
    await library.reviews.decide([power.id], Review.REJECTED, by="8", shelf=SHELF)
    await library.reviews.decide([power.id], Review.APPROVED, by="8", shelf=SHELF)
    counted = {figure.id: figure for figure in await library.known.figures(shelf=SHELF)}
    assert counted[power.id].metric is Metric.POWER_USE
    assert len([act for act, _ in await acts(library) if act is Act.FIGURES_REJECTED]) == 2


async def test_nobody_reviews_what_is_another_servers(library: Library) -> None:
    power = of_unit(await live(library), "W")
    draft = await propose(library, TEXT.replace("320", "120"))
    for figure_id in (power.id, draft.figures[0].id, "found-999999", "found-0", "found--1", "oracle-capacity", ""):
        with pytest.raises(NotFound):
            await library.reviews.decide([figure_id], Review.APPROVED, by="9", shelf=OTHER)
        with pytest.raises(NotFound):
            await library.reviews.correct(figure_id, Correction(deals=()), by="9", shelf=OTHER)
        with pytest.raises(NotFound):
            await library.reviews.make_deal(NAME, DealKind.PLAN, figure_id, by="9", shelf=OTHER)
        with pytest.raises(NotFound):
            await library.reviews.source_of(figure_id, OTHER)
    for place in (draft.id, "helionord-a-valbrune", "", "oracle-4-5-gw"):
        with pytest.raises(NotFound):
            await library.reviews.at(place, OTHER)
    assert (await library.journal.read(OTHER)).total == 0
    assert await library.reviews.waiting(OTHER) == []
    with pytest.raises(BadInput):
        await library.reviews.decide([power.id], Review.EXTRACTED, by="8", shelf=SHELF)
    with pytest.raises(NotFound):  # then none is changed
        await library.reviews.decide([power.id, "found-999999"], Review.APPROVED, by="8", shelf=SHELF)
    assert power.id not in {figure.id for figure in await library.known.figures(shelf=SHELF)}


async def test_what_waits_is_told_by_source_until_all_is_reviewed(library: Library) -> None:
    figures = await live(library)
    await live(library, "Rien que des mots. Pas de chiffre.", title="Sans chiffre")
    gone = await live(library, "Le pont fait 800 m. Il a coûté 12 millions d’euros.", title="Un pont")
    assert gone
    draft = await propose(library, TEXT.replace("320", "120"))
    waiting = await library.reviews.waiting(SHELF)
    assert [(each.source.id, each.figures) for each in waiting] == [
        ("helionord-a-valbrune", len(figures)),
        ("un-pont", len(gone)),
    ]
    assert waiting[0].first == figures[0].id
    await library.remove("un-pont", by="8", shelf=SHELF)
    await library.reviews.decide([figure.id for figure in figures[1:]], Review.REJECTED, by="8", shelf=SHELF)
    (left,) = await library.reviews.waiting(SHELF)
    assert (left.figures, left.first) == (1, figures[0].id)
    await library.reviews.correct(figures[0].id, Correction(deals=("stargate",)), by="8", shelf=SHELF)
    assert await library.reviews.waiting(SHELF) == []

    at = await library.reviews.at(left.source.id, SHELF)
    assert at.until is None
    assert at.corrected == {figures[0].id}
    assert [figure.id for figure in at.figures] == [figure.id for figure in figures]
    at = await library.reviews.at(draft.id, SHELF)
    assert at.until == draft.until
    assert at.figures == draft.figures
    assert await library.reviews.source_of(draft.figures[0].id, SHELF) == draft.source.id


async def test_the_next_version_keeps_what_was_made_of_what_it_says_again(library: Library) -> None:
    figures = await live(library)
    power, money, years = (of_unit(figures, unit) for unit in ("W", "EUR", "year"))
    measure = "320 MW" if power.metric is Metric.CAPACITY else None
    correction = Correction(measure=measure, metric=Metric.POWER_USE, deals=("stargate",))
    await library.reviews.correct(power.id, correction, by="8", shelf=SHELF)
    await library.reviews.decide([money.id], Review.APPROVED, by="8", shelf=SHELF)
    await library.reviews.decide([years.id], Review.REJECTED, by="9", shelf=SHELF)
    deal = await make(library, money, Wording(fr="Valbrune", en="Valbrune"))
    newer = "La mairie confirme.\n\n" + TEXT.replace("1,8 milliard", "2,1 milliards")
    draft = await propose(library, newer, of=power.source.id)
    kept = {figure.unit: figure for figure in draft.figures if figure.unit in {"W", "EUR", "year"}}
    assert (kept["W"].review, kept["W"].metric, kept["W"].deals) == (Review.APPROVED, Metric.POWER_USE, ("stargate",))
    assert newer[kept["W"].text.start : kept["W"].text.end] == "320 MW"
    assert kept["EUR"].review is Review.EXTRACTED  # it says something else now
    assert kept["year"].review is Review.REJECTED
    at = await library.reviews.at(draft.id, SHELF)
    assert kept["W"].id in at.corrected
    assert power.id in {figure.id for figure in await library.known.figures(shelf=SHELF)}

    await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    counted = {figure.id for figure in await library.known.figures(shelf=SHELF) if figure.source.shelf == SHELF}
    assert counted == {kept["W"].id}
    # The sentence that tells what the deal is has changed: it is told no more, and nothing else of it either.
    assert deal.id not in {known.id for known in await library.known.deals(SHELF)}


async def test_what_was_approved_joins_no_deal_that_was_made_afterwards(library: Library) -> None:
    draft = await propose(library)
    power = of_unit(draft.figures, "W")
    await library.reviews.decide([power.id], Review.APPROVED, by="8", shelf=SHELF)
    deal = await make(library, power, Wording(fr="Valbrune", en="Valbrune"))
    edited = await library.drafts.edit(draft.id, {"publisher": "La Gazette"}, by="8", shelf=SHELF)
    approved = of_unit(edited.figures, "W")
    assert (approved.review, approved.deals) == (Review.APPROVED, ())
    assert any(deal.id in figure.deals for figure in edited.figures if figure.review is Review.EXTRACTED)


async def test_many_figures_are_approved_in_one_go(library: Library) -> None:
    text = "\n\n".join(f"Le site {number} de Valbrune aura une puissance de {number} MW." for number in range(10, 710))
    figures = await live(library, text)
    assert len(figures) > 600
    await library.reviews.decide([figure.id for figure in figures], Review.APPROVED, by="8", shelf=SHELF)
    assert {figure.id for figure in figures} <= {f.id for f in await library.known.figures(shelf=SHELF)}
    assert (await acts(library))[0] == (Act.FIGURES_APPROVED, "8")
    assert await library.reviews.waiting(SHELF) == []


async def test_the_sentence_that_tells_what_a_deal_is_is_found_again_where_it_moves(library: Library) -> None:
    draft = await propose(library)
    deal = await make(library, of_unit(draft.figures, "W"))
    assert deal.id not in {known.id for known in await library.known.deals(SHELF)}
    await library.drafts.edit(draft.id, {"title": "Un centre de calcul"}, by="8", shelf=SHELF)
    assert deal.id not in {known.id for known in await library.known.deals(SHELF)}
    _, source = await library.drafts.approve(draft.id, by="8", shelf=SHELF)
    told = (await library.known.deal(deal.id, SHELF)).about
    assert told is not None
    assert told.source.id == source.id == "un-centre-de-calcul"
    newer = await propose(library, "La mairie confirme.\n\n" + TEXT, of=source.id)
    await library.drafts.approve(newer.id, by="8", shelf=SHELF)
    newest = Article(text=f"Tout le monde le sait. La mairie confirme.\n\n{TEXT}", title=TITLE, language="fr")
    start = told.quote.start
    for version in (2, 3):
        moved = (await library.known.deal(deal.id, SHELF)).about
        assert moved is not None
        assert (moved.quote.quote, moved.source.version) == (told.quote.quote, version)
        assert moved.quote.start > start
        start = moved.quote.start
        await library.add(newest, by="8", shelf=SHELF, source_id=source.id)
