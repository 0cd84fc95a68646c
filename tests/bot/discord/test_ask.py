"""/ask and "Ask the sources": an answer with its quotes and sources, or an honest no."""

import pytest
from simcord.env import Env

from bot.client import Sourcier
from bot.rules.places import shelf_of
from index.model import Article
from tests.bot.discord.reading import buttons, links, parts, text

ORACLE = "Combien OpenAI paie-t-elle Oracle par an ?"
PROOF = "30 milliards de dollars par an à compter de 2028"


async def test_a_question_is_answered_with_the_quote_and_its_source(env: Env) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    member = guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question=ORACLE)
    answer = text(result.response)
    assert not result.ephemeral
    assert ORACLE in answer
    assert PROOF in answer
    assert "Punto Informatico, vers juillet 2025 (estimation de l’éditeur)" in answer
    assert {"Contexte", "Suite", "Pourquoi\u00a0?", "Une erreur\u00a0?"} == set(buttons(result.response))


async def test_an_answer_speaks_the_language_of_the_question(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question="How much does OpenAI pay Oracle per year?")
    assert PROOF in text(result.response)
    assert "about July 2025" in text(result.response)
    assert "Context" in buttons(result.response)


async def test_what_no_source_says_is_refused_with_the_nearest_passage(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question="How much does Google pay Oracle?")
    answer = text(result.response)
    assert "No source mentions “Google”." in answer
    assert "Nearest passage:" in answer
    assert "Ask for a source" in buttons(result.response)
    assert "More" not in buttons(result.response)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Who is the CEO of AMD?", "The sources speak of what you name, but none states what you ask."),
        (
            "Qui est le PDG de Microsoft ?",
            "Les sources parlent de ce que vous nommez, mais aucune ne dit ce que vous demandez.",
        ),
        (
            "What's a good recipe for banana bread?",
            "The sources do not answer this: none mentions “banana” or “bread”.",
        ),
    ],
)
async def test_a_refusal_says_why(env: Env, question: str, why: str) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    assert why in text((await member.slash(channel, "ask", question=question)).response)


async def test_a_private_answer_is_seen_by_the_asker_alone_who_may_publish_it(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question=ORACLE, private=True)
    assert result.ephemeral
    assert channel.last_message is None
    assert result.response is not None
    published = await member.click(result.response, label="Publier")
    assert not published.ephemeral
    assert PROOF in text(channel.last_message)


async def test_in_direct_messages_the_seeds_answer(env: Env) -> None:
    user = env.create_user("ada")
    result = await user.slash("ask", question=ORACLE)
    assert PROOF in text(result.response)
    assert "Publier" not in buttons(result.response)


async def test_a_message_can_be_asked_about_by_its_menu(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    ada, bob = (env.guild.add_member(env.create_user(name)) for name in ("ada", "bob"))
    message = await ada.send(channel, ORACLE)
    result = await bob.context_menu(channel, "Ask the sources", message)
    assert PROOF in text(result.response)


async def test_a_message_without_text_is_nothing_to_ask_about(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    message = await member.send(channel, attachments=[("cat.png", b"\x89PNG")])
    result = await member.context_menu(channel, "Ask the sources", message)
    assert result.ephemeral
    assert "no text" in text(result.response)


async def test_a_source_with_an_address_is_linked_to_the_sentence(env: Env, simcord_bot: Sourcier) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    member = guild.add_member(env.create_user("ada"))
    article = Article(
        title="Le phare de Cordouan",
        text="Le phare de Cordouan fut achevé en 1611 par Louis de Foix.",
        language="fr",
        url="https://example.org/phare?x=1",
    )
    await simcord_bot.library.add(article, by="test", shelf=shelf_of(guild.id))
    result = await member.slash(channel, "ask", question="Qui acheva le phare de Cordouan ?")
    (link,) = links(result.response)
    assert link.startswith("https://example.org/phare?x=1#:~:text=Le%20phare")


@pytest.mark.parametrize("question", ["?", "🙂", "   ", "le la les", "a" * 2_000, "@everyone <@&1> **x**"])
async def test_strange_questions_get_a_kind_answer(env: Env, question: str) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question=question)
    assert text(result.response).strip()


async def test_an_interaction_that_comes_twice_is_answered_once(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    await member.slash(channel, "ask", question=ORACLE)
    payload = next(p for kind, name, p in env.backend.transcript if name == "INTERACTION_CREATE")
    before = len(env.http_requests)
    env.backend.emit("INTERACTION_CREATE", payload)
    await env.settle()
    assert len(env.http_requests) == before


async def test_the_message_shows_markup_of_the_question_as_text(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question="**Oracle** @everyone [x](example.org) ||y|| ?")
    raw = "".join(part.get("content", "") for part in parts(result.response))
    assert "\\*\\*Oracle\\*\\* \\@everyone \\[x\\](example.org) \\|\\|y\\|\\| ?" in raw
