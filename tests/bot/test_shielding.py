"""The running bot is shielded: what it starts cannot read its token in /proc."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.loopback_discord import TOKEN

_UNPRIVILEGED = """
import ctypes, os, sys
for privilege in (19, 21, 38):  # for the superuser: no tracing, no administration, no performance monitoring
    ctypes.CDLL(None).prctl(24, privilege, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-c", *sys.argv[1:]])
"""
_LOOKING = """
import asyncio, os, subprocess
from bot.operation.running import run
from bot.settings import Settings

def is_seen():
    read = subprocess.run(["cat", f"/proc/{os.getpid()}/environ"], capture_output=True, check=False)
    return os.environ["DISCORD_TOKEN"].encode() in read.stdout

async def main():
    before = is_seen()
    running = asyncio.create_task(run(Settings()))
    await asyncio.sleep(0)  # it has begun
    print(before, is_seen(), running.done(), flush=True)
    os._exit(0)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has it")
def test_what_the_running_bot_starts_cannot_read_its_token(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _UNPRIVILEGED, _LOOKING],
        env=os.environ | {"DISCORD_TOKEN": TOKEN, "SOURCIER_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    before, after, ended = told.stdout.split()
    if before == "False":
        pytest.skip("this system lets nobody read another process")
    assert (after, ended) == ("False", "False")
