"""A web server of this machine that behaves as well or as badly as the page that is asked for."""

import asyncio
import gzip
import json
import socket
import ssl
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

PAGE = "<!doctype html><html lang=fr><title>Une page</title><p>La première tranche fournira 4,5 GW à Océane.</p>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PACKED = gzip.compress(PAGE.encode())


def response(body: bytes | str = PAGE, headers: dict[str, str] = HTML, status: str = "200 OK") -> bytes:
    """Return a response as it is sent, with the length of its body."""
    sent = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    if "Transfer-Encoding" not in headers and "Content-Length" not in headers:
        lines.append(f"Content-Length: {len(sent)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + sent


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def _encoded(coding: str, body: bytes) -> bytes:
    return response(body, HTML | {"Content-Encoding": coding})


def _typed(content_type: str, body: bytes | str) -> bytes:
    return response(body, {"Content-Type": content_type})


EARLY = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"

ANSWERS: dict[str, bytes] = {
    "/ok": response(),
    "/closed": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode(),
    "/chunked": response(b"5\r\n<p>ab\r\n3;x=y\r\ncd.\r\n0\r\n\r\n", HTML | {"Transfer-Encoding": "chunked"}),
    "/gzip": _encoded("gzip", PACKED),
    "/xgzip": _encoded("X-GZip", PACKED),
    "/gziptrail": _encoded("gzip", PACKED + b"rubbish after the end"),
    "/gziptwo": _encoded("gzip", gzip.compress(PAGE[:50].encode()) + gzip.compress(PAGE[50:].encode())),
    "/gzipmany": _encoded("gzip", gzip.compress(b"") * 5_000),
    "/gzipcut": _encoded("gzip", PACKED[:-20]),
    "/gziplie": _encoded("gzip", PAGE.encode()),
    "/gzipempty": _encoded("gzip", gzip.compress(b"")),
    "/gziponebyte": _encoded("gzip", b"\x1f"),
    "/gzippng": _encoded("gzip", gzip.compress(PNG)),
    "/gzipgzip": _encoded("gzip, gzip", gzip.compress(PACKED)),
    "/gzipinside": response(PACKED),
    "/deflate": _encoded("deflate", zlib.compress(PAGE.encode())),
    "/rawdeflate": _encoded("deflate", _raw_deflate(PAGE.encode())),
    "/deflatecut": _encoded("deflate", zlib.compress(PAGE.encode())[:-10]),
    "/identity": _encoded("identity", PAGE.encode()),
    "/zstd": _encoded("zstd", b"\x28\xb5\x2f\xfd" + bytes(20)),
    "/br": _encoded("br", b"\x8b\x00\x80x\x03"),
    "/rot13": _encoded("rot13", PAGE.encode()),
    "/shortbody": response(PAGE, HTML | {"Content-Length": "5000"}),
    "/longcl": response(b"", HTML | {"Content-Length": "99999999999"}),
    "/hugecl": response(b"", HTML | {"Content-Length": "9" * 400}),
    "/negativecl": response(PAGE, HTML | {"Content-Length": "-1"}),
    "/oddcl": response(PAGE, HTML | {"Content-Length": "0x20"}),
    "/twocl": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\n<p>abcdefg",
    "/clandte": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "/badchunk": response(b"ZZZ\r\nabc\r\n0\r\n\r\n", HTML | {"Transfer-Encoding": "chunked"}),
    "/hugechunk": response(b"F" * 40 + b"\r\nabc", HTML | {"Transfer-Encoding": "chunked"}),
    "/cutchunk": response(b"ff\r\nabc", HTML | {"Transfer-Encoding": "chunked"}),
    "/nohttp": b"SSH-2.0-OpenSSH_9.6\r\n",
    "/http09": PAGE.encode(),
    "/nothing": b"",
    "/badheader": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nBad\x00Header: x\r\n\r\n" + PAGE.encode(),
    "/longhdr": response(PAGE, HTML | {"X-Long": "x" * 100_000}),
    "/manyhdr": response(PAGE, HTML | {f"X-{number}": "1" for number in range(1_000)}),
    "/longstatus": response(PAGE, HTML, "200 " + "O" * 100_000),
    "/100": EARLY + response(),
    "/101": response("", {"Upgrade": "websocket", "Connection": "Upgrade"}, "101 Switching Protocols"),
    "/status999": response(PAGE, HTML, "999 X"),
    "/status99999": response(PAGE, HTML, "99999 X"),
    "/204": b"HTTP/1.1 204 No Content\r\n\r\n",
    "/304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "/png": _typed("image/png", PNG),
    "/pngashtml": response(PNG),
    "/jpegastext": _typed("text/plain", b"\xff\xd8\xff\xe0" + bytes(40)),
    "/elf": _typed("application/octet-stream", b"\x7fELF" + bytes(40)),
    "/mp4": _typed("application/octet-stream", b"\x00\x00\x00\x20ftypisom" + bytes(40)),
    "/webp": _typed("", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    "/noct": response(PAGE, {}),
    "/oddct": _typed("nonsense", PAGE),
    "/json": _typed("application/json", "{}"),
    "/js": _typed("text/javascript; charset=utf-8", "alert(1)"),
    "/css": _typed("text/css", "p{}"),
    "/svg": _typed("image/svg+xml", "<svg/>"),
    "/zip": _typed("application/zip", b"PK\x03\x04" + bytes(30)),
    "/docx": _typed(DOCX, b"PK\x03\x04" + bytes(30)),
    "/doc.docx": _typed("application/octet-stream", b"PK\x03\x04" + bytes(30)),
    "/pdf": _typed("application/pdf", b"%PDF-1.7\n"),
    "/markdown": _typed("text/markdown; charset=UTF-8; variant=GFM", "# Titre\n\nTexte."),
    "/text": _typed("Text/Plain", "Du texte."),
    "/xhtml": _typed("application/xhtml+xml", PAGE),
    "/rss": _typed("application/rss+xml; charset=utf-8", "<rss/>"),
    "/atom": _typed("application/atom+xml", "<feed/>"),
    "/xml": _typed("text/xml", "<rss/>"),
    "/latin1": _typed("text/html; charset=ISO-8859-1", PAGE.encode("latin-1")),
    "/utf7": _typed('text/html; charset="utf-7"', "+ADw-script+AD4-"),
    "/codec": _typed("text/plain; charset=zlib_codec", zlib.compress(b"Du texte.")),
    "/oddcharset": _typed("text/html; charset=<script>", PAGE),
    "/empty": response(b""),
    "/longline": response("x" * 5_000_000),
    "/deep": response("<div>" * 100_000),
    "/keepalive": response() + response("<p>smuggled"),
    "/refreshhdr": response(PAGE, HTML | {"Refresh": "0;url=http://127.0.0.1/"}),
    "/refreshself": response(PAGE, HTML | {"Refresh": "5; url=/refreshself"}),
    "/refreshreload": response(PAGE, HTML | {"Refresh": "3"}),
    "/refreshlate": response(PAGE, HTML | {"Refresh": "900; url=/"}),
    "/metarefresh": response(f"<meta content=\"0; URL='http://127.0.0.1/'\" http-equiv=Refresh>{PAGE}"),
    "/metaescaped": response(f"<META HTTP-EQUIV='refresh' CONTENT='1;url=&#x2f;ok'>{PAGE}"),
    "/metaself": response(f'<meta http-equiv="refresh" content="5;url=/metaself?utm_source=x">{PAGE}'),
    "/metalate": response(f'<meta http-equiv="refresh" content="600;url=/ok">{PAGE}'),
    "/metanoscript": response(f'<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>{PAGE}'),
    "/metacomment": response(f'<!-- <meta http-equiv="refresh" content="0;url=/old"> -->{PAGE}'),
    "/metatext": _typed("text/plain", 'Write <meta http-equiv="refresh" content="0;url=/x"> to forward.'),
    "/r-cookie": response("", {"Location": "/ok", "Set-Cookie": "tracked=1; Path=/"}, "302 Found"),
    "/cookie": response(PAGE, HTML | {"Set-Cookie": "tracked=2; Path=/"}),
    "/twolocations": b"HTTP/1.1 302 Found\r\nLocation: /ok\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n",
    "/nolocation": response("", {}, "302 Found"),
    "/latin1location": response("", {"Location": "/caf\udce9"}, "302 Found"),
    "/redirectbody": response("x" * 1_000_000, {"Location": "/ok"}, "301 Moved Permanently"),
    **{f"/{status}": response(PAGE, HTML, f"{status} X") for status in (201, 206, 400, 401, 402, 403, 404, 405)},
    **{f"/{status}": response(PAGE, HTML, f"{status} X") for status in (408, 410, 418, 451, 500, 501, 502, 504, 520)},
    **{f"/{status}": response(PAGE, HTML | {"Retry-After": "999999"}, f"{status} X") for status in (429, 503)},
    "/pingpong/a": response("", {"Location": "/pingpong/b"}, "302 Found"),
    "/pingpong/b": response("", {"Location": "/pingpong/a"}, "302 Found"),
    "/self": response("", {"Location": "/self", "Set-Cookie": "a=b"}, "307 Temporary Redirect"),
}


class Request(NamedTuple):
    """What a client asked for; the names of ``headers`` in small letters."""

    path: str
    headers: dict[str, str]


class Pages:
    """The server while it runs, and what it has seen; ``most`` is how many connections were open at one time.

    ``asked`` is set when the first request has come; ``serving`` is who is being answered.
    """

    def __init__(self, greeting: bytes | None) -> None:
        self._greeting = greeting
        self.requests: list[Request] = []
        self.port = 0
        self.open = self.most = self.connections = 0
        self.asked = asyncio.Event()
        self.serving: set[asyncio.StreamWriter] = set()

    @property
    def place(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    def url(self, path: str, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(writer)
        self.connections += 1
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            if self._greeting is not None:
                writer.write(self._greeting)
                await reader.read()
                return
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            path = head[0].split(" ")[1]
            self.requests.append(Request(path, headers))
            self.asked.set()
            await self._answer(urlsplit(path).path, path, headers, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has gone, as it may
        finally:
            self.open -= 1
            self.serving.discard(writer)
            writer.close()

    async def _answer(
        self,
        path: str,
        target: str,
        headers: dict[str, str],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        if behaviour := BEHAVIOURS.get(path):
            await behaviour(reader, writer)
        elif path == "/echo":
            writer.write(_typed("text/plain", json.dumps(headers)))
        elif path == "/r":
            writer.write(_redirect(target))
        elif path.startswith("/chain/"):
            left = int(path.removeprefix("/chain/"))
            writer.write(response("", {"Location": f"/chain/{left - 1}"}, "308 X") if left else response())
        elif path == "/validated":
            is_known = headers.get("if-none-match") == '"v1"'
            tags = {"ETag": '"v1"', "Last-Modified": "Tue, 04 Mar 2025 08:00:00 GMT"}
            writer.write(response("", {}, "304 Not Modified") if is_known else response(PAGE, HTML | tags))
        else:
            writer.write(ANSWERS.get(unquote(path, errors="replace"), ANSWERS["/ok"]))
        await writer.drain()


def _redirect(target: str) -> bytes:
    """Answer ``/r?status=302&to=...``: the rest of the query is the address, byte for byte."""
    status = parse_qs(urlsplit(target).query).get("status", ["302"])[0]
    location = unquote(target.partition("to=")[2], errors="surrogateescape")
    return response("", {"Location": location}, f"{status} X")


async def _hang(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def _drip(data: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a little now and then, for ever, until the client goes."""
    while True:
        writer.write(data)
        await writer.drain()
        with suppress(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.02)
            return


async def _slow_header(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await _drip(b"x", reader, writer)


async def _slow_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
    await _drip(b"x", reader, writer)


async def _slow_trailer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(response(b"3\r\n<p>\r\n0\r\n", HTML | {"Transfer-Encoding": "chunked"}))
    await _drip(b"X-T: 1\r\n", reader, writer)


def _endless(head: bytes, data: bytes) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def send(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.transport.is_closing():
            writer.write(data)
            await writer.drain()
            await asyncio.sleep(0)  # an encrypted connection that is lost may never wait

    return send


async def _bomb(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")
    packer = zlib.compressobj(9, wbits=31)
    once = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    writer.write(once)
    for _ in range(1_000):
        writer.write(again)
        await writer.drain()
        await asyncio.sleep(0)


async def _reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(response(PAGE, HTML | {"Content-Length": "100000"}))
    await writer.drain()
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


_OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
BEHAVIOURS = {
    "/hang": _hang,
    "/slowhdr": _slow_header,
    "/slowbody": _slow_body,
    "/slowtrailer": _slow_trailer,
    "/endless": _endless(_OPEN, b"<p>encore</p>" * 5_000),
    "/endlesshdr": _endless(b"HTTP/1.1 200 OK\r\n", b"X-n: 1\r\n" * 5_000),
    "/endlessline": _endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 50_000),
    "/endless100": _endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000),
    "/endlesschunk": _endless(response(b"1;", HTML | {"Transfer-Encoding": "chunked"}), b"x" * 50_000),
    "/endlesstrailer": _endless(response(b"0\r\n", HTML | {"Transfer-Encoding": "chunked"}), b"X-n: 1\r\n" * 5_000),
    "/gzipbomb": _bomb,
    "/reset": _reset,
}


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None, *, greeting: bytes | None = None) -> AsyncIterator[Pages]:
    """Run the server on a free port of 127.0.0.1. With a ``greeting`` it says that and nothing more."""
    pages = Pages(greeting)
    server = await asyncio.start_server(pages.serve, "127.0.0.1", 0, ssl=tls)
    pages.port = server.sockets[0].getsockname()[1]
    try:
        yield pages
    finally:
        closed = asyncio.ensure_future(server.wait_closed())
        await asyncio.sleep(0)  # before Python 3.12 only who waits already is told when the last connection is closed
        server.close()
        for writer in pages.serving:
            writer.transport.abort()
        await closed
