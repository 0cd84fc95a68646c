"""Signals and the end of a process that hangs."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HANGING = """
import asyncio, sys, threading
import bot.operation.stopping
from bot.operation.stopping import asked_to_stop

bot.operation.stopping.LONGEST_END = 0.1

async def hang():
    with asked_to_stop() as asked:
        print("ready", flush=True)
        await asked.wait()
        print("asked", flush=True)
    threading.Event().wait()

asyncio.run(hang())
"""
UNASKED = """
import asyncio, signal
from bot.operation.stopping import asked_to_stop

async def work():
    with asked_to_stop():
        pass

before = signal.getsignal(signal.SIGTERM)
asyncio.run(work())
assert signal.getsignal(signal.SIGTERM) is before
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_hangs_after_it_was_asked_to_end_is_ended(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "asked\n")
    assert err == "sourcier: ended without waiting any longer.\n"


def test_who_was_not_asked_leaves_the_signals_as_they_were() -> None:
    subprocess.run([sys.executable, "-c", UNASKED], cwd=ROOT, check=True)
