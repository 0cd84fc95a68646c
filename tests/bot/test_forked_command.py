"""A command that is a copy of a prepared interpreter is a process of its own, and does what the installed one does."""

import os
import signal
import subprocess
import sys

import pytest

from tests.bot.command_in_shell import run_in_shell
from tests.bot.command_line import CommandLine
from tests.bot.forked_command import ForkedCommand

QUESTION = "Combien de puces GB200 ?"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def test_it_ends_as_the_installed_one(sourcier: CommandLine) -> None:
    for arguments, status in ((["compare", "oracle", "amd", "--json"], 0), (["remove", b"\xff\x1b[31m"], 1)):
        ended = sourcier(*arguments)
        assert ended.status == status
        assert ended == sourcier(*arguments, before=["env"])


def test_it_is_a_process_of_its_own_that_can_be_killed(sourcier: CommandLine) -> None:
    with sourcier.start("ask", "-", "--json", stdin=subprocess.PIPE) as first, sourcier.start("ask", "-") as second:
        assert isinstance(first, ForkedCommand)
        assert len({first.pid, second.pid, os.getpid()}) == 3
        assert second.communicate(timeout=60) == (b"", b"")
        assert (second.wait(60), first.poll()) == (0, None)
        first.kill()
        assert first.wait(60) == -signal.SIGKILL
        assert first.communicate(timeout=60) == (b"", b"")


def test_it_has_the_variables_that_it_is_given_and_no_others(
    sourcier: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sourcier("--version")
    monkeypatch.setenv("SOURCIER_DATA", "/nowhere")
    elsewhere = {"SOURCIER_DATA": str(sourcier.home / "elsewhere")}
    assert sourcier("remove", "amd-6-gw", environment=elsewhere).status == 0
    assert (sourcier.home / "elsewhere").is_dir()
    assert "amd-6-gw" in sourcier("sources", "--json").out


def test_where_an_interpreter_must_start_one_does(sourcier: CommandLine) -> None:
    for changed in ({"PYTHONHASHSEED": "1"}, {"LC_ALL": "C"}, {"TZ": "Asia/Tokyo"}):
        with subprocess.Popen(["true"]) as usual, sourcier.start("--version", environment=changed) as started:
            assert type(started) is type(usual)
            assert started.communicate(timeout=60)[1] == b""


def test_a_shell_has_it_between_pipes_with_its_status(sourcier: CommandLine) -> None:
    line = f"echo '{QUESTION}' | sourcier ask - --json | cut -c 1-12; sourcier remove nothing; echo $?"
    record, refused, status = run_in_shell(line, sourcier.home, sourcier.environment).splitlines()
    assert (record, status) == ('{"question":', "1")
    assert refused.startswith("sourcier: ")
