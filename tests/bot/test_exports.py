"""Figures as files: each traces to a character range, and no cell runs in a spreadsheet."""

import csv
import io
from decimal import Decimal

import pytest

from bot.exports import COLUMNS, as_csv
from bot.records import comparison_record, dossier_record, figure_record, timeline_record
from index.figures.kinds import Bound, Metric
from index.library import Library
from index.model import Figure, Moment, Quote
from tests.bot.figures import made_figure, made_source

FIRST_KEYS = [
    "deal", "metric", "value", "low", "high", "bound", "unit", "per", "quote", "source", "start", "end",
    "commitment", "attribution", "computed",
]  # fmt: skip


def rows(*figures: Figure) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(figures), newline="")))


async def test_every_row_traces_to_a_range_of_characters_of_a_stored_text(library: Library) -> None:
    figures = await library.known.figures()
    found = rows(*figures)
    assert [row["id"] for row in found] == [figure.id for figure in figures]
    for row in found:
        text = await library.text(row["source"])
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert text[int(row["text_start"]) : int(row["text_end"])] == row["text"]
        source = await library.source(row["source"])
        assert (row["sha256"], row["version"]) == (source.sha256, str(source.version))


def test_no_figures_are_a_table_with_a_head() -> None:
    assert as_csv([]) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    figure = made_figure(
        subject=text.strip(),
        attribution=text.strip(),
        quote=Quote(quote=text, start=0, end=len(text)),
        source=made_source(title=text),
    )
    (row,) = rows(figure)
    assert row["quote"] == row["title"] == f"'{text}"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row.values())


def test_a_cell_keeps_what_stands_in_it() -> None:
    nasty = 'a "quoted", b\nc; d'
    (row,) = rows(made_figure(source=made_source(title=nasty), attribution="d’après « l’AFP »"))
    assert (row["title"], row["attribution"]) == (nasty, "d’après « l’AFP »")


def test_values_have_all_their_digits_and_no_exponent() -> None:
    (exact,) = rows(made_figure(value=Decimal("4.5E+9")))
    (spread,) = rows(made_figure(value=None, low=Decimal("0.1"), high=Decimal("1E+20"), bound=Bound.BETWEEN))
    (loss,) = rows(made_figure(value=Decimal(-5), unit="USD", metric=Metric.RESULT))
    assert (exact["value"], exact["low"]) == ("4500000000", "")
    assert (spread["value"], spread["low"], spread["high"]) == ("", "0.1", "1" + "0" * 20)
    assert loss["value"] == "-5"


def test_a_moment_stands_as_written_and_as_iso() -> None:
    (row,) = rows(made_figure(since=Moment(written="à compter de 2028", iso="2028")))
    assert (row["since"], row["since_iso"], row["on"]) == ("à compter de 2028", "2028", "")


def test_a_record_has_the_keys_that_programs_count_on_first() -> None:
    record = figure_record(made_figure(since=Moment(written="à compter de 2028", iso="2028")))
    assert list(record)[: len(FIRST_KEYS)] == FIRST_KEYS
    assert record["value"] == 4_500_000_000
    assert isinstance(record["value"], int)
    assert (record["deal"], record["unit"], record["source"]) == ("oracle", "W", "an-article")
    assert record["quote"][record["text_start"] : record["text_end"]] == record["text"] == "4,5 GW"
    (moment,) = record["moments"]
    assert moment["sort"] == "since"
    assert (moment["written"], moment["iso"], moment["relative"]) == ("à compter de 2028", "2028", False)


def test_a_moment_tells_between_which_dates_it_is() -> None:
    summer = Moment(written="cet été", iso="2026-06/2026-08", relative=True)
    some_day = Moment(written="un jour")
    record = figure_record(made_figure(metric=Metric.DATE, value=None, on=summer, until=some_day))
    assert record["value"] is None
    told = [(moment["sort"], moment["earliest"], moment["latest"]) for moment in record["moments"]]
    assert told == [("on", "2026-06", "2026-08"), ("until", None, None)]


def test_a_record_tells_which_version_of_its_source_it_is_from() -> None:
    record = figure_record(made_figure(source=made_source(version=3, sha256="ab" * 32)))
    assert (record["version"], record["sha256"]) == (3, "ab" * 32)


def test_a_record_says_null_where_there_is_nothing() -> None:
    record = figure_record(made_figure(deals=(), value=Decimal("0.5"), unit="percent", metric=Metric.SHARE))
    assert (record["deal"], record["value"], record["computed"], record["per"]) == (None, 0.5, None, None)


async def test_a_computed_figures_record_has_its_formula_and_operands(library: Library) -> None:
    record = dossier_record(await library.known.deal("abilene"))
    (computed,) = record["computed"]
    assert computed["computed"] == "8 * 50000 = 400000"
    assert computed["operands"] == ["abilene-buildings", "abilene-chips-each"]
    listed = {figure["id"] for figure in record["figures"]}
    assert set(computed["operands"]) <= listed
    assert {(each["first"], each["kind"], each["second"]) for each in record["relations"]} >= {
        ("abilene-buildings", "supersedes", "abilene-buildings-first-planned")
    }


async def test_every_quote_of_a_dossiers_record_stands_in_its_source(library: Library) -> None:
    for deal in await library.known.deals():
        record = dossier_record(await library.known.deal(deal.id))
        proven = [*record["figures"], *record["facts"], *record["parties"], record["about"]]
        for proof in proven:
            text = await library.text(proof["source"])
            assert text[proof["start"] : proof["end"]] == proof["quote"]


async def test_a_comparisons_cells_are_in_the_order_of_its_deals(library: Library) -> None:
    record = comparison_record(await library.known.compare(["amd", "oracle"]))
    assert [deal["id"] for deal in record["deals"]] == ["amd", "oracle"]
    for row in record["rows"]:
        for deal, cell in zip(record["deals"], row["cells"], strict=True):
            assert all(deal["id"] in figure["deals"] for figure in cell)
    assert record["rows"][0]["obstacle"] is None


async def test_a_timelines_record_is_in_time_order(library: Library) -> None:
    record = timeline_record(await library.known.timeline())
    assert record["deal"] is None
    times = [entry["earliest"] for entry in record["entries"]]
    assert times == sorted(times)
