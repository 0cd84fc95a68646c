"""What all tests share: a library on a real store in a folder of its own, a copy of one that was made once."""

import asyncio
import gc
import shutil
import signal
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
from hypothesis import settings

from index.library import Library


def _made(folder: Path, *, seeds: bool) -> Path:
    async def make() -> None:
        async with await Library.open(folder, "write", seeds=seeds):
            pass

    asyncio.run(make())
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the first day, not to be changed."""
    return _made(tmp_path_factory.mktemp("prepared"), seeds=True)


@pytest.fixture(scope="session")
def prepared_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder without the seeds, not to be changed."""
    return _made(tmp_path_factory.mktemp("prepared_empty"), seeds=False)


@pytest.fixture
async def library(prepared: Path, tmp_path: Path) -> AsyncIterator[Library]:
    """The library of the first day: the seeds and nothing else, open for writing."""
    shutil.copytree(prepared, tmp_path / "data")
    async with await Library.open(tmp_path / "data", "write") as opened:
        yield opened


@pytest.fixture
async def empty_library(prepared_empty: Path, tmp_path: Path) -> AsyncIterator[Library]:
    """A library without the seeds."""
    shutil.copytree(prepared_empty, tmp_path / "data")
    async with await Library.open(tmp_path / "data", "write", seeds=False) as opened:
        yield opened


# No test asserts how long something takes; random examples are no exception.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Let commands be interrupted, though whoever runs the tests in the background has them ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_LONG = ("test_container.py", "test_run_under_load.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: it waits much, and at the end nobody else would use the processors meanwhile."""
    items.sort(key=lambda item: item.path.name not in _LONG)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Search for garbage seldom, and never among what the whole run keeps: all modules and tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()
