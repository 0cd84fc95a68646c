"""Deals and figures on the command line: for people and for programs, errors in one line."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine, one_line

FRENCH = {"LANG": "fr_FR.UTF-8", "LC_ALL": "", "LANGUAGE": ""}
DRAFT = "OpenAI loue 4,5 GW à Oracle pour 50 milliards de dollars par an."


def test_a_deal_is_found_by_any_of_its_names_and_shown_in_the_language_of_the_environment(
    called: CalledCommand,
) -> None:
    ended = called("deal", "accord oracle", environment=FRENCH)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Contrat de calcul OpenAI-Oracle [oracle]\n")
    assert "30\u00a0Md\u00a0$ par an [" in ended.out
    english = called("deal", "Larry Ellison", "--language", "en", environment=FRENCH).out
    assert "$30\u00a0billion a year [" in english


def test_a_deals_record_is_what_was_known_then(called: CalledCommand) -> None:
    ended = called("deal", "abilene", "--as-of", "2024-12", "--json")
    record = json.loads(ended.out)
    assert (record["deal"]["id"], record["as_of"]) == ("abilene", "2024-12")
    assert record["left_out"] > 0
    assert {figure["source"] for figure in record["figures"]} == {"openai-beyond-microsoft"}


def test_a_misspelt_name_is_understood_or_told_what_is_near(called: CalledCommand) -> None:
    assert called("deal", "abilen", "--json").status == 0
    ended = called("deal", "zzz")
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "“zzz”", "abilene", "oracle")


@pytest.mark.parametrize(
    "arguments",
    [
        ["deal", "oracle", "--as-of", "soon"],
        ["deal", "oracle", "--language", "de"],
        ["deal"],
        ["compare", "oracle"],
        ["compare", "oracle", "amd", "stargate", "abilene"],
        ["figures", "--csv", "--json"],
    ],
)
def test_wrong_usage_is_one_line_and_status_2(called: CalledCommand, arguments: list[str]) -> None:
    ended = called(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert one_line(ended.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "oracle", "accord oracle"],
        ["figures", "--deal", "zzz"],
        ["timeline", "zzz"],
        ["check", "no-such-file.txt"],
        ["timeline", "--png", "no-such-folder/timeline.png"],
    ],
)
def test_what_is_refused_is_one_line_and_status_1(called: CalledCommand, arguments: list[str]) -> None:
    ended = called(*arguments)
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err)


def test_all_figures_are_listed_as_text_as_records_and_as_a_table(called: CalledCommand) -> None:
    records = json.loads(called("figures", "--json").out)
    ended = called("figures", "--csv")
    table = list(csv.DictReader(io.StringIO(ended.out, newline="")))
    assert [row["id"] for row in table] == [record["id"] for record in records]
    assert len(records) > 30
    text = called("figures").out
    assert "OpenAI-Oracle computing contract [oracle]" in text
    assert text.count("“") > len(records)


def test_the_figures_of_one_deal_are_all_about_it(called: CalledCommand) -> None:
    records = json.loads(called("figures", "--deal", "nvidia", "--json").out)
    assert records
    assert all("nvidia" in record["deals"] for record in records)


def test_deals_are_compared_side_by_side(called: CalledCommand) -> None:
    ended = called("compare", "oracle", "amd", "--language", "en")
    assert (ended.status, ended.err) == (0, "")
    assert "(computed: 6\u00a0GW ÷ 4.5\u00a0GW ≈ 1.33)" in ended.out
    record = json.loads(called("compare", "oracle", "amd", "--json").out)
    assert record["rows"][0]["computed"][0]["computed"].startswith("6000000000 / 4500000000 ≈")


def test_a_timeline_is_shown_and_drawn(called: CalledCommand) -> None:
    ended = called("timeline", "stargate", "--language", "fr")
    assert ended.out.startswith("Projet Stargate\n      date ")
    drawn = called("timeline", "--png", "all.png")
    assert (drawn.status, drawn.out) == (0, "Drawn: all.png\n")
    assert (called.home / "all.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads(called("timeline", "amd", "--json").out)["deal"]["id"] == "amd"


def test_the_figures_of_a_text_are_held_against_the_sources(called: CalledCommand) -> None:
    (called.home / "draft.txt").write_text(DRAFT, encoding="utf-8")
    from_file, piped = called("check", "draft.txt"), called("check", stdin=DRAFT.encode())
    assert from_file == piped == called("check", "-", stdin=DRAFT.encode())
    assert (piped.status, piped.err) == (0, "")
    assert "«\u00a04,5 GW\u00a0» — conforme aux sources\n" in piped.out
    assert "«\u00a050 milliards de dollars par an\u00a0» — diffère\u00a0: les sources disent\n" in piped.out
    records = json.loads(called("check", "--json", stdin=DRAFT.encode()).out)
    assert [record["finding"] for record in records] == ["matches", "differs"]
    for record in records:
        assert DRAFT[record["text_start"] : record["text_end"]] == record["text"]
        assert record["figures"]


def test_a_markdown_text_is_checked_as_it_reads_and_its_offsets_are_those_of_the_file(called: CalledCommand) -> None:
    written = "> OpenAI rents **4.5** GW from [Oracle](https://example.org).\n\n- AMD: less than __6 GW__\n"
    told = called("check", stdin=written.encode()).out
    assert "“4.5 GW” — matches the sources\n" in told
    assert "“less than 6 GW” — differs: the sources say\n" in told
    records = json.loads(called("check", "--json", stdin=written.encode()).out)
    places = [written[record["text_start"] : record["text_end"]] for record in records]
    assert places == ["4.5** GW", "6 GW"]
    assert written[: records[0]["start"]] == "> "


def test_a_text_without_figures_is_told_so(called: CalledCommand) -> None:
    assert called("check", stdin=b"There is nothing to count here.").out == "There is no figure in this text.\n"
    ended = called("check", stdin=b"")
    assert ended.status == 1
    assert one_line(ended.err, "empty")


def test_a_removed_source_is_gone_from_what_is_known(called: CalledCommand) -> None:
    before = json.loads(called("figures", "--json").out)
    assert called("remove", "amd-6-gw").status == 0
    after = json.loads(called("figures", "--json").out)
    assert [record for record in before if record["source"] != "amd-6-gw"] == after
    ended = called("deal", "amd")
    assert one_line(ended.err, "amd")


def test_a_shell_completes_the_deals_that_sources_speak_of(sourcier: CommandLine) -> None:
    words = {"_SOURCIER_COMPLETE": "complete_bash", "COMP_WORDS": "sourcier deal a", "COMP_CWORD": "2"}
    assert sourcier(environment=words).out.split() == ["azure", "abilene", "amd"]
    assert sourcier("remove", "amd-6-gw").status == 0
    assert sourcier(environment=words).out.split() == ["azure", "abilene"]


def test_completion_offers_nothing_where_there_is_no_store(newly_called: CalledCommand, tmp_path: Path) -> None:
    words = {"_SOURCIER_COMPLETE": "complete_bash", "COMP_WORDS": "sourcier deal a", "COMP_CWORD": "2"}
    assert newly_called(environment=words).out.split() == []
    assert not (tmp_path / "home" / "data").exists()
