"""The command line: a thin face over the library. What a command does is in ``commandline/``."""

import gc
from typing import Annotated

import typer

from bot.commandline import (
    adding,
    backups,
    deals,
    exchange,
    extracting,
    keeping,
    learning,
    measuring,
    operation,
    own_deals,
    previewing,
    questions,
    reviewing,
    sources,
    synonyms,
)
from bot.commandline.options import Data, examples
from bot.ending import end

# Objects made until the youngest are searched for garbage. A start makes a million of them, which nearly all stay.
_YOUNG = 100_000


def main() -> None:
    """Run the command line and exit: 0, 1 for a refused request, 2 for wrong usage; errors are one line on stderr."""
    gc.set_threshold(_YOUNG)
    end(lambda: app(prog_name="sourcier", standalone_mode=False))


def _version(asked: bool) -> None:  # noqa: FBT001
    if asked:
        from bot.version import release

        typer.echo(f"sourcier {release()}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version.")]


def _start(
    context: typer.Context,
    data: Data = None,  # noqa: ARG001 - the commands find it in the context
    version: Version = False,  # noqa: ARG001, FBT002 - its callback has printed it
) -> None:
    _help_alone(context)


def _help_alone(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app = typer.Typer(
    name="sourcier",
    help="Answers questions from a curated set of articles: verbatim quotes with their source, or an honest no.",
    epilog=examples(
        questions.FIRST_EXAMPLE, "sourcier deal oracle", "sourcier run", "sourcier sources", "sourcier doctor"
    ),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True)(_start)
sources.source_app.callback(invoke_without_command=True)(_help_alone)
learning.golden_app.callback(invoke_without_command=True)(_help_alone)
AREAS = (
    questions,
    deals,
    previewing,
    sources,
    adding,
    reviewing,
    keeping,
    learning,
    synonyms,
    extracting,
    measuring,
    operation,
    backups,
    exchange,
)
for commands in AREAS:
    app.add_typer(commands.app)
app.add_typer(own_deals.deals_app, name="deals")
app.add_typer(learning.golden_app, name="golden")
app.add_typer(sources.source_app, name="source")
