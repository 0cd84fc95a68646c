"""Health and metrics over HTTP, on a real socket."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.operation.doctor import examine_running
from bot.operation.health import AddressUnusable, served
from bot.operation.metrics import Metrics
from index.errors import StoreUnavailable
from index.library import Library
from tests.bot.loopback_discord import TOKEN


class Bot:
    """Something that may be well or not."""

    def __init__(self) -> None:
        self.reason: str | None = None
        self.metrics = Metrics()

    async def examine(self) -> str | None:
        return self.reason


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def address(bot: Bot) -> AsyncIterator[str]:
    async with served("127.0.0.1", 0, examine=bot.examine, expose=bot.metrics.exposition) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_health_is_200_where_all_is_well_and_else_503_with_the_reason(
    bot: Bot, address: str, client: aiohttp.ClientSession
) -> None:
    async with client.get(f"{address}/healthz") as response:
        assert (response.status, await response.json()) == (200, {"status": "ok"})
    bot.reason = "not connected to Discord"
    async with client.get(f"{address}/healthz") as response:
        expected = {"status": "unwell", "reason": "not connected to Discord"}
        assert (response.status, await response.json()) == (503, expected)
        assert response.headers["Cache-Control"] == "no-store"


async def test_metrics_count_answers_failures_and_refusals(
    bot: Bot, address: str, client: aiohttp.ClientSession, library: Library
) -> None:
    for question in ("Combien de puces GB200 ?", "How much does Google pay Oracle?"):
        bot.metrics.answered(await library.ask(question), "mention")
    bot.metrics.failed("store")
    bot.metrics.refused_by_limit("person")
    bot.metrics.refused_by_limit("person")
    async with client.get(f"{address}/metrics") as response:
        lines = (await response.text()).splitlines()
        assert (response.status, response.content_type) == (200, "text/plain")
    assert 'sourcier_answers_total{verdict="answered",via="mention"} 1.0' in lines
    assert 'sourcier_answers_total{verdict="unanswered",via="mention"} 1.0' in lines
    assert 'sourcier_answer_seconds_count{via="mention"} 2.0' in lines
    assert 'sourcier_failures_total{kind="store"} 1.0' in lines
    assert 'sourcier_refused_by_limit_total{kind="person"} 2.0' in lines
    assert any(line.startswith("sourcier_up_since_seconds 1") for line in lines)


async def test_levels_are_read_when_they_are_asked_for_and_one_that_cannot_be_is_no_number() -> None:
    metrics = Metrics()
    servers = [1]

    async def count() -> float:
        raise StoreUnavailable("The store cannot be read.")

    assert b"sourcier_servers" not in await metrics.exposition()
    metrics.watch("servers", lambda: servers[0])
    metrics.watch("shared_sources", count)
    servers[0] = 7
    exposed = (await metrics.exposition()).decode().splitlines()
    assert "sourcier_servers 7.0" in exposed
    assert "sourcier_shared_sources NaN" in exposed


async def test_each_bot_counts_for_itself(bot: Bot) -> None:
    bot.metrics.failed("store")
    assert b'sourcier_failures_total{kind="store"}' not in await Metrics().exposition()


@pytest.mark.parametrize("path", ["/", "/health", "/metrics/", "/healthz/x", "/static/../.env", "//etc/passwd"])
async def test_nothing_else_is_served(address: str, client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(address + path) as response:
        assert response.status == 404
        assert "aiohttp" not in str(response.headers)
    async with client.post(f"{address}/metrics", data=b"x") as response:
        assert response.status == 405


async def test_an_address_that_cannot_be_had_is_told_in_a_sentence(bot: Bot) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(AddressUnusable, match=f"127.0.0.1 port {taken}, is already in use; .*METRICS_PORT"):
            async with served("127.0.0.1", taken, examine=bot.examine, expose=bot.metrics.exposition):
                pass
    with pytest.raises(AddressUnusable, match=r"192\.0\.2\.1 port 80, cannot be listened at .*METRICS_HOST"):
        async with served("192.0.2.1", 80, examine=bot.examine, expose=bot.metrics.exposition):
            pass


async def test_the_port_is_free_again_afterwards(bot: Bot) -> None:
    async with served("127.0.0.1", 0, examine=bot.examine, expose=bot.metrics.exposition) as port:
        pass
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_a_check_from_outside_says_whether_the_running_bot_is_well(
    bot: Bot, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("SOURCIER_METRICS_HOST", "0.0.0.0")  # noqa: S104 - only asked, not listened at
    monkeypatch.setenv("SOURCIER_METRICS_PORT", address.rpartition(":")[2])
    assert [finding.level for finding in await examine_running(None)] == ["good"]
    bot.reason = "the store does not answer"
    ((level, about, says),) = await examine_running(None)
    assert (level, about, says) == ("bad", "Bot", "the store does not answer")


async def test_a_check_from_outside_finds_no_bot_where_none_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
        monkeypatch.setenv("SOURCIER_METRICS_PORT", str(closed.getsockname()[1]))
        ((level, _, says),) = await examine_running(tmp_path)
    assert (level, "nothing answers at http://127.0.0.1:" in says) == ("bad", True)


async def test_without_a_token_or_a_port_a_check_from_outside_is_the_doctors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.setenv("SOURCIER_METRICS_PORT", "9")
    assert "Store" in [finding.about for finding in await examine_running(tmp_path / "data")]
