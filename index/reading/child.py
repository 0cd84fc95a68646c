"""The process in which a document from outside is taken apart; ``index.reading.apart`` starts it.

It reads one request from its standard input and writes one answer to its standard output, then ends. Before it looks at
the request it gives up what it does not need: memory, time, files to write, further processes, the network.

A request is a line of JSON (``Request``), then the document's bytes. An answer is a line of JSON (``Answer``), then the
article's text in UTF-8 where one was read.
"""

import json
import os
import sys
from typing import BinaryIO, NoReturn, TypedDict


class Request(TypedDict):
    """What the first line of a request says; ``size`` is the document's, in bytes.

    ``feed``: the document is a feed, and what it names is wanted; else it is an article.
    """

    feed: bool
    name: str
    media_type: str | None
    charset: str | None
    url: str | None
    given: dict[str, str | None]
    size: int


class Answer(TypedDict, total=False):
    """What the first line of an answer says: one of these.

    ``reading`` is a reading without its text; ``feed`` is what a feed names; ``refused`` is a ``Refusal``;
    ``exhausted``: there was too little memory; ``failed`` says what a parser did that it should not do.
    """

    reading: dict[str, object]
    feed: dict[str, object]
    refused: dict[str, object]
    exhausted: bool
    failed: str


class Bounds(TypedDict):
    """What the process may use: bytes of memory, seconds of the processor, and how far it steps back for others."""

    memory: int
    processor: int
    nice: int


_MOST_FILES = 64
_LONGEST_LINE = 1_000_000
_LONGEST_COMPLAINT = 500
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "os.kill",
    "os.putenv",
    "shutil.",
    "tempfile.",
    "ftplib.",
    "http.",
    "urllib.",
    "smtplib.",
    "webbrowser.",
    "pty.",
)


def main(bounds: str, source: BinaryIO, sink: BinaryIO) -> None:
    """Answer the request in ``source`` to ``sink``; ``bounds`` is what may be used, as JSON."""
    _give_up(json.loads(bounds))
    text = ""
    try:
        answer, text = _answer(source)
    except MemoryError:
        answer = Answer(exhausted=True)
    sink.write(json.dumps(answer).encode() + b"\n")
    sink.write(text.encode())
    sink.flush()


def _answer(source: BinaryIO) -> tuple[Answer, str]:
    # Imported after the limits are set, so that what a document may use does not depend on what was there before.
    from index.errors import BadInput
    from index.reading.document import Document
    from index.reading.feeds import read_feed
    from index.reading.reader import read
    from index.refusal import Refusal

    request: Request = json.loads(source.readline(_LONGEST_LINE))
    data = source.read(request["size"])
    document = Document(data, request["name"], request["media_type"], request["charset"], request["url"])
    sys.addaudithook(_refuse)
    try:
        if request["feed"]:
            return Answer(feed=read_feed(document).model_dump(mode="json")), ""
        reading = read(document, request["given"])
    except BadInput as error:
        return Answer(refused=Refusal.of(error).model_dump(mode="json")), ""
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a parser does with hostile bytes, the parent is told
        return Answer(failed=f"{type(error).__name__}: {error}"[:_LONGEST_COMPLAINT]), ""
    return Answer(reading=reading.model_dump(mode="json", exclude={"article": {"text"}})), reading.article.text


def _give_up(bounds: Bounds) -> None:
    """Limit what this process may use, as far as the operating system lets it."""
    if hasattr(os, "nice"):
        os.nice(bounds["nice"])
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    wanted = {
        "RLIMIT_AS": bounds["memory"],
        "RLIMIT_CPU": bounds["processor"],
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": _MOST_FILES,
        "RLIMIT_NPROC": 0,
    }
    for name, most in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, ceiling = resource.getrlimit(kind)
        # A second later the process is killed; until then the signal says that its time was up.
        hard = most + 1 if name == "RLIMIT_CPU" else most
        soft, hard = (limit if ceiling == resource.RLIM_INFINITY else min(limit, ceiling) for limit in (most, hard))
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it
            continue


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what no reading of a document needs; an audit hook (https://peps.python.org/pep-0578)."""
    if event == "open":
        _path, mode, flags = arguments
        writes = isinstance(flags, int) and flags & _WRITING
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            _deny(event)
    elif event.startswith(_REFUSED):
        _deny(event)


def _deny(event: str) -> NoReturn:
    raise PermissionError(f"reading a document never needs {event}")


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
