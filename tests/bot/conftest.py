"""The command line on a copy of a store that was made once."""

import asyncio
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from index.library import Library
from tests.bot.command_line import CommandLine


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    """Undo what a test does to the logging of the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: found.level for name, found in root.manager.loggerDict.items() if isinstance(found, logging.Logger)}
    yield
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in root.manager.loggerDict:
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the first day, not to be changed."""

    async def make(folder: Path) -> None:
        async with await Library.open(folder, "write"):
            pass

    folder = tmp_path_factory.mktemp("prepared")
    asyncio.run(make(folder))
    return folder


@pytest.fixture
def sourcier(prepared: Path, tmp_path: Path) -> CommandLine:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(prepared, tmp_path / "store")
    return CommandLine(tmp_path / "store", home)


@pytest.fixture
def new_sourcier(tmp_path: Path) -> CommandLine:
    """The command before its first start: there is no data folder."""
    home = tmp_path / "home"
    home.mkdir()
    return CommandLine(home / "data", home)
