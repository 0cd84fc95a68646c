"""The articles that come with Sourcier: what they are, and that their text is as it was given."""

import hashlib

import pytest

from index import seeding
from index.library import Library
from index.model import Article, Basis

# SHA-256 of each article as it was given, before any front matter.
GIVEN = {
    "openai-beyond-microsoft": "a101501c510271fbe6b0daf44b154cfea1c0b35d33021e530ad8cdc270dad2d3",
    "oracle-4-5-gw": "ccb042f1521c718dee9ed37f99445e1fecc81445bb68fe5d92068862f8c94202",
    "azure-on-oracle": "c14f2bc9e2a6f95c18e643fd40c6c44981f71905ec340ce3fbb434bab83f61ea",
    "abilene-crusoe": "b90e7f9ec55a2ada150c0eb54f5792bcec7de4c9dec897e40051e913d83cef67",
    "amd-6-gw": "464a278a055b1d3146dd96f622f5638655b7186dae9e8244d9137ddc7939bdf6",
}
SEEDS: dict[str, Article] = dict(seeding.articles())


def test_there_are_five_articles() -> None:
    assert SEEDS.keys() == GIVEN.keys()


@pytest.mark.parametrize("name", GIVEN)
def test_the_text_is_byte_for_byte_as_it_was_given(name: str) -> None:
    assert hashlib.sha256(SEEDS[name].text.encode()).hexdigest() == GIVEN[name]


async def test_the_stored_text_is_the_article_s(library: Library) -> None:
    for name, article in SEEDS.items():
        assert await library.text(name) == article.text


@pytest.mark.parametrize(
    ("name", "published", "basis"),
    [
        ("openai-beyond-microsoft", "2024-10", Basis.ESTIMATE),
        ("oracle-4-5-gw", "2025-07", Basis.ESTIMATE),
        ("azure-on-oracle", "2024-06", Basis.TEXT),
        ("abilene-crusoe", "2025-05", Basis.ESTIMATE),
        ("amd-6-gw", "2025-10", Basis.ESTIMATE),
    ],
)
def test_a_date_says_how_it_is_known(name: str, published: str, basis: Basis) -> None:
    assert (SEEDS[name].published, SEEDS[name].published_basis) == (published, basis)


def test_only_the_title_that_the_text_has_counts_as_the_text_s() -> None:
    assert [name for name, article in SEEDS.items() if article.title_basis is Basis.TEXT] == ["oracle-4-5-gw"]
    titled = SEEDS["oracle-4-5-gw"]
    assert titled.text.startswith(titled.title)


def test_credits_are_word_for_word_in_the_texts() -> None:
    credited = {name: article.credit for name, article in SEEDS.items() if article.credit}
    assert credited == {"openai-beyond-microsoft": "vía: DCD", "oracle-4-5-gw": "Punto Informatico"}
    assert all(credit in SEEDS[name].text for name, credit in credited.items())
