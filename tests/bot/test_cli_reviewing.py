"""Figures that were found by rule, on the command line: they wait, and count once somebody says that they are right."""

import asyncio
import json
from typing import Any

import pytest

from bot.commandline import reviewing
from index.errors import NotFound
from index.figures.kinds import Review
from index.library import Library
from index.model import Article, Figure
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine, one_line

TEXT = "OpenAI loue 7 GW de puissance de calcul à Oracle.\n\nLe contrat coûte 40 milliards de dollars par an.\n"
ARTICLE = Article(text=TEXT, title="Nouveau contrat", language="fr", published="2026-04-02")
CAPACITY, VALUE = "7 GW", "40 milliards de dollars par an"


def add_news(sourcier: CommandLine | CalledCommand, article: Article = ARTICLE) -> dict[str, Figure]:
    """Add the news, not reviewed; return its figures by their words."""

    async def add() -> list[Figure]:
        async with await Library.open(sourcier.data, "write") as library:
            await library.add(article, by="operator", source_id="news")
            return await library.reviews.found_in("news")

    return {figure.text.quote: figure for figure in asyncio.run(add())}


def known(sourcier: CommandLine | CalledCommand) -> dict[str, Review]:
    """What is known of Oracle's deal out of the news: the words of its figures and how they were reviewed."""

    async def look() -> list[Figure]:
        async with await Library.open(sourcier.data) as library:
            return await library.known.figures("oracle")

    return {figure.text.quote: figure.review for figure in asyncio.run(look()) if figure.source.id == "news"}


def records(out: str) -> dict[str, Any]:
    return {record["text"]: record for record in json.loads(out)}


def test_found_figures_are_listed_with_their_ids_and_sentences_and_count_nowhere(
    sourcier: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    found = add_news(sourcier)
    reviewing.review("news", data=sourcier.data)
    out = capsys.readouterr().out
    assert out.startswith(
        f"{found[CAPACITY].id} extracted → oracle\n"
        "   7\u00a0GW  — capacity, “puissance de calcul”, signed (found by rule, not reviewed)\n"
        "   OpenAI loue 7 GW de puissance de calcul à Oracle.\n"
    )
    assert out.count(" extracted → oracle\n") == len(found) == 2
    assert "Le contrat coûte 40 milliards de dollars par an." in out
    assert known(sourcier) == {}


def test_an_approved_figure_counts_and_a_rejected_one_does_not_until_somebody_thinks_otherwise(
    sourcier: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    found = add_news(sourcier)
    capacity, value = found[CAPACITY].id, found[VALUE].id
    reviewing.review("news", approve=[capacity], reject=[value], data=sourcier.data)
    out = capsys.readouterr().out
    assert f"{capacity} approved → oracle\n" in out
    assert f"{value} rejected → oracle\n" in out
    assert known(sourcier) == {CAPACITY: Review.APPROVED}
    reviewing.review("news", approve=[value], reject=[capacity], data=sourcier.data)
    assert known(sourcier) == {VALUE: Review.APPROVED}


def test_all_figures_are_approved_or_rejected_at_once(sourcier: CommandLine) -> None:
    add_news(sourcier)
    reviewing.review("news", approve=["all"], data=sourcier.data)
    assert known(sourcier).keys() == {CAPACITY, VALUE}
    reviewing.review("news", reject=["all"], data=sourcier.data)
    assert known(sourcier) == {}


def test_all_leaves_out_what_was_rejected_before_or_is_named_beside_it(sourcier: CommandLine) -> None:
    found = add_news(sourcier)
    reviewing.review("news", reject=[found[VALUE].id], data=sourcier.data)
    reviewing.review("news", approve=["all"], data=sourcier.data)
    assert known(sourcier).keys() == {CAPACITY}
    reviewing.review("news", approve=[found[VALUE].id], data=sourcier.data)
    reviewing.review("news", approve=["all"], reject=[found[CAPACITY].id], data=sourcier.data)
    assert known(sourcier).keys() == {VALUE}


def test_figures_as_records_are_as_they_stand_after_the_review(
    sourcier: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    found = add_news(sourcier)
    reviewing.review("news", json_=True, data=sourcier.data)
    before = records(capsys.readouterr().out)
    assert {record["review"] for record in before.values()} == {"extracted"}
    reviewing.review("news", approve=[found[CAPACITY].id], json_=True, data=sourcier.data)
    after = records(capsys.readouterr().out)
    assert after == before | {CAPACITY: before[CAPACITY] | {"review": "approved"}}
    record = after[CAPACITY]
    assert (record["id"], record["deals"], record["value"], record["unit"]) == (
        found[CAPACITY].id,
        ["oracle"],
        7_000_000_000,
        "W",
    )
    assert TEXT[record["start"] : record["end"]] == record["quote"]


def test_with_an_id_that_is_none_nothing_is_reviewed(sourcier: CommandLine) -> None:
    found = add_news(sourcier)
    with pytest.raises(NotFound, match="no figure called “oracle-capacity”"):
        reviewing.review("news", approve=[found[CAPACITY].id], reject=["oracle-capacity"], data=sourcier.data)
    assert known(sourcier) == {}


def test_a_source_without_figures_has_nothing_to_review(
    sourcier: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    add_news(sourcier, Article(text="Rien à compter ici.", title="Rien", language="fr"))
    for approve in ([], ["all"]):
        reviewing.review("news", approve=approve, data=sourcier.data)
        assert capsys.readouterr().out == "No figures were found in this source.\n"


def test_a_source_s_sentence_cannot_steer_the_terminal(
    sourcier: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    add_news(sourcier, ARTICLE.model_copy(update={"text": "OpenAI loue \x1b[31m 7 GW\u202e à Oracle."}))
    reviewing.review("news", data=sourcier.data)
    out = capsys.readouterr().out
    assert "7 GW" in out
    assert not {"\x1b", "\u202e"} & set(out)


def test_an_unknown_figure_is_refused_in_one_line(called: CalledCommand) -> None:
    add_news(called)
    ended = called("review", "news", "--approve", "found-999")
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "“found-999”", "`sourcier review`")


def test_a_figure_that_is_approved_and_rejected_is_wrong_usage(called: CalledCommand) -> None:
    figure = add_news(called)[CAPACITY].id
    ended = called("review", "news", "--approve", figure, "--reject", figure)
    assert (ended.status, ended.out) == (2, "")
    assert one_line(ended.err, figure, "both approved and rejected")
    assert known(called) == {}


def test_what_is_added_waits_for_a_review_unless_it_is_added_with_yes(called: CalledCommand) -> None:
    (called.home / "news.md").write_text(f"---\ntitle: News\n---\n{TEXT}", encoding="utf-8")
    waiting = called("add", "news.md")
    assert (waiting.status, waiting.out) == (
        0,
        "Added: News [news]\n   Figures to review: 2 (sourcier review news)\n",
    )
    assert known(called) == {}
    approved = json.loads(called("add", "--yes", "--json", "news.md").out)
    assert (approved["outcome"], approved["figures_approved"], approved["figures_waiting"]) == ("present", 2, 0)
    assert known(called) == {CAPACITY: Review.APPROVED, VALUE: Review.APPROVED}


def test_what_was_rejected_is_not_approved_by_adding_it_again(called: CalledCommand) -> None:
    found = add_news(called)
    reviewing.review("news", reject=[found[VALUE].id], data=called.data)

    async def approve() -> tuple[int, int]:
        async with await Library.open(called.data, "write") as library:
            await library.add(ARTICLE, by="operator")
            return await reviewing.approve_all(library, "news"), await reviewing.waiting_in(library, "news")

    assert asyncio.run(approve()) == (1, 0)
    assert known(called) == {CAPACITY: Review.APPROVED}


def test_a_figure_counts_as_it_was_corrected_where_its_sentence_says_so(called: CalledCommand) -> None:
    found = add_news(called, ARTICLE.model_copy(update={"text": "OpenAI loue entre 7 et 9 GW à Oracle, dès 2028."}))
    figure = next(each.id for each in found.values() if each.unit == "W")
    refused = called("review", "news", "--correct", figure, "--measure", "8 GW")
    assert (refused.status, refused.out) == (1, "")
    assert one_line(refused.err, "8 GW")
    assert known(called) == {}
    ended = called(
        "review", "news", "--correct", figure, "--measure", "9 GW", "--commitment", "rumoured", "--deal", "amd"
    )
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(f"{figure} approved, corrected → amd\n   9\u00a0GW  — capacity")
    (record,) = [each for each in json.loads(called("review", "news", "--json").out) if each["id"] == figure]
    corrected = (record["value"], record["low"], record["commitment"], record["deals"], record["review"])
    assert corrected == (9_000_000_000, None, "rumoured", ["amd"], "approved")
    assert called("review", "news", "--correct", figure, "--deal", "none").out.startswith(
        f"{figure} approved, corrected\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--correct", "found-999", "--deal", "oracle"], 1, "There is no figure called “found-999”"),
        (["--correct", "{figure}", "--deal", "nobody"], 1, "There is no deal called “nobody”"),
        (["--correct", "{figure}", "--metric", "weight"], 2, "'weight' is not one of"),
        (["--correct", "{figure}", "--deal", "oracle", "--reject", "{figure}"], 2, "both approved and rejected"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_nothing_is_reviewed(
    called: CalledCommand, arguments: list[str], status: int, words: str
) -> None:
    figure = add_news(called)[CAPACITY].id
    ended = called("review", "news", *(each.format(figure=figure) for each in arguments))
    assert (ended.status, ended.out) == (status, "")
    assert one_line(ended.err, words)
    assert known(called) == {}


def test_a_deal_that_is_made_here_is_joined_by_what_is_added_later_until_it_is_dropped(called: CalledCommand) -> None:
    figure = add_news(called, ARTICLE.model_copy(update={"text": "Le chantier Boréal fournira 7 GW à Lyon."}))[
        "7 GW"
    ].id
    made = called(
        "deals", "make", "Boreal site", "--fr", "Chantier Boréal", "--kind", "data centre", "--figure", figure
    )
    assert made == (0, "Made: Boreal site [boreal-site]\n", "")
    listed = called("deals").out.splitlines()
    assert listed[0].split() == ["id", "kind", "figures", "made", "here", "name"]
    assert listed[-1].split() == ["boreal-site", "data", "centre", "0", "yes", "Boreal", "site"]
    (called.home / "later.md").write_text("# Suite\n\nLe chantier Boréal produira 9 GW dès 2028.\n", "utf-8")
    added = called("add", "--yes", "later.md")
    assert (added.status, added.err) == (0, "")
    figures = json.loads(called("figures", "--deal", "boreal site", "--json").out)
    assert [each["value"] for each in figures if each["unit"] == "W"] == [9_000_000_000]
    again = called("deals", "make", "Boreal site", "--kind", "plan", "--figure", figure)
    assert (again.status, again.out) == (1, "")
    assert one_line(again.err, "“Boreal site” is a name of the deal boreal-site already")
    assert called("deals", "drop", "boreal-site") == (0, "Dropped: Boreal site [boreal-site]\n", "")
    assert one_line(called("deals", "drop", "oracle").err, "no deal called “oracle” that was made here")
    assert "boreal-site" not in called("deals", "--json").out
