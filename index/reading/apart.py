"""Reading documents from outside in processes of their own: what a parser does there harms nothing here."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

import index
from index.errors import BadInput
from index.model import Noun
from index.reading.child import Answer, Bounds, Request
from index.reading.cleaning import shown
from index.reading.document import Document, Reading
from index.reading.feeds import Feed
from index.reading.waiting import Line, Room
from index.refusal import Refusal

_Said = TypeVar("_Said", bound=Noun)


Arrive = Callable[[], Awaitable[Document]]
"""Gets the bytes of a document."""

_MOST_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may use; sizes are in bytes."""

    seconds: float = 10
    """From the start of the process to its answer."""

    processor_seconds: int = 8
    memory: int = 1_000_000_000
    """Of addresses: about 0.1 GB is the program itself."""

    answer: int = 32_000_000
    """Of an article's text, in UTF-8."""

    nice: int = 10
    """How far reading steps back for answering, in the scheduler's terms: 0 not at all, 19 as far as it can."""


class Readers:
    """Reads documents, each in a process of its own, ``at_once`` at a time; further ones wait for their turn.

    By default one processor is left to those who ask. ``by`` is the person who asks, None for the operator of the
    program: the turn goes round from person to person.
    """

    def __init__(self, limits: Limits | None = None, at_once: int | None = None, room: Room | None = None) -> None:
        self.limits = limits or Limits()
        self._line = Line(at_once or min(_MOST_AT_ONCE, max(1, (os.cpu_count() or 2) - 1)), room)

    async def read(
        self, document: Document, given: Mapping[str, str | None] | None = None, *, by: str | None = None
    ) -> Reading:
        """Read a document as ``index.reading.reader.read`` does; waiting for a turn does not count as time.

        Raises ``BadInput`` with one sentence, also where a limit was reached or the process failed, as ``Refused``
        where too much waits.
        """
        async with self._line.place(by, len(document.data)) as place, self._line.turn(place):
            return await read_apart(document, given, limits=self.limits)

    async def read_arriving(
        self,
        arrive: Arrive,
        size: int,
        given: Mapping[str, str | None] | None = None,
        *,
        by: str | None = None,
    ) -> Reading:
        """Read a document of about ``size`` bytes; ``arrive`` gets it once there is room for it. Raises as ``read``."""
        async with self._line.place(by, size) as place:
            document = await arrive()
            self._line.resize(place, len(document.data))
            async with self._line.turn(place):
                return await read_apart(document, given, limits=self.limits)

    async def read_feed(self, document: Document, *, by: str | None = None) -> Feed:
        """Read a feed as ``index.reading.feeds.read_feed`` does. Raises as ``read`` does."""
        async with self._line.place(by, len(document.data)) as place, self._line.turn(place):
            return await read_feed_apart(document, limits=self.limits)


async def read_apart(
    document: Document, given: Mapping[str, str | None] | None = None, *, limits: Limits | None = None
) -> Reading:
    """Read a document in a process of its own, which is gone when this returns, raises or is cancelled.

    Raises ``BadInput`` with one sentence; where the process failed, the cause says how.
    """
    answer, text = await _answer(document, given, limits or Limits())
    return _as_said(Reading, _with_text(answer["reading"], text), shown(document.name))


async def read_feed_apart(document: Document, *, limits: Limits | None = None) -> Feed:
    """Read a feed as ``read_apart`` reads an article."""
    answer, _ = await _answer(document, None, limits or Limits(), feed=True)
    return _as_said(Feed, answer["feed"], shown(document.name))


async def _answer(
    document: Document, given: Mapping[str, str | None] | None, limits: Limits, *, feed: bool = False
) -> tuple[Answer, bytes]:
    """Return what a process makes of a document, and the text that comes with it, in UTF-8."""
    name = shown(document.name)
    ended = await _run((_request(document, given, feed=feed), document.data), limits, name)
    if ended.exceeded:
        raise BadInput("{name} cannot be read: its text is too long.", name=name)
    line, _, text = ended.output.partition(b"\n")
    answer = _parsed(line) if ended.status == 0 else None
    if answer is None:
        raise _failure(name, ended, limits) from RuntimeError(_last_line(ended))
    if "feed" in answer if feed else "reading" in answer:
        return answer, text
    if "refused" in answer:
        raise _refused(answer["refused"], name)
    if "exhausted" in answer:
        raise BadInput(_HUNGRY, name=name)
    raise BadInput(_ODD, name=name) from RuntimeError(answer.get("failed", "an answer that says nothing"))


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a process ended: its status as ``subprocess`` has it, what it wrote; ``exceeded``: it wrote too much."""

    status: int
    output: bytes
    complaints: bytes
    exceeded: bool = False


_HUNGRY = "{name} takes too much memory to read."
_ODD = "{name} cannot be read: it is damaged, or built in a way that Sourcier does not know."
_CHUNK = 1 << 16
_MOST_COMPLAINTS = 1 << 16
_KEPT_VARIABLES = ("LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ")


def _request(document: Document, given: Mapping[str, str | None] | None, *, feed: bool) -> bytes:
    request = Request(
        feed=feed,
        name=document.name,
        media_type=document.media_type,
        charset=document.charset,
        url=document.url,
        given=dict(given or {}),
        size=len(document.data),
    )
    return json.dumps(request).encode() + b"\n"


async def _run(request: tuple[bytes, ...], limits: Limits, name: str) -> _Ended:
    """Run the process to its end, or end it. Raises ``BadInput`` where it takes too long or cannot be started."""
    bounds = Bounds(memory=limits.memory, processor=limits.processor_seconds, nice=limits.nice)
    process = await _start(bounds, name)
    try:
        async with asyncio.timeout(limits.seconds):
            return await _exchange(process, request, limits.answer)
    except TimeoutError as error:
        raise _too_long(name, limits) from error
    finally:
        await _end(process)


async def _start(bounds: Bounds, name: str) -> asyncio.subprocess.Process:
    try:
        # Without the folder it is started in, without the user's packages, without byte code to write.
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-s", "-B", "-X", "utf8", "-m", "index.reading.child", json.dumps(bounds)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
    except OSError as error:
        raise BadInput("{name} cannot be read now: no process can be started for it.", name=name) from error


def _environment() -> dict[str, str]:
    """Return the variables of the process: no secret of the bot is in them."""
    kept = {variable: os.environ[variable] for variable in _KEPT_VARIABLES if variable in os.environ}
    return kept | {"PYTHONPATH": str(Path(index.__file__).parents[1])}


async def _exchange(process: asyncio.subprocess.Process, request: tuple[bytes, ...], most: int) -> _Ended:
    """Send the request and take the answer; more than ``most`` bytes of it are not waited for."""
    assert process.stdin and process.stdout and process.stderr  # noqa: PT018, S101 - all three are pipes
    asking = asyncio.create_task(_send(process.stdin, request))
    complaining = asyncio.create_task(_take(process.stderr, _MOST_COMPLAINTS))
    try:
        output = await _take(process.stdout, most + 1)
        if len(output) > most:
            return _Ended(0, b"", b"", exceeded=True)
        await asking
        return _Ended(await process.wait(), output, await complaining)
    finally:
        asking.cancel()
        complaining.cancel()
        await asyncio.gather(asking, complaining, return_exceptions=True)


async def _send(pipe: asyncio.StreamWriter, request: tuple[bytes, ...]) -> None:
    """Send the parts of a request bit by bit: what a pipe does not take at once is copied."""
    with suppress(BrokenPipeError, ConnectionResetError):  # it ended early: its status says why
        for part in request:
            view = memoryview(part)
            for start in range(0, len(part), _CHUNK):
                pipe.write(view[start : start + _CHUNK])
                await pipe.drain()
        pipe.close()


async def _take(pipe: asyncio.StreamReader, most: int) -> bytes:
    taken = bytearray()
    while len(taken) < most and (chunk := await pipe.read(min(_CHUNK, most - len(taken)))):
        taken += chunk
    return bytes(taken)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the process with all that it may have started, and wait until it is gone."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    await asyncio.shield(_gone(process))


async def _gone(process: asyncio.subprocess.Process) -> None:
    """Wait for the end of a process whose pipes nobody reads any more; a full pipe would hold it back."""
    for pipe in (process.stdout, process.stderr):
        while pipe and await pipe.read(_CHUNK):
            pass
    await process.wait()


def _parsed(line: bytes) -> Answer | None:
    """Return what a process answered; None where that is no answer."""
    try:
        answer: Answer = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _with_text(said: object, text: bytes) -> object:
    """Return a reading with the text of its article, which comes apart from it; what is none stays as it is."""
    if isinstance(said, dict) and isinstance(article := said.get("article"), dict):
        return {**said, "article": {**article, "text": text.decode("utf-8", "surrogateescape")}}
    return said


def _as_said(kind: type[_Said], said: object, name: str) -> _Said:
    """Return what a process says of a document; a process that fell to it may say anything. Raises ``BadInput``."""
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        raise BadInput(_ODD, name=name) from error


def _refused(said: object, name: str) -> BadInput:
    """Return the refusal that a process told."""
    try:
        return _as_said(Refusal, said, name).error()
    except BadInput as odd:
        return odd


def _failure(name: str, ended: _Ended, limits: Limits) -> BadInput:
    if ended.status == -getattr(signal, "SIGXCPU", 0):
        return _too_long(name, limits)
    if b"MemoryError" in ended.complaints or b"memory allocation" in ended.complaints.lower():
        return BadInput(_HUNGRY, name=name)
    return BadInput("{name} cannot be read: the program that reads it stopped before its end.", name=name)


def _too_long(name: str, limits: Limits) -> BadInput:
    sentence = "{name} takes too long to read: it was given up after {seconds} s."
    return BadInput(sentence, name=name, seconds=f"{limits.seconds:g}")


def _last_line(ended: _Ended) -> str:
    lines = ended.complaints.decode("utf-8", "replace").strip().splitlines()
    return f"status {ended.status}: {lines[-1][:500] if lines else 'without a word'}"
