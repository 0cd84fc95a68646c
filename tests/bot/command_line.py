"""The installed command, run as a person or a program runs it.

Where nothing depends on how its interpreter starts, the process is a copy of one that has started: it is much faster.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from tests.bot.forked_command import ForkedCommand, can_be_forked

SCRIPT = Path(sys.executable).with_name("sourcier")

INSTALLED = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "bot"]

PATIENCE = 120  # seconds; only a failure waits so long

Started = subprocess.Popen[bytes] | ForkedCommand


class Ended(NamedTuple):
    status: int
    out: str
    err: str


class CommandLine:
    """Runs ``sourcier`` on a data folder of its own, in an empty home folder."""

    def __init__(self, data: Path, home: Path) -> None:
        self.data = data
        self.home = home
        self.command = INSTALLED
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOURCIER_", "PYTHON"))}
        self.environment = kept | {
            "SOURCIER_DATA": str(data),
            "HOME": str(home),
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        }

    def __call__(
        self,
        *arguments: str | bytes,
        stdin: bytes = b"",
        before: list[str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a command to its end; ``before``: what it is run by (a shell with a limit, fewer rights)."""
        with TemporaryFile() as given, TemporaryFile() as out:
            given.write(stdin)
            given.seek(0)
            with self.start(
                *arguments, stdin=given.fileno(), stdout=out.fileno(), before=before, environment=environment
            ) as process:
                _, err = process.communicate(timeout=PATIENCE)
                status = process.wait(PATIENCE)
            out.seek(0)
            return Ended(status, out.read().decode(), err.decode())

    def start(
        self,
        *arguments: str | bytes,
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.PIPE,
        before: list[str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Started:
        """Start a command with a pipe to its errors, and one to its output where nothing else is given."""
        variables = self.environment | dict(environment or {})
        if self.command is INSTALLED and not before and can_be_forked(variables):
            return ForkedCommand([os.fsdecode(each) for each in arguments], variables, self.home, stdin, stdout)
        return subprocess.Popen(
            [*(before or []), *self.command, *arguments],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=variables,
            cwd=self.home,
        )


def one_line(err: str, *words: str) -> bool:
    """Tell whether an error is one line of ours that has some words in it."""
    return err.startswith("sourcier: ") and err.count("\n") == 1 and all(word in err for word in words)


def spoil(folder: Path, damage: str) -> None:
    """Damage the store of a folder: ``garbage``, ``truncated``, ``tableless`` or ``newer``."""
    path = folder / "sourcier.sqlite3"
    if damage == "garbage":
        path.write_bytes(b"this is no database, it is a letter. " * 400)
    elif damage == "truncated":
        os.truncate(path, path.stat().st_size // 2)
    else:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            {"tableless": "DROP TABLE terms", "newer": "UPDATE alembic_version SET version_num = '9999'"}[damage]
        )
        connection.close()
