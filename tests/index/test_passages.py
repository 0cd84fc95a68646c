"""Passages are whole sentences of one section, of a length to be read."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import passages, sentences
from index.passages import Piece

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def shown(text: str, *, markdown: bool = False) -> list[tuple[str, str]]:
    return [(piece.heading, text[piece.start : piece.end]) for piece in passages.split(text, markdown=markdown)]


def prose(words: int, sentence: int = 10) -> str:
    """Text of ``words`` words in sentences of ``sentence`` words."""
    whole = " ".join(["Oracle", *["puces"] * (sentence - 2), "louées."])
    return " ".join([whole] * (words // sentence))


def lengths(text: str) -> list[int]:
    return [len(passage.split()) for _, passage in shown(text)]


def test_a_heading_stands_over_its_passages_and_in_none() -> None:
    first, second = prose(50), prose(60)
    text = f"La transition d’OpenAI au-delà de Microsoft\n{first}\n{second}\nConclusion\n{first}"
    assert shown(text) == [
        ("La transition d’OpenAI au-delà de Microsoft", first),
        ("La transition d’OpenAI au-delà de Microsoft", second),
        ("Conclusion", first),
    ]


def test_text_before_the_first_heading_has_none() -> None:
    text = f"{prose(50)}\nConclusion\n{prose(50)}"
    assert [heading for heading, _ in shown(text)] == ["", "Conclusion"]


@pytest.mark.parametrize(
    "line",
    [
        "Oracle a signé.",
        "Oracle a-t-elle signé ?",
        "À suivre…",
        "Les sites sont ceux-ci :",
        "« Nous irons vite. »",
        "- Texas",
        "1. Texas",
        "date 2024-06",
        "Publié le 12 juin 2024",
        "June 12, 2024",
        "Par Jean Dupont",
        "Source : Reuters",
        "https://example.com/article",
        " ".join(["mot"] * 16),
        "-----",
    ],
)
def test_such_a_line_is_no_heading(line: str) -> None:
    text = f"{line}\n{prose(50)}"
    assert shown(text) == [("", text)]


@pytest.mark.parametrize(
    "line",
    [
        "L’an 2024 d’Oracle",
        "Juin 2024 : le bilan d’Oracle",
        "Le Texas, en 2024, attire OpenAI",
        "Mars attaque Oracle",
    ],
)
def test_a_heading_may_speak_of_a_date(line: str) -> None:
    assert shown(f"{line}\n{prose(50)}") == [(line, prose(50))]


def test_a_date_and_an_author_may_stand_between_a_title_and_its_text() -> None:
    body = f"Publié le 12 juin 2024\nPar Jean Dupont\n{prose(50)}"
    assert shown(f"Le titre de l’article\n{body}") == [("Le titre de l’article", body)]


@pytest.mark.parametrize("credit", ["vía: DCD", "Punto Informatico"])
def test_a_short_last_line_belongs_to_the_last_passage(credit: str) -> None:
    body = f"{prose(50)}\n{credit}"
    assert shown(f"Conclusion\n{body}") == [("Conclusion", body)]
    assert shown(credit) == [("", credit)]


def test_a_line_alone_or_a_last_heading_is_not_lost() -> None:
    assert shown("Un titre") == [("", "Un titre")]
    assert shown(f"{prose(50)}\n## Fin", markdown=True) == [("", prose(50)), ("", "## Fin")]


def test_markdown_headings_lose_their_marks() -> None:
    text = f"# Le grand titre\n\nIntro.\n\n## Une partie ?\n\n{prose(50)}"
    assert shown(text, markdown=True) == [("Le grand titre", "Intro."), ("Une partie ?", prose(50))]


def test_a_markdown_heading_over_another_is_a_passage() -> None:
    text = f"# Titre\n## Partie\n{prose(50)}"
    assert shown(text, markdown=True) == [("", "# Titre"), ("Partie", prose(50))]


def test_a_number_sign_is_no_heading_mark_in_plain_text_or_inside_a_line() -> None:
    assert shown(f"# Titre\n{prose(50)}") == [("# Titre", prose(50))]
    assert shown(f"Le C# 5 arrive\n{prose(50)}", markdown=True) == [("Le C# 5 arrive", prose(50))]


def test_short_paragraphs_are_joined_until_there_are_words_enough() -> None:
    assert lengths("\n\n".join([prose(20), prose(20), prose(50), prose(10)])) == [40, 60]


def test_short_paragraphs_are_not_joined_over_a_heading() -> None:
    text = f"{prose(10)}\nConclusion\n{prose(20)}"
    assert shown(text) == [("", prose(10)), ("Conclusion", prose(20))]


def test_paragraphs_of_a_good_length_stay_as_they_are() -> None:
    assert lengths("\n".join([prose(40), prose(120), prose(90)])) == [40, 120, 90]


@pytest.mark.parametrize(("words", "parts"), [(130, [70, 60]), (240, [120, 120]), (300, [100, 100, 100])])
def test_a_long_paragraph_is_split_into_passages_of_like_length(words: int, parts: list[int]) -> None:
    assert sorted(lengths(prose(words)), reverse=True) == parts


def test_a_long_sentence_stays_whole() -> None:
    long = prose(390, 390)
    assert shown(f"{prose(50)} {long} {prose(50)}") == [("", prose(50)), ("", long), ("", prose(50))]


def test_a_sentence_beyond_the_hard_limit_is_cut_at_white_space() -> None:
    assert lengths(prose(1000, 1000)) == [334, 334, 332]


def test_a_text_without_white_space_is_cut_by_length() -> None:
    assert passages.split("x" * 9000) == [Piece("", 0, 4000), Piece("", 4000, 8000), Piece("", 8000, 9000)]


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    sites = "Les sites retenus :\n- Texas\n- Ohio\n- Michigan"
    assert shown(f"{prose(110)}\n{sites}\n{prose(50)}") == [("", prose(110)), ("", f"{sites}\n{prose(50)}")]
    assert [passage.endswith(sites) for _, passage in shown(f"{prose(120)} {sites}")] == [False, True]


def test_a_list_too_long_for_a_passage_starts_with_its_introduction() -> None:
    items = "\n".join(f"- {prose(30, 30)}" for _ in range(6))
    found = [passage for _, passage in shown(f"{prose(50)} Voici la suite :\n{items}")]
    assert any("Voici la suite :\n- Oracle" in passage for passage in found)
    assert all(len(passage.split()) <= 120 for passage in found)


def test_a_list_may_stand_under_a_heading() -> None:
    assert shown("Les sites\n- Texas\n- Ohio") == [("Les sites", "- Texas\n- Ohio")]


def test_wrapped_lines_are_no_headings() -> None:
    text = "OpenAI a loué de la puissance\nde calcul chez Oracle, ce qui\nreprésente une belle expansion."
    assert shown(text) == [("", text)]


@pytest.mark.parametrize("text", ["", " \n\t\u2028 "])
def test_no_text_has_no_passage(text: str) -> None:
    assert passages.split(text) == []


SENTENCE = st.integers(1, 60).map(lambda words: " ".join(["Oracle", *["loue"] * (words - 1)]) + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=8).map(" ".join)
LINE = st.one_of(
    PARAGRAPH,
    st.sampled_from(
        ["Un titre", "# Un titre", "## Une partie", "- Texas", "1. Ohio", "Les sites :", "date 2024-06", ""]
    ),
)
ARTICLE = st.lists(LINE, max_size=12).map("\n".join)
ANYTHING = st.one_of(
    ARTICLE,
    st.text(max_size=300),
    st.text(alphabet=list('.…!?«»"() \n#-1aAé:\x00\ud800'), max_size=300),
)


@given(ANYTHING, st.booleans())
def test_offsets_are_exact_and_no_character_is_lost_or_twice(text: str, markdown: bool) -> None:  # noqa: FBT001
    end = 0
    heading = ""
    for piece in passages.split(text, markdown=markdown):
        assert end <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end] == text[piece.start : piece.end].strip()
        between = "".join(text[end : piece.start].split())
        if between:
            heading = piece.heading
            assert between.lstrip("#" if markdown else "") == "".join(heading.split()).lstrip("#" if markdown else "")
        assert piece.heading in (heading, "")
        end = piece.end
    assert not text[end:].strip()


@given(ARTICLE, st.booleans())
def test_a_passage_begins_and_ends_with_sentences_and_keeps_to_the_limit(text: str, markdown: bool) -> None:  # noqa: FBT001
    whole = sentences.split(text)
    starts, ends = {span.start for span in whole}, {span.end for span in whole}
    for piece in passages.split(text, markdown=markdown):
        assert piece.start in starts
        assert piece.end in ends
        assert len(text[piece.start : piece.end].split()) <= 120


@given(st.lists(SENTENCE, min_size=2, max_size=40).map(" ".join))
def test_two_neighbours_under_a_heading_would_not_fit_one_passage(text: str) -> None:
    counts = lengths(text)
    assert all(first + second > 120 for first, second in pairwise(counts))


@pytest.mark.parametrize(
    "pattern", [".", '"', "(", "1", "A", "a ", "A. ", "- a\n", "# a\n", "a:\n- b\n", "\n", "2024-06 "]
)
def test_a_long_run_of_one_pattern_is_read_to_the_end(pattern: str) -> None:
    text = pattern * (50_000 // len(pattern))
    pieces = passages.split(text)
    seen = sum(len("".join(text[piece.start : piece.end].split())) for piece in pieces)
    assert seen == len("".join(text.split())) - sum(len("".join(h.split())) for h in {p.heading for p in pieces})
