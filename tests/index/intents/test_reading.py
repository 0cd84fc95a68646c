"""Intents are read from plain lines, and a line that is none is named."""

import pytest

from index.errors import BadInput
from index.intents.reading import Text, read, written

LINES = """# who-heads-it
?fr Qui dirige X ?
?en Who runs the port?
=fr Sa directrice, Y, l'a dit en N.
=en Y's trust has N sites.
""".splitlines()


def test_slots_are_left_out_and_languages_kept() -> None:
    (intent,) = read(LINES, "a.txt")
    assert intent.name == "who-heads-it"
    assert intent.asked == (Text("Qui dirige   ?", "fr"), Text("Who runs the port?", "en"))
    assert [text.text.split() for text in intent.said] == [
        ["Sa", "directrice,", ",", "l'a", "dit", "en", "."],
        ["trust", "has", "sites."],
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([*LINES, "Qui ?"], "a.txt, line 6: expected"),
        (["?fr Qui ?"], "a.txt, line 1: expected"),
        (["# x", "?de Wer?"], "a.txt, line 2: expected"),
        (["# lonely", "?fr Qui ?"], "a.txt: lonely needs questions and sentences"),
    ],
)
def test_what_is_no_intent_is_refused_by_file_and_line(lines: list[str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        list(read(lines, "a.txt"))


def test_every_intent_has_a_name_of_its_own_and_texts_in_both_languages() -> None:
    intents = written()
    assert len({intent.name for intent in intents}) == len(intents)
    for intent in intents:
        for texts in (intent.asked, intent.said):
            assert {text.language for text in texts} == {"fr", "en"}, intent.name
