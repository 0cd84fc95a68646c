"""Running the bot and looking after it."""

import sys
from pathlib import Path

import typer

from bot.commandline.opening import print_json, run
from bot.commandline.options import Data, Json, examples
from bot.ending import REFUSED

app = typer.Typer()


@app.command("run", epilog=examples("sourcier run", "sourcier run --data /srv/sourcier"))
def run_bot(data: Data = None) -> None:
    """Run the Discord bot if DISCORD_TOKEN is set, else the chat in the terminal."""
    from bot.operation.stopping import ended_by_sigterm
    from bot.settings import configured, data_folder

    settings = configured(data_folder(data))
    with ended_by_sigterm():
        if settings.discord_token is None:
            _run_in_terminal(data)
        else:
            from bot.operation.running import run as run_in_discord

            run(run_in_discord(settings))


def _run_in_terminal(data: Path | None) -> None:
    from bot.commandline.questions import converse

    if sys.stderr.isatty():
        typer.echo("sourcier: DISCORD_TOKEN is not set, so this is the chat in the terminal.", err=True)
    run(converse(data))


@app.command(epilog=examples("sourcier doctor", "sourcier doctor --json"))
def doctor(
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Say what is configured and whether the store is sound. Changes nothing."""
    run(_doctor(data, as_json=json_, running=False))


@app.command(epilog=examples("sourcier health", "sourcier health --json"))
def health(
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Ask the bot that runs here whether it is well; where it serves no metrics, do as doctor does."""
    run(_doctor(data, as_json=json_, running=True))


async def _doctor(data: Path | None, *, as_json: bool, running: bool) -> None:
    from bot.operation.doctor import examine, examine_running
    from bot.terminal.render import show_findings

    findings = await (examine_running if running else examine)(data)
    if as_json:
        print_json([finding._asdict() for finding in findings])
    else:
        show_findings(findings)
    if any(finding.level == "bad" for finding in findings):
        raise typer.Exit(REFUSED)
