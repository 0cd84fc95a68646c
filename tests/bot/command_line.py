"""The installed command, run as a person or a program runs it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

SCRIPT = Path(sys.executable).with_name("sourcier")


class Ended(NamedTuple):
    status: int
    out: str
    err: str


class CommandLine:
    """Runs ``sourcier`` on a data folder of its own, in an empty home folder."""

    def __init__(self, data: Path, home: Path) -> None:
        self.data = data
        self.home = home
        self.command: list[str] = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "bot"]
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
        ran = subprocess.run(
            [*(before or []), *self.command, *arguments],
            input=stdin,
            capture_output=True,
            env=self.environment | dict(environment or {}),
            cwd=self.home,
            check=False,
            timeout=120,
        )
        return Ended(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    def start(self, *arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a command with pipes to its output and errors."""
        return subprocess.Popen(
            [*self.command, *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
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
