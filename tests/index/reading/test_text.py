"""Bytes become the text that was meant, character for character, or a sentence that says why not."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadInput
from index.reading.text import MOST_BYTES, decode

TEXT = "L’été, « l’IA » coûte 4,5 M€…\r\nŒuvre – naïve ; 日本 😀\n\nFin\r"
WESTERN = [
    "né",
    "café",
    "Où est le maïs ?",
    "ÉNERGIE NUCLÉAIRE : ÇA VA",
    "L'été à Noël, l'œuvre ambiguë",
    "Le contrat vaut 30 Md$\xa0: « énorme »\r\n\tselon l'État.",
    "¿Qué?",
]
TYPOGRAPHIC = ["L’été coûte 5 € — enfin…", "The “huge” deal – £3bn", "Œuvre • cœur ™"]
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}

patient = settings(deadline=None, max_examples=60)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=80).map(lambda text: text + "a")


def refusal(data: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        decode(data, "note.txt")
    message = str(refused.value)
    assert message.startswith("note.txt is ")
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_utf_8_is_read_as_it_is() -> None:
    assert decode(TEXT.encode(), "note.txt") == TEXT


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(encoding: str) -> None:
    assert decode(MARKS[encoding] + TEXT.encode(encoding), "note.txt") == TEXT


@given(texts, st.sampled_from(list(MARKS)))
@patient
def test_any_text_with_a_mark_comes_back(text: str, encoding: str) -> None:
    assert decode(MARKS[encoding] + text.encode(encoding), "note.txt") == text


@given(texts)
@patient
def test_any_utf_8_text_comes_back(text: str) -> None:
    assert decode(text.encode(), "note.txt") == text


@pytest.mark.parametrize("text", WESTERN)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "iso8859-15"])
def test_french_from_before_unicode_is_read(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        data = text.replace("œ", "oe").encode(encoding)
        text = text.replace("œ", "oe")
    if encoding == "iso8859-15":
        text = data.decode("latin-1")  # the two differ in eight signs that only Latin-9 users can tell
    assert decode(data, "note.txt") == text


@pytest.mark.parametrize("text", TYPOGRAPHIC)
def test_typographic_signs_of_windows_are_read(text: str) -> None:
    assert decode(text.encode("cp1252"), "note.txt") == text


def test_a_long_repetitive_text_of_windows_is_read() -> None:
    text = "L'été " * 100_000
    assert decode(text.encode("cp1252"), "note.txt") == text


def test_an_encoding_of_another_alphabet_is_refused_and_not_guessed() -> None:
    text = "Компания OpenAI подписала соглашение с Oracle о строительстве центров обработки данных в Техасе. " * 5
    assert "encoding" in refusal(text.encode("cp1251"))


def test_nul_is_refused() -> None:
    assert "NUL" in refusal(b"abc\0def")
    assert "NUL" in refusal("UTF-16 sans marque".encode("utf-16-le"))
    assert "NUL" in refusal(codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"))


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF32_LE, b"---\n***\n", "…😀\u200b".encode()]
)
def test_a_text_without_a_letter_or_digit_is_refused(data: bytes) -> None:
    assert "empty" in refusal(data)


def test_the_largest_text_is_read_and_one_byte_more_refused() -> None:
    assert len(decode(b"a" * MOST_BYTES, "note.txt")) == MOST_BYTES
    message = refusal(b"a" * (MOST_BYTES + 1))
    assert "too large" in message
    assert "limit is 10 MB" in message


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + b"abc\xff",
        codecs.BOM_UTF16_LE + b"abc",
        codecs.BOM_UTF16_LE + b"\x00\xd8a\x00",
        codecs.BOM_UTF32_BE + b"\xff\xff\xff\xff",
    ],
)
def test_a_text_that_breaks_its_mark_is_refused(data: bytes) -> None:
    assert "damaged at byte" in refusal(data)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)), bytes(range(1, 256)) * 10])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    refusal(data)


@given(st.binary(max_size=120))
@patient
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "note.txt")
    except BadInput:
        return
    assert "\0" not in text
    assert any(c.isalnum() for c in text)
