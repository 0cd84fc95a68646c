"""Adding articles on the command line: every kind of file, standard input, pages, lists and feeds, once more."""

import asyncio
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.commandline import adding
from bot.commandline.adding import Manner, Wanted
from index.figures.kinds import Review
from index.library import Library
from index.model import State
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import one_line
from tests.bot.loopback_site import Site, Stored, serving
from tests.index.reading.papers import written_docx, written_pdf

LIGHTHOUSE = (
    "Le phare de Cordouan fut achevé en 1611 par Louis de Foix. Il se dresse au large de la Gironde. "
    "La société Océane y loue 4,5 GW de puissance de calcul à Oracle."
)
HARBOUR = (
    "Le port de Pauillac accueille les navires de la Gironde. Son quai mesure 350 mètres. "
    "Le capitaine Melchior y note chaque passage dans un grand cahier."
)
PAGE = (
    "<!doctype html><html lang=fr><head><title>{title}</title></head><body><nav><a href=/>Accueil</a></nav>"
    "<main><article><h1>{title}</h1><p>{text}</p><p>Les marins saluent la digue en passant, comme le veut la coutume "
    "du pays.</p><p>Le pilote monte à bord quand la marée le permet, et jamais le dimanche.</p></article></main>"
)
JSON = Manner(as_json=True)
HEAVY = ["aiohttp", "cryptography", "discord", "feedparser", "lxml", "matplotlib", "pypdf", "trafilatura"]


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def outcomes(out: str) -> list[tuple[str, str]]:
    return [(record["outcome"], record["title"]) for record in records(out)]


def sources(data: Path, shelf: str = "shared") -> dict[str, tuple[State, int]]:
    """The titles of a shelf's own sources that are no seeds, each with its state and version."""

    async def look() -> dict[str, tuple[State, int]]:
        async with await Library.open(data) as library:
            own = await library.own(shelf)
            return {source.title: (source.state, source.version) for source in own if source.added_by != "seeds"}

    return asyncio.run(look())


def fill(folder: Path) -> None:
    """Write articles of every kind into a folder and the folders in it."""
    (folder / "press" / ".drafts").mkdir(parents=True)
    (folder / "b.md").write_text(f"---\ntitle: Markdown\npublished: 2024-03\n---\n{LIGHTHOUSE}\n", "utf-8")
    (folder / "a.txt").write_text(f"Texte\n\n{HARBOUR}\r\n", "utf-8")
    (folder / "press" / "c.html").write_text(PAGE.format(title="Page", text=f"{HARBOUR} Et voici."), "utf-8")
    document = written_docx.written(
        written_docx.paragraph("Document", "Title") + written_docx.paragraph(LIGHTHOUSE + " Dont acte.")
    )
    (folder / "press" / "d.docx").write_bytes(document)
    lines = ["Le gardien du phare veille chaque nuit sur les navires.", "Il dort le mardi et veille les autres jours."]
    (folder / "press" / "e.pdf").write_bytes(written_pdf.in_lines(lines))
    (folder / "press" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "press" / ".drafts" / "hidden.md").write_text("Un brouillon.")
    os.mkfifo(folder / "press" / "pipe.txt")


def test_a_folder_is_added_with_all_kinds_of_files_in_it_and_once_only(called: CalledCommand) -> None:
    folder = called.home / "articles"
    fill(folder)
    first = called("add", "--json", "--publisher", "Sud Ouest", str(folder))
    assert (first.status, first.err) == (0, "")
    added = records(first.out)
    assert [(each["outcome"], Path(each["item"]).name) for each in added] == [
        ("added", name) for name in ("a.txt", "b.md", "c.html", "d.docx", "e.pdf")
    ]
    assert {each["publisher"] for each in added} == {"Sud Ouest"}
    assert sources(called.data).keys() == {each["title"] for each in added}
    assert {"Texte", "Markdown", "Page", "Document"} < sources(called.data).keys()
    assert called("source", "text", "texte").out == f"Texte\n\n{HARBOUR}\r\n"
    assert "undated" in added[2]["cautions"]
    assert added[0]["cautions"] == []
    assert [(each["likeness"], each["source"]) for each in added[3]["alike"]] == [("nearly the same text", "markdown")]

    (folder / "a.txt").write_text("Autre texte\n\nIl remplace le premier.", "utf-8")
    (folder / "z.pdf").write_bytes(b"%PDF-1.7\nbroken")
    again = called("add", "--yes", str(folder))
    assert again.status == 1
    assert one_line(again.err, "z.pdf")
    told = [line for line in again.out.splitlines() if not line.startswith("   ")]
    assert [line.partition(":")[0] for line in told] == [
        "Added",
        *["Already here"] * 4,
        "1 added, 4 already here, 1 refused",
    ]
    assert "   Figures approved: 2" in again.out


@pytest.mark.parametrize(
    ("written", "title", "kind"),
    [
        (HARBOUR, "Le port de Pauillac accueille les navires de la Gironde. Son quai mesure 350…", "text"),
        ("---\ntitle: Un port\npublished: 2024\n---\n" + HARBOUR, "Un port", "metadata"),
        (f"# Un quai\n\n{HARBOUR}", "Un quai", "text"),
        (PAGE.format(title="Une rade", text=HARBOUR), "Une rade", "metadata"),
    ],
)
def test_what_comes_in_on_standard_input_is_read_as_what_it_is(
    called: CalledCommand, written: str, title: str, kind: str
) -> None:
    ended = called("add", "-", "--json", stdin=written.encode())
    assert (ended.status, ended.err) == (0, "")
    (record,) = records(ended.out)
    assert (record["outcome"], record["item"], record["title"]) == ("added", "standard input", title)
    assert record["title_basis"] == kind
    assert "Le port de Pauillac accueille" in called("source", "text", record["id"]).out


def test_what_a_person_says_of_an_article_counts_more_than_what_it_says(called: CalledCommand) -> None:
    given = ["--title", "Le port", "--author", "Ada", "--published", "2023-05", "--language", "fr"]
    ended = called("add", "-", "--json", *given, "--url", "https://example.org/port", stdin=HARBOUR.encode())
    (record,) = records(ended.out)
    known = {name: record[name] for name in ("title", "title_basis", "author", "published", "language", "url")}
    assert known == {
        "title": "Le port",
        "title_basis": "moderator",
        "author": "Ada",
        "published": "2023-05",
        "language": "fr",
        "url": "https://example.org/port",
    }


def test_an_article_of_the_same_address_and_title_is_the_next_version_and_another_title_another_source(
    called: CalledCommand,
) -> None:
    about = "---\ntitle: {title}\nurl: https://example.org/port?utm_source=x\n---\n{text}\n"
    for name, title, text in (
        ("a.md", "Le port", HARBOUR),
        ("b.md", "Le port", f"{HARBOUR} Il ferme le lundi."),
        ("c.md", "La rade", "La rade est grande et profonde."),
    ):
        (called.home / name).write_text(about.format(title=title, text=text), "utf-8")
    assert outcomes(called("add", "--json", "a.md").out) == [("added", "Le port")]
    assert outcomes(called("add", "--json", "b.md", "c.md").out) == [("updated", "Le port"), ("added", "La rade")]
    assert sources(called.data) == {"Le port": (State.LIVE, 2), "La rade": (State.LIVE, 1)}


def test_an_article_goes_to_the_server_whose_shelf_is_named_and_nowhere_else(called: CalledCommand) -> None:
    (called.home / "port.md").write_text(f"# Le port\n\n{HARBOUR}\n", "utf-8")
    ended = called("add", "port.md", "--shelf", "discord-1")
    assert ended.status == 0
    assert "(sourcier review le-port --shelf discord-1)" in ended.out
    assert sources(called.data, "discord-1").keys() == {"Le port"}
    assert sources(called.data) == {}
    assert "le-port" in called("sources", "--shelf", "discord-1").out
    assert "le-port" not in called("sources").out
    assert called("remove", "le-port").status == 1
    assert called("remove", "le-port", "--shelf", "discord-1").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"],
        ["add", ""],
        ["add", "-", "--list", "-"],
        ["add", "a.md", "--most", "3"],
        ["add", "a.md", "--shelf", "server"],
        ["add", "a.md", "b.md", "--url", "https://example.org"],
        ["add", "--feed", "feed.xml", "--title", "Tous"],
        ["add", ".", "--title", "Tous"],
        ["refresh"],
        ["refresh", "a", "--due"],
        ["refresh", "a", "--every", "daily", "--approve"],
        ["drafts", "--approve"],
        ["drafts", "a", "--approve", "--discard"],
        ["review", "a", "--measure", "4 GW"],
        ["review", "a", "--correct", "found-1"],
        ["deals", "make", " ", "--kind", "plan", "--figure", "found-1"],
    ],
)
def test_what_contradicts_itself_is_wrong_usage_and_touches_nothing(
    newly_called: CalledCommand, arguments: list[str]
) -> None:
    ended = newly_called(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert one_line(ended.err, "See `sourcier ", "--help`.")
    assert not newly_called.data.exists()


def test_what_is_no_article_and_no_page_of_the_open_web_is_refused_in_one_line(called: CalledCommand) -> None:
    (called.home / "feed.html").write_text("<rss version='2.0'><channel><title>Presse</title></channel></rss>")
    places = ["http://127.0.0.1/secret", "ftp://example.org/a.txt", "feed.html", "x" * 3_000]
    ended = called("add", *places, "--yes")
    first, second, third, _ = ended.err.splitlines()
    assert (ended.status, ended.out) == (1, "4 refused\n")
    assert one_line(f"{first}\n", "http://127.0.0.1/secret: 127.0.0.1 is not an address of the open web")
    assert one_line(f"{second}\n", "ftp://example.org/a.txt: Only links that begin with https:// or http://")
    assert one_line(f"{third}\n", "feed.html is a feed", "`sourcier add --feed` adds the pages that it names.")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site


@pytest.fixture
async def reading(prepared: Path, tmp_path: Path, site: Site) -> AsyncIterator[Library]:
    """A library that may read the site."""
    shutil.copytree(prepared, tmp_path / "data")
    async with await Library.open(tmp_path / "data", "write", policy=site.policy) as library:
        yield library


async def test_pages_of_a_list_are_added_then_known_again_and_updated_when_they_change(
    reading: Library, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages = {
        "/phare": Stored(f"Le phare\n\n{LIGHTHOUSE}", etag='"1"'),
        "/port": Stored(f"Le port\n\n{HARBOUR}", etag='"1"'),
    }
    named = tmp_path / "pages.txt"
    wanted = [
        "# presse",
        site.url("/phare"),
        "",
        site.url("/port"),
        site.url("/phare?utm_medium=mail"),
        site.url("/non"),
    ]
    named.write_text("\n".join(wanted), "utf-8")
    pages = Wanted(lists=(str(named),))

    assert not await adding.collect(reading, pages, {}, manner=Manner(approving=True))
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "2 added, 1 refused"
    assert one_line(told.err, site.url("/non"), "no such page")
    assert "   ! No date was found in it." in told.out
    assert site.sent == ["/phare", "/port"]

    assert not await adding.collect(reading, pages, {}, manner=JSON)
    assert outcomes(capsys.readouterr().out) == [("present", "Le phare"), ("present", "Le port")]
    assert site.sent == ["/phare", "/port"]  # nothing was sent a second time

    site.pages["/phare"] = Stored(f"Le phare\n\n{LIGHTHOUSE} Il ferme en hiver.", etag='"2"')
    del site.pages["/port"]
    assert not await adding.collect(reading, pages, {"author": "Ada"}, manner=Manner())
    told = capsys.readouterr()
    assert told.out.startswith("Updated to version ")
    assert told.out.splitlines()[-1] == "1 updated, 2 refused"
    assert site.url("/port") in told.err
    phare = await reading.source("le-phare")
    assert (phare.author, (await reading.text("le-phare"))[-19:]) == ("Ada", " Il ferme en hiver.")
    assert (await reading.source("le-port")).version == 1
    counted = await reading.reviews.found_in("le-phare")
    assert {figure.review for figure in counted} == {Review.APPROVED}  # what was approved stays so


async def test_the_articles_of_a_feed_are_added_the_newest_first_and_what_was_removed_stays_so(
    reading: Library, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    items = "".join(
        f"<item><title>{name}</title><link>/{name}</link><pubDate>{day} Jul 2025 00:30:00 +0200</pubDate></item>"
        for name, day in (("phare", "02"), ("port", "09"), ("rade", "05"))
    )
    feed = f"<rss version='2.0'><channel><title>Gironde</title>{items}</channel></rss>"
    site.pages = {
        "/feed": Stored(feed, "application/rss+xml"),
        "/phare": Stored(f"Le phare\n\n{LIGHTHOUSE}"),
        "/port": Stored(f"Le port\n\n{HARBOUR}"),
        "/rade": Stored("La rade\n\nLa rade est grande et profonde, à ce que dit le capitaine du port."),
    }
    newest = Wanted(feeds=(site.url("/feed"),), most=2)
    assert await adding.collect(reading, newest, {}, manner=JSON)
    added = records(capsys.readouterr().out)
    assert [(each["title"], each["published"]) for each in added] == [
        ("Le port", "2025-07-09"),
        ("La rade", "2025-07-05"),
    ]
    assert {each["published_basis"] for each in added} == {"metadata"}

    await reading.remove("le-port", by="test")
    assert await adding.collect(reading, newest._replace(most=None), {}, manner=Manner())
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Was removed, left out: Le port [le-port]"
    assert told[-1] == "1 added, 1 already here, 1 left out, as they were removed"
    assert (await reading.source("le-port")).state is State.REMOVED

    assert await adding.collect(reading, Wanted((site.url("/port"),)), {}, manner=Manner())
    assert capsys.readouterr().out.startswith("Had been removed; restored: Le port")


async def test_what_a_page_says_now_is_shown_and_replaces_what_stands_only_where_that_is_wanted(
    reading: Library, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/port"] = Stored(f"Le port\n\n{HARBOUR}")
    page, asking = Wanted((site.url("/port"),)), Manner(asking=True)
    assert await adding.collect(reading, page, {}, manner=Manner())
    site.pages["/port"] = Stored(f"Le port\n\n{HARBOUR} Il ferme le lundi.")
    capsys.readouterr()
    for answer in ("n\n", "y\n"):
        assert "lundi" not in await reading.text("le-port")
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        assert await adding.collect(reading, page, {}, manner=asking)
        shown = capsys.readouterr().out
        assert "Sentences: 0 gone, 1 new, 4 as before\n   + Il ferme le lundi.\n" in shown
        assert "Let it replace the version that stands? [Y/n]: " in shown
        assert await reading.drafts.waiting() == []
    assert "lundi" in await reading.text("le-port")
    assert await adding.collect(reading, page, {}, manner=asking)  # where nothing is new, nothing is asked
    assert capsys.readouterr().out.startswith("Already here: Le port [le-port]\n")


async def test_a_page_is_not_read_again_over_a_text_that_somebody_wrote(
    reading: Library, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "port.md").write_text(f"---\ntitle: Le port\nurl: {site.url('/port')}\n---\n{HARBOUR}\n", "utf-8")
    site.pages = {"/port": Stored("Le port\n\nAcceptez nos cookies pour lire la suite.")}
    for place, outcome in ((str(tmp_path / "port.md"), "Added"), (site.url("/port"), "Already here")):
        assert await adding.collect(reading, Wanted((place,)), {}, manner=Manner())
        assert capsys.readouterr().out.startswith(f"{outcome}: Le port")
    assert HARBOUR in await reading.text("le-port")


async def test_a_list_or_feed_that_is_none_is_refused_and_the_rest_is_added(
    reading: Library, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "port.md").write_text(HARBOUR, "utf-8")
    (tmp_path / "no.xml").write_text("<html><p>Rien", "utf-8")
    wanted = Wanted(
        (str(tmp_path / "port.md"),), (str(tmp_path / "none.txt"),), (str(tmp_path / "no.xml"), site.url("/feed"))
    )
    assert not await adding.collect(reading, wanted, {}, manner=Manner())
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "1 added, 3 refused"
    for line, words in zip(
        told.err.splitlines(), ("none.txt cannot be read", "no.xml is no feed", f"{site.url('/feed')}: "), strict=True
    ):
        assert words in line


def test_asking_and_adding_texts_import_nothing_that_only_pages_and_documents_need(called: CalledCommand) -> None:
    (called.home / "port.md").write_text(HARBOUR, "utf-8")
    commands = [["ask", "Combien de puces GB200 ?"], ["add", "--yes", "port.md"], ["sources"], ["drafts"]]
    code = f"""
import sys
from bot.cli import main
for arguments in {commands!r}:
    sys.argv = ["sourcier", *arguments]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code
print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, cwd=called.home, env=called.environment
    )
    assert (ran.returncode, ran.stderr) == (0, b"\n")
