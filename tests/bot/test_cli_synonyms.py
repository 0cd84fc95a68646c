"""sourcier synonyms: what a shelf calls otherwise, shown and set."""

import json

from tests.bot.called_command import CalledCommand
from tests.bot.command_line import one_line

SERVER = "discord-12"
QUESTION = "Que construit Zébulon à Abilene ?"
WRITTEN = "# Noms\nZRG = OpenAI\nbase lunaire = moon base\n"


def test_entries_are_set_from_a_file_or_standard_input_and_shown_as_they_are(called: CalledCommand) -> None:
    shown = called("synonyms")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == "# No entries yet. One a line, such as: base lunaire = moon base\n"
    assert called("synonyms", "--set", "-", stdin=shown.out.encode()).out == "Kept: 0 entries\n"
    kept = called("synonyms", "--set", "-", stdin=WRITTEN.encode())
    assert (kept.status, kept.out, kept.err) == (0, "Kept: 2 entries\n", "")
    assert called("synonyms").out == WRITTEN
    file = called.home / "synonymes.txt"
    file.write_text("Élysée = Elysium\n", "utf-8")
    assert called("synonyms", "--set", str(file), "--shelf", SERVER).out == "Kept: 1 entry\n"
    assert called("synonyms", "--shelf", SERVER).out == "Élysée = Elysium\n"
    assert called("synonyms").out == WRITTEN
    assert called("synonyms", "--set", "-", "--shelf", SERVER).out == "Kept: 0 entries\n"
    assert called("synonyms", "--shelf", SERVER).out.startswith("# No entries yet")


def test_questions_are_understood_by_them(called: CalledCommand) -> None:
    def verdict() -> str:
        return str(json.loads(called("ask", QUESTION, "--json").out)["verdict"])

    assert verdict() == "unanswered"
    called("synonyms", "--set", "-", stdin="Zébulon = Crusoe\n".encode())
    assert verdict() == "answered"
    assert "Synonyms: 1 entry now" in called("history").out


def test_what_is_no_entry_is_refused_in_a_line_and_changes_nothing(called: CalledCommand) -> None:
    called("synonyms", "--set", "-", stdin=WRITTEN.encode())
    for stdin, said in (
        (b"mot = word\n\x1b[2Jpuce", "Line 2 is not written like"),
        (b"\x00 = b", "NUL characters"),
        (b"mot = word\n" * 201, "There are 201 entries, and there is room for 200."),
    ):
        ended = called("synonyms", "--set", "-", stdin=stdin)
        assert (ended.status, ended.out) == (1, "")
        assert one_line(ended.err, said)
        assert "\x1b" not in ended.err
    missing = called("synonyms", "--set", "nowhere.txt")
    assert missing.status == 1
    assert one_line(missing.err, "nowhere.txt cannot be read")
    assert called("synonyms", "--shelf", "elsewhere").status == 2
    assert called("synonyms").out == WRITTEN
