"""The bot in a simulated Discord, on a copy of a store that was made once."""

import shutil
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.operation.logs import configure_logs
from bot.settings import Settings
from tests.bot.discord.limits import check


@pytest.fixture(autouse=True)
def log(logging_as_it_was: None) -> StringIO:  # noqa: ARG001 - it is undone at the end
    """What the bot logs during a test, one JSON object a line."""
    stream = StringIO()
    configure_logs("INFO", "json", hidden=(), stream=stream)
    return stream


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    """The settings of a bot whose library is that of the first day."""
    shutil.copytree(prepared, tmp_path / "store")
    return Settings(data=tmp_path / "store")


@pytest.fixture
def simcord_bot(settings: Settings) -> Sourcier:
    """What simcord starts."""
    return create_bot(settings)


@pytest.fixture
async def env(simcord_env: Env) -> AsyncIterator[Env]:
    """Discord with the bot in it; at the end, all that the bot has sent is held to Discord's limits."""
    yield simcord_env
    check(simcord_env.http_requests)
