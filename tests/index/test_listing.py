"""The list of what is read: searched without regard to case and accents, cut into pages, walled by shelf."""

import pytest

from index.library import Library
from index.model import SHARED, Article, Counted, Listing, Source


def article(number: int, title: str, **known: str) -> Article:
    return Article(text=f"Ceci est le texte numéro {number}.", title=title, language="fr", **known)


async def ids(library: Library, search: str, shelf: str = SHARED) -> list[str]:
    listing = await library.browse(shelf, search, limit=100)
    assert listing.total == len(listing.sources)
    return [source.id for source in listing.sources]


async def test_all_live_sources_are_listed_in_the_order_they_came(library: Library) -> None:
    await library.remove("amd-6-gw", by="test")
    live = [source for source in await library.sources() if source.id != "amd-6-gw"]
    assert await library.browse() == Listing(4, live)
    await library.restore("amd-6-gw", by="test")
    assert await ids(library, "") == [source.id for source in await library.sources()]


async def test_a_list_is_cut_into_pages(empty_library: Library) -> None:
    for number in range(7):
        await empty_library.add(article(number, f"Note {number}"), by="test")
    pages = [await empty_library.browse(offset=offset, limit=3) for offset in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7] * 4
    assert [len(page.sources) for page in pages] == [3, 3, 1, 0]
    listed: list[Source] = [source for page in pages for source in page.sources]
    assert listed == await empty_library.sources()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("energie", ["l-energie-des-etoiles"]),
        ("ÉNERGIE", ["l-energie-des-etoiles"]),
        ("l'énergie", ["l-energie-des-etoiles"]),
        ("toile gie", ["l-energie-des-etoiles"]),
        ("oeuvre", ["l-oeuvre-au-noir"]),
        ("Œuvre", ["l-oeuvre-au-noir"]),
        ("gazette", ["l-energie-des-etoiles"]),
        ("via courrier", ["l-oeuvre-au-noir"]),
        ("courrier gazette", []),
        ("au-noir", ["l-oeuvre-au-noir"]),
        ("numéro", []),
        ("100%", ["a-100-b"]),
        ("%", ["a-100-b"]),
        ("_", ["a-100-b"]),
        ("/", []),
        ("  ", ["l-energie-des-etoiles", "l-oeuvre-au-noir", "a-100-b"]),
        ("x" * 60_000, []),
        ("\0", []),
        ("\udcff", []),
    ],
)
async def test_every_word_is_sought_in_title_publisher_credit_and_id(
    empty_library: Library, search: str, found: list[str]
) -> None:
    await empty_library.add(article(1, "L’énergie des étoiles", publisher="La Gazette"), by="test")
    await empty_library.add(article(2, "L’ŒUVRE au noir", credit="Via Le Courrier"), by="test")
    await empty_library.add(article(3, "a_ 100% b"), by="test")
    assert await ids(empty_library, search) == found


async def test_a_new_version_is_found_by_its_own_title(empty_library: Library) -> None:
    await empty_library.add(article(1, "Ancien titre"), by="test", source_id="note")
    await empty_library.add(article(2, "Titre récent"), by="test", source_id="note")
    assert await ids(empty_library, "recent") == ["note"]
    assert await ids(empty_library, "ancien") == []
    assert await ids(empty_library, "note") == ["note"]


async def test_a_list_shows_the_shared_sources_and_the_shelf_s_own(library: Library) -> None:
    await library.add(article(1, "Secret de la première"), by="test", shelf="one")
    assert await ids(library, "secret", "one") == ["secret-de-la-premiere"]
    assert await ids(library, "secret", "two") == await ids(library, "secret") == []
    assert (await library.browse("one")).total == 6


async def test_live_sources_and_their_passages_are_counted(library: Library) -> None:
    all_of_them = await library.sources()
    assert await library.count() == Counted(5, sum(source.passages for source in all_of_them))
    added = await library.add(article(1, "Note"), by="test", shelf="one")
    assert (await library.count("one")).passages == (await library.count()).passages + added.source.passages
    removed = await library.remove("amd-6-gw", by="test")
    left = sum(source.passages for source in all_of_them) - removed.passages
    assert await library.count() == await library.count("two") == Counted(4, left)


async def test_nothing_counts_nothing(empty_library: Library) -> None:
    assert await empty_library.count() == Counted(0, 0)
    assert await empty_library.browse(search="a") == Listing(0, [])
