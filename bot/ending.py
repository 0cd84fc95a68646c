"""How a command ends: with an exit status and, where it failed, one line on standard error."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import typer
from typer.exceptions import Abort, TyperException

from index.errors import SourcierError

REFUSED = 1
_INTERRUPTED = 130


def end(command: Callable[[], int | None]) -> NoReturn:
    """Run a command and exit: 0, 1 for a refused request, 2 for wrong usage, 130 for Ctrl-C.

    A defect of the program is one line too; Python's development mode (``PYTHONDEVMODE=1``) shows its traceback.
    """
    _replace_missing_streams()
    try:
        status = command() or 0
        sys.stdout.flush()
    except BrokenPipeError:
        status = 0  # the reader went away (`| head`): what it wanted it has
    except (SourcierError, OSError, TyperException) as error:
        complain(_told(error))
        status = error.exit_code if isinstance(error, TyperException) else REFUSED
    except (Abort, KeyboardInterrupt):
        status = _INTERRUPTED
    except SystemExit as left:  # Typer's own way out, also where the reader went away
        status = 0 if isinstance(left.__context__, BrokenPipeError) else int(left.code or 0)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        complain(f"This is a defect of Sourcier, please report it: {error!r}, {_place(error)}.")
        status = REFUSED
    _flush()
    sys.exit(status)


def complain(message: str) -> None:
    """Print a sentence as one line on standard error, nothing in it steering the terminal."""
    from bot.cards import printable

    with suppress(OSError):  # nobody can be told
        typer.echo(f"sourcier: {printable(message, fold=True)}", err=True)


def _told(error: SourcierError | OSError | TyperException) -> str:
    if isinstance(error, SourcierError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'The output'} cannot be written: {error.strerror or error}."
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "sourcier"
    message = " ".join(error.format_message().split()).rstrip(".")
    return f"{message}{'' if message.endswith('?') else '.'} See `{path} --help`."


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "nowhere"


def _replace_missing_streams() -> None:
    """Give the process the standard streams that it was started without, leading nowhere.

    Otherwise the first file that is opened takes such a stream's descriptor, and is written to in its place.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the end


def _flush() -> None:
    """Write what is left; where that fails, send it nowhere, or Python would complain of it at exit."""
    from bot.terminal.screen import hang_up

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            hang_up(stream)
