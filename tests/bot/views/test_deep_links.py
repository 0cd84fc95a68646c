"""A link to a source opens it at the quoted sentence, and is always one that Discord takes."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.deep_links import deep_link

patient = settings(deadline=None)
PAGE = "https://example.org/a"
SENTENCE = "OpenAI a loué 4,5 GW à Oracle."
LONG = " ".join(f"mot{number}" for number in range(200))
# The grammar of https://wicg.github.io/scroll-to-text-fragment/ for textStart[,textEnd].
DIRECTIVE = re.compile(r":~:text=((?:[A-Za-z0-9._~]|%[0-9A-F]{2})+)(?:,((?:[A-Za-z0-9._~]|%[0-9A-F]{2})+))?\Z")


def directive(link: str | None) -> tuple[str, str]:
    """Return the decoded start and end of a link's directive."""
    found = DIRECTIVE.search(link or "")
    assert found, link
    return unquote(found[1]), unquote(found[2] or "")


def test_a_link_carries_the_whole_sentence_where_it_fits() -> None:
    link = deep_link(PAGE, SENTENCE)
    assert link == f"{PAGE}#:~:text=OpenAI%20a%20lou%C3%A9%204%2C5%20GW%20%C3%A0%20Oracle."


def test_signs_with_a_meaning_in_a_directive_are_encoded() -> None:
    assert deep_link(PAGE, "a-b, c&d=e#f:~:g") == f"{PAGE}#:~:text=a%2Db%2C%20c%26d%3De%23f%3A~%3Ag"


def test_white_space_in_a_sentence_counts_as_one_space() -> None:
    assert directive(deep_link(PAGE, "  30\u00a0Md\n\n $ ")) == ("30 Md $", "")


def test_a_long_sentence_is_given_by_its_first_and_last_words() -> None:
    start, end = directive(deep_link(PAGE, LONG))
    assert start == " ".join(LONG.split()[:8])
    assert end == " ".join(LONG.split()[-8:])


def test_fewer_words_are_given_where_there_is_less_room() -> None:
    link = deep_link(PAGE, LONG, limit=90)
    start, end = directive(link)
    assert len(link or "") <= 90
    assert LONG.startswith(start + " ")
    assert LONG.endswith(" " + end)
    assert 2 <= len(start.split()) == len(end.split()) < 8


def test_start_and_end_do_not_overlap() -> None:
    words = ["x" * 50, "y" * 50, "z" * 50]
    assert deep_link(PAGE, " ".join(words), limit=150) == PAGE
    assert directive(deep_link(PAGE, "aa bb cc " + "d" * 90 + " ee", limit=139)) == ("aa bb", "d" * 90 + " ee")


@pytest.mark.parametrize("sentence", ["", " \n", "x" * 600, "x" * 300 + " " + "y" * 300])
def test_a_sentence_without_words_or_without_room_gives_the_page_alone(sentence: str) -> None:
    assert deep_link(PAGE, sentence) == PAGE


def test_a_fragment_is_kept_and_an_old_directive_is_replaced() -> None:
    assert deep_link(f"{PAGE}#partie-2", "Oracle") == f"{PAGE}#partie-2:~:text=Oracle"
    assert deep_link(f"{PAGE}#partie-2:~:text=AMD", "Oracle") == f"{PAGE}#partie-2:~:text=Oracle"
    assert deep_link(f"{PAGE}#:~:text=AMD", "Oracle") == f"{PAGE}#:~:text=Oracle"
    assert deep_link(f"{PAGE}#", "Oracle") == f"{PAGE}#:~:text=Oracle"


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("HTTPS://Example.ORG", "https://example.org"),
        ("https://www.élysée.fr/é?à=ç#œ", "https://www.xn--lyse-9oad.fr/%C3%A9?%C3%A0=%C3%A7#%C5%93"),
        ("https://straße.de/", "https://xn--strae-oqa.de/"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
        ("https://example.org/%C3%A9%2F?a=%26", "https://example.org/%C3%A9%2F?a=%26"),
        ("https://example.org/100%?b=%zz", "https://example.org/100%25?b=%25zz"),
        ("https://example.org/a+b(c)'!*;,=:@&$~?a+b=c/?", "https://example.org/a+b(c)'!*;,=:@&$~?a+b=c/?"),
        ('https://example.org/<b>"|\\^`{}', "https://example.org/%3Cb%3E%22%7C%5C%5E%60%7B%7D"),
        ("https://example.org:8443/a/../b", "https://example.org:8443/a/../b"),
        ("https://example.org.:80", "https://example.org:80"),
        ("http://192.0.2.1/a", "http://192.0.2.1/a"),
    ],
)
def test_a_url_is_given_in_ascii_and_means_the_same(url: str, encoded: str) -> None:
    assert deep_link(url, "") == encoded


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "example.org",
        "//example.org/a",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "data:text/html,a",
        "discord://-/users/1",
        "https:",
        "https://",
        "https:///a",
        "https://:80/a",
        "https://user:word@example.org/",
        "https://user@example.org/",
        "https://example.org\\@example.com/",
        "https://example.org\\a",
        " https://example.org/",
        "https://example.org/a b",
        "https://example.org/a\u00a0b",
        "https://example.org/\n",
        "https://exa\tmple.org/",
        "https://example.org/\x00",
        "https://example.org/\u2028",
        "https://example.org/\ud800",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://[::1]/",
        "https://localhost/",
        "https://intranet:8000/",
        "https://a..org/",
        "https://-a.org/",
        "https://ex%61mple.org/",
        "https://exa mple.org/",
        "https://exa<mple.org/",
        "https://a\u2100b.org/",
        "https://1.2.3/",
        "https://1.2.3.256/",
        f"https://{'a' * 64}.org/",
        f"https://{'a.' * 130}org/",
        f"https://{'é' * 70}.org/",
    ],
)
def test_what_is_no_link_for_discord_gives_none(url: str | None) -> None:
    assert deep_link(url, SENTENCE) is None


def test_a_url_longer_than_the_limit_gives_none() -> None:
    long = f"{PAGE}/{'b' * (512 - len(PAGE) - 1)}"
    assert deep_link(long, SENTENCE) == long
    assert deep_link(long + "b", SENTENCE) is None
    assert deep_link(f"{PAGE}/{'é' * 90}", SENTENCE, limit=540) is None


urls = st.text(max_size=40) | st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["example.org", "www.élysée.fr", "192.0.2.1", "a.b.c.museum"]),
    st.text(max_size=60).map(lambda text: text and "/" + text),
)


@patient
@given(urls, st.text() | st.lists(st.text(max_size=12)).map(" ".join), st.integers(20, 600))
def test_a_link_is_ascii_of_the_same_site_and_never_too_long(url: str, sentence: str, limit: int) -> None:
    link = deep_link(url, sentence, limit)
    if link is None:
        return
    assert len(link) <= limit
    assert re.fullmatch(r"https?://[!#-;=?-\[\]_a-z~]+", link, re.IGNORECASE)
    assert not re.search(r"%(?![0-9A-Fa-f]{2})", link)
    assert urlsplit(link).hostname in {"example.org", "www.xn--lyse-9oad.fr", "192.0.2.1", "a.b.c.museum"}
    assert deep_link(link, sentence, limit) == link


@patient
@given(st.lists(st.text(max_size=12)).map(" ".join))
def test_a_directive_is_the_sentence_or_its_two_ends(sentence: str) -> None:
    link = deep_link(PAGE, sentence)
    words = " ".join(sentence.encode("utf-8", "replace").decode().split())
    if link == PAGE:
        return
    start, end = directive(link)
    assert words.startswith(start)
    assert words.endswith(end or start)
