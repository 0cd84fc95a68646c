"""A web site of this machine: what stands at each address is what a test puts there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from index.reading.fetching.policy import Policy

_NOT_THERE = "404 Not Found"


class Stored(NamedTuple):
    """What is at an address. With an ``etag`` it is sent only to those who do not have it."""

    text: str
    media_type: str = "text/plain; charset=utf-8"
    etag: str = ""


class Site:
    """The site while it is served. ``pages`` are by their paths; ``sent`` has the paths of those that were sent."""

    def __init__(self) -> None:
        self.pages: dict[str, Stored] = {}
        self.sent: list[str] = []
        self.port = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def policy(self) -> Policy:
        """The policy of production, which lets this site be read, too."""
        return Policy(allowed=frozenset({("127.0.0.1", self.port)}))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            path = head[0].split(" ")[1].partition("?")[0]
            writer.write(self._response(path, headers.get("if-none-match", "")))
            await writer.drain()
        finally:
            writer.close()

    def _response(self, path: str, known: str) -> bytes:
        page = self.pages.get(path)
        status, body = ("200 OK", page.text.encode()) if page else (_NOT_THERE, b"")
        if page and page.etag and known == page.etag:
            status, body = "304 Not Modified", b""
        elif page:
            self.sent.append(path)
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
        lines += [f"Content-Type: {page.media_type}"] if page else []
        lines += [f"ETag: {page.etag}"] if page and page.etag else []
        return "\r\n".join([*lines, "", ""]).encode() + body


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """Serve a site without pages on a free port of 127.0.0.1."""
    site = Site()
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    async with server:
        yield site
