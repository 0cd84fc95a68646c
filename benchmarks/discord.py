"""The bot as a process beside the loopback Discord of the tests: python -m benchmarks.discord [--store FOLDER].

A real `sourcier run` is started and asked with /ask, by different people in one channel; this process is Discord. It
knows when it told the bot of a question, when it was acknowledged and when the answer was there. Memory is what the
bot's own metrics tell. First with the seeds alone, then with the store of ``benchmarks.library``, of which ``--store``
keeps one for another time; what is used is a copy.
"""

import argparse
import asyncio
import json
import re
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import corpus
from benchmarks.library import fill
from tests.bot.command_line import CommandLine
from tests.bot.loopback_discord import Interaction, LoopbackDiscord, loopback_discord
from tests.bot.loopback_payloads import Place
from tests.bot.started_bot import Running, get, run

_SEEDS = Path(__file__).parents[1] / "tests" / "questions" / "seeds.jsonl"
_STARTS = 3
_CALM = 20  # questions one after another
_CROWD = 200  # questions at once
_ROUNDS = 5
_SETTLED = 2.0  # seconds after which a bot that is ready has warmed up
_SERVER = "5000"
_CHANNELS = [str(5001 + number) for number in range(_ROUNDS + 1)]  # one a round: a channel has its limit
_HIGHEST = re.compile(r"^process_resident_memory_bytes (\S+)$", re.MULTILINE)


class Measured:
    """A started bot that is ready, and the Discord that it is connected to."""

    def __init__(self, discord: LoopbackDiscord, running: Running, port: int) -> None:
        self._discord = discord
        self._running = running
        self._port = port
        self._people = 0

    async def memory(self) -> float:
        """Return what the bot holds, in bytes."""
        _, page = await get(self._port, "/metrics")
        found = _HIGHEST.search(page)
        if found is None:
            raise SystemExit("the bot does not tell its memory")
        return float(found[1])

    async def ask(self, questions: Sequence[str], channel: str) -> list[Interaction]:
        """Let somebody else ask each of some questions, all at once; return when all are answered."""
        asked = []
        for question in questions:
            self._people += 1
            asked.append(await self._discord.ask(question, Place(channel, _SERVER), by=1_000 + self._people))
        await self._discord.until(lambda: all(one.shown for one in asked))
        return asked


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[tuple[Measured, float, float]]:
    """Start a bot on a data folder; yields it, and the seconds until it connected and until it was ready."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    async with loopback_discord() as discord:
        discord.add_server(_SERVER, *_CHANNELS)
        began = time.perf_counter()
        settings = {"SOURCIER_DISCORD_API": discord.api, "SOURCIER_METRICS_PORT": "0"}
        async with run(CommandLine(folder, home), **settings) as running:
            port = await running.metrics_port()
            await discord.gateway.identified.get()
            connected = time.perf_counter() - began
            await running.until("may invite the bot")
            ready = time.perf_counter() - began
            yield Measured(discord, running, port), connected, ready
            running.process.terminate()
            if await running.end() != 0:
                raise SystemExit("the bot did not end well")


async def measure(folder: Path, questions: Sequence[str]) -> None:
    """Start a bot on a data folder some times, ask the last of them, and print what it took."""
    for _ in range(_STARTS - 1):
        async with started(folder) as (_, connected, ready):
            print(f"start: connected after {connected:.2f} s, ready after {ready:.2f} s", flush=True)
    async with started(folder) as (bot, connected, ready):
        print(f"start: connected after {connected:.2f} s, ready after {ready:.2f} s")
        await asyncio.sleep(_SETTLED)
        print(f"memory when ready: {await bot.memory() / 1e6:.0f} MB")
        calm = [await bot.ask([question], _CHANNELS[0]) for question in questions[:_CALM]]
        _tell(f"{_CALM} questions, one after another", [one for (one,) in calm])
        print(f"memory after {_CALM} answers: {await bot.memory() / 1e6:.0f} MB", flush=True)
        crowd = []
        for channel in _CHANNELS[1:]:
            crowd += await bot.ask(questions[:_CROWD], channel)
        _tell(f"{_CROWD} questions at once, {_ROUNDS} times", crowd)
        print(f"memory after {_CALM + len(crowd):,} answers: {await bot.memory() / 1e6:.0f} MB", flush=True)
    async with started(folder) as (bot, _, _):
        _tell(f"{_CROWD} questions at once, the first after the start", await bot.ask(questions[:_CROWD], _CHANNELS[0]))


def _tell(what: str, asked: Sequence[Interaction]) -> None:
    acknowledged = [(one.acknowledged_at or 0.0) - one.asked_at for one in asked]
    shown = [(one.shown_at or 0.0) - one.asked_at for one in asked]
    print(f"{what}: acknowledged after {_spread(acknowledged)}; answered after {_spread(shown)}", flush=True)


def _spread(times: Sequence[float]) -> str:
    ordered = [f"{seconds * 1000:.0f} ms" for seconds in sorted(times)]
    return f"{ordered[len(ordered) // 2]} (p50), {ordered[len(ordered) * 99 // 100]} (p99), {ordered[-1]} (worst)"


def main() -> None:
    """Measure with the seeds, then with many more passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="where the large store is kept; made where it is missing")
    options = parser.parse_args()
    with TemporaryDirectory() as place:
        print("the seeds")
        lines = _SEEDS.read_text("utf-8").splitlines()
        asyncio.run(measure(Path(place) / "seeds", [json.loads(line)["question"] for line in lines[:_CROWD]]))
        print(f"{options.passages:,} passages")
        found = list(corpus.passages(options.passages))
        kept = options.store or Path(place) / "kept"
        if not kept.exists():
            asyncio.run(fill(kept, found))
        folder = Path(place) / "used"
        shutil.copytree(kept, folder)
        asyncio.run(measure(folder, [" ".join(question.words) for question in corpus.questions(found, _CROWD)]))


if __name__ == "__main__":
    main()
