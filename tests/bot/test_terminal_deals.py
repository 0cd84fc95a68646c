"""Deals in the conversation: the same cards as on the command line, and a sentence where a name means nothing."""

import io

from bot.deals.dossiers import lay_out_dossier
from bot.deals.timelines import lay_out_timeline
from bot.terminal import deals
from bot.terminal.blocks import Ink, Paragraph, plain
from bot.terminal.chat import chat
from bot.translation import translator
from index.library import Library
from index.model import Language


async def told(library: Library, said: str, language: Language = "en") -> str:
    stdin = io.TextIOWrapper(io.BytesIO(f"{said}\n".encode()))
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    await chat(library, stdin=stdin, stdout=stdout, language=language)
    stdout.seek(0)
    return stdout.read().partition("\n")[2]


async def test_a_deal_is_shown_by_any_of_its_names(library: Library) -> None:
    known = await library.known.deals()
    card = lay_out_dossier(await library.known.deal("abilene"), translator("fr"), known)
    assert await told(library, ":deal centre de données au Texas", "fr") == plain(deals.deal(card))


async def test_deals_are_compared(library: Library) -> None:
    said = await told(library, ":compare oracle amd")
    assert said.startswith("OpenAI-Oracle computing contract / OpenAI-AMD alliance\n")
    assert await told(library, ":compare oracle") == "Name two or three deals to compare, not 1.\n"


async def test_the_timeline_is_that_of_a_deal_or_of_all(library: Library) -> None:
    of_all = lay_out_timeline(await library.known.timeline(), await library.known.deals(), translator("en"))
    assert await told(library, ":timeline") == plain(deals.timeline(of_all))
    assert (await told(library, ":timeline amd")).startswith("OpenAI-AMD alliance\n")


async def test_a_name_that_means_nothing_is_answered_with_those_there_are(library: Library) -> None:
    assert (await told(library, ":deal zzz")).startswith("There is no deal called “zzz” here; there are oracle, ")
    assert (await told(library, ":deal")).startswith("Which deal? There are oracle, azure, ")


async def test_a_superseded_figure_and_what_disagrees_stand_out(library: Library) -> None:
    card = lay_out_dossier(await library.known.deal("abilene"), translator("en"))
    inks = {span.text: span.ink for block in deals.deal(card) if isinstance(block, Paragraph) for span in block.spans}
    assert inks["8 “unités”"] is Ink.MARKED
    assert inks["2 “bâtiments”"] is Ink.ASIDE
    assert [ink for text, ink in inks.items() if text.startswith("since superseded by 8 “unités” [")] == [Ink.WARNING]


async def test_a_shelf_without_sources_has_an_empty_timeline_and_no_deals(empty_library: Library) -> None:
    assert await told(empty_library, ":timeline") == "all deals\nNothing is dated.\n"
    assert await told(empty_library, ":deal oracle") == "There is no deal called “oracle” here.\n"
