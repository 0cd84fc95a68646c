"""sourcier gaps and sourcier golden: what was asked in vain, and questions whose right answer is known."""

import asyncio
import csv
import io
import json

import pytest

from index.library import Library
from index.model import SHARED, Complaint, Reason, Verdict
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import one_line

SERVER = "discord-12"
PAID = "Combien OpenAI paie-t-elle Oracle par an ?"
RUNS = "Qui dirige la boulangerie Fournil ?"
AGAIN = "la boulangerie FOURNIL, qui la dirige"


@pytest.fixture
def asked(called: CalledCommand) -> CalledCommand:
    """The command on a store in which people asked in vain."""

    async def ask() -> None:
        async with await Library.open(called.data, "write") as library:
            for number, (shelf, question) in enumerate(
                [(SHARED, RUNS), (SHARED, "=Combien vaut le Fournil ?\x1b[2J"), (SHARED, AGAIN), (SERVER, "Qui, ici ?")]
            ):
                answer = (await library.ask(question, shelf)).model_copy(
                    update={"verdict": Verdict.UNANSWERED, "reason": Reason.NOT_COVERED}
                )
                kept = await library.memory.keep(answer, shelf=shelf, by=f"asker-{number}", origin=str(number))
                if number == 0:
                    await library.memory.wish(kept, shelf, by="wisher")
                    complaint, words = Complaint.NO_ANSWER, "on le\nsait"
                    await library.memory.report(kept, shelf, by="reporter", complaint=complaint, words=words)

    asyncio.run(ask())
    return called


def test_what_was_asked_in_vain_is_listed_most_asked_first_without_who_asked(asked: CalledCommand) -> None:
    ended = asked("gaps")
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == AGAIN
    assert lines[1].startswith("   asked 2 times · by 2 people · 1 wants to be told · last 20")
    assert lines[1].endswith(" UTC")
    assert lines[2:5] == [f"   also: {RUNS}", "   complaint: no answer, “on le sait”", "=Combien vaut le Fournil ?␛[2J"]
    assert "Qui, ici ?" not in ended.out
    assert asked("gaps", "--shelf", SERVER).out.startswith("Qui, ici ?\n   asked once · by 1 person · last 20")
    assert asked("gaps", "--shelf", "discord-99").out == "Nothing was asked in vain in the last 30 days.\n"
    printed = ended.out + asked("gaps", "--json").out + asked("gaps", "--csv").out
    assert not [who for who in ("asker", "wisher", "reporter") if who in printed]


def test_what_was_asked_in_vain_is_there_for_programs_and_spreadsheets(asked: CalledCommand) -> None:
    first, second = json.loads(asked("gaps", "--json").out)
    assert (first["question"], first["asked"], first["people"], first["wishing"]) == (AGAIN, 2, 2, 1)
    assert first["other_wordings"] == [RUNS]
    (complaint,) = first["complaints"]
    assert (complaint["complaint"], complaint["words"]) == ("no answer", "on le\nsait")
    assert second["complaints"] == []
    rows = list(csv.DictReader(io.StringIO(asked("gaps", "--csv").out)))
    assert [row["question"] for row in rows] == [AGAIN, "'=Combien vaut le Fournil ?␛[2J"]
    assert (rows[0]["said"], rows[0]["other_wordings"], rows[0]["id"]) == ("no answer: on le sait", RUNS, first["id"])
    for wrong in (("--csv", "--json"), ("--shelf", "elsewhere")):
        ended = asked("gaps", *wrong)
        assert ended.status == 2
        assert one_line(ended.err)


def test_golden_questions_are_kept_checked_and_removed(called: CalledCommand) -> None:
    assert called("golden", "list").out == "There are no golden questions.\n"
    assert called("golden", "check").out == "There are no golden questions.\n"
    added = called("golden", "add", PAID, "--source", "oracle-4-5-gw", "--figure", "$30 billion a year")
    right = f"right  {PAID}\n       expected oracle-4-5-gw · $30 billion a year; answered from oracle-4-5-gw\n"
    assert (added.status, added.out) == (0, right)
    assert called("golden", "check").out == f"{right}1 of 1 answered rightly\n"
    added = called("golden", "add", RUNS, "--source", "amd-6-gw")
    wrong = f"WRONG  {RUNS}\n       expected amd-6-gw; unanswered\n"
    assert (added.status, added.out) == (0, wrong)
    checked = called("golden", "check")
    assert (checked.status, checked.out) == (1, f"{wrong}{right}1 of 2 answered rightly\n")
    as_json = called("golden", "check", "--json")
    assert as_json.status == 1
    assert [(one["question"], one["right"], one["answered_from"]) for one in json.loads(as_json.out)] == [
        (PAID, True, "oracle-4-5-gw"),
        (RUNS, False, None),
    ]
    assert called("golden", "list").out == (f"{PAID}\n   oracle-4-5-gw · $30 billion a year\n{RUNS}\n   amd-6-gw\n")
    assert json.loads(called("golden", "list", "--json").out)[1] == {
        "question": RUNS,
        "source": "amd-6-gw",
        "figure": None,
        "sentence": None,
    }
    assert called("golden", "list", "--shelf", SERVER).out == "There are no golden questions.\n"
    assert called("golden", "remove", RUNS).out == f"Removed: {RUNS}\n"
    assert called("golden", "check").status == 0


def test_a_sentence_is_kept_as_its_source_has_it_and_shown(called: CalledCommand) -> None:
    sentence = "Il a récemment acheté environ 400 000 puces GB200"
    asked = "Combien de puces GB200 Oracle a-t-il achetées ?"
    added = called("golden", "add", asked, "--sentence", f"  {sentence.replace(' ', '  ')} ")
    right = f"right  {asked}\n       expected oracle-4-5-gw · “{sentence}”; answered from oracle-4-5-gw\n"
    assert (added.status, added.err) == (0, "")
    assert " ".join(added.out.split()) == " ".join(right.split())
    assert " ".join(called("golden", "check").out.split()) == " ".join(f"{right}1 of 1 answered rightly".split())
    assert f"“{sentence}”" in " ".join(called("golden", "list").out.split())
    kept = {"question": asked, "source": "oracle-4-5-gw", "figure": None, "sentence": sentence}
    assert json.loads(called("golden", "list", "--json").out) == [kept]
    assert json.loads(called("golden", "check", "--json").out) == [
        kept | {"right": True, "answered_from": "oracle-4-5-gw"}
    ]
    again = called("golden", "add", asked, "--sentence", sentence, "--source", "oracle-4-5-gw", "--figure", "1 GW")
    assert "WRONG" in again.out
    assert json.loads(called("golden", "list", "--json").out) == [kept | {"figure": "1 GW"}]


def test_what_cannot_be_kept_or_removed_is_refused_in_a_line(called: CalledCommand) -> None:
    for arguments, said in (
        (("add", PAID), "needs the source that answers it"),
        (("add", PAID, "--source", "nope"), "no source called “nope”"),
        (("add", PAID, "--figure", "beaucoup"), "“beaucoup” is not one number"),
        (("add", "", "--source", "amd-6-gw"), "1 to 500 characters"),
        (("add", PAID, "--sentence", "Deux mots"), "at least 3 words"),
        (("add", PAID, "--sentence", "Une phrase que rien ne dit."), "does not stand word for word in any source here"),
        (("add", PAID, "--sentence", "Trois mots, oui.", "--source", "amd-6-gw"), "does not stand word for word in “"),
        (("remove", PAID), "no such golden question"),
    ):
        ended = called("golden", *arguments)
        assert (ended.status, ended.out) == (1, "")
        assert one_line(ended.err, said)
    assert called("golden", "list", "--json").out == "[]\n"
