"""What all tests share: a library on a real store in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.library import Library


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    """The library of the first day: the seeds and nothing else, open for writing."""
    async with await Library.open(tmp_path / "data", "write") as opened:
        yield opened


@pytest.fixture
async def empty_library(tmp_path: Path) -> AsyncIterator[Library]:
    """A library without the seeds."""
    async with await Library.open(tmp_path / "data", "write", seeds=False) as opened:
        yield opened
