"""A deal's dossier: each statement with a sentence that a live source has, as it stands or as it stood."""

import pytest

from index.errors import NotFound
from index.figures.dossier import Dossier, was_out
from index.figures.holding import Excerpt
from index.figures.kinds import ConflictReason, RelationKind, Role
from index.library import Library
from index.model import Figure, Source
from tests.bot.figures import made_source

DEALS = ("oracle", "azure", "abilene", "stargate", "microsoft", "amd", "nvidia", "funding", "xai", "chips")


def excerpts(dossier: Dossier) -> list[Excerpt]:
    """Return all quotes that are not a figure's."""
    told = [party.excerpt for party in dossier.parties] + [fact.excerpt for fact in dossier.facts]
    told += [dossier.part_of.excerpt] if dossier.part_of else []
    return [*told, dossier.about] if dossier.about else told


def sources(dossier: Dossier) -> set[str]:
    operands = [operand for figure in dossier.computed for operand in figure.operands]
    stated = {figure.source.id for figure in (*dossier.figures, *operands)}
    return stated | {excerpt.source.id for excerpt in excerpts(dossier)}


def ids(figures: tuple[Figure, ...]) -> set[str]:
    return {figure.id for figure in figures}


@pytest.mark.parametrize("name", DEALS)
async def test_each_statement_stands_word_for_word_in_a_stored_source(library: Library, name: str) -> None:
    dossier = await library.known.deal(name)
    assert dossier.about is not None
    texts = {source.id: await library.text(source.id) for source in await library.sources()}
    for figure in dossier.figures:
        text = texts[figure.source.id]
        assert text[figure.quote.start : figure.quote.end] == figure.quote.quote
        assert text[figure.text.start : figure.text.end] == figure.text.quote
        assert figure.quote.start <= figure.text.start < figure.text.end <= figure.quote.end
        assert name in figure.deals
    for excerpt in excerpts(dossier):
        assert texts[excerpt.source.id][excerpt.quote.start : excerpt.quote.end] == excerpt.quote.quote


async def test_a_deal_is_what_its_articles_say(library: Library) -> None:
    dossier = await library.known.deal("accord oracle")
    assert dossier.deal.id == "oracle"
    assert dossier.about is not None
    assert dossier.about.quote.quote == "OpenAI a loué 4,5 GW de puissance de calcul à Oracle ."
    assert [(party.name, party.role) for party in dossier.parties] == [
        ("OpenAI", Role.CUSTOMER),
        ("Oracle", Role.PROVIDER),
    ]
    assert dossier.part_of is not None
    assert dossier.part_of.deal.id == "stargate"
    stargate = await library.known.deal("stargate")
    assert {part.id for part in stargate.parts} == {"oracle", "abilene"}


async def test_the_latest_article_s_figures_come_first(library: Library) -> None:
    published = [figure.source.published or "" for figure in (await library.known.deal("oracle")).figures]
    assert published == sorted(published, reverse=True)
    assert len(set(published)) > 1


async def test_disagreements_are_told_with_their_reason(library: Library) -> None:
    dossier = await library.known.deal("oracle")
    found = {(relation.first, relation.second): relation.reason for relation in dossier.relations}
    assert found["oracle-capacity", "oracle-capacity-about"] is ConflictReason.VALUE
    assert RelationKind.COMPUTED_FROM not in {relation.kind for relation in dossier.relations}


async def test_what_is_computed_has_its_formula_and_all_its_operands(library: Library) -> None:
    (chips,) = (await library.known.deal("abilene")).computed
    assert chips.formula == "8 * 50000 = 400000"
    assert [operand.id for operand in chips.operands] == ["abilene-buildings", "abilene-chips-each"]


async def test_no_deal_is_told_a_17_gw_that_no_article_has(library: Library) -> None:
    for name in DEALS:
        dossier = await library.known.deal(name)
        assert 17 * 10**9 not in {figure.value for figure in (*dossier.figures, *dossier.computed)}


@pytest.mark.parametrize(
    "gone", ["azure-on-oracle", "openai-beyond-microsoft", "abilene-crusoe", "oracle-4-5-gw", "amd-6-gw"]
)
async def test_of_a_removed_source_nothing_is_left_and_all_comes_back(library: Library, gone: str) -> None:
    before = {name: await library.known.deal(name) for name in DEALS}
    await library.remove(gone, by="test")
    known = {deal.id for deal in await library.known.deals()}
    assert known == {name for name, dossier in before.items() if sources(dossier) != {gone}}
    for name in known:
        after = await library.known.deal(name)
        assert gone not in sources(after)
        assert ids(after.figures) == {figure.id for figure in before[name].figures if figure.source.id != gone}
        shown = ids(after.figures) | {fact.id for fact in after.facts}
        assert all({relation.first, relation.second} <= shown for relation in after.relations)
    await library.restore(gone, by="test")
    assert {name: await library.known.deal(name) for name in DEALS} == before


async def test_without_the_sentence_that_says_so_no_deal_is_part_of_another(library: Library) -> None:
    await library.remove("oracle-4-5-gw", by="test")
    assert (await library.known.deal("oracle")).part_of is None
    assert [part.id for part in (await library.known.deal("stargate")).parts] == ["abilene"]


async def test_as_of_a_day_only_what_was_out_by_then_is_told_and_the_rest_is_counted(library: Library) -> None:
    now = await library.known.deal("oracle")
    then = await library.known.deal("oracle", as_of="2024-12-31")
    assert {source.split("-")[0] for source in sources(then)} <= {"azure", "openai"}
    assert {figure.source.published for figure in then.figures} == {"2024-06", "2024-10"}
    assert then.about is None
    assert then.part_of is None
    assert then.parties == ()
    assert then.left_out == len(now.figures) + len(now.facts) - len(then.figures) - len(then.facts) > 0
    assert then.as_of == "2024-12-31"
    assert (await library.known.deal("stargate", as_of="2024-10")).parts == ()
    assert (await library.known.deal("abilene", as_of="2025-04")).computed == ()


async def test_as_of_a_day_before_all_articles_a_deal_has_a_name_and_nothing_else(library: Library) -> None:
    dossier = await library.known.deal("oracle", as_of="2023")
    assert sources(dossier) == set()
    assert dossier.relations == ()


@pytest.mark.parametrize(
    ("published", "as_of", "out"),
    [
        ("2025-07", None, True),
        (None, None, True),
        (None, "2025", False),
        ("2025-07", "2025-07", True),
        ("2025-07", "2025-06-30", False),
        ("2025-07-15", "2025-07", True),
        ("2025-07-15", "2025-07-14", False),
        ("2025-07", "2025-07-01", True),
        ("2025", "2025-01-01", True),
        ("2025-12", "2025", True),
        ("2026", "2025-12-31", False),
    ],
)
def test_of_partial_dates_what_both_say_decides(published: str | None, as_of: str | None, out: bool) -> None:  # noqa: FBT001
    source: Source = made_source(published=published)
    assert was_out(source, as_of) is out


async def test_an_unknown_deal_is_refused_with_what_is_near(library: Library) -> None:
    with pytest.raises(NotFound, match="no deal called “openai” here; near are oracle, azure, microsoft"):
        await library.known.deal("openai")
    with pytest.raises(NotFound, match="no deal called “zzz” here; there are oracle, azure"):
        await library.known.deal("zzz")
    with pytest.raises(NotFound) as refused:
        await library.known.deal("x" * 5000)
    assert len(str(refused.value)) < 300


async def test_without_any_source_there_is_no_deal(empty_library: Library) -> None:
    assert await empty_library.known.deals() == []
    assert await empty_library.known.complete("oracle") == []
    with pytest.raises(NotFound, match=r"no deal called “oracle” here\.$"):
        await empty_library.known.deal("oracle")
