"""A started `sourcier run`: its process, its log, the pages that it serves."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.bot.command_line import CommandLine, Started
from tests.bot.loopback_discord import INTERACTION_TOKEN, TOKEN

PATIENCE = 60  # seconds; only a failure waits so long

_LONGEST_LINE = 1_000_000  # bytes; a traceback is one line


class Running:
    """A started bot. ``log`` has what it has logged so far: it is read all the time, or the bot would wait for that."""

    def __init__(self, process: Started) -> None:
        self.process = process
        self.log = ""
        self._lines: asyncio.Queue[str] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    async def until(self, words: str) -> str:
        """Wait for the next line that has some words in it, and return that line."""
        async with asyncio.timeout(PATIENCE):
            while line := await self._lines.get():
                if words in line:
                    return line
        raise AssertionError(f"“{words}” was never logged:\n{self.log}")

    async def field(self, words: str, name: str) -> object:
        return json.loads(await self.until(words))[name]

    async def metrics_port(self) -> int:
        return int(str(await self.field("health and metrics are served", "port")))

    async def end(self) -> int:
        """Wait for the end; return how the process ended."""
        async with asyncio.timeout(PATIENCE):
            await self._reading
            return await asyncio.to_thread(self.process.wait, PATIENCE)

    async def _read(self) -> None:
        assert self.process.stderr is not None
        lines = asyncio.StreamReader(_LONGEST_LINE)
        protocol = asyncio.StreamReaderProtocol(lines)
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, self.process.stderr)
        while line := (await lines.readline()).decode():
            self.log += line
            self._lines.put_nowait(line)
        pipe.close()
        self._lines.put_nowait("")


@asynccontextmanager
async def run(sourcier: CommandLine, **settings: str) -> AsyncIterator[Running]:
    """Start a bot with some settings; it is killed at the end if it still runs. Nothing secret may be in its log."""
    environment = {"DISCORD_TOKEN": TOKEN} | settings
    process = sourcier.start("run", stdout=subprocess.DEVNULL, environment=environment)
    running = Running(process)
    try:
        yield running
    finally:
        process.kill()
        await running.end()
    assert TOKEN not in running.log
    assert INTERACTION_TOKEN not in running.log


async def get(port: int, path: str) -> tuple[int, str]:
    """Ask the bot's own server for a page; return its status and its body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    return int(head.split()[1]), body
