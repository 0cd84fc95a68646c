"""What figure a question wants, by its words alone."""

import pytest

from index.answering.sought import is_said_so

ASKERS, YEAR = (("9999", "9999"),), (("2024", "2024"),)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("L\u2019an dernier, le musée a reçu 214 000 visiteurs.", True),
        ("The brand lost three million pounds last year.", True),
        ("Le musée a reçu 214 000 visiteurs en 2024.", False),
        ("The last of the years was the best.", False),
    ],
)
def test_what_is_asked_by_the_asker_s_time_is_told_where_a_sentence_says_it_so(sentence: str, said: bool) -> None:  # noqa: FBT001
    assert is_said_so(ASKERS, sentence) is said
    assert not is_said_so(YEAR, sentence)
    assert not is_said_so((), sentence)
