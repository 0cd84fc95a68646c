"""Deals with very many figures, and sources full of markup: messages stay within the limits and nothing is lost."""

import re

import pytest
from simcord.env import Env

from bot.cards import describe
from bot.client import Sourcier
from bot.deals.cards import ProofCard
from bot.translation import translator
from bot.views.markdown import shown
from bot.views.proofs import proof_pages
from index.figures.kinds import Review
from index.model import Article, Figure
from tests.bot.discord.dealers import Dealer, file_of, seen
from tests.bot.discord.reading import parts

MARKUP = "<@&1> ||[x](https://example.org)|| **y** `z` @everyone \u202e"


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def approve(here: Dealer, title: str, text: str) -> list[Figure]:
    """Add a source of the server's own and approve all its figures; return them."""
    article = Article(title=title, text=text, language="fr", published="2026-01-02", publisher="Presse " + MARKUP)
    added = await here.bot.library.add(article, by="test", shelf=here.shelf)
    reviews = here.bot.library.reviews
    found = await reviews.found_in(added.source.id, here.shelf)
    await reviews.decide([figure.id for figure in found], Review.APPROVED, by="test", shelf=here.shelf)
    return found


async def test_a_deal_with_very_many_figures_is_paged_to_its_end(here: Dealer) -> None:
    sentences = (f"OpenAI paiera à Oracle {number} milliards de dollars en 2031." for number in range(101, 141))
    found = await approve(here, "Quarante montants", "\n\n".join(sentences))
    assert len(found) >= 40
    card = await here.deal("oracle")
    whole = await here.whole(card)
    quotes = await here.whole(await here.press(card, "Quotes"))
    timeline = await here.whole(await here.timeline(deal="oracle"))
    for number in range(101, 141):
        assert f"**${number} billion** [" in whole
        assert f"{number} milliards de dollars" in quotes
        assert f"**${number} billion** [" in timeline
    assert f"-# 1/{len(re.findall(r'-# [0-9]+/', whole))}\n" in whole
    _, table = await file_of(await here.press(card, "CSV"))
    assert table.count(b" milliards de dollars en 2031") >= 40
    await here.whole(await here.compare("oracle", "amd"))


async def test_the_quote_of_a_sentence_without_end_is_shown_whole(here: Dealer) -> None:
    long = "OpenAI paiera à Oracle 77 milliards de dollars en 2031, " + "et encore une fois, " * 230 + "voilà la fin."
    (found,) = await approve(here, "Une phrase sans fin", long)
    assert found.quote.quote in await here.whole(await here.press(await here.deal("oracle"), "Quotes"))
    message = await here.member.send(here.channel, "OpenAI will pay Oracle $77 billion.")
    checked = await here.member.context_menu(here.channel, "Check the figures", message)
    assert found.quote.quote in "\n".join(seen(one) for one in (checked.response, *checked.followups))


async def test_a_quote_that_no_message_holds_goes_on_on_the_next_page(here: Dealer) -> None:
    source = describe(await here.bot.library.source("amd-6-gw"), translator("fr"))
    sentence = " ".join(f"mot{number}*" for number in range(900))
    pages = proof_pages([ProofCard(1, sentence, source), ProofCard(2, "Une autre.", source)], translator("fr"))
    assert len(pages) > 2
    assert all(sum(len(drawn.text) for drawn in page) <= 3_500 for page in pages)
    whole = " ".join(shown(drawn.text) for page in pages for drawn in page)
    assert [number for number in range(900) if f"mot{number}*" not in whole] == []


async def test_text_of_sources_is_shown_as_it_reads_wherever_it_stands(here: Dealer) -> None:
    await approve(
        here, MARKUP, f"Selon {MARKUP}, OpenAI paiera à Oracle 77 milliards de dollars {MARKUP} par an en 2031."
    )
    card = await here.deal("oracle")
    messages = [
        card,
        await here.press(card, "▶"),
        await here.press(card, "Quotes"),
        await here.timeline(deal="oracle"),
        await here.compare("oracle", "amd"),
    ]
    raw = "\n".join(part["content"] for message in messages for part in parts(message) if "content" in part)
    assert "77" in raw
    for markup in ("<@&1>", "](https://example", "||[x]", "**y**", "`z`", "\u202e"):
        assert markup not in re.sub(r"\\(.)", "", raw), markup
