import pytest

from index.reading.papers.legibility import is_legible

FRENCH = (
    "Voltéria a signé mardi un contrat de fourniture de 4,5 GW de puissance informatique avec le groupe Hélianthe. "
)
ENGLISH = "The company signed a contract for 4.5 GW of capacity with the group on Tuesday, and it is worth billions. "
GERMAN = (
    "Das Unternehmen unterzeichnete am Dienstag einen Vertrag mit dem Konzern, teilte eine Sprecherin gestern mit. "
)
GREEK = "Η εταιρεία υπέγραψε την Τρίτη συμβόλαιο με τον όμιλο, ανακοίνωσε χθες η εκπρόσωπος στην Αθήνα. "
TABLE = "Abilene 1,2 15 2026 Milam 0,6 8 2027 Lordstown 0,3 3 2026 "


def _shifted(text: str, by: int) -> str:
    return "".join(chr(ord(letter) + by) if letter.isascii() and letter.isalpha() else letter for letter in text)


@pytest.mark.parametrize("text", ["", "x", FRENCH * 5, ENGLISH * 5, GERMAN * 5, GREEK * 5, TABLE * 8])
def test_texts_of_any_language_are_legible(text: str) -> None:
    assert is_legible(text)


@pytest.mark.parametrize(
    "text", [_shifted(ENGLISH, -29) * 5, _shifted(ENGLISH.lower(), 3) * 5, "\ufffd" * 50, "\x01\x02 " * 40]
)
def test_glyphs_in_place_of_letters_are_not(text: str) -> None:
    assert not is_legible(text)
