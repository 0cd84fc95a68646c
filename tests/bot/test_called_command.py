"""A command that is called in the tests' process does what the installed command does."""

import pytest

from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine

FRENCH = {"LANG": "fr_FR.UTF-8", "LC_ALL": "", "LANGUAGE": ""}


@pytest.mark.parametrize(
    ("arguments", "stdin", "status"),
    [
        (["compare", "oracle", "amd", "--json"], b"", 0),
        (["check", "-"], "OpenAI loue 4,5 GW à Oracle pour 50 milliards de dollars par an.".encode(), 0),
        ([b"remove", b"\xff\x1b[31m"], b"", 1),
        (["compare", "oracle"], b"", 2),
    ],
)
def test_a_called_command_ends_as_the_installed_one(
    sourcier: CommandLine, called: CalledCommand, arguments: list[str | bytes], stdin: bytes, status: int
) -> None:
    ended = called(*arguments, stdin=stdin, environment=FRENCH)
    assert ended.status == status
    assert ended == sourcier(*arguments, stdin=stdin, environment=FRENCH)
