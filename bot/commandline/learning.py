"""What is learnt from questions, on the command line: those asked in vain, and those whose answer has to stay right."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8
from bot.commandline.shelves import SHARED, Shelf
from bot.completion import source_ids
from bot.ending import REFUSED

_BY = "operator"

app = typer.Typer()
golden_app = typer.Typer(
    help="Keep questions whose right answer you know, and hold them against the sources.",
    epilog=examples(
        'sourcier golden add "Who built Abilene?" --source abilene-crusoe',
        "sourcier golden check",
    ),
)

Question = Annotated[str, typer.Argument(metavar="QUESTION", help="As somebody would ask it.")]


@app.command(
    epilog=examples("sourcier gaps", "sourcier gaps --shelf discord-1234567890123456789 --csv > gaps.csv"),
)
def gaps(
    shelf: Shelf = SHARED,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,  # noqa: FBT002
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List what people asked in vain, the most asked first; never who asked."""
    if csv and json_:
        raise typer.BadParameter("choose one of --csv and --json.")
    run(_gaps(shelf, data, as_csv=csv, as_json=json_))


async def _gaps(shelf: str, data: Path | None, *, as_csv: bool, as_json: bool) -> None:
    from bot.moderation.gap_tables import gap_record, gaps_csv
    from bot.terminal.learning import show_gaps

    async with opened(data) as library:
        found = await library.gaps.open(shelf)
    if as_json:
        print_json([gap_record(gap) for gap in found])
    elif as_csv:
        sys.stdout.buffer.write(gaps_csv(found).encode("utf-8", "replace"))
    else:
        show_gaps(found)


@golden_app.command("list", epilog=examples("sourcier golden list", "sourcier golden list --json"))
def list_goldens(
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the golden questions."""
    run(_list(shelf, data, as_json=json_))


async def _list(shelf: str, data: Path | None, *, as_json: bool) -> None:
    from bot.terminal.learning import show_goldens

    async with opened(data) as library:
        found = await library.goldens.all(shelf)
    if as_json:
        print_json([golden.model_dump() for golden in found])
    else:
        show_goldens(found)


@golden_app.command(
    "add",
    epilog=examples(
        'sourcier golden add "Who built Abilene?" --source abilene-crusoe',
        'sourcier golden add "How much power from Oracle?" --figure "4.5 GW"',
        'sourcier golden add "Who pays for it?" --sentence "The bill goes to Crusoe."',
    ),
)
def add_golden(
    question: Question,
    sentence: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The sentence that answers it, word for word; questions like it then find it."
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The source that answers it.", autocompletion=source_ids("live", "removed")),
    ] = None,
    figure: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The figure that answers it, such as 4.5 GW.")
    ] = None,
    shelf: Shelf = SHARED,
    data: Data = None,
) -> None:
    """Keep a question with the sentence, source or figure that answers it, and say whether it is answered so now."""
    golden = {"sentence": _given(sentence), "source": _given(source), "figure": _given(figure)}
    run(_add(utf8(question), golden, shelf, data))


def _given(value: str | None) -> str | None:
    return None if value is None else utf8(value)


async def _add(question: str, right: dict[str, str | None], shelf: str, data: Path | None) -> None:
    from bot.terminal.learning import show_checked
    from index.moderating.goldens import Golden

    async with opened(data, write=True) as library:
        golden = Golden(question=question, **right)
        golden = await library.goldens.add(golden, by=_BY, shelf=shelf)
        held = await library.goldens.hold(shelf)
    show_checked([one for one in held if one.golden == golden])


@golden_app.command("remove", epilog=examples('sourcier golden remove "Who built Abilene?"'))
def remove_golden(question: Question, shelf: Shelf = SHARED, data: Data = None) -> None:
    """Forget a golden question."""
    run(_remove(utf8(question), shelf, data))


async def _remove(question: str, shelf: str, data: Path | None) -> None:
    from bot.printable import printable

    async with opened(data, write=True) as library:
        await library.goldens.drop(question, by=_BY, shelf=shelf)
    typer.echo(f"Removed: {printable(question, fold=True)}")


@golden_app.command("check", epilog=examples("sourcier golden check", "sourcier golden check --json"))
def check_goldens(
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Hold the golden questions against the sources; the exit status is 1 where one is not answered rightly."""
    run(_check(shelf, data, as_json=json_))


async def _check(shelf: str, data: Path | None, *, as_json: bool) -> None:
    from bot.terminal.learning import show_all_checked

    async with opened(data) as library:
        held = await library.goldens.hold(shelf)
    if as_json:
        found = [one.golden.model_dump() | {"right": one.now, "answered_from": one.got or None} for one in held]
        print_json(found)
    else:
        show_all_checked(held)
    if not all(one.now for one in held):
        raise typer.Exit(REFUSED)
