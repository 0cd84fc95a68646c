"""A document from outside is read in the encoding that it is in, whatever is said of it."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadInput
from index.reading.charsets import decode

TEXT = "L’été dernier, Nébula a loué 4,5 GW – « énorme », à Fos-sur-Mer : 30 000 €."
LATIN = "L'été dernier, Nébula a loué 4,5 GW à Fos-sur-Mer : où est le maïs ?"


@pytest.mark.parametrize(
    "declared", ["iso-8859-1", "windows-1251", "ascii", "shift_jis", "utf-7", "zlib_codec", "rot13", "x", ""]
)
def test_utf_8_is_never_read_as_anything_else(declared: str) -> None:
    assert decode(TEXT.encode(), "note", declared) == TEXT
    page = f'<meta charset="{declared}">{TEXT}'
    assert decode(page.encode(), "note", "iso-8859-1", is_page=True) == page


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("macintosh", "mac_roman"),
        ("IBM850", "cp850"),
    ],
)
def test_a_declared_encoding_counts(declared: str, encoding: str) -> None:
    text = TEXT if encoding in ("cp1252", "mac_roman") else LATIN
    assert decode(text.encode(encoding), "note", declared) == text


@pytest.mark.parametrize(
    "label",
    [
        '<meta charset="iso-8859-15">',
        "<META CHARSET = iso-8859-15 >",
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">',
        '<?xml version="1.0" encoding="iso-8859-15"?>',
    ],
)
def test_a_page_says_its_encoding(label: str) -> None:
    page = f"{label}<p>Prix : 30 € à l'été</p>"
    assert decode(page.encode("iso-8859-15"), "note", is_page=True) == page


def test_what_the_server_says_counts_more_than_what_the_page_says() -> None:
    page = "<meta charset=windows-1251><p>L'été</p>"
    assert decode(page.encode("cp1252"), "note", "windows-1252", is_page=True) == page


@pytest.mark.parametrize("declared", ["utf-8", None])
def test_western_text_that_calls_itself_utf_8_is_read(declared: str | None) -> None:
    assert decode(LATIN.encode("cp1252"), "note", declared) == LATIN


def test_text_of_an_old_macintosh_is_read() -> None:
    text = "La société a signé un contrat très élevé à l’été. " * 20
    assert decode(text.encode("mac_roman"), "note") == text


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = TEXT.encode() + b"\xff" + TEXT.encode()
    assert decode(data, "note", "utf-8") == f"{TEXT}\ufffd{TEXT}"
    assert decode(TEXT.encode()[:-2], "note").startswith(TEXT[:-2])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_a_mark_and_without(encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    assert decode(TEXT.encode(encoding), "note", "utf-8") == TEXT
    assert decode(mark + TEXT.encode(encoding), "note") == TEXT


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode(codecs.BOM_UTF8 + TEXT.encode(), "note", "iso-8859-1") == TEXT


def test_zero_bytes_are_left_out() -> None:
    assert decode(b"Le contrat\0 vaut 30\0 milliards.", "note") == "Le contrat vaut 30 milliards."


@pytest.mark.parametrize(
    "label", ["utf-7", "unicode_escape", "rot13", "zlib_codec", "idna", "punycode", "base64", "undefined"]
)
def test_codecs_that_are_no_encodings_of_text_are_never_used(label: str) -> None:
    data = "+ADw-script+AD4- é \\u0041".encode("cp1252")
    assert decode(data, "note", label) == "+ADw-script+AD4- é \\u0041"


def test_an_encoding_that_cannot_be_told_is_refused() -> None:
    with pytest.raises(BadInput, match="encoding"):
        decode(("Компания подписала соглашение о строительстве центров. " * 9).encode("cp1251"), "note")


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "windows-1252", "gb2312", "utf-16", "euc-kr", "x"]),
    st.booleans(),
)
@settings(deadline=None, max_examples=100)
def test_any_bytes_are_decoded_or_refused(data: bytes, declared: str | None, is_page: bool) -> None:  # noqa: FBT001
    with suppress(BadInput):
        assert "\0" not in decode(data, "note", declared, is_page=is_page)
