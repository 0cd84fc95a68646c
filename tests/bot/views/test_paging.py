"""Long texts are paged without loss; what fits on a page is not cut, and cuts fall where a reader would pause."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import printable
from bot.views.markdown import escape, length
from bot.views.paging import LEFT_OUT, cluster_ends, excerpt, paginate
from index.sentences import split

patient = settings(deadline=None)


def drawn(text: str) -> int:
    """What a text takes in a message, on a line of its own."""
    return length(escape(text)) + 1


MEASURES: list[Callable[[str], int]] = [len, drawn, lambda text: 3 * len(text)]
texts = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ["Oracle", "paie", "30 Md $", "a_b_c", ". ", "! ", "\n\n", " ", "   ", "e\u0301", "👨\u200d👩", "x" * 30]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("measure", MEASURES)
@patient
@given(blocks=st.lists(texts, max_size=5), room=st.integers(12, 150))
def test_nothing_is_lost_nothing_is_doubled_and_no_page_is_too_full(
    measure: Callable[[str], int], blocks: list[str], room: int
) -> None:
    pages = paginate(blocks, room, measure)
    assert "".join(piece for page in pages for piece in page) == "".join(blocks)
    for page in pages:
        assert page
        assert sum(map(measure, page)) <= room


@pytest.mark.parametrize("measure", MEASURES)
@patient
@given(blocks=st.lists(texts.filter(bool), max_size=5), room=st.integers(12, 150))
def test_a_block_that_fits_on_a_page_is_one_piece(measure: Callable[[str], int], blocks: list[str], room: int) -> None:
    pieces = iter(piece for page in paginate(blocks, room, measure) for piece in page)
    for block in blocks:
        whole = next(pieces)
        if measure(block) <= room:
            assert whole == block
        while whole != block:
            whole += next(pieces)
            assert block.startswith(whole)


@patient
@given(st.lists(st.sampled_from(["Oracle paie.", "OpenAI loue 4,5 GW !", "Qui ?"]), min_size=1).map(" ".join))
def test_sentences_that_fit_on_a_page_are_never_cut(text: str) -> None:
    sentences = {text[span.start : span.end] for span in split(text)}
    for page in paginate([text], 25):
        for piece in page:
            assert {piece[span.start : span.end] for span in split(piece)} <= sentences


def test_a_block_moves_to_the_next_page_rather_than_being_cut() -> None:
    assert paginate(["Premier.", "Le second bloc."], 20) == [["Premier."], ["Le second bloc."]]
    assert paginate(["Premier.", "Le second."], 20) == [["Premier.", "Le second."]]


def test_a_long_block_starts_where_its_first_sentence_fits_and_is_cut_after_sentences() -> None:
    assert paginate(["Titre", "Un deux. Trois quatre. Cinq six."], 24) == [
        ["Titre", "Un deux. "],
        ["Trois quatre. Cinq six."],
    ]
    assert paginate(["Un titre très long", "Un deux. Trois quatre. Cinq six."], 24) == [
        ["Un titre très long"],
        ["Un deux. Trois quatre. "],
        ["Cinq six."],
    ]


def test_a_sentence_that_fills_a_page_is_not_cut_for_the_space_after_it() -> None:
    assert paginate(["Il a dit oui. Elle a dit non."], 13) == [["Il a dit oui."], [" Elle a dit "], ["non."]]
    assert paginate(["Il a dit oui. Elle a dit non."], 15) == [["Il a dit oui. "], ["Elle a dit non."]]


def test_a_long_sentence_is_cut_after_words_and_goes_on_with_the_next_sentence() -> None:
    text = "Une phrase bien trop longue pour cela. Fin."
    assert paginate([text], 18) == [["Une phrase bien "], ["trop longue pour "], ["cela. Fin."]]


def test_a_long_word_is_cut_between_characters() -> None:
    assert paginate(["abcdefgh"], 3) == [["abc"], ["def"], ["gh"]]
    assert paginate(["e\u0301e\u0301e\u0301"], 3) == [["e\u0301"], ["e\u0301"], ["e\u0301"]]
    assert paginate(["🇫🇷🇧🇪🇨🇭"], 3) == [["🇫🇷"], ["🇧🇪"], ["🇨🇭"]]
    assert paginate(["👍🏽👍🏽"], 3) == [["👍🏽"], ["👍🏽"]]
    assert paginate(["\ud83d\ude00\ud83d\ude00"], 3) == [["\ud83d\ude00"], ["\ud83d\ude00"]]


def test_a_mark_stays_on_the_letter_before_it_where_a_space_or_a_stop_invites_a_cut() -> None:
    for page in paginate(["Oui. \u0301Non. Si \u0301la. " * 5], 9):
        assert page[0][0] != "\u0301"


def test_a_letter_with_more_marks_than_a_page_holds_is_cut_all_the_same() -> None:
    text = "e" + "\u0301" * 10
    assert paginate([text], 4) == [[text[:4]], [text[4:8]], [text[8:]]]


@patient
@given(st.text(st.sampled_from("ab \u0301\u200d\u094d😀👩🇫🇷🏽\r\n")))
def test_the_ends_of_characters_part_a_text_into_characters(text: str) -> None:
    ends = list(cluster_ends(text, 0, len(text)))
    assert sorted(set(ends)) == ends
    assert not text or ends[-1] == len(text)
    for end in ends[:-1]:
        assert text[end] not in "\u0301\u200d\u094d🏽"
        assert text[end - 1] != "\u200d"
        assert text[end - 1 : end + 1] != "\r\n"


def test_blank_pages_are_only_made_of_blank_text() -> None:
    assert paginate(["a " + " " * 30 + " b"], 10)[0] == ["a" + " " * 9]
    assert [page for page in paginate(["Un. \n\n Deux. Trois."] * 3, 8) for piece in page if not piece.strip()] == []
    assert paginate([], 10) == []
    assert paginate(["", ""], 10) == []


def test_a_page_too_small_for_a_character_is_refused() -> None:
    assert paginate(["ab"], 1) == [["a"], ["b"]]
    for room in (0, 1):
        with pytest.raises(ValueError, match="cannot hold one character"):
            paginate(["**"], room, drawn)


@pytest.mark.parametrize("text", ["x", " ", "*", "\u0301", "🇫", "A. ", "a ", "\n", "«", "x" * 4000 + " "])
def test_a_hostile_text_is_measured_in_proportion_to_its_length(text: str) -> None:
    def spent(size: int) -> int:
        """How many code points are measured to page a text of this size."""
        counted = 0

        def counting(piece: str) -> int:
            nonlocal counted
            counted += len(piece)
            return len(piece)

        block = (text * (size // len(text) + 1))[:size]
        pages = paginate([block], 500, counting)
        assert "".join(piece for page in pages for piece in page) == block
        excerpt(block, "Oui.", block, 500, counting)
        return counted

    assert spent(100_000) <= 11 * spent(10_000)


BEFORE = "Deux. Cinq. Sept. "
AFTER = " Huit. Onze. Zéro."


def test_an_excerpt_with_room_leaves_nothing_out() -> None:
    assert excerpt(BEFORE, "Oui.", AFTER, 100) == (BEFORE, "Oui.", AFTER)
    assert excerpt(BEFORE, "Oui.", AFTER, len(BEFORE + "Oui." + AFTER)) == (BEFORE, "Oui.", AFTER)
    assert excerpt("", "Oui.", "", 4) == ("", "Oui.", "")


def test_an_excerpt_grows_to_both_sides_in_turn_by_whole_sentences() -> None:
    seen = [excerpt(BEFORE, "Oui.", AFTER, room) for room in range(4, 42)]
    assert list(dict.fromkeys(seen)) == [
        ("", "Oui.", ""),
        (" […] ", "Oui.", " […] "),
        (" […] Sept. ", "Oui.", " […] "),
        (" […] Sept. ", "Oui.", " Huit. […] "),
        (" […] Cinq. Sept. ", "Oui.", " Huit. […] "),
        (BEFORE, "Oui.", " Huit. […] "),
        (" […] Cinq. Sept. ", "Oui.", " Huit. Onze. […] "),
        (BEFORE, "Oui.", " Huit. Onze. […] "),
        (BEFORE, "Oui.", AFTER),
    ]


def test_an_excerpt_goes_on_on_one_side_where_the_other_has_a_long_sentence() -> None:
    before = "Une phrase qui est beaucoup trop longue pour cet extrait. "
    assert excerpt(before, "Oui.", AFTER, 30) == (" […] ", "Oui.", AFTER)
    assert excerpt(AFTER.strip() + " ", "Oui.", " " + before.strip(), 30) == (AFTER.strip() + " ", "Oui.", " […] ")


def test_the_marked_sentence_is_never_shortened() -> None:
    sentence = "x" * 50
    assert excerpt(BEFORE, sentence, AFTER, 20) == ("", sentence, "")


@pytest.mark.parametrize("measure", MEASURES)
@patient
@given(before=texts, sentence=texts, after=texts, room=st.integers(0, 500))
def test_an_excerpt_fits_and_holds_whole_sentences_next_to_the_marked_one(
    measure: Callable[[str], int], before: str, sentence: str, after: str, room: int
) -> None:
    before, sentence, after = printable(before), printable(sentence), printable(after)
    left, marked, right = excerpt(before, sentence, after, room, measure)
    assert marked == sentence
    alone = not left and not right
    assert alone or sum(map(measure, (left, marked, right))) <= room
    if not alone:
        starts = {len(before), *(span.start for span in split(before))}
        ends = {0, *(span.end for span in split(after))}
        assert left in {before, *(LEFT_OUT + before[start:] for start in starts)}
        assert right in {after, *(after[:end] + LEFT_OUT for end in ends)}
