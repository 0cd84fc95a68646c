"""A web server of this machine with one page, which says what a test lets it say."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from index.reading.fetching.policy import Policy


class ChangingPage:
    """The page: its ``text`` and ``status``, with an ``etag`` by which it is known again, where it has one.

    ``asked`` are the headers of the requests for it, names and values in small letters.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.status = "200 OK"
        self.etag = ""
        self.media_type = "text/plain; charset=utf-8"
        self.asked: list[dict[str, str]] = []
        self.port = 0

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return f"http://127.0.0.1:{self.port}/actualites/phare"

    @property
    def policy(self) -> Policy:
        """Return the policy of production, which lets this one page be read, too."""
        return Policy(allowed=frozenset({("127.0.0.1", self.port)}))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
            self.asked.append(dict(line.split(": ", 1) for line in head[1:] if line))
            known = self.etag and self.asked[-1].get("if-none-match") == self.etag
            body = b"" if known else self.text.encode()
            lines = ["HTTP/1.1 304 Not Modified" if known else f"HTTP/1.1 {self.status}"]
            lines += [f"Content-Type: {self.media_type}", f"Content-Length: {len(body)}", "Connection: close"]
            lines += [f"ETag: {self.etag}"] if self.etag else []
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def serving(text: str) -> AsyncIterator[ChangingPage]:
    """Serve a page that says a text, on a free port of 127.0.0.1."""
    page = ChangingPage(text)
    server = await asyncio.start_server(page.serve, "127.0.0.1", 0)
    page.port = server.sockets[0].getsockname()[1]
    async with server:
        yield page
