"""/source add and "Add as source": a page, a file, a text or a message becomes a draft, and then a cited answer."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from simcord.env import Env
from simcord.results import InteractionResult

from bot.client import Sourcier, create_bot
from bot.rules.preferences import Setting
from bot.settings import Settings
from index.model import State
from index.reading.fetching.policy import Policy
from index.store.glance import FILE
from tests.bot.discord.adding_server import NEWS, PROOF, Newsroom, Page, Site, preview, running, stages
from tests.bot.discord.dealers import file_of, message_of, seen
from tests.bot.discord.reading import buttons, links

pytestmark = pytest.mark.simcord(settle_timeout=60)

TEXT = """Hélionord a signé avec la commune de Valbrune un accord pour un centre de calcul.

Le centre de Valbrune aura une puissance de 320 MW à partir de 2027, selon la directrice d’Hélionord, Inès Collard."""


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """Pages of this machine, which also is where this Discord keeps attached files."""
    async with running() as site:
        monkeypatch.setattr("simcord.backend.cdn.CDN_BASE", site.url)
        yield site


@pytest.fixture
def simcord_bot(settings: Settings, site: Site) -> Sourcier:
    return create_bot(settings, policy=Policy(allowed=frozenset({("127.0.0.1", site.port)})))


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier, site: Site) -> Newsroom:
    site.attached = env.backend.cdn.get
    return Newsroom(env, simcord_bot, "one")


async def test_a_link_becomes_a_draft_and_then_a_cited_answer(env: Env, server: Newsroom, site: Site) -> None:
    start = len(env.http_requests)
    message = await server.drafted(link=f" <{site.url}/valbrune?utm_source=x> ")
    assert stages(env, start) == [
        "Fetching the page…",
        "Reading the text…",
        "Looking for figures, and for what is here already…",
    ]
    told = seen(message)
    for fact in (
        "Hélionord construira son centre de calcul à Valbrune",
        "Published** · 18 September 2025 (as its metadata says)",
        "Publisher** · La Gazette des réseaux",
        "Author** · Maud Terrier",
        "Language** · French",
        "Kind** · web page",
        "words in 2 passages",
        "Hélionord a signé avec la commune de Valbrune",
        "**320 MW** capacity → no deal",
        "**€1.8 billion** investment → no deal",
        f"A draft (<@{server.manager.id}>)",
    ):
        assert fact in told
    for boilerplate in ("cookies", "Ignore all", "À lire aussi", "S’abonner", "Tous droits"):
        assert boilerplate not in told
    assert links(message) == [f"{site.url}/valbrune?utm_source=x"]
    assert PROOF not in await server.ask()

    result = await server.manager.click(message, label="Approve")
    assert result.response is None or result.response.id == message.id
    assert "Live now: “Hélionord construira son centre de calcul à Valbrune”" in seen(message).replace("**", "")
    assert "Its 5 figures count once somebody has approved them." in seen(message)
    assert "Review its figures" in buttons(message)
    assert not await server.waiting()
    answer = await server.ask()
    assert PROOF in answer
    assert "La Gazette des réseaux, 18 septembre 2025" in answer
    figures = await server.manager.click(message, label="Review its figures")
    assert figures.ephemeral
    assert "320 MW" in seen(figures.response)
    (source,) = await server.bot.library.own(server.shelf)
    assert source.state is State.LIVE
    assert source.added_by == str(server.manager.id)
    assert source.url is not None
    assert source.url.startswith(f"{site.url}/valbrune")


async def test_a_file_is_read_by_what_it_is(server: Newsroom, env: Env) -> None:
    start = len(env.http_requests)
    told = seen(await server.drafted(file=("été à Valbrune.txt", NEWS.encode())))
    assert stages(env, start)[0] == "Downloading the file…"
    assert "Kind** · web page" in told
    assert "Published** · 18 September 2025" in told
    told = seen(await server.drafted(file=("notes.md", f"---\ndate: 2025-09\n---\n# Titre\n\n{TEXT}".encode("utf-16"))))
    assert "Kind** · Markdown" in told
    assert "Published** · September 2025 (as its metadata says)" in told
    assert "### Titre" in told
    assert "**320 MW** capacity" in told


async def test_what_cannot_be_read_is_told_in_one_sentence_and_nothing_is_kept(server: Newsroom, site: Site) -> None:
    await server.bot.preferences.set(server.shelf, Setting.CHARACTERS, "100000")
    site.pages["/leer"] = Page(b"<html><body><script>draw()</script></body></html>")
    site.pages["/lang"] = Page(b"Un mot de plus. " * 7_000, "text/plain")
    for link, why in (
        ("https://10.1.2.3/", "not an address of the open web"),
        ("ftp://example.org/a", "Only links that begin with https://"),
        (f"{site.url}/absent", "no such page"),
        (f"{site.url}/leer", "article"),
        (f"{site.url}/lang", "the limit here is 100,000"),
    ):
        assert why in _sentence(await server.add(link=link)), link
    assert "is an image (PNG)" in _sentence(await server.add(file=("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(40))))
    real = site.attached
    site.attached = lambda url: bytes(10_000_001) if url.endswith("lied.txt") else None
    assert "lied.txt is too large" in _sentence(await server.add(file=("lied.txt", b"ten bytes.")))
    assert "cannot be downloaded" in _sentence(await server.add(file=("gone.txt", b"ten bytes.")))
    site.attached = real
    assert "not both at once" in _sentence(await server.add(link=site.url, file=("a.txt", b"a")))
    assert not await server.waiting()
    assert not await server.bot.library.own(server.shelf)

    await server.bot.preferences.set(server.shelf, Setting.ADDS_AN_HOUR, "10")
    for number in range(10):
        await server.propose(f"{number} : {TEXT}")
    asked = len(site.asked)
    assert "10 articles were added here within an hour" in _sentence(await server.add(file=("a.txt", TEXT.encode())))
    assert "10 articles were added here within an hour" in _sentence(await server.add(link=f"{site.url}/valbrune"))
    assert len(site.asked) == asked, "nothing is fetched in vain"
    assert len(await server.waiting()) == 10


async def test_a_pasted_text_comes_with_its_title_and_date(server: Newsroom) -> None:
    form = await server.add()
    assert form.modal is not None
    written = {
        "title": "Valbrune\u202e *attend*",
        "published": "jeudi 18",
        "text": f"# Un\n\n{TEXT}",
        "more": "La suite.",
    }
    sent = await server.manager.submit_modal(form, written | {"url": "http://192.168.0.1/"})
    told = seen(preview(sent))
    assert told.startswith("⚠️ I cannot take “jeudi 18” as a date: ")
    assert "\n⚠️ 192.168.0.1 is not an address of the open web" in told
    assert "The draft is without it; “Edit details” puts it right." in told
    assert "### Valbrune *attend*" in told
    draft = await server.draft()
    assert (draft.source.published, draft.source.url) == (None, None)
    assert draft.opening.endswith("Inès Collard.\n\nLa suite."), "what was pasted is not lost"
    await server.bot.library.drafts.discard(draft.id, by="1", shelf=server.shelf)

    sent = await server.manager.submit_modal(await server.add(), written | {"published": "18 septembre 2025"})
    told = seen(preview(sent))
    assert "The draft is without it" not in told
    assert "Published** · 18 September 2025 (as a moderator says)" in told
    draft = await server.draft()
    assert draft.source.published == "2025-09-18"
    assert "Kind** · Markdown" in told


async def test_a_pasted_text_that_is_refused_is_given_back(server: Newsroom) -> None:
    await server.bot.preferences.set(server.shelf, Setting.ADDS_AN_HOUR, "10")
    for number in range(10):
        await server.propose(f"{number} : {TEXT}")
    form = await server.add()
    refused = await server.manager.submit_modal(form, {"title": "Valbrune", "text": TEXT, "more": "La suite."})
    assert "10 articles were added here within an hour" in seen(refused.response)
    (returned,) = refused.followups
    assert returned.ephemeral
    assert seen(returned) == "Your text is not lost: here it is again."
    assert await file_of(returned) == ("text.txt", f"{TEXT}\n\nLa suite.".encode())

    form = await server.add()
    while not server.bot.gate.use(server.manager.id):
        pass
    refused = await server.manager.submit_modal(form, {"title": "Valbrune", "text": TEXT})
    assert "Not so fast!" in seen(refused.response)
    assert await file_of(refused.followups[0]) == ("text.txt", TEXT.encode())


async def test_a_message_is_read_for_its_file_its_link_or_its_text(server: Newsroom, site: Site) -> None:
    async def read(content: str, *files: tuple[str, bytes]) -> str:
        sent = await server.member.send(server.channel, content, attachments=files)
        result = await server.manager.context_menu(server.channel, "Add as source", sent)
        assert result.ephemeral
        return seen(message_of(result))

    told = await read("Voir ci-joint", ("photo.png", b"\x89PNG\r\n\x1a\n"), ("valbrune.html", NEWS.encode()))
    assert "Kind** · web page" in told
    told = await read(f"à lire ! [l’article]({site.url}/valbrune), vraiment.")
    assert "Publisher** · La Gazette des réseaux" in told
    assert site.asked[-1] == "/valbrune"
    told = await read(f"**Valbrune**, suite\n\n> {TEXT}\n\nVoir {site.url}/valbrune{' et la suite' * 20}")
    assert "### Valbrune, suite" in told
    assert "Author** · ada-one" in told
    assert "(as its metadata says)" in told
    assert "Kind** · text" in told
    draft = (await server.waiting())[0]
    assert draft.source.url is not None
    assert draft.source.url.startswith(f"https://discord.com/channels/{server.guild.id}/{server.channel.id}/")
    assert (await server.bot.library.drafts.draft(draft.id, server.shelf)).opening.startswith(
        "Valbrune, suite\n\nHélio"
    )
    said = await server.member.send(server.channel, f"# Valbrune\n{TEXT}")
    forwarded = await server.adder.forward(said, server.channel)
    told = seen((await server.manager.context_menu(server.channel, "Add as source", forwarded)).response)
    assert "### Valbrune\n" in told
    assert "Author" not in told
    assert len(await server.waiting()) == 4

    assert "There is nothing to read in this message" in await read("", ("photo.png", b"\x89PNG\r\n\x1a\n"))
    assert "There are several links" in await read("https://a.example https://b.example")
    await server.ask()
    own = server.channel.last_message
    assert own is not None
    assert own.author.bot
    result = await server.manager.context_menu(server.channel, "Add as source", own)
    assert "I read nothing from the messages of bots" in seen(result.response)
    assert len(await server.waiting()) == 4


@pytest.mark.simcord(check_errors=False)
async def test_where_the_store_fails_no_stage_stays_and_the_reference_is_told(
    server: Newsroom, settings: Settings
) -> None:
    with closing(sqlite3.connect(settings.data / FILE)) as store:
        store.execute("DROP TABLE drafts")
    result = await server.add(file=("a.txt", TEXT.encode()))
    assert seen(result.response) == "This was broken off."
    (told,) = result.followups
    assert told.ephemeral
    assert "It has been noted under the reference" in seen(told)
    assert not await server.bot.library.own(server.shelf)


def _sentence(result: InteractionResult) -> str:
    """Return the one sentence, seen by its person alone, with which an addition was refused."""
    assert result.ephemeral
    assert not result.followups
    message = message_of(result)
    assert not buttons(message)
    told = seen(message)
    assert told.endswith(".")
    assert "\n" not in told
    return told
