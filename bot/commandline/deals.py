"""Deals and figures on the command line: looked up, compared, in time order, exported, held against a text."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8
from bot.completion import deal_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.terminal.blocks import Block
    from bot.translation import Translator
    from index.model import Language

_DEAL_HELP = "A deal by any of its names, such as oracle."
_MOST_COMPARED = 3

app = typer.Typer()


def _day(value: str | None) -> str | None:
    from bot.days import partial_date

    if value is None:
        return None
    day = partial_date(utf8(value))
    if day is None:
        raise typer.BadParameter(
            "expected a day, a month or a year from 1900 on, such as 2025-07-02, July 2025 or 2025."
        )
    return day


Deal = Annotated[str, typer.Argument(metavar="NAME", help=_DEAL_HELP, autocompletion=deal_ids)]
Spoken = Annotated[
    Literal["fr", "en"] | None,
    typer.Option("--language", "-l", help="Default: what the environment asks for."),
]


@app.command(epilog=examples("sourcier deal oracle", "sourcier deal abilene --as-of 2025-06 --language fr"))
def deal(
    name: Deal,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", callback=_day, help="Only what was published by then.")
    ] = None,
    language: Spoken = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show what the sources say of a deal, each statement with its quote."""
    run(_deal(utf8(name), data, as_of=as_of, language=language, as_json=json_))


async def _deal(name: str, data: Path | None, *, as_of: str | None, language: "Language | None", as_json: bool) -> None:
    from bot.deals.dossiers import lay_out_dossier
    from bot.records import dossier_record
    from bot.terminal import deals

    async with opened(data) as library:
        dossier = await library.known.deal(name, as_of=as_of)
        known = await library.known.deals()
    if as_json:
        print_json(dossier_record(dossier))
    else:
        _show(deals.deal(lay_out_dossier(dossier, _speaker(language), known)))


@app.command(epilog=examples("sourcier figures --deal amd", "sourcier figures --csv > figures.csv"))
def figures(
    of: Annotated[str | None, typer.Option("--deal", metavar="NAME", help=_DEAL_HELP, autocompletion=deal_ids)] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,  # noqa: FBT002
    language: Spoken = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List all figures, or those of a deal, with where each is proven."""
    if csv and json_:
        raise typer.BadParameter("choose one of --csv and --json.")
    run(_figures(None if of is None else utf8(of), data, language=language, as_csv=csv, as_json=json_))


async def _figures(
    of: str | None, data: Path | None, *, language: "Language | None", as_csv: bool, as_json: bool
) -> None:
    from bot.deals.lists import lay_out_figures
    from bot.exports import as_csv as table
    from bot.records import figure_record
    from bot.terminal import deals

    async with opened(data) as library:
        found = await library.known.figures(of)
        known = await library.known.deals()
    if as_json:
        print_json([figure_record(figure) for figure in found])
    elif as_csv:
        sys.stdout.buffer.write(table(found).encode("utf-8", "replace"))
    else:
        _show(deals.listed(lay_out_figures(found, known, _speaker(language))))


@app.command(epilog=examples("sourcier compare oracle amd", "sourcier compare oracle amd stargate --json"))
def compare(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Two or three deals.", autocompletion=deal_ids)],
    language: Spoken = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Put two or three deals side by side; only what is alike is computed."""
    if not 1 < len(names) <= _MOST_COMPARED:
        raise typer.BadParameter(f"name two or three deals, not {len(names)}.")
    run(_compare([utf8(name) for name in names], data, language=language, as_json=json_))


async def _compare(names: list[str], data: Path | None, *, language: "Language | None", as_json: bool) -> None:
    from bot.deals.comparisons import lay_out_comparison
    from bot.records import comparison_record
    from bot.terminal import deals

    async with opened(data) as library:
        comparison = await library.known.compare(names)
    if as_json:
        print_json(comparison_record(comparison))
    else:
        _show(deals.comparison(lay_out_comparison(comparison, _speaker(language))))


@app.command(epilog=examples("sourcier timeline stargate", "sourcier timeline --png timeline.png"))
def timeline(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help=_DEAL_HELP, autocompletion=deal_ids)] = None,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a picture to a file, as PNG.")] = None,
    language: Spoken = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show what was said when, of a deal or of all."""
    run(_timeline(None if name is None else utf8(name), data, png=png, language=language, as_json=json_))


async def _timeline(
    name: str | None, data: Path | None, *, png: Path | None, language: "Language | None", as_json: bool
) -> None:
    from bot.deals.timelines import lay_out_timeline
    from bot.records import timeline_record
    from bot.terminal import deals

    async with opened(data) as library:
        found = await library.known.timeline(name)
        known = await library.known.deals()
    if png is not None:
        import asyncio

        from bot.timeline_picture import draw

        await asyncio.to_thread(lambda: png.write_bytes(draw(found, _speaker(language))))
    if as_json:
        print_json(timeline_record(found))
    elif png is not None:
        typer.echo(f"Drawn: {utf8(str(png))}")
    else:
        _show(deals.timeline(lay_out_timeline(found, known, _speaker(language))))


@app.command(epilog=examples("sourcier check draft.txt", "echo 'Oracle: 5 GW' | sourcier check --json"))
def check(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="A text; - or nothing reads standard input.")] = Path(
        "-"
    ),
    language: Spoken = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Hold the figures of a text against those of the sources."""
    run(_check(_read(file), data, language=language, as_json=json_))


async def _check(text: str, data: Path | None, *, language: "Language | None", as_json: bool) -> None:
    from bot.deals.checks import lay_out_check
    from bot.markup import unmark
    from bot.records import checked_record
    from bot.terminal import deals
    from bot.translation import preferred
    from index.language.detection import detect

    written = unmark(text)
    async with opened(data) as library:
        checked = await library.known.check(written.text)
    if as_json:
        print_json([checked_record(each, written) for each in checked])
    else:
        _show(deals.check(lay_out_check(checked, _speaker(language or detect(written.text, preferred())))))


def _read(file: Path) -> str:
    """Return a text from a file, or from standard input where that is meant. Raises ``BadInput``."""
    from index.reading.text import MOST_BYTES, decode, read_bytes

    if file == Path("-"):
        return decode(sys.stdin.buffer.read(MOST_BYTES + 1), "The text on standard input")
    return decode(read_bytes(file), utf8(str(file)))


def _speaker(language: "Language | None") -> "Translator":
    from bot.translation import preferred, translator

    return translator(language or preferred())


def _show(blocks: "Iterable[Block]") -> None:
    from bot.terminal.screen import to_stdout

    to_stdout(blocks)
