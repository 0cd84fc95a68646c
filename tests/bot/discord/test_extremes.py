"""Sources and questions of extreme shapes: messages stay within Discord's limits and nothing is lost."""

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.client import Sourcier
from bot.rules.places import shelf_of
from index.model import Article
from tests.bot.discord.reading import buttons, text

MARKUP = "*_~`|[x](y)<@1>"


async def _asker(env: Env) -> tuple[MemberActor, ChannelHandle]:
    guild = env.create_guild()
    return guild.add_member(env.create_user("ada")), guild.create_text_channel("general")


async def _add(bot: Sourcier, member: MemberActor, title: str, body: str, *, markdown: bool = False) -> None:
    article = Article(title=title, text=body, language="fr", markdown=markdown, publisher="Presse " * 20)
    await bot.library.add(article, by="test", shelf=shelf_of(member.guild.id))


async def test_long_sentences_titles_and_questions_full_of_markup_fit_a_message(
    env: Env, simcord_bot: Sourcier
) -> None:
    member, channel = await _asker(env)
    for number in range(3):
        sentence = f"Le phare de Cordouan numéro {number} " + "éclaire la mer et " * 48 + "fut achevé en 1611."
        await _add(simcord_bot, member, (MARKUP * 40)[:290] + str(number), sentence)
    result = await member.slash(channel, "ask", question="phare de Cordouan achevé " + "*~|" * 600)
    assert "Cordouan" in text(result.response)


async def test_a_sentence_that_no_message_holds_is_paged_to_its_end(env: Env, simcord_bot: Sourcier) -> None:
    member, channel = await _asker(env)
    words = 700
    sentence = "Le phare de Cordouan fut achevé, " + " ".join(f"mot{number}" for number in range(words)) + ", en 1611."
    await _add(simcord_bot, member, "Le phare", sentence)
    result = await member.slash(channel, "ask", question="Quand fut achevé le phare de Cordouan ?")
    assert result.response is not None
    context = await member.click(result.response, label="Contexte")
    assert context.response is not None
    shown = [text(context.response)]
    while "▶" in buttons(context.response) and len(shown) < 40:
        await member.click(context.response, label="▶")
        shown.append(text(context.response))
    whole = "\n".join(shown)
    assert [number for number in range(words) if f"mot{number}" not in whole] == []


async def test_an_answer_whose_sentence_no_message_holds_goes_on_in_more(env: Env, simcord_bot: Sourcier) -> None:
    member, channel = await _asker(env)
    end = "et enfin voilà la fin"
    sentence = "Le phare de Cordouan fut achevé en 1611, " + "puis la mer monta, " * 240 + end + "."
    await _add(simcord_bot, member, "Le phare de Cordouan", sentence)
    result = await member.slash(channel, "ask", question="le phare de Cordouan achevé")
    assert result.response is not None
    assert end not in text(result.response)
    more = await member.click(result.response, label="Suite")
    assert end in text(more.response)


async def test_a_heading_without_end_does_not_break_the_context(env: Env, simcord_bot: Sourcier) -> None:
    member, channel = await _asker(env)
    body = f"# {'Le titre sans fin ' * 400}\n\nLe phare de Cordouan fut achevé en 1611 par Louis de Foix.\n"
    await _add(simcord_bot, member, "Le phare", body, markdown=True)
    result = await member.slash(channel, "ask", question="Quand fut achevé le phare de Cordouan ?")
    assert result.response is not None
    context = await member.click(result.response, label="Contexte")
    assert "1611" in text(context.response)


@pytest.mark.parametrize(
    "question",
    [
        "<@{bot}> Combien OpenAI paie-t-elle Oracle par an ?",
        "Combien OpenAI paie-t-elle <@99> à Oracle par an ? <:pepe:123456789>",
        "Combien <t:1700000000:R> OpenAI paie-t-elle Oracle par an ? https://example.org/x?y=1",
        "</ask:77> Combien OpenAI paie-t-elle Oracle par an ? <#5> <@&6> <id:guide>",
    ],
)
async def test_what_discord_puts_into_a_question_is_not_looked_for(env: Env, question: str) -> None:
    member, channel = await _asker(env)
    assert env.bot.user is not None
    result = await member.slash(channel, "ask", question=question.format(bot=env.bot.user.id))
    assert "30 milliards de dollars par an" in text(result.response)
    assert "Suite" in buttons(result.response)


async def test_a_question_of_nothing_but_mentions_asks_nothing(env: Env) -> None:
    member, channel = await _asker(env)
    result = await member.slash(channel, "ask", question="<@99> <:pepe:123>")
    assert result.ephemeral
    assert "no text" in text(result.response)
