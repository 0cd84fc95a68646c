"""/source history: who did what, in words, for those who may read it."""

from datetime import UTC, datetime

import pytest
from simcord.env import Env

from bot.client import Sourcier
from bot.moderation.history_cards import Names, lay_out_deed
from bot.rules.preferences import Setting
from bot.translation import translator
from index.figures.deals import Wording
from index.figures.kinds import DealKind
from index.model import Language
from index.moderating.correcting import Correction
from index.moderating.goldens import Golden
from index.moderating.model import Act, Deed
from tests.bot.discord.dealers import seen
from tests.bot.discord.forging import button, forge
from tests.bot.discord.kept_pages import Keeper
from tests.bot.discord.readers import raw
from tests.bot.discord.reading import buttons

POWER = "La société Océane y produira 4,5 GW à partir de 2028."


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Keeper:
    return Keeper(env, simcord_bot, "here")


async def test_the_history_tells_every_act_with_who_and_when(here: Keeper) -> None:
    library, by, shelf = here.bot.library, str(here.manager.id), here.shelf
    assert "Nothing has been done here yet." in seen(await here.use("history"))
    draft = await here.propose(POWER, "Le phare")
    await library.drafts.edit(draft.id, {"title": "Le phare", "publisher": "Le Marin"}, by=by, shelf=shelf)
    await library.drafts.approve(draft.id, by=by, shelf=shelf)
    figure = await here.approve_figure(await library.source("le-phare", shelf), "4,5 GW")
    correction = Correction(measure="4.5 GW")
    await library.reviews.correct(figure, correction, by=by, shelf=shelf)
    deal = await library.reviews.make_deal(
        Wording(fr="Parc", en="Park"), DealKind.DATA_CENTRE, figure, by=by, shelf=shelf
    )
    await library.reviews.drop_deal(deal.id, by=by, shelf=shelf)
    farm = Wording(fr="Ferme d’Océane", en="Oceane farm")
    kept = await library.reviews.make_deal(farm, DealKind.DATA_CENTRE, figure, by=by, shelf=shelf)
    await library.reviews.correct(figure, Correction(deals=(kept.id,)), by=by, shelf=shelf)
    await library.goldens.add(Golden(question="Qui ?", source="le-phare"), by=by, shelf=shelf)
    for setting, value in (
        ("language", "fr"),
        ("may_add", str(here.adding.id)),
        ("channels", f"{here.channel.id} 77"),
        ("sources", "50"),
    ):
        await library.journal.note_setting(shelf, setting, value, by=by)
    await here.use("remove", source="le-phare")
    await library.restore("le-phare", by="operator", shelf=shelf)
    shown = await here.use("history")
    told = await here.whole(shown)
    for line in (
        f"Source restored: “Le phare”\n-# <t:{int(datetime.now(UTC).timestamp()) // 1000}",
        "Source removed: “Le phare”",
        "Setting changed: I speak French",
        "Setting changed: @adding may add sources",
        "Setting changed: I answer without a mention in #general channel 77",
        "Setting changed: at most 50 sources",
        "Figure “4,5 GW” corrected in “Le phare”: Oceane farm",
        "Deal made: “Oceane farm”",
        "Golden question added: “Qui ?”",
        "Deal dropped: “Park”",
        "Deal made: “Park”",
        "Figure “4,5 GW” corrected in “Le phare”: 4.5 GW",
        "1 figure approved in “Le phare”",
        "Source added: “Le phare”",
        "Draft edited: “Le phare” (publisher",
        "Draft made: “Le phare”",
    ):
        assert line in told
    assert told.index("Source removed") < told.index("Deal made") < told.index("Draft made"), "the newest comes first"
    assert f"> · <@{here.manager.id}>" in told
    assert "> · the operator" in told
    await here.bot.preferences.set(shelf, Setting.LANGUAGE, "fr")
    told = await here.whole(await here.use("history"))
    for line in (
        "Chiffre « 4,5 GW » corrigé dans « Le phare » : Ferme d’Océane",
        "Réglage modifié : je parle français",
        "Réglage modifié : @adding peut ajouter des sources",
        "Réglage modifié : 50 sources au plus",
    ):
        assert line in told
    await here.bot.preferences.set(shelf, Setting.LANGUAGE, "en")
    about_source = await here.whole(await here.use("history", source="le phare"))
    assert "What was done with “Le phare”" in about_source
    assert "Source removed" in about_source
    assert "Setting" not in about_source
    assert "Deal made" not in about_source


async def test_pages_turn_in_place_and_end_where_the_log_does(env: Env, here: Keeper) -> None:
    source = await here.paste("Le phare")
    for number in range(24):
        await here.bot.library.journal.note_setting(here.shelf, f"réglage {number}", "x", by=str(here.manager.id))
    shown = await here.use("history")
    assert "-# 1/3" in seen(shown)
    turned = await here.press(shown, "▶")
    assert turned.id == shown.id
    assert "“réglage 13” changed" in seen(turned)
    assert "-# 3/3" in seen(await here.press(turned, "▶"))
    assert "▶" not in buttons(turned)
    beyond = (await forge(env, here.manager, turned, button("keep:history::9999"))).response
    assert "-# 3/3" in seen(beyond)
    one = (await forge(env, here.manager, turned, button(f"keep:history:{source.id}:7"))).response
    assert "Source added" in seen(one)
    none = (await forge(env, here.manager, turned, button("keep:history:no-such-source:0"))).response
    assert "Nothing has been done" in seen(none)


async def test_the_history_of_what_was_erased_is_still_there_for_its_server_alone(env: Env, here: Keeper) -> None:
    draft = await here.propose(POWER, "Le phare")
    await here.bot.library.drafts.discard(draft.id, by=str(here.manager.id), shelf=here.shelf)
    assert "Draft discarded: “Le phare”" in seen(await here.use("history", source="le-phare"))
    other = Keeper(env, here.bot, "other")
    assert "no source called" in seen(await other.use("history", source="le-phare"))
    assert "Nothing has been done" in seen(await other.use("history"))


async def test_only_those_with_the_right_read_the_history(here: Keeper) -> None:
    await here.paste("Le phare")
    await here.let_add()
    await here.bot.preferences.set(here.shelf, Setting.MAY_AUDIT, str(here.ruling.id))
    for member in (here.adder, here.member):
        told = seen(await here.use("history", member))
        assert "Only those whom this server lets read the history" in told
        assert "phare" not in told
    assert "Source added" in seen(await here.use("history", here.manager))


async def test_what_people_wrote_can_neither_ping_nor_pretend(here: Keeper) -> None:
    hostile = "**gras** <@1234> [lien](https://x.example) \u202edéguisé\n# titre @everyone"
    await here.propose(POWER, hostile[:200])
    await here.bot.library.journal.note_setting(here.shelf, hostile, hostile * 5, by="<@&99>")
    shown = raw(await here.use("history"))
    assert "<@1234>" not in shown.replace("\\<@", "")
    assert "](https" not in shown.replace("\\]", "")
    assert "\u202e" not in shown
    assert "<@&99>" not in shown
    assert "\n# " not in shown


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_act_has_a_sentence_in_both_languages_whatever_its_detail(language: Language) -> None:
    speaker, at = translator(language), datetime.now(UTC)
    details: tuple[dict[str, str | int | list[str]], ...] = (
        {},
        {
            "title": "Le phare",
            "fields": ["title", "odd"],
            "outcome": "gone",
            "every": "daily",
            "figures": 3,
            "told": "x",
        },
        {"title": ["a", "b"], "fields": "title", "outcome": "?", "every": 7, "figures": "many", "sources": ["x"]},
        {"title": "x" * 5_000, "deals": ["a", "b"], "figure": "4 GW", "measure": "4 GW", "name": "n" * 400},
    )
    told = [
        lay_out_deed(Deed(at=at, by="1", act=act, subject="le-phare", detail=detail), Names(), speaker).sentence
        for act in Act
        for detail in details
    ]
    assert all(0 < len(sentence) < 600 for sentence in told)
    first = [sentence for number, sentence in enumerate(told) if number % len(details) == 1]
    assert len(set(first)) == len(Act), "no two acts read the same"
