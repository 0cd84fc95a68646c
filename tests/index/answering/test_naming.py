"""Which names a question has."""

from index.answering.naming import whole_names


def test_names_side_by_side_are_one() -> None:
    names = {"san", "laredo", "altman"}
    assert whole_names(names, "Did San Laredo pay Altman?") == [{"san", "laredo"}, {"altman"}]
    assert whole_names(names, "combien altman a versé à san laredo") == [{"altman"}, {"san", "laredo"}]


def test_names_with_a_word_between_them_are_two() -> None:
    assert whole_names({"laredo", "altman"}, "Laredo and Altman") == [{"laredo"}, {"altman"}]


def test_a_question_without_names_has_none() -> None:
    assert whole_names(frozenset(), "who pays for it") == []
    assert whole_names({"laredo"}, "who pays for it") == []
