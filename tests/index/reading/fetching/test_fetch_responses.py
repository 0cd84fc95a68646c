"""What servers answer: each response ends as a document or as one sentence, within every limit."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from index.reading.fetching.fetch import Fetched, Fetcher
from index.reading.fetching.inflating import PIECE, Coding, Inflater
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused
from tests.index.reading.fetching.loopback_pages import DOCX, PAGE, Pages, serving

POLICY = Policy.production()


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    async with serving() as pages:
        yield pages


async def fetch(pages: Pages, path: str, *, feeds: bool = False, policy: Policy = POLICY) -> Fetched:
    policy = replace(policy, allowed=frozenset({pages.place}))
    async with Fetcher(policy) as fetcher:
        return await fetcher.fetch(pages.url(path), feeds=feeds)


async def refused(pages: Pages, path: str, policy: Policy = POLICY) -> Reason:
    """Return why a page is not read, after its sentence was looked at."""
    with pytest.raises(Refused) as caught:
        await fetch(pages, path, policy=policy)
    told = str(caught.value)
    assert told.endswith(".")
    assert told.isprintable()
    assert len(told) < 200
    return caught.value.reason


READ = """
/ok /closed /gzip /xgzip /gziptrail /gziptwo /deflate /rawdeflate /identity /100 /noct /oddct /xhtml
/keepalive /refreshself /refreshreload /refreshlate /metaself /metalate /metanoscript /metacomment /metatext
/cookie /r-cookie /redirectbody /latin1location /chunked /markdown /text /zip /docx /doc.docx /pdf /utf7
/codec /oddcharset /latin1
""".split()


async def test_what_can_be_read_arrives(pages: Pages) -> None:
    for path in READ:
        fetched = await fetch(pages, path)
        assert fetched.status == "fresh", path
        assert fetched.document is not None
        assert fetched.document.data, path


async def test_the_bytes_are_those_that_were_compressed_or_cut_into_chunks(pages: Pages) -> None:
    for path in ("/ok", "/gzip", "/gziptrail", "/gziptwo", "/deflate", "/rawdeflate", "/keepalive", "/closed", "/100"):
        document = (await fetch(pages, path)).document
        assert document is not None
        assert document.data.decode() == PAGE, path
    document = (await fetch(pages, "/chunked")).document
    assert document is not None
    assert document.data == b"<p>abcd."


@pytest.mark.parametrize(
    ("path", "name", "media_type", "charset"),
    [
        ("/ok", "ok", "text/html", "utf-8"),
        ("/latin1", "latin1", "text/html", "iso-8859-1"),
        ("/markdown", "markdown", "text/markdown", "utf-8"),
        ("/text", "text", "text/plain", None),
        ("/docx", "docx", DOCX, None),
        ("/doc.docx?x=1", "doc.docx", "application/octet-stream", None),
        ("/noct", "noct", None, None),
        ("/oddct", "oddct", None, None),
        ("/utf7", "utf7", "text/html", "utf-7"),
        ("/codec", "codec", "text/plain", "zlib_codec"),
        ("/oddcharset", "oddcharset", "text/html", None),
    ],
)
async def test_a_document_says_what_its_server_said_of_it(
    pages: Pages, path: str, name: str, media_type: str | None, charset: str | None
) -> None:
    document = (await fetch(pages, path)).document
    assert document is not None
    assert document[1:] == (name, media_type, charset, pages.url(path))


REFUSED = {
    Reason.GONE: "/404 /410",
    Reason.NOT_ALLOWED: "/401 /402 /403 /451",
    Reason.SITE_BUSY: "/429 /503",
    Reason.SITE_FAILS: "/500 /502 /504",
    Reason.STATUS: "/101 /201 /204 /206 /304 /400 /405 /408 /418 /501 /520 /status999",
    Reason.MEDIA_TYPE: "/png /json /js /css /svg /rss /atom /xml",
    Reason.CONTENT: "/pngashtml /jpegastext /elf /mp4 /webp /gzippng /gzipinside",
    Reason.COMPRESSION: "/zstd /br /rot13 /gzipgzip",
    Reason.DAMAGED: "/gzipcut /gziplie /gziponebyte /gzipmany /deflatecut",
    Reason.EMPTY: "/empty /gzipempty",
    Reason.LARGE: "/longcl /endlesschunk",
    Reason.FORWARDS: "/refreshhdr /metarefresh /metaescaped",
    Reason.BROKEN: """/shortbody /hugecl /negativecl /oddcl /twocl /clandte /badchunk /hugechunk /cutchunk /nohttp
    /http09 /nothing /badheader /longhdr /manyhdr /longstatus /status99999 /endlesshdr /endlessline
    /endless100 /endlesstrailer /reset""",
}


@pytest.mark.parametrize("reason", REFUSED, ids=lambda reason: reason.name)
async def test_what_cannot_be_read_is_refused_with_its_reason(pages: Pages, reason: Reason) -> None:
    for path in REFUSED[reason].split():
        assert await refused(pages, path) is reason, path


async def test_feeds_are_read_only_where_they_are_asked_for(pages: Pages) -> None:
    for path in ("/rss", "/atom", "/xml"):
        document = (await fetch(pages, path, feeds=True)).document
        assert document is not None
        assert document.data.startswith(b"<")
    with pytest.raises(Refused):
        await fetch(pages, "/json", feeds=True)


async def test_a_bomb_is_stopped_at_the_limit_and_not_after_it(pages: Pages) -> None:
    assert await refused(pages, "/gzipbomb") is Reason.LARGE_INFLATED


async def test_an_endless_answer_is_stopped_at_the_limit(pages: Pages) -> None:
    small = Policy(raw_bytes=300_000, inflated_bytes=600_000)
    assert await refused(pages, "/endless", small) is Reason.LARGE
    assert await refused(pages, "/longline", small) is Reason.LARGE


async def test_progress_is_told_up_to_the_limit_and_not_beyond_it(pages: Pages) -> None:
    told: list[tuple[int, int | None]] = []
    policy = Policy(allowed=frozenset({pages.place}), raw_bytes=300_000)
    async with Fetcher(policy) as fetcher:
        await fetcher.fetch(pages.url("/ok"), progress=lambda done, of: told.append((done, of)))
        assert told == [(len(PAGE.encode()), len(PAGE.encode()))]
        told.clear()
        with pytest.raises(Refused):
            await fetcher.fetch(pages.url("/endless"), progress=lambda done, of: told.append((done, of)))
    assert 0 < told[-1][0] <= 300_000
    assert told[-1][1] is None


async def test_slow_servers_get_no_more_time_than_there_is(pages: Pages) -> None:
    slow = ("/hang", "/slowhdr", "/slowbody", "/slowtrailer")
    reasons = await asyncio.gather(*(refused(pages, path, Policy(total_seconds=0.3)) for path in slow))
    assert set(reasons) == {Reason.SLOW}
    assert sorted(pages.paths()) == sorted(slow)


async def test_long_and_deep_pages_within_the_limit_arrive_as_they_are(pages: Pages) -> None:
    for path, size in (("/longline", 5_000_000), ("/deep", 500_000)):
        document = (await fetch(pages, path)).document
        assert document is not None
        assert len(document.data) == size


async def test_who_takes_most_of_the_room_for_bodies_is_refused_when_there_is_no_more(pages: Pages) -> None:
    policy = Policy(allowed=frozenset({pages.place}), arriving_bytes=1_000_000)
    async with Fetcher(policy) as fetcher:
        for _ in range(2):
            with pytest.raises(Refused) as caught:
                await fetcher.fetch(pages.url("/longline"), by="anna")
            assert caught.value.reason is Reason.CROWDED
        assert (await fetcher.fetch(pages.url("/deep"), by="anna")).document is not None
        fetcher._arrived["anna"] = 1_000_000  # as of a page that stands still
        assert (await fetcher.fetch(pages.url("/deep"), by="bernard")).document is not None
        assert fetcher._arrived == {"anna": 1_000_000}


async def test_a_page_that_is_as_it_was_is_not_sent_again(pages: Pages) -> None:
    async with Fetcher(Policy(allowed=frozenset({pages.place}))) as fetcher:
        first = await fetcher.fetch(pages.url("/validated"))
        assert (first.status, first.etag, first.last_modified) == ("fresh", '"v1"', "Tue, 04 Mar 2025 08:00:00 GMT")
        again = await fetcher.fetch(pages.url("/validated"), etag=first.etag, last_modified=first.last_modified)
        assert again.status == "unchanged"
        assert again == (None, '"v1"', "Tue, 04 Mar 2025 08:00:00 GMT")
        assert pages.requests[-1].headers["if-modified-since"] == "tue, 04 mar 2025 08:00:00 gmt"
        changed = await fetcher.fetch(pages.url("/validated"), etag='"v0"')
        assert changed.status == "fresh"
        hostile = await fetcher.fetch(pages.url("/validated"), etag='"v1"\r\nX-Injected: 1')
        assert hostile.status == "fresh"
        assert "x-injected" not in pages.requests[-1].headers


def test_inflating_gives_small_pieces_however_the_data_is_cut() -> None:
    text = bytes(range(256)) * 4_000 + bytes(3_000_000)
    for coding, packed in ((Coding.GZIP, gzip.compress(text)), (Coding.DEFLATE, zlib.compress(text))):
        for step in (1, 7, len(packed)):
            inflater = Inflater(coding, "example.com")
            pieces = [piece for at in range(0, len(packed), step) for piece in inflater.feed(packed[at : at + step])]
            inflater.finish()
            assert b"".join(pieces) == text
            assert max(map(len, pieces)) <= PIECE


def test_what_is_held_back_at_the_end_of_the_data_comes_too() -> None:
    for size in range(PIECE - 10, PIECE + 1_000, 37):
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(bytes(size)) + packer.flush()
        inflater = Inflater(Coding.DEFLATE, "example.com")
        assert b"".join(inflater.feed(packed)) == bytes(size)
        inflater.finish()
