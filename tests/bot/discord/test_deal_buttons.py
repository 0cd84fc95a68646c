"""The buttons of a deal's card: quotes, history, files, pages; after a restart, and pressed by a stranger."""

import csv
import io
import json

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.exports import COLUMNS
from bot.settings import Settings
from bot.views.deal_controls import TEMPLATE, Kind, Opening, Part, key_of, subject
from tests.bot.discord.dealers import Dealer, file_of, seen
from tests.bot.discord.forging import button, forge
from tests.bot.discord.reading import buttons, text


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def test_the_quotes_are_numbered_as_on_the_card_and_paged_without_loss(here: Dealer) -> None:
    shown = await here.whole(await here.press(await here.deal("oracle"), "Quotes"))
    card = await here.bot.library.known.deal("oracle")
    for figure in card.figures:
        assert " ".join(figure.quote.quote.split()) in shown.replace("’", "’")
    for number in range(1, 16):
        assert shown.count(f"-# **{number}** ·") == 1


async def test_quotes_open_for_whoever_pressed_and_turn_in_place(here: Dealer) -> None:
    card = await here.deal("oracle")
    result = await here.member.click(card, label="Quotes")
    assert result.ephemeral
    assert result.response is not None
    turned = await here.member.click(result.response, label="▶")
    assert turned.response is None or turned.response.id == result.response.id
    assert "-# 2/" in text(result.response)


async def test_turning_a_card_for_all_shows_the_page_to_whoever_pressed(here: Dealer) -> None:
    card = await here.deal("oracle")
    result = await here.member.click(card, label="▶")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.id != card.id
    assert "-# 2/2" in text(result.response)
    assert "-# 1/2" in text(card)


async def test_the_history_is_the_timeline_of_the_deal(here: Dealer) -> None:
    opened = await here.press(await here.deal("oracle"), "History")
    assert "### Timeline: OpenAI-Oracle computing contract" in seen(opened)
    assert "**Said · July 2025 (editor’s estimate)**" in seen(opened)


async def test_the_history_of_a_card_as_of_a_day_ends_on_that_day(here: Dealer) -> None:
    opened = await here.press(await here.deal("oracle", as_of="2024-12"), "History")
    assert "1 GW" in seen(opened)
    assert "4.5 GW" not in seen(opened)


async def test_the_table_has_every_figure_with_all_that_traces_it_to_its_source(here: Dealer) -> None:
    opened = await here.press(await here.deal("oracle"), "CSV")
    name, content = await file_of(opened)
    assert name == "oracle.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    dossier = await here.bot.library.known.deal("oracle")
    assert [row["id"] for row in rows] == [figure.id for figure in (*dossier.figures, *dossier.computed)]
    for row in rows:
        stored = await here.bot.library.text(row["source"])
        assert stored[int(row["start"]) : int(row["end"])] == row["quote"]
        assert stored[int(row["text_start"]) : int(row["text_end"])] == row["text"]
    assert f"{len(rows)} figures, each with its quote" in seen(opened)


async def test_the_record_has_the_deal_as_the_command_line_gives_it(here: Dealer) -> None:
    name, content = await file_of(await here.press(await here.deal("abilene", as_of="2025-06"), "JSON"))
    assert name == "abilene-2025-06.json"
    record = json.loads(content)
    assert record["deal"]["id"] == "abilene"
    assert record["as_of"] == "2025-06"
    assert "GB200" not in json.dumps(record["figures"]), "it was published later"


async def test_files_are_for_whoever_pressed(here: Dealer) -> None:
    card = await here.deal("oracle")
    for label in ("CSV", "JSON"):
        assert (await here.member.click(card, label=label)).ephemeral


async def test_buttons_live_through_a_restart(env: Env, here: Dealer, settings: Settings) -> None:
    card = await here.deal("oracle", as_of="2024-12")
    await env.restart_bot(create_bot(settings))
    for label, said in (
        ("Quotes", "### OpenAI-Oracle computing contract"),
        ("History", "### Timeline: OpenAI-Oracle computing contract"),
        ("CSV", "figures, each with"),
        ("JSON", "figures, each with"),
    ):
        assert said in seen(await here.press(card, label))


async def test_a_removed_source_is_gone_from_what_older_buttons_open(here: Dealer) -> None:
    card = await here.deal("oracle")
    await here.bot.library.remove("oracle-4-5-gw", by="test")
    for label in ("Quotes", "History", "▶"):
        opened = await here.whole(await here.press(card, label))
        assert "4.5" not in opened
        assert "4,5 GW" not in opened
    for label in ("CSV", "JSON"):
        _, content = await file_of(await here.press(card, label))
        assert "oracle-4-5-gw" not in content.decode()


async def test_a_button_of_a_deal_that_is_gone_says_kindly_that_it_is_over(here: Dealer) -> None:
    card = await here.deal("oracle")
    for source in await here.bot.library.sources():
        await here.bot.library.remove(source.id, by="test")
    for label in ("Quotes", "History", "CSV", "JSON", "▶"):
        assert "This is not kept any more" in seen(await here.press(card, label))


ORACLE, AMD = key_of("oracle"), key_of("amd")


@pytest.mark.parametrize(
    "custom_id",
    [
        f"deal:card:{key_of('nothing')}::0",
        "deal:card:::0",
        f"deal:card:{ORACLE}.{AMD}::0",
        f"compare:card:{ORACLE}::0",
        f"compare:card:{ORACLE}.{ORACLE}::0",
        f"timeline:csv:{ORACLE}.{AMD}::0",
        f"deal:card:{ORACLE}:2024-99:0",
        f"deal:quotes:{ORACLE}:1990:0",
        f"deal:csv:{ORACLE}:1990:7:turn",
    ],
)
async def test_a_forged_press_gets_a_sentence_and_nothing_else(env: Env, here: Dealer, custom_id: str) -> None:
    card = await here.deal("oracle")
    before = text(card)
    result = await forge(env, here.member, card, button(custom_id))
    assert result.ephemeral
    assert text(card) == before
    assert "GW" not in text(result.response) or custom_id.startswith("deal:card")


@pytest.mark.parametrize("custom_id", [f"deal:card:{ORACLE}::999", f"deal:quotes:{ORACLE}::999:turn"])
async def test_a_page_that_is_not_there_is_the_last_one(env: Env, here: Dealer, custom_id: str) -> None:
    card = await here.deal("oracle")
    result = await forge(env, here.member, card, button(custom_id))
    assert not {"▶"} & buttons(result.response).keys()
    assert "◀" in buttons(result.response)


@pytest.mark.parametrize(
    "custom_id",
    [
        "deal:card:oracle::0",
        f"deal:drop:{ORACLE}::0",
        f"deal:card:{ORACLE}::1000",
        f"deal:card:{ORACLE}:2024-1:0",
        f"deal:card:{ORACLE}::0\n",
        f"deal:card:{ORACLE.upper()}::0",
        f"compare:card:{'.'.join([ORACLE] * 4)}::0",
    ],
)
async def test_what_is_no_button_of_ours_is_left_alone(env: Env, here: Dealer, custom_id: str) -> None:
    card = await here.deal("oracle")
    before = len(env.http_requests)
    await forge(env, here.member, card, button(custom_id))
    assert len(env.http_requests) == before


def test_every_button_is_read_as_what_it_says() -> None:
    for kind, deals in ((Kind.DEAL, ["a"]), (Kind.COMPARISON, ["a", "b", "c"]), (Kind.TIMELINE, [])):
        for part in Part:
            opening = Opening(subject(kind, deals, "2025-07-12"), part, 999, turning=True)
            custom_id = f"{kind}:{part}:{'.'.join(opening.subject.deals)}:2025-07-12:999:turn"
            assert TEMPLATE.fullmatch(custom_id)
            assert len(custom_id) <= 100
