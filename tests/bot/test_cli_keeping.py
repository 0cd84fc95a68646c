"""Looking after sources on the command line: pages read again, drafts decided on, who did what."""

import json
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commandline.adding import Manner, Wanted, collect
from bot.commandline.keeping import look_again, look_at_due
from index.library import Library
from index.model import SHARED, Article
from index.moderating.model import Every
from index.reading.document import Kind, Reading
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import one_line
from tests.bot.loopback_site import Site, Stored, serving

HISTORY = "Le phare de Cordouan fut achevé en 1611 par Louis de Foix."
POWER = "La société Océane y loue {power} GW de puissance de calcul à Oracle."
KEEPER = "Son gardien Melchior dort le mardi, veille les autres jours et note chaque navire dans un grand cahier."


def page(power: str, last: str = KEEPER) -> Stored:
    return Stored(f"Le phare\n\n{HISTORY} {POWER.format(power=power)}\n\n{last}")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        site.pages["/phare"] = page("4,5")
        yield site


@pytest.fixture
async def library(prepared: Path, tmp_path: Path, site: Site) -> AsyncIterator[Library]:
    """A library with a source that was read from the site, its figures approved."""
    shutil.copytree(prepared, tmp_path / "data")
    async with await Library.open(tmp_path / "data", "write", policy=site.policy) as library:
        await collect(library, Wanted((site.url("/phare"),)), {}, manner=Manner(approving=True))
        yield library


async def test_a_page_that_says_something_else_is_shown_with_what_changes_and_lives_once_approved(
    library: Library, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    await look_again(library, "le-phare")
    assert capsys.readouterr().out.splitlines()[-1] == "   Its page says what it said before."
    site.pages["/phare"] = page("6", "Le gardien est parti et la lampe tourne toute seule, ce que chacun regrette ici.")
    assert await look_again(library, "le-phare")
    shown = capsys.readouterr().out
    assert "Sentences: 2 gone, 2 new, 2 as before\n" in shown
    assert "     capacity: 4.5\u00a0GW → 6\u00a0GW\n" in shown
    assert f"   - {KEEPER}\n" in shown
    assert f"   + {POWER.format(power='6')}\n" in shown
    assert shown.endswith("To let it live: sourcier drafts le-phare --approve\n")
    assert KEEPER in await library.text("le-phare")

    assert await look_again(library, "le-phare", letting=True, as_json=True)
    looked, approved = map(json.loads, capsys.readouterr().out.splitlines())
    assert (looked["outcome"], looked["changes"]["figures"][0]["after"]["value"]) == ("changed", 6_000_000_000)
    assert (approved["outcome"], approved["version"], approved["figures_waiting"]) == ("updated", 2, 1)
    assert KEEPER not in await library.text("le-phare")


async def test_a_page_that_is_gone_is_told_and_its_last_version_stays(
    library: Library, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for kept, words in (({}, "no such page"), ({"/phare": Stored("Le phare\n\nFermé.")}, "lost most of its text")):
        site.pages = dict(kept)
        assert not await look_again(library, "le-phare")
        told = capsys.readouterr()
        assert told.out == ""
        assert one_line(told.err, "le-phare: ", words, "Its last version stays.")
    assert HISTORY in await library.text("le-phare")


async def test_only_the_pages_of_a_shelf_whose_time_it_is_are_read_again(
    library: Library, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/port"] = Stored(f"Le port\n\n{HISTORY.replace('phare', 'port')} {KEEPER}")
    site.pages["/rade"] = Stored(f"La rade\n\n{HISTORY.replace('phare', 'port')} {KEEPER} Elle est grande.")
    await collect(library, Wanted((site.url("/port"),)), {}, manner=Manner())
    await collect(library, Wanted((site.url("/rade"),)), {}, shelf="discord-1", manner=Manner())
    await library.upkeep.schedule("le-phare", Every.DAILY, by="test")
    await library.upkeep.schedule("la-rade", Every.DAILY, by="test", shelf="discord-1")
    capsys.readouterr()
    site.sent.clear()
    assert await look_at_due(library)
    assert capsys.readouterr().out == ""
    async with library.upkeep._store.write() as connection:
        yesterday = (datetime.now(UTC) - timedelta(days=1)).replace(tzinfo=None)
        await connection.exec_driver_sql("UPDATE pages SET due_at = ? WHERE due_at IS NOT NULL", (str(yesterday),))
    site.pages["/phare"] = page("6")
    assert await look_at_due(library, letting=True)
    assert "Updated to version 2: Le phare [le-phare]" in capsys.readouterr().out
    assert site.sent == ["/phare"]
    assert [place for place, _ in await library.upkeep.due()] == ["discord-1"]


async def propose(called: CalledCommand, title: str, text: str, of: str | None = None, shelf: str = SHARED) -> str:
    """Make a draft; return its id."""
    async with await Library.open(called.data, "write") as library:
        reading = Reading(article=Article(text=text, title=title, language="fr"), kind=Kind.TEXT)
        return (await library.drafts.propose(reading, by="4711", shelf=shelf, of=of)).id


async def test_drafts_are_listed_shown_and_decided_on_by_the_names_that_the_list_gives(called: CalledCommand) -> None:
    first = await propose(called, "Le phare", f"{HISTORY} {POWER.format(power='7')}")
    await propose(called, "Le port", KEEPER)
    assert [line.split()[0] for line in called("drafts").out.splitlines()] == ["draft", "le-port", "le-phare"]
    assert [each["id"] for each in json.loads(called("drafts", "--json").out)][1] == first
    shown = called("drafts", "le-phare").out
    assert shown.startswith("Le phare\n")
    assert "   7\u00a0GW — capacity → OpenAI-Oracle computing contract\n" in shown
    record = json.loads(called("drafts", first, "--json").out)
    assert (record["id"], record["replaces"], record["kind"]) == (first, None, "text")
    assert len(record["figures"]) == 2

    assert called("drafts", "le-port", "--discard") == (0, "Discarded: Le port\n", "")
    assert called("review", "le-phare", "--approve", "all").status == 0
    approved = called("drafts", "le-phare", "--approve")
    assert approved == (0, "Added: Le phare [le-phare]\n", "")
    assert called("drafts").out == "No drafts wait here.\n"
    assert [each["state"] for each in json.loads(called("sources", "--json").out)[5:]] == ["live"]
    again = called("drafts", "le-phare", "--approve")
    assert again.status == 1
    assert one_line(again.err, "No draft called “le-phare” waits here")


async def test_two_drafts_of_one_source_are_called_by_ids_of_their_own(called: CalledCommand) -> None:
    drafts = [await propose(called, "Oracle", f"{HISTORY} {n}", of="oracle-4-5-gw") for n in (1, 2)]
    listed = [line.split()[0] for line in called("drafts").out.splitlines()[1:]]
    assert sorted(listed) == sorted(drafts)
    assert called("drafts", "--", drafts[0]).out.splitlines()[1].startswith("the next version of “OpenAI achète")
    assert called("drafts", "oracle-4-5-gw").status == 1


async def test_a_draft_of_another_shelf_is_none_here(called: CalledCommand) -> None:
    draft = await propose(called, "Le phare", HISTORY, shelf="discord-1")
    for arguments in (["drafts", draft, "--approve"], ["drafts", "le-phare"], ["review", draft]):
        refused = called(*arguments)
        assert (refused.status, refused.out) == (1, "")
    assert "Le phare" in called("drafts", "--shelf", "discord-1").out


async def test_what_was_done_is_told_the_newest_first(called: CalledCommand) -> None:
    (called.home / "phare.md").write_text(
        f"---\ntitle: Le phare\nurl: https://example.org/p\n---\n{HISTORY}\n", "utf-8"
    )
    assert called("add", "--yes", "phare.md").status == 0
    planned = called("refresh", "le-phare", "--every", "weekly")
    assert (planned.status, planned.err) == (0, "")
    assert planned.out.startswith("Le phare: its page is read again every week; next on 20")
    assert called("remove", "le-phare").status == 0
    done = json.loads(called("history", "le-phare", "--json").out)
    assert [each["act"] for each in done] == ["removed", "scheduled", "figures approved", "added"]
    assert {each["by"] for each in done} == {"operator"}
    shown = called("history", "le-phare", "--most", "2").out.splitlines()
    assert [line.split("operator")[1].strip() for line in shown[1:3]] == [
        "Source removed: “Le phare”",
        "Page of “Le phare” is read again every week",
    ]
    assert shown[3] == "and 2 before that"
    unknown = called("history", "nobody")
    assert (unknown.status, unknown.out) == (1, "")
    assert one_line(unknown.err, "Nothing called “nobody”")
    assert called("history", "--shelf", "discord-1").out == "Nothing has been done here yet.\n"


async def test_a_source_that_was_read_from_no_page_cannot_be_read_again(called: CalledCommand) -> None:
    for arguments in (["refresh", "amd-6-gw"], ["refresh", "amd-6-gw", "--every", "daily"], ["refresh", "nobody"]):
        refused = called(*arguments)
        assert (refused.status, refused.out) == (1, "")
        assert one_line(refused.err)
