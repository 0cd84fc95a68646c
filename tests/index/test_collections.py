"""Whole collections: what is found to be read, what is known again, and what becomes of the rest."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from index.collections import Collector, Proposal
from index.errors import BadInput
from index.library import Library, Outcome
from index.model import State
from index.moderating.model import Page
from index.reading.batches import Address, File, Item, Typed, distinct, in_feed, in_folder, in_list, is_address, name_of
from index.reading.feeds import Entry, Feed

TEXT = "Le phare de Cordouan fut achevé en 1611 par Louis de Foix."
URL = "https://presse.example/phare"


def write(folder: Path, name: str, text: str = TEXT, **matter: str) -> File:
    lines = "".join(f"{field}: {value}\n" for field, value in matter.items())
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{lines}---\n{text}\n" if matter else text, "utf-8")
    return File(path)


def test_the_files_of_a_folder_are_found_by_name_without_what_is_hidden_or_no_article(tmp_path: Path) -> None:
    for name in ("b/2.HTML", "b/1.md", "a.txt", "c.docx", ".hidden.md", ".git/x.md", "b/photo.png", "b/.x/y.md"):
        write(tmp_path, name)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    found = [item.path.relative_to(tmp_path).as_posix() for item in in_folder(tmp_path) if isinstance(item, File)]
    assert found == ["a.txt", "c.docx", "b/1.md", "b/2.HTML"]


def test_links_out_of_a_folder_are_passed_over_and_counted(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    secret = write(tmp_path, "secret.txt").path
    write(folder, "b/1.md")
    (folder / "inside.md").symlink_to("b/1.md")
    (folder / "broken.md").symlink_to("nowhere.md")
    (folder / "s.txt").symlink_to(secret)
    *files, one = in_folder(folder)
    assert [item.path.relative_to(folder).as_posix() for item in files if isinstance(item, File)] == [
        "inside.md",
        "b/1.md",
    ]
    assert str(one) == f"Links in {folder} that lead to files elsewhere are passed over: 1."
    (folder / "b" / "2.txt").symlink_to("../../secret.txt")
    *files, both = in_folder(folder)
    assert len(files) == 2
    assert str(both) == f"Links in {folder} that lead to files elsewhere are passed over: 2."
    (tmp_path / "way").symlink_to(folder)  # the operator names this one
    assert sum(isinstance(item, File) for item in in_folder(tmp_path / "way")) == 2


def test_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    (found,) = in_folder(tmp_path)
    assert isinstance(found, BadInput)
    assert f"{tmp_path} has no file that can be read" in str(found)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_looked_into_says_so(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.md")
    (tmp_path / "closed").chmod(0)
    try:
        (found,) = in_folder(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert "closed cannot be read: Permission denied." in str(found)


def test_a_list_has_an_address_a_line_and_comments() -> None:
    data = f"\ufeff# presse\r\n {URL} \r\n\r\n  # {URL}/2\nhttps://presse.example/a#b".encode()
    assert [address.url for address in in_list(data, "list.txt")] == [URL, "https://presse.example/a#b"]
    with pytest.raises(BadInput, match=r"list\.txt is not a text"):
        list(in_list(bytes(range(256)) * 9, "list.txt"))


def test_a_page_that_is_named_twice_is_read_once() -> None:
    feed = Feed(title="", entries=(Entry(url=f"{URL}?utm_source=rss", published="2025-07-02"), Entry(url=f"{URL}/2")))
    items: list[Item | BadInput] = [Address(URL), File(Path("a")), File(Path("a")), BadInput("no"), *in_feed(feed, 2)]
    left = distinct(items)
    assert [name_of(item) for item in left if not isinstance(item, BadInput)] == [URL, "a", "a", f"{URL}/2"]
    assert [each.published for each in in_feed(feed, 1) if each.feed] == ["2025-07-02"]


@pytest.mark.parametrize(
    ("written", "is_one"),
    [(URL, True), ("HTTPS:/x", True), ("ftp://a/b", True), ("a/b.md", False), ("c:\\a.md", False), ("http", False)],
)
def test_an_address_is_told_from_a_path(written: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_address(written) is is_one


async def outcomes(library: Library, *items: Item) -> list[tuple[str, str, int]]:
    """Take items in, in a run of its own; return what became of each: the outcome, the source's id and version."""
    collector = await Collector.on(library, by="test")
    found = []
    async for proposal in collector.read_ahead(items):
        assert isinstance(proposal, Proposal)
        collected = await collector.keep(proposal)
        found.append((collected.outcome.value, collected.source.id, collected.source.version))
    return found


async def test_articles_are_taken_in_in_their_order_and_what_cannot_be_read_does_not_stop_the_rest(
    empty_library: Library, tmp_path: Path
) -> None:
    files = [write(tmp_path, f"{number}.md", f"{TEXT} {number}", title=f"Dossier {number}") for number in range(7)]
    collector = await Collector.on(empty_library, by="test")
    items: list[Item | BadInput] = [*files[:4], File(tmp_path / "none.md"), BadInput("no"), *files[4:]]
    told = [
        str(proposal) if isinstance(proposal, BadInput) else (await collector.keep(proposal)).source.id
        async for proposal in collector.read_ahead(items)
    ]
    assert told[4] == f"{tmp_path / 'none.md'} cannot be read: No such file or directory."
    assert told[5] == "no"
    assert told[:4] + told[6:] == [f"dossier-{number}" for number in range(7)]


async def test_a_run_that_is_broken_off_leaves_nothing_to_wait_for(empty_library: Library, tmp_path: Path) -> None:
    files = [write(tmp_path, f"{number}.html", f"<p>{TEXT}</p>") for number in range(5)]
    collector = await Collector.on(empty_library, by="test")
    proposals = collector.read_ahead(files)
    before = asyncio.all_tasks()
    first = asyncio.ensure_future(anext(proposals))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await proposals.aclose()
    assert asyncio.all_tasks() - before == set()


async def test_the_same_text_is_known_again_whatever_it_is_called(empty_library: Library, tmp_path: Path) -> None:
    first, other = write(tmp_path, "a.md", title="Le phare"), write(tmp_path, "b.md", title="Cordouan", url=URL)
    assert await outcomes(empty_library, first, other) == [("added", "le-phare", 1), ("present", "le-phare", 1)]
    await empty_library.remove("le-phare", by="test")
    assert await outcomes(empty_library, other, first) == [("restored", "le-phare", 1), ("present", "le-phare", 1)]


async def test_two_articles_of_one_run_never_become_versions_of_each_other(
    empty_library: Library, tmp_path: Path
) -> None:
    pages = [write(tmp_path, f"{n}.md", f"{TEXT} Page {n}.", title="Le phare", url=URL) for n in (1, 2)]
    assert await outcomes(empty_library, *pages) == [("added", "le-phare", 1), ("added", "le-phare-2", 1)]
    assert await outcomes(empty_library, *pages) == [("present", "le-phare", 1), ("present", "le-phare-2", 1)]
    other = write(tmp_path, "1.md", f"{TEXT} Page 3.", title="Le phare", url=URL)  # of which of the two?
    assert await outcomes(empty_library, other) == [("added", "le-phare-3", 1)]


async def test_what_a_removed_source_was_about_does_not_change_it(empty_library: Library, tmp_path: Path) -> None:
    await outcomes(empty_library, write(tmp_path, "a.md", title="Le phare", url=URL))
    await empty_library.remove("le-phare", by="test")
    later = write(tmp_path, "a.md", f"{TEXT} Il est fermé.", title="Le phare", url=URL)
    assert await outcomes(empty_library, later) == [("added", "le-phare-2", 1)]
    assert (await empty_library.source("le-phare")).state is State.REMOVED


async def test_a_feed_does_not_bring_back_the_page_that_was_removed(empty_library: Library) -> None:
    collector = await Collector.on(empty_library, by="test")
    proposal = await collector.read(Typed(f"---\ntitle: Le phare\nurl: {URL}\n---\n{TEXT}".encode()))
    await collector.keep(proposal._replace(page=Page(url=URL)))
    await empty_library.remove("le-phare", by="test")
    again = await Collector.on(empty_library, by="test")
    named = await again.read(Address(f"{URL}?utm_source=rss", feed=True))  # which is not fetched
    assert (await again.keep(named)).outcome is Outcome.REMOVED
    assert (await empty_library.source("le-phare")).state is State.REMOVED
