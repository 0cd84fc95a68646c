"""/deal: what the sources say of a deal, found by any of its names, as it is known now or was known then."""

import re

import pytest
from simcord.env import Env

from bot.client import Sourcier
from tests.bot.discord.dealers import Dealer, seen
from tests.bot.discord.locales import again_in
from tests.bot.discord.reading import buttons, parts

REFERENCE = re.compile(r"\[(\d+)\]")


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def test_a_deal_is_shown_with_its_figures_their_certainty_and_the_numbers_of_their_quotes(here: Dealer) -> None:
    shown = await here.whole(await here.deal("oracle"))
    for said in (
        "### OpenAI-Oracle computing contract",
        "**4.5 GW** [1]\n-# “puissance de calcul” · signed",
        "**$30 billion a year** [6]\n-# “un contrat” · “à compter de 2028” · announced · according to “Oracle”",
        "**about 400,000 “puces GB200”** [7]",
        "the text says “dollars”",
        "> **OpenAI a loué 4,5 GW de puissance de calcul à Oracle .**",
        "Punto Informatico, about July 2025 (editor’s estimate)",
    ):
        assert said in shown


async def test_a_deal_speaks_the_language_of_its_reader(env: Env, here: Dealer) -> None:
    await here.deal("oracle")
    shown = seen((await again_in(env, "fr")).response)
    for said in (
        "### Contrat de calcul OpenAI-Oracle",
        "**4,5 GW** [1]",
        "**30 Md $ par an** [6]",
        "« à compter de 2028 »",
        "le texte dit « dollars »",
    ):
        assert said in shown


async def test_where_sources_differ_both_figures_stand_side_by_side_with_the_reason(here: Dealer) -> None:
    shown = await here.whole(await here.deal("abilene"))
    first, second = shown.index("**about 1 GW**"), shown.index("**up to 2 GW**")
    assert "up to 2 GW" in shown[first:second], "the one does not tell of the other"
    assert "they are not equally certain" in shown
    assert "⚠ figures differ on 1 point" in shown


async def test_a_superseded_figure_is_shown_as_such_and_what_is_computed_with_its_formula(here: Dealer) -> None:
    shown = await here.whole(await here.deal("abilene"))
    assert re.search(r"~~2 “bâtiments”~~ \[\d+\]", shown)
    assert "since superseded by 8 “unités”" in shown
    assert "-# computed: 8 × 50,000 = 400,000" in shown


async def test_every_number_that_a_card_refers_to_is_a_quote_that_stands_word_for_word_in_its_source(
    here: Dealer,
) -> None:
    library = here.bot.library
    texts = [await library.text(source.id) for source in await library.sources()]
    stored = "\n".join(" ".join(text.split()) for text in texts)
    for deal in await library.known.deals():
        message = await here.deal(deal.id)
        shown = await here.whole(message)
        opened = await here.whole(await here.press(message, "Quotes"))
        quoted = dict(re.findall(r"> \*\*(.+)\*\*\n-# \*\*(\d+)\*\* · ", opened))
        proven = {number: sentence for sentence, number in quoted.items()}
        assert set(REFERENCE.findall(shown)) <= set(proven), deal.id
        assert all(" ".join(sentence.split()) in stored for sentence in proven.values())


@pytest.mark.parametrize("typed", ["oracle", "ORACLE", "Oracel", "contrat Oracle", "Larry Élisson", "OpenAI-Oracle  "])
async def test_a_deal_is_found_by_any_of_its_names_with_typos_too(here: Dealer, typed: str) -> None:
    assert "### OpenAI-Oracle computing contract" in seen(await here.deal(typed))


async def test_a_deal_is_shown_to_all_in_a_server_and_to_its_asker_where_the_bot_is_no_member(
    env: Env, here: Dealer
) -> None:
    assert not (await here.use("deal", name="oracle")).ephemeral
    env.backend.emit("GUILD_DELETE", {"id": str(here.guild.id)})
    await env.settle()
    assert (await again_in(env, "en-US")).ephemeral


async def test_an_unknown_deal_gets_one_sentence_and_buttons_to_the_nearest(env: Env, here: Dealer) -> None:
    message = await here.deal("openai")
    assert seen(message) == (
        "I know of no deal called “openai” here. Did you mean “OpenAI-Oracle computing contract”, “Azure AI on "
        "Oracle’s infrastructure”, or “Microsoft’s partnership with and stake in OpenAI”?"
    )
    french = (await again_in(env, "fr")).response
    assert seen(french).startswith("Je ne connais ici aucun accord du nom de « openai ». Pensiez-vous à « ")
    assert "Contrat de calcul OpenAI-Oracle" in buttons(french)


async def test_a_deal_like_no_other_gets_some_that_are_here(here: Dealer) -> None:
    message = await here.deal("zzz")
    assert seen(message).startswith("I know of no deal called “zzz” here. Some that I know: “OpenAI-Oracle computing")
    assert len(buttons(message)) == 5


async def test_a_button_of_an_unknown_deal_opens_what_was_asked_for_of_that_deal(here: Dealer) -> None:
    message = await here.deal("zzz", as_of="2024")
    opened = await here.press(message, "OpenAI-Oracle computing contract")
    assert "### OpenAI-Oracle computing contract\n-# capacity contract · as known in 2024" in seen(opened)


async def test_a_name_that_is_not_clear_is_asked_about_in_private(here: Dealer) -> None:
    for command, options in (
        ("deal", {"name": "zzz"}),
        ("compare", {"a": "zzz", "b": "amd"}),
        ("compare", {"a": "oracle", "b": "Larry Ellison"}),
        ("timeline", {"deal": "zzz"}),
    ):
        assert (await here.use(command, **options)).ephemeral
    assert not [message for message in here.channel.history() if message.author.bot]


@pytest.mark.parametrize("typed", ["<@1> **x** @everyone", "\u202e\x1b[31m", "🙂" * 50, "' OR 1=1 --", "x" * 100, "?"])
async def test_strange_names_get_a_kind_answer(here: Dealer, typed: str) -> None:
    message = await here.deal(typed)
    assert seen(message).startswith("I know of no deal called “")
    raw = " ".join(part.get("content", "") for part in parts(message))
    assert not {"\u202e", "\x1b"} & set(raw)
    assert "<@1>" not in raw


async def test_a_deal_is_told_as_it_was_known_on_a_day(here: Dealer) -> None:
    then = seen(await here.deal("oracle", as_of="2024-12"))
    assert "-# capacity contract · as known in December 2024" in then
    assert "statements are left out" in then
    assert "about 1 GW" in then
    assert "4.5 GW" not in then
    assert "$30 billion" not in then


@pytest.mark.parametrize("written", ["2024-12", "décembre 2024", "December 2024", " 12/2024 "])
async def test_a_day_may_be_written_in_words(here: Dealer, written: str) -> None:
    assert "as known in December 2024" in seen(await here.deal("oracle", as_of=written))


@pytest.mark.parametrize(
    "written", ["2024-13", "1815", "2024-2026", "yesterday", "janvier", "**x** <@1>", "2024-02-30"]
)
async def test_what_is_no_day_gets_one_sentence_for_the_asker_alone(here: Dealer, written: str) -> None:
    result = await here.use("deal", name="oracle", as_of=written)
    assert result.ephemeral
    assert seen(result.response).startswith(f"I cannot take “{written}” as a date: write a day, a month or a year")


async def test_before_anything_was_published_nothing_is_told(here: Dealer) -> None:
    message = await here.deal("oracle", as_of="2001")
    assert "GW" not in seen(message)
    assert "statements are left out" in seen(message)
    assert buttons(message).keys() == {"History"}


async def test_a_removed_source_is_gone_from_the_next_card(here: Dealer) -> None:
    await here.bot.library.remove("oracle-4-5-gw", by="test")
    shown = await here.whole(await here.deal("oracle"))
    assert "4.5 GW" not in shown
    assert "Punto Informatico" not in shown
    await here.bot.library.restore("oracle-4-5-gw", by="test")
    assert "**4.5 GW** [1]" in seen(await here.deal("oracle"))


async def test_a_deal_of_which_no_source_speaks_any_more_is_unknown(here: Dealer) -> None:
    for source in await here.bot.library.sources():
        await here.bot.library.remove(source.id, by="test")
    message = await here.deal("oracle")
    assert seen(message) == "I know of no deal called “oracle” here."
    assert not buttons(message)
    assert await here.offered("oracle") == {}


async def test_deals_are_offered_by_name_and_alias_whatever_accents_case_and_typos(env: Env, here: Dealer) -> None:
    assert await here.offered("DATACENTER DU TEXAS") == {"Abilene data centre": "abilene"}
    assert await here.offered("levee de fond") == {"OpenAI’s funding round": "funding"}
    assert "nvidia" in (await here.offered("nvida")).values()
    assert len(await here.offered("")) == len(await here.bot.library.known.deals())
    assert await here.offered("zeppelin") == {}
    french = (await again_in(env, "fr", data=_typed(env, "abilene"))).autocomplete_choices
    assert french == [{"name": "Centre de données d’Abilene", "value": "abilene"}]


@pytest.mark.parametrize(
    ("command", "option"), [("compare", "a"), ("compare", "b"), ("compare", "c"), ("timeline", "deal")]
)
async def test_every_option_that_takes_a_deal_offers_deals(here: Dealer, command: str, option: str) -> None:
    assert await here.offered("stargat", command, option) == {"Stargate project": "stargate"}


async def test_every_choice_leads_to_its_deal(here: Dealer) -> None:
    for name, value in (await here.offered("")).items():
        assert f"### {name}\n" in seen(await here.deal(value))


def _typed(env: Env, typed: str) -> dict[str, object]:
    """Return the last autocompletion's data with something else typed."""
    last = [payload for _, name, payload in env.backend.transcript if name == "INTERACTION_CREATE"][-1]
    options = [{**option, "value": typed} for option in last["data"]["options"]]
    return {**last["data"], "options": options}
