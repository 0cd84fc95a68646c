"""Somebody's figures held against the ledger: what agrees, what differs, and of what the sources say nothing."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from index.answering.checking import MOST, Finding
from index.errors import BadInput
from index.figures.kinds import Review
from index.known import LONGEST_CHECKED
from index.library import Library
from index.model import Article

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seeds(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Library]:
    """The library of the first day, which no test here changes."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("seeds") / "data")
    async with await Library.open(folder, "write") as opened:
        yield opened


async def finding(library: Library, text: str) -> tuple[Finding, list[str]]:
    """What the sources say to the only figure of a text, and by which figures."""
    (checked,) = await library.known.check(text)
    return checked.finding, [figure.id for figure in checked.figures]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("OpenAI loue 4,5 GW à Oracle.", "oracle-capacity"),
        ("Oracle gets $30 billion a year from OpenAI", "oracle-annual-value"),
        ("Microsoft owns 49% of OpenAI", "microsoft-stake"),
        ("Abilene will have 8 buildings.", "abilene-buildings"),
        ("Oracle bought 400,000 GB200 chips from NVIDIA.", "abilene-chips-bought"),
        ("Crusoe was founded in 2018.", "crusoe-founded"),
        ("AMD and NVIDIA together provide 23 GW", "amd-nvidia-capacity"),
        ("Le projet Stargate coûte 500 milliards de dollars.", "stargate-investment"),
        ("Each building of Abilene holds up to 50,000 Nvidia chips.", "abilene-chips-each"),
    ],
)
async def test_a_figure_that_a_source_states_matches_it(seeds: Library, text: str, figure: str) -> None:
    assert (await finding(seeds, text))[0] is Finding.MATCHES
    assert figure in (await finding(seeds, text))[1]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("OpenAI loue 7 GW à Oracle.", "oracle-capacity"),
        ("Oracle gets $20 billion a year from OpenAI", "oracle-annual-value"),
        ("AMD will supply 8 GW.", "amd-capacity"),
        ("OpenAI may take 15% of AMD", "amd-stake"),
        ("Abilene aura 10 bâtiments.", "abilene-buildings"),
        ("Crusoe was founded in 2015.", "crusoe-founded"),
    ],
)
async def test_another_figure_for_the_same_thing_differs_and_the_sources_one_is_told(
    seeds: Library, text: str, figure: str
) -> None:
    found, figures = await finding(seeds, text)
    assert found is Finding.DIFFERS
    assert figure in figures


@pytest.mark.parametrize(
    "text",
    [
        "SoftBank puts 40 billion dollars in.",
        "7 GW",
        "Abilene: 400,000 homes",
        "The strike at Abilene ended in 2031.",
    ],
)
async def test_of_a_figure_like_which_the_sources_have_none_nothing_is_known(seeds: Library, text: str) -> None:
    assert await finding(seeds, text) == (Finding.UNKNOWN, [])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("more than 4 GW", Finding.MATCHES),
        ("more than 4.5 GW", Finding.DIFFERS),
        ("at least 4.5 GW", Finding.MATCHES),
        ("at least 5 GW", Finding.DIFFERS),
        ("at most 5 GW", Finding.MATCHES),
        ("at most 4.5 GW", Finding.MATCHES),
        ("at most 4 GW", Finding.DIFFERS),
        ("less than 5 GW", Finding.MATCHES),
        ("less than 4.5 GW", Finding.DIFFERS),
        ("about 4.4 GW", Finding.MATCHES),
        ("about 4 GW", Finding.DIFFERS),
        ("4.4 GW", Finding.DIFFERS),
        ("between 4 and 5 GW", Finding.MATCHES),
        ("between 5 and 6 GW", Finding.DIFFERS),
    ],
)
async def test_a_bound_leaves_the_room_that_it_says_and_no_more(seeds: Library, said: str, found: Finding) -> None:
    assert (await finding(seeds, f"Oracle provides {said}."))[0] is found


async def test_a_bound_that_a_source_states_too_matches_it(seeds: Library) -> None:
    assert await finding(seeds, "Stargate will cost over 100 billion dollars.") == (
        Finding.MATCHES,
        ["stargate-site-cost"],
    )
    assert (await finding(seeds, "AMD will provide up to 6 GW"))[1][0] == "amd-capacity"


async def test_a_bound_without_a_name_is_borne_out_by_no_figure_that_happens_to_fit(seeds: Library) -> None:
    assert await finding(seeds, "It has more than 1 GW.") == (Finding.UNKNOWN, [])
    assert await finding(seeds, "It costs less than 900 billion dollars.") == (Finding.UNKNOWN, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Stargate was presented in January.", Finding.MATCHES),
        ("Stargate was presented in January 2025.", Finding.MATCHES),
        ("Stargate a été présenté le 21 janvier 2025.", Finding.MATCHES),
        ("Stargate was presented in 2025.", Finding.MATCHES),
        ("Stargate was presented in January 2024.", Finding.DIFFERS),
        ("Stargate was presented in March.", Finding.DIFFERS),
        ("Abilene sera opérationnel en 2026.", Finding.MATCHES),
        ("Abilene sera opérationnel mi-2026.", Finding.MATCHES),
        ("Abilene sera opérationnel en 2027.", Finding.DIFFERS),
    ],
)
async def test_a_date_agrees_as_far_as_both_tell_it(seeds: Library, text: str, found: Finding) -> None:
    assert (await finding(seeds, text))[0] is found


async def test_a_sum_for_each_year_is_not_the_sum_in_all(seeds: Library) -> None:
    found, figures = await finding(seeds, "OpenAI doit 30 milliards de dollars à Oracle.")
    assert (found, figures[0]) == (Finding.DIFFERS, "oracle-annual-value")
    assert (await finding(seeds, "OpenAI doit 30 milliards de dollars par an à Oracle."))[0] is Finding.MATCHES


async def test_what_is_for_each_of_several_things_is_not_for_all_of_them(seeds: Library) -> None:
    assert (await finding(seeds, "Abilene will have 50,000 chips."))[0] is Finding.DIFFERS


async def test_without_a_name_a_number_is_found_whatever_deal_has_it_and_never_differs(seeds: Library) -> None:
    assert await finding(seeds, "5 GW datacenter") == (Finding.MATCHES, ["stargate-site-capacity"])
    found, figures = await finding(seeds, "500 milliards de dollars")
    assert (found, set(figures)) == (Finding.MATCHES, {"stargate-investment", "stargate-value"})


async def test_every_figure_of_a_text_is_checked_in_its_order_at_its_place(seeds: Library) -> None:
    text = "Oracle loue 4,5 GW à OpenAI pour 30 milliards de dollars par an dès 2028, et AMD 9 GW."
    checked = await seeds.known.check(text)
    assert [each.finding for each in checked] == [Finding.MATCHES] * 3 + [Finding.DIFFERS]
    starts = [each.said.text.start for each in checked]
    assert starts == sorted(starts)
    for each in checked:
        assert text[each.said.text.start : each.said.text.end] == each.said.text.quote
        assert text[each.said.quote.start : each.said.quote.end] == each.said.quote.quote
        assert 1 <= len(each.figures) <= MOST


async def test_a_text_without_figures_has_nothing_to_check(seeds: Library) -> None:
    for text in ("", "Bonjour à tous !", "🎉", "Oracle et AMD"):
        assert await seeds.known.check(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Oracle \0 4,5 GW",
        "\u202e4,5 GW Oracle\u202c \u200b8 GW",
        "@everyone Oracle <@123> 4,5 GW [x](http://y) ```7 GW```",
        "Oracle \udcff 4,5 GW",
        "Oracle " + "9" * 5_000 + " GW",
        "4,5 GW " * 1_000,
        "Oracle " * 5_000 + "4,5 GW",
        "(" * 20_000,
        "1e999999 GW -- 1/0 %",
    ],
)
async def test_a_hostile_text_is_checked_like_any_other(seeds: Library, text: str) -> None:
    for each in await seeds.known.check(text):
        said = each.said.text
        assert text[said.start : said.end] == said.quote
        assert bool(each.figures) == (each.finding is not Finding.UNKNOWN)


async def test_a_text_that_is_too_long_is_refused(seeds: Library) -> None:
    assert await seeds.known.check(" " * LONGEST_CHECKED) == []
    with pytest.raises(BadInput, match="at most 100,000 characters; this one has 100,001"):
        await seeds.known.check(" " * (LONGEST_CHECKED + 1))


@pytest.mark.asyncio(loop_scope="function")
async def test_figures_are_checked_against_what_a_shelf_knows_now(library: Library) -> None:
    said = "OpenAI loue 7 GW à Oracle."
    news = Article(text="OpenAI loue 7 GW de puissance de calcul à Oracle.", title="Nouveau contrat", language="fr")
    await library.add(news, by="mod", shelf="one", source_id="news")
    (waiting,) = await library.reviews.found_in("news", "one")
    assert (await library.known.check(said, "one"))[0].finding is Finding.DIFFERS
    await library.reviews.decide([waiting.id], Review.APPROVED, by="mod", shelf="one")
    assert (await library.known.check(said, "one"))[0].finding is Finding.MATCHES
    assert (await library.known.check(said, "two"))[0].finding is Finding.DIFFERS
    await library.remove("news", by="mod", shelf="one")
    await library.remove("oracle-4-5-gw", by="mod")
    left = (await library.known.check(said, "one"))[0]
    assert left.finding is not Finding.MATCHES
    assert {"oracle-4-5-gw", "news"}.isdisjoint(figure.source.id for figure in left.figures)
