"""The command line on a copy of a store that was made once."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.bot.called_command import CalledCommand
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
    for name in list(root.manager.loggerDict):
        logger, before = logging.getLogger(name), levels.get(name, logging.NOTSET)
        if logger.level != before:  # each change of a level makes all loggers of the process forget what they know
            logger.setLevel(before)


@pytest.fixture
def sourcier(prepared: Path, tmp_path: Path) -> CommandLine:
    """The installed command, each time in a process of its own."""
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


@pytest.fixture
def called(sourcier: CommandLine) -> CalledCommand:
    """The same command without a process of its own, which is much faster."""
    return CalledCommand(sourcier)


@pytest.fixture
def newly_called(new_sourcier: CommandLine) -> CalledCommand:
    """The same before its first start."""
    return CalledCommand(new_sourcier)
