"""The bot as a process, from its start to its end, beside a Discord of our own on loopback."""

import asyncio
import json
import os
import select
import signal
import socket
import sys
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.operation.running import checked_token
from bot.settings import Settings
from index.errors import BadInput
from index.library import Library
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine, one_line
from tests.bot.loopback_discord import TOKEN, LoopbackDiscord, loopback_discord
from tests.bot.loopback_payloads import APPLICATION
from tests.bot.started_bot import PATIENCE, get, run

QUESTION = "How many GB200 chips did Oracle buy?"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with loopback_discord() as opened:
        yield opened


@pytest.mark.parametrize("token", ["nonsense", "Bot " + TOKEN, TOKEN.replace("MTIz", "YWJj"), TOKEN + ".x"])
def test_what_cannot_be_a_token_is_refused_without_naming_it(token: str) -> None:
    with pytest.raises(BadInput, match="DISCORD_TOKEN does not have the form") as refused:
        checked_token(Settings(discord_token=SecretStr(token)))
    assert token not in str(refused.value)


def test_a_token_that_cannot_be_one_is_told_in_a_sentence_without_it(new_sourcier: CommandLine) -> None:
    ended = new_sourcier("run", environment={"DISCORD_TOKEN": f"Bot {TOKEN}"})
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "DISCORD_TOKEN does not have the form", "https://discord.com/developers/applications")
    assert TOKEN not in ended.err
    assert not new_sourcier.data.exists()


def test_a_wrong_setting_is_told_in_a_sentence_without_its_value(newly_called: CalledCommand) -> None:
    ended = newly_called("run", environment={"DISCORD_TOKEN": TOKEN, "SOURCIER_METRICS_PORT": TOKEN})
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "SOURCIER_METRICS_PORT must be a port number from 0 to 65535.")
    assert TOKEN not in ended.err


def test_without_a_token_it_is_the_chat_which_ends_with_its_input(sourcier: CommandLine) -> None:
    ended = sourcier("run", stdin=b"Combien de puces GB200 ?\n", environment={"DISCORD_TOKEN": " "})
    assert (ended.status, ended.err) == (0, "")
    assert "400 000 puces GB200" in ended.out.replace("\u00a0", " ")
    assert sourcier("run") == (0, "", "")


def test_without_a_token_a_terminal_is_told_that_this_is_the_chat(sourcier: CommandLine) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    shell = ["sh", "-c", 'terminal=$1; shift; exec "$@" 2>"$terminal"', "sh", os.ttyname(theirs)]
    assert sourcier("run", before=shell).status == 0
    assert select.select([ours], [], [], PATIENCE)[0]
    told = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert told == "sourcier: DISCORD_TOKEN is not set, so this is the chat in the terminal.\r\n"


def test_a_chat_that_waits_for_a_question_ends_when_it_is_asked_to(sourcier: CommandLine) -> None:
    import subprocess

    with sourcier.start("run", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b":help\n")
        process.stdin.flush()
        while b":quit" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert (process.wait(PATIENCE), process.stderr.read()) == (0, b"")


async def test_a_token_that_discord_refuses_ends_it_with_a_sentence(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    discord.login_statuses = [401]
    async with run(sourcier, SOURCIER_DISCORD_API=discord.api) as running:
        assert await running.end() == 1
    last = running.log.splitlines(keepends=True)[-1]
    assert one_line(last, "Discord refuses the token in DISCORD_TOKEN", "Reset Token")


async def test_where_discord_cannot_be_reached_it_says_so_and_tries_on_until_it_is_asked_to_end(
    sourcier: CommandLine,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}/api/v10"
        async with run(sourcier, SOURCIER_DISCORD_API=nowhere, SOURCIER_METRICS_PORT="0") as running:
            port = await running.metrics_port()
            waited = [await running.field("Discord cannot be reached; trying again", "in_seconds") for _ in range(2)]
            assert await get(port, "/healthz") == (503, '{"status": "unwell", "reason": "not connected to Discord"}')
            running.process.terminate()
            assert await running.end() == 0
    first, second = (float(str(seconds)) for seconds in waited)
    assert 1 <= first <= 2 <= second <= 4
    assert "stopped" in running.log.splitlines()[-1]


async def test_trouble_of_discord_passes_and_then_it_answers_and_an_answer_under_way_survives_the_end(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    discord.login_statuses = [503]
    settings = {"SOURCIER_DISCORD_API": discord.api, "SOURCIER_METRICS_PORT": "0", "SOURCIER_LOG_LEVEL": "debug"}
    async with run(sourcier, **settings) as running:
        port = await running.metrics_port()
        assert "503" in str(await running.field("Discord cannot be reached", "why"))
        link = await running.field("may invite the bot", "link")
        assert f"client_id={APPLICATION}&" in str(link)
        assert await get(port, "/healthz") == (200, '{"status": "ok"}')
        assert sourcier("doctor").out.count("ok    Writer") == 1
        well = sourcier("health", environment={"DISCORD_TOKEN": TOKEN, "SOURCIER_METRICS_PORT": str(port)})
        assert (well.status, well.err) == (0, "")

        discord.may_acknowledge.clear()
        await discord.ask(QUESTION)
        async with asyncio.timeout(PATIENCE):
            assert (await discord.heard.get())[0] == "callback"
        running.process.send_signal(signal.SIGINT)
        await running.until("stopping")
        assert await get(port, "/healthz") == (503, '{"status": "unwell", "reason": "stopping"}')
        discord.may_acknowledge.set()
        async with asyncio.timeout(PATIENCE):
            kind, shown = await discord.heard.get()
        assert (kind, "400\\u00a0000" in json.dumps(shown) or "400 000" in json.dumps(shown)) == ("shown", True)
        assert await running.end() == 0
    assert "GB200" not in running.log
    assert '"verdict": "answered"' in running.log
    async with await Library.open(sourcier.data, "write"):
        pass  # nobody holds the store any more


async def test_metrics_tell_of_answers_and_nothing_else_is_served(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    async with run(sourcier, SOURCIER_DISCORD_API=discord.api, SOURCIER_METRICS_PORT="0") as running:
        port = await running.metrics_port()
        await running.until("may invite the bot")
        await discord.ask(QUESTION)
        async with asyncio.timeout(PATIENCE):
            assert [(await discord.heard.get())[0] for _ in range(2)] == ["callback", "shown"]
        status, metrics = await get(port, "/metrics")
        assert status == 200
        assert 'sourcier_answers_total{verdict="answered",via="ask"} 1.0\n' in metrics
        assert 'sourcier_answer_seconds_count{via="ask"} 1.0\n' in metrics
        assert "sourcier_servers 0.0\n" in metrics
        assert "sourcier_shared_sources 5.0\n" in metrics
        assert "sourcier_shelves_in_memory 1.0\n" in metrics
        assert [(await get(port, path))[0] for path in ("/", "/metrics/", "/healthz/../..", "/.env")] == [404] * 4


async def test_a_signal_in_the_middle_of_the_start_ends_it_in_order(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    discord.may_log_in.clear()
    async with run(sourcier, SOURCIER_DISCORD_API=discord.api) as running:
        await running.until("logging in")
        running.process.terminate()
        assert await running.end() == 0
    assert "stopped" in running.log.splitlines()[-1]


async def test_a_second_signal_ends_it_at_once(sourcier: CommandLine, discord: LoopbackDiscord) -> None:
    discord.may_acknowledge.clear()
    async with run(sourcier, SOURCIER_DISCORD_API=discord.api) as running:
        await running.until("may invite the bot")
        await discord.ask(QUESTION)
        async with asyncio.timeout(PATIENCE):
            await discord.heard.get()
        running.process.terminate()
        await running.until("stopping")
        running.process.terminate()
        assert await running.end() == -signal.SIGTERM


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4014, ("message content intent", "/applications", "SOURCIER_MESSAGE_CONTENT")),
        (4004, ("refuses the token in DISCORD_TOKEN",)),
        (4011, ("shards", "SOURCIER_SHARDS")),
    ],
)
async def test_what_the_gateway_refuses_ends_it_with_a_sentence(
    sourcier: CommandLine, discord: LoopbackDiscord, code: int, words: tuple[str, ...]
) -> None:
    discord.gateway.close_code = code
    async with run(sourcier, SOURCIER_DISCORD_API=discord.api, SOURCIER_MESSAGE_CONTENT="true") as running:
        assert await running.end() == 1
    assert one_line(running.log.splitlines(keepends=True)[-1], *words)
    assert (await discord.gateway.identified.get())["intents"] & 1 << 15


async def test_an_address_for_metrics_that_is_taken_is_told(sourcier: CommandLine) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        async with run(sourcier, SOURCIER_METRICS_PORT=port) as running:
            assert await running.end() == 1
    assert one_line(running.log, f"127.0.0.1 port {port}, is already in use", "SOURCIER_METRICS_PORT")


async def test_beside_another_writer_it_ends_with_a_sentence(sourcier: CommandLine) -> None:
    async with await Library.open(sourcier.data, "write"), run(sourcier) as running:
        assert await running.end() == 1
    assert one_line(running.log, "is writing to", str(os.getpid()))


def test_asking_and_help_load_nothing_of_discord(sourcier: CommandLine) -> None:
    heavy = "{'discord', 'structlog', 'aiohttp', 'prometheus_client'}"
    code = f"import atexit, sys; atexit.register(lambda: print({heavy} & set(sys.modules), file=sys.stderr))\n"
    code += "from bot.cli import main; main()"
    sourcier.command = [sys.executable, "-c", code]
    for arguments in (["--help"], ["ask", QUESTION], ["doctor"]):
        ended = sourcier(*arguments)
        assert (ended.status, ended.err) == (0, "set()\n")
