"""Quantities and dates of a text on the command line."""

import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot.commandline.opening import print_json
from bot.commandline.options import Data, Json, examples

if TYPE_CHECKING:
    from index.figures.mentions import DateMention, Quantity

app = typer.Typer()

_QUANTITY_HEAD = ("quantity", "bound", "value", "unit", "per", "counted", "inferred")
_DATE_HEAD = ("date", "bound", "earliest", "latest")
_NUMERIC = frozenset({2})


@app.command(
    epilog=examples("sourcier extract < article.txt", "sourcier extract --json < article.txt", "sourcier extract -l en")
)
def extract(
    language: Annotated[
        Literal["fr", "en"] | None, typer.Option("--language", "-l", help="Default: told from the text.")
    ] = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,  # noqa: ARG001 - every command takes it
) -> None:
    """List the quantities and dates of the text on standard input."""
    from index.figures.mentioned import mentioned
    from index.reading.text import MOST_BYTES, decode

    text = decode(sys.stdin.buffer.read(MOST_BYTES + 1), "The text on standard input")
    amounts, moments = mentioned(text, language)
    if json_:
        print_json(
            {
                "quantities": [_quantity_record(text, quantity) for quantity in amounts],
                "dates": [_date_record(text, date) for date in moments],
            }
        )
    else:
        _show(text, amounts, moments)


def _quantity_record(text: str, quantity: "Quantity") -> dict[str, Any]:
    values = {"value": _plain(quantity.value), "low": _plain(quantity.low), "high": _plain(quantity.high)}
    return {"text": text[quantity.start : quantity.end]} | quantity._asdict() | values


def _date_record(text: str, date: "DateMention") -> dict[str, Any]:
    return {"text": text[date.start : date.end]} | date._asdict()


def _plain(value: Decimal | None) -> int | float | None:
    """Return a value as JSON has it: an integer where it is one."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _show(text: str, amounts: Sequence["Quantity"], moments: Sequence["DateMention"]) -> None:
    from bot.terminal.blocks import BLANK, Block, Table, line
    from bot.terminal.screen import to_stdout

    blocks: list[Block] = []
    if amounts:
        rows = [
            (text[each.start : each.end], each.bound, _value(each), each.unit, each.per, each.counted, *each.inferred)
            for each in amounts
        ]
        blocks.append(Table(_QUANTITY_HEAD, tuple(_cells(row, len(_QUANTITY_HEAD)) for row in rows), _NUMERIC))
    if moments:
        dates = [(text[each.start : each.end], each.bound, each.earliest, each.latest) for each in moments]
        blocks += [BLANK] if amounts else []
        blocks.append(Table(_DATE_HEAD, tuple(_cells(date, len(_DATE_HEAD)) for date in dates)))
    to_stdout(blocks or [line("No quantity and no date was found.")])


def _cells(row: Sequence[object], columns: int) -> tuple[str, ...]:
    """Return the texts of a row; what goes beyond its last column stands in that one too."""
    from bot.cards import printable

    texts = [printable("" if cell is None else str(cell), fold=True) for cell in row]
    return (*texts[: columns - 1], ", ".join(texts[columns - 1 :]))


def _value(quantity: "Quantity") -> str:
    if quantity.value is not None:
        return f"{quantity.value:f}"
    return f"{quantity.low:f} to {quantity.high:f}"
