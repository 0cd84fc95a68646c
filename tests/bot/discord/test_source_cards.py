"""/sources show: a source in full, found by what is typed or chosen."""

import pytest
from simcord.env import Env

from bot.client import Sourcier
from bot.rules.places import shelf_of
from bot.views.sources import PAGE
from index.model import Article, Basis
from tests.bot.discord.locales import again_in
from tests.bot.discord.readers import Reader, raw, reader
from tests.bot.discord.reading import links, text

HOSTILE = "# **@everyone** <@&1> [x](https://example.org) ||`_~>|| </ask:1> <t:1:R> discord.gg/x \u202e"


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Reader:
    return reader(env, simcord_bot, "here")


async def test_a_source_is_shown_with_all_that_is_known_of_it(here: Reader) -> None:
    own = await here.add(
        "Le phare de Cordouan",
        publisher="Sud Ouest",
        credit="via : AFP",
        url="https://example.org/phare?x=1#haut",
        published="2023-02-04",
        text="Le phare de Cordouan fut achevé en 1611 par Louis de Foix. " + "Il a été rehaussé plus tard. " * 100,
    )
    card = await here.show(own.id)
    shown = text(card).replace("**", "")
    for fact in (
        "### Le phare de Cordouan",
        "Publisher · Sud Ouest",
        "Credit · via : AFP",
        "Published · 4 February 2023",
        "Language · French",
        f"Length · {own.words} words in {own.passages} passages",
        "Version · 1",
        f"Added · {own.added_at.day} ",
        "Scope · this server’s own",
        f"Id · {own.id}",
        "> Le phare de Cordouan fut achevé en 1611 par Louis de Foix.",
    ):
        assert fact in shown
    assert links(card) == ["https://example.org/phare?x=1#haut"]
    assert "4711" not in shown


async def test_a_source_speaks_the_language_of_its_reader(env: Env, here: Reader) -> None:
    await here.show("oracle-4-5-gw")
    shown = text((await again_in(env, "fr")).response).replace("**", "")
    assert "Crédit · Punto Informatico" in shown
    assert "Publication · vers juillet 2025 (estimation de l’éditeur)" in shown
    assert "Langue · français" in shown
    assert "Portée · partagée" in shown


async def test_the_glimpse_is_a_verbatim_part_of_the_text(here: Reader) -> None:
    for source in await here.bot.library.sources():
        card = await here.show(source.id)
        glimpse = text(card).rpartition("\n> ")[2].removesuffix(" […]")
        assert len(glimpse) > 100
        assert glimpse in await here.bot.library.text(source.id)


async def test_a_glimpse_that_is_cut_says_so(here: Reader) -> None:
    own = await here.add("Le phare", text="Le phare de Cordouan " + "fut plus tard rehaussé et " * 60 + "achevé.")
    glimpse = text(await here.show(own.id)).rpartition("\n> ")[2]
    assert glimpse.startswith("Le phare de Cordouan fut")
    assert glimpse.endswith(" […]")
    assert 800 < len(glimpse) < 950


async def test_a_source_without_a_usable_address_has_no_link(here: Reader) -> None:
    assert not links(await here.show("oracle-4-5-gw"))
    own = await here.add("Le phare", url="http://localhost/phare")
    card = await here.show(own.id)
    assert not links(card)
    assert "Address** · http://localhost/phare" in text(card)


@pytest.mark.parametrize(
    "typed",
    ["le-phare-de-cordouan", "LE-PHARE-DE-CORDOUAN", "Le phare de Cordouan", "le phare de cordouan", "Cordouan"],
)
async def test_a_source_is_found_by_a_typed_id_or_title(here: Reader, typed: str) -> None:
    await here.add("Le phare de Cordouan")
    await here.add("Le phare")
    assert "### Le phare de Cordouan" in text(await here.show(typed))


async def test_a_title_that_is_part_of_others_is_found_by_itself(here: Reader) -> None:
    await here.add("Le phare de Cordouan")
    await here.add("Le phare")
    assert "### Le phare\n" in text(await here.show("le Phare"))


async def test_an_unknown_source_is_answered_with_up_to_three_near_ones(env: Env, here: Reader) -> None:
    await here.add("Le phare de Cordouan")
    shown = text(await here.show("cordoban"))
    assert shown == "I read no source called “cordoban” here. Did you mean “Le phare de Cordouan”?"
    assert "Did you mean" in text(await here.show("opnai"))
    several = text(await here.show("openai"))
    assert several.count("“") == 4
    french = text((await again_in(env, "fr")).response)
    assert french.startswith("Je ne lis ici aucune source du nom de «\u00a0openai\u00a0». Pensiez-vous à «\u00a0")


async def test_what_is_like_no_source_is_answered_with_the_way_to_the_list(here: Reader) -> None:
    assert text(await here.show("zzz")) == ("I read no source called “zzz” here; /sources list shows what I read.")


@pytest.mark.parametrize("typed", ["?", "\x00", "🙂" * 100, "%", "_", "' OR 1=1 --", "x" * 300, "\u202e"])
async def test_strange_names_get_a_kind_answer(here: Reader, typed: str) -> None:
    assert "I read no source called" in text(await here.show(typed))


async def test_titles_of_markup_and_mentions_are_shown_as_they_read(here: Reader) -> None:
    own = await here.add(HOSTILE, publisher=HOSTILE, credit=HOSTILE, text=f"{HOSTILE} La suite vient ensuite.")
    plain = HOSTILE.removesuffix(" \u202e")
    for message in (await here.list(), await here.show(own.id), await here.show("everyone ask")):
        assert plain in text(message)
        for markup in ("<@&1>", "<t:1:R>", "[x](", "||`", "</ask"):
            assert markup not in raw(message)
    (name,) = [name for name, value in (await here.offered("everyone")).items() if value == own.id]
    assert name == plain


async def test_the_longest_texts_still_fit_a_message(here: Reader) -> None:
    for number in range(PAGE):
        await here.add(
            f"{number}" + "*" * 299,
            title_basis=Basis.EDITOR,
            publisher="_" * 2_000,
            credit="~" * 2_000,
            url="https://example.org/" + "x" * 3_000,
            published="2023-09-30",
            published_basis=Basis.ESTIMATE,
            text=f"{number}" + "`" * 5_000,
        )
    message = await here.list("*")
    assert text(message).count("this server’s own") == PAGE
    own = (await here.bot.library.browse(shelf_of(here.member.guild.id), "*")).sources[0]
    assert "Length" in text(await here.show(own.id))


async def test_choices_are_titles_with_ids_as_their_values(here: Reader) -> None:
    assert "oracle-4-5-gw" in (await here.offered("")).values()
    assert await here.offered("punto") == {"OpenAI achète la puissance de cloud computing d'Oracle": "oracle-4-5-gw"}
    assert await here.offered("AMD-6") == {
        "OpenAI et AMD annoncent une alliance stratégique de 6 gigawatts": "amd-6-gw"
    }
    assert await here.offered("zeppelin") == {}


async def test_every_choice_leads_to_its_source(here: Reader) -> None:
    await here.add("Le phare", text="Le premier phare.")
    await here.add("Le phare", text="Le second phare.")
    offered = await here.offered("phare")
    assert len(offered) == 2
    shown = [text(await here.show(value)) for value in offered.values()]
    assert "Le premier phare." in shown[0]
    assert "Le second phare." in shown[1]


async def test_an_id_that_a_shared_source_has_too_means_the_servers_own(here: Reader) -> None:
    await here.add("Le phare", text="Le phare de ce serveur.")
    shared = Article(title="Le phare", text="Le phare de tous.", language="fr")
    await here.bot.library.add(shared, by="operator")
    assert text(await here.list("phare")).count("le-phare") == 2
    assert await here.offered("phare") == {"Le phare": "le-phare"}
    assert "Le phare de ce serveur." in text(await here.show("le-phare"))


async def test_at_most_twenty_five_short_choices_are_offered(here: Reader) -> None:
    for number in range(30):
        await here.add(f"{'Très ' * 50}long titre {number}")
    assert len(await here.offered("très long")) == 25
