"""Backups on the command line: made while the bot runs, examined before they replace anything."""

import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commandline.opening import run
from bot.commandline.options import Data, examples
from bot.ending import REFUSED

if TYPE_CHECKING:
    from index.checkup import Report

app = typer.Typer()

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")]
Force = Annotated[bool, typer.Option("--force", "-f", help="Replace the file where it is there already.")]


@app.command(epilog=examples("sourcier backup sourcier-backup.sqlite3", "sourcier backup --force /srv/backup.sqlite3"))
def backup(
    file: File,
    force: Force = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Copy the whole store to one file and examine the copy, also while the bot runs."""
    run(_back_up(file, data, overwrite=force))


async def _back_up(file: Path, data: Path | None, *, overwrite: bool) -> None:
    from bot.settings import data_folder
    from bot.terminal.render import progress
    from index.store.backup import back_up

    with progress("Copying the store") as tell:
        report = await back_up(data_folder(data), file, overwrite=overwrite, progress=tell)
    typer.echo(f"Backed up: {_contents(report)}")


@app.command(
    "restore-backup",
    epilog=examples("sourcier restore-backup backup.sqlite3", "sourcier restore-backup --yes backup.sqlite3"),
)
def restore_backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `sourcier backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before replacing the store.")] = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Examine a backup, then put it in the place of the store, which is kept beside it. Stop the bot first."""
    run(_restore(file, data, asking=not yes and sys.stdin.isatty() and sys.stdout.isatty()))


async def _restore(file: Path, data: Path | None, *, asking: bool) -> None:
    from bot.settings import data_folder
    from bot.terminal.render import progress
    from index.store.restoring import candidate, replace

    async with AsyncExitStack() as held:
        with progress("Copying the backup") as tell:
            new = await held.enter_async_context(candidate(data_folder(data), file, tell))
        if asking and new.replaces and not _is_wanted(new.report, new.folder):
            typer.echo("Nothing was changed.")
            raise typer.Exit(REFUSED)
        kept = await replace(new)
    typer.echo(f"Restored: {_contents(new.report)}")
    if kept is not None:
        typer.echo(f"The store that was there is kept as {_shown(kept)}")


def _is_wanted(report: "Report", folder: Path) -> bool:
    typer.echo(f"The backup is sound: {_contents(report)}")
    return typer.confirm(f"Replace the store in {_shown(folder)} by it?", default=False)


def _contents(report: "Report") -> str:
    size = f"{report.bytes / 1e6:.1f} MB"
    if not report.live and not report.removed and report.outdated:
        return f"{size}; {report.outdated}"
    return f"{report.live} live sources, {report.removed} removed, {report.passages} passages, {size}"


def _shown(path: Path) -> str:
    from bot.printable import printable

    return printable(str(path.absolute()), fold=True)
