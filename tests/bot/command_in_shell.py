"""A command named ``sourcier`` for shells, which is one more copy of a prepared interpreter: see ``forked_command``.

What a shell starts is a program of a few lines, which hands on its streams and ends as the command ends.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bot.forked_command import prepared_interpreter

_PROGRAM = """#!{python} -ISE
import json, os, socket, sys

ours, theirs = socket.socketpair()
with socket.socket(fileno={number}) as interpreter:
    socket.send_fds(interpreter, [b"."], [0, 1, 2, theirs.fileno()])
theirs.close()
asked = {{"arguments": sys.argv[1:], "environment": dict(os.environ), "folder": os.getcwd()}}
ours.sendall(json.dumps(asked).encode() + b"\\n")
process, status = ours.makefile()
sys.exit(int(status))
"""


def run_in_shell(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Run a line of a shell in which ``sourcier`` is the command; return what is printed, errors among it."""
    interpreter = prepared_interpreter().fileno()
    program = folder / ".bin" / "sourcier"
    if not program.exists():
        program.parent.mkdir()
        program.write_text(_PROGRAM.format(python=sys.executable, number=interpreter))
        program.chmod(0o755)
    ran = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={**environment, "PATH": f"{program.parent}{os.pathsep}{environment['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
        pass_fds=[interpreter],
    )
    return ran.stdout
