"""Deals on the command line: all that there are, and those that the operator makes for figures of new sources."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8
from bot.commandline.shelves import SHARED, Shelf
from index.figures.kinds import DealKind

if TYPE_CHECKING:
    from index.figures.deals import Deal

deals_app = typer.Typer(
    help="List the deals that figures may belong to, make one, or drop it.",
    epilog=examples(
        "sourcier deals",
        'sourcier deals make "Cordouan refit" --kind programme --figure found-3',
        "sourcier deals drop cordouan-refit",
    ),
)

_BY = "operator"
_LONGEST_NAME = 300  # characters that are looked at; a name has fewer


@deals_app.callback(invoke_without_command=True)
def list_deals(
    context: typer.Context,
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the deals that figures may belong to, make one, or drop it."""
    if context.invoked_subcommand is None:
        run(_list(data, shelf, as_json=json_))


async def _list(data: Path | None, shelf: str, *, as_json: bool) -> None:
    from bot.records import deal_record
    from bot.terminal.deal_list import show_deals

    async with opened(data) as library:
        deals = await library.reviews.deals(shelf)
        made = {deal.id for deal in await library.reviews.own_deals(shelf)}
        figures = await library.known.figures(shelf=shelf)
    if as_json:
        print_json([deal_record(deal) | {"made_here": deal.id in made} for deal in deals])
    else:
        show_deals(deals, made, figures)


@deals_app.command(
    "make",
    epilog=examples(
        'sourcier deals make "Cordouan refit" --kind programme --figure found-3',
        'sourcier deals make "Lamps" --fr "Lampes" --kind plan --figure found-3',
    ),
)
def make_deal(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called in English.")],
    kind: Annotated[DealKind, typer.Option(metavar="KIND", help=f"One of: {', '.join(DealKind)}.")],
    figure: Annotated[
        str, typer.Option(metavar="FIGURE", help="A figure whose sentence says what it is; it need not be approved.")
    ],
    french: Annotated[
        str | None, typer.Option("--fr", metavar="NAME", help="What it is called in French. Default: the same.")
    ] = None,
    aliases: Annotated[
        list[str] | None, typer.Option("--alias", metavar="NAME", help="What else it is called.")
    ] = None,
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Make a deal. Figures join it by review; those of articles that are added later and name it, by themselves."""
    names = _name(name), _name(french or name)
    run(_make(names, kind, utf8(figure), [*map(utf8, aliases or ())], data, shelf, as_json=json_))


async def _make(
    names: tuple[str, str],
    kind: DealKind,
    figure_id: str,
    aliases: Sequence[str],
    data: Path | None,
    shelf: str,
    *,
    as_json: bool,
) -> None:
    from bot.records import deal_record
    from index.figures.deals import Wording

    english, french = names
    async with opened(data, write=True) as library:
        deal = await library.reviews.make_deal(
            Wording(en=english, fr=french), kind, figure_id, by=_BY, shelf=shelf, aliases=aliases
        )
    if as_json:
        print_json(deal_record(deal))
    else:
        _tell("Made", deal)


@deals_app.command("drop", epilog=examples("sourcier deals drop cordouan-refit"))
def drop_deal(
    deal_id: Annotated[
        str, typer.Argument(metavar="ID", help="A deal that was made here; `sourcier deals` lists them.")
    ],
    shelf: Shelf = SHARED,
    data: Data = None,
) -> None:
    """Take away a deal that was made here; its figures stay."""
    run(_drop(utf8(deal_id), data, shelf))


async def _drop(deal_id: str, data: Path | None, shelf: str) -> None:
    async with opened(data, write=True) as library:
        deal = next((each for each in await library.reviews.own_deals(shelf) if each.id == deal_id), None)
        await library.reviews.drop_deal(deal_id, by=_BY, shelf=shelf)
    if deal is not None:
        _tell("Dropped", deal)


def _name(value: str) -> str:
    """Return a name as one line. Its length and its words are judged where it is made."""
    line = " ".join(utf8(value).split())[:_LONGEST_NAME]
    if not line:
        raise typer.BadParameter("a name of a deal is empty.")
    return line


def _tell(what: str, deal: "Deal") -> None:
    from bot.printable import printable

    typer.echo(f"{what}: {printable(deal.name.en, fold=True)} [{deal.id}]")
