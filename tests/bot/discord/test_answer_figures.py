"""Answers with known figures: the figure first, with the number of the quote that proves it on the same message."""

import re

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.settings import Settings
from bot.translation import translator
from bot.views.answer import pages
from index.model import Article
from tests.bot.discord.dealers import Dealer, message_of, seen
from tests.bot.discord.reading import buttons, parts


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def test_the_figure_stands_first_in_large_letters_and_its_quote_below(here: Dealer) -> None:
    shown = seen(message_of(await here.use("ask", question="How much does OpenAI pay Oracle per year?")))
    figure, quote = shown.index("\n## $30 billion a year [1]\n"), shown.index("> **Oracle avait annoncé un contrat")
    assert shown.startswith("> How much does OpenAI pay Oracle per year?")
    assert figure < quote
    assert "-# annual value · “un contrat” · “à compter de 2028” · announced · according to “Oracle”" in shown


async def test_a_figure_is_said_in_the_language_of_the_question(here: Dealer) -> None:
    shown = seen(message_of(await here.use("ask", question="Combien OpenAI paie-t-elle Oracle par an ?")))
    assert "\n## 30 Md $ par an [1]\n-# montant annuel" in shown


@pytest.mark.parametrize(
    "question",
    [
        "How much does OpenAI pay Oracle per year?",
        "Combien de puces GB200 Oracle a-t-il achetées ?",
        "Quelle est la capacité du site d’Abilene ?",
        "How much did Microsoft invest in OpenAI?",
    ],
)
async def test_every_number_that_a_figure_refers_to_is_that_of_a_quote(here: Dealer, question: str) -> None:
    message = message_of(await here.use("ask", question=question))
    shown = seen(message)
    referred = set(re.findall(r"\[(\d+)\]", shown))
    more = message
    if "More" in buttons(message) or "Suite" in buttons(message):
        more = await here.press(message, "More" if "More" in buttons(message) else "Suite")
    whole = shown + await here.whole(more)
    assert referred
    assert referred <= set(re.findall(r"\n-# \*\*(\d+)\*\* · ", whole))


async def test_figures_that_differ_stand_side_by_side_in_letters_of_one_size(here: Dealer) -> None:
    shown = seen(message_of(await here.use("ask", question="Quelle est la capacité du site d’Abilene ?")))
    assert "\n## environ 1 GW [1]\n" in shown
    assert "\n## jusqu’à 2 GW [2]\n" in shown


async def test_a_refusal_has_no_figure(here: Dealer) -> None:
    shown = seen(message_of(await here.use("ask", question="How much does Google pay Oracle?")))
    assert "## " not in shown


async def test_more_and_publishing_after_a_restart_show_the_kept_answer(
    env: Env, here: Dealer, settings: Settings
) -> None:
    message = message_of(await here.use("ask", question="How much does OpenAI pay Oracle per year?", private=True))
    before = seen(message)
    await env.restart_bot(create_bot(settings))
    published = await here.press(message, "Publish")
    assert seen(published) == before


async def test_a_figure_from_a_removed_source_is_gone_from_the_next_answer(here: Dealer) -> None:
    await here.bot.library.remove("oracle-4-5-gw", by="test")
    shown = seen(message_of(await here.use("ask", question="How much does OpenAI pay Oracle per year?")))
    assert "30 billion" not in shown


async def test_figures_and_a_sentence_that_no_message_holds_fit_together(here: Dealer) -> None:
    """The seeds' figures stand above a quote as long as there may be."""
    answer = await here.bot.library.ask("How much does OpenAI pay Oracle per year?", limit=12)
    assert answer.figures
    end = "et enfin voilà la fin"
    text = "OpenAI paie Oracle par an, dit-on, " + "beaucoup de dollars par an, " * 180 + end + "."
    article = Article(title="OpenAI paie Oracle par an", text=text, language="fr")
    await here.bot.library.add(article, by="test", shelf=here.shelf)
    question = "OpenAI paie-t-elle à Oracle beaucoup de dollars par an, dit-on ?"
    message = message_of(await here.use("ask", question=question))
    whole = seen(message)
    if "Suite" in buttons(message):
        whole += await here.whole(await here.press(message, "Suite"))
    assert end in whole
    assert sum(len(part.get("content", "")) for part in parts(message)) <= 4_000


async def test_quotes_beside_figures_are_laid_in_the_room_that_is_left(here: Dealer) -> None:
    from bot.cards import lay_out

    card = lay_out(await here.bot.library.ask("How much does OpenAI pay Oracle per year?", limit=12))
    for room in (3_100, 2_150):
        laid = list(pages(card.quotes, translator("en"), room=room))
        assert sum(len(drawn.text) for drawn in laid[0]) <= room
        assert [drawn.card.number for page in laid for drawn in page] == [quote.number for quote in card.quotes]
