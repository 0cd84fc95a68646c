"""Feeds: the articles that they name, the newest first, and nothing else of what stands in them."""

from pathlib import Path

import pytest

from index.errors import BadInput
from index.reading.apart import Limits, read_feed_apart
from index.reading.document import Document
from index.reading.feeds import MOST_ENTRIES, Feed, read_feed

PLACE = "https://presse.example/rss/feed.xml"
BURNER = "http://rssnamespace.org/feedburner/ext/1.0"
BEHIND_THE_COUNTER = f"<f:origLink xmlns:f='{BURNER}'>https://presse.example/un</f:origLink>"


def read(text: str, url: str | None = PLACE) -> Feed:
    return read_feed(Document(text.encode(), "feed.xml", url=url))


def rss(*items: str, head: str = "<title>Presse</title>") -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{body}</channel></rss>'


def atom(*entries: str) -> str:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Presse</title>{body}</feed>'


def test_the_articles_of_a_feed_are_named_the_newest_first_and_those_without_a_day_last() -> None:
    feed = read(
        rss(
            "<title>Un</title><link>/un</link><pubDate>Wed, 02 Jul 2025 09:00:00 GMT</pubDate>",
            "<title>Trois</title><link>https://presse.example/trois</link>",
            "<title>Deux</title><link>/deux</link><pubDate>Fri, 04 Jul 2025 09:00:00 GMT</pubDate>",
            "<title>Quatre</title><link>https://presse.example/quatre</link><pubDate>hier</pubDate>",
        )
    )
    assert feed.title == "Presse"
    assert [(entry.title, entry.published) for entry in feed.entries] == [
        ("Deux", "2025-07-04"),
        ("Un", "2025-07-02"),
        ("Trois", None),
        ("Quatre", None),
    ]


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("<link>/a/un?x=1</link>", "https://presse.example/a/un?x=1"),
        ("<link> https://presse.example/un </link>", "https://presse.example/un"),
        ("<guid>https://presse.example/un</guid>", "https://presse.example/un"),
        ("<link>https://count.example/1</link><guid isPermaLink='true'>nowhere</guid>", "https://count.example/1"),
        (f"<link>https://count.example/1</link>{BEHIND_THE_COUNTER}", "https://presse.example/un"),
    ],
)
def test_an_article_has_the_address_that_its_readers_would_open(entry: str, url: str) -> None:
    assert [entry.url for entry in read(rss(entry)).entries] == [url]


def test_an_atom_feed_is_read_like_an_rss_feed() -> None:
    feed = read(
        atom(
            "<title>Un &amp; deux</title><link rel='self' href='/self'/><link rel='alternate' href='/un'/>"
            "<published>2025-07-02T00:30:00+02:00</published><updated>2025-08-01T00:00:00Z</updated>",
            "<title>Trois</title><link href='/trois'/><updated>2025-07-04T00:00:00Z</updated>",
        )
    )
    assert [(entry.url, entry.title, entry.published) for entry in feed.entries] == [
        ("https://presse.example/trois", "Trois", "2025-07-04"),
        ("https://presse.example/un", "Un & deux", "2025-07-02"),
    ]


def test_an_address_counts_once_and_an_entry_without_one_not_at_all() -> None:
    one = "<link>https://presse.example/un</link>"
    feed = read(rss(one, one, "<title>Sans adresse</title>", f"<link>https://presse.example/{'x' * 3_000}</link>"))
    assert [entry.url for entry in feed.entries] == ["https://presse.example/un"]


def test_a_feed_names_no_more_articles_than_the_limit() -> None:
    feed = read(rss(*(f"<link>https://presse.example/{number}</link>" for number in range(MOST_ENTRIES + 5))))
    assert len(feed.entries) == MOST_ENTRIES


def test_a_feed_that_breaks_off_names_what_comes_before() -> None:
    whole = rss("<link>https://presse.example/un</link>", "<link>https://presse.example/deux</link>")
    feed = read(whole[: whole.index("deux")])
    assert feed.entries[0].url == "https://presse.example/un"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<html><p>Rien", "feed.xml is no feed"),
        ("Du texte.", "feed.xml is no feed"),
        (rss(), "feed.xml is a feed that names no article"),
    ],
)
def test_what_is_no_feed_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read(text)


async def test_a_hostile_feed_reads_no_file_and_stays_within_its_limits(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("https://secret.example/")
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'lol' * 10}'>" for n in range(12))
    hostile = (
        f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY file SYSTEM '{secret.as_uri()}'>{entities}]>"
        "<rss version='2.0'><channel><title>&file;&e11;</title><item><link>https://presse.example/un</link>"
        "<title>&file;&e11;</title></item></channel></rss>"
    )
    feed = await read_feed_apart(Document(hostile.encode(), "feed.xml", url=PLACE))
    assert [entry.url for entry in feed.entries] == ["https://presse.example/un"]
    assert "secret" not in feed.model_dump_json()
    endless = rss(*["<description>" + "&lt;p&gt;" * 40 + "</description>"] * 20_000)
    with pytest.raises(BadInput, match=r"feed\.xml takes too long to read"):
        await read_feed_apart(Document(endless.encode(), "feed.xml"), limits=Limits(seconds=0.5))
