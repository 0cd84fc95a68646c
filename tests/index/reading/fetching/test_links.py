"""Links: the hostile ones are refused with a sentence, the honest ones come out in one form."""

import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from index.errors import BadInput
from index.reading.fetching.links import canonical, check, file_name, join
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused

POLICY = Policy.production()
LINKS = json.loads((Path(__file__).parent / "hostile_links.json").read_text(encoding="utf-8"))
LONG_NAME = ".".join(letter * 63 for letter in "abcd") + ".example"


def refused(url: str, policy: Policy = POLICY) -> Refused:
    with pytest.raises(Refused) as caught:
        check(url, policy)
    return caught.value


@pytest.mark.parametrize("group", LINKS["refused"])
def test_a_hostile_link_is_refused_with_one_sentence(group: str) -> None:
    for url in LINKS["refused"][group]:
        told = str(refused(url))
        assert told.endswith("."), ascii(url)
        assert told.isprintable(), ascii(url)
        assert isinstance(refused(url), BadInput)


@pytest.mark.parametrize(("url", "expected"), LINKS["accepted"].items())
def test_an_honest_link_comes_out_in_the_form_in_which_it_is_fetched(url: str, expected: str) -> None:
    assert check(url, POLICY).url == expected


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", Reason.NO_LINK),
        (f"https://example.com/{'a' * 2_100}", Reason.LONG_LINK),
        (f"https://example.com/{'é' * 600}", Reason.LONG_LINK),
        ("https://example.com/a b", Reason.ODD_CHARACTERS),
        ("https://local\u00adhost.example/", Reason.ODD_CHARACTERS),
        ("example.com/article", Reason.NO_SCHEME),
        ("ftp://example.com/", Reason.SCHEME),
        ("https://anna:secret@example.com/", Reason.CREDENTIALS),
        ("https:///article", Reason.MALFORMED),
        (f"https://{'a' * 64}.example/", Reason.MALFORMED),
        (f"https://{'a' * 63}.{'ü' * 60}.example/", Reason.MALFORMED),
        (f"https://{LONG_NAME}/", Reason.MALFORMED),
        ("https://example.com:8443/", Reason.PORT),
        ("https://printer.local/", Reason.LOCAL_NAME),
        ("https://192.168.1.1/", Reason.ADDRESS),
    ],
)
def test_a_refusal_tells_what_is_wrong(url: str, reason: Reason) -> None:
    assert refused(url).reason is reason


def test_a_link_without_its_beginning_is_offered_with_it() -> None:
    assert "https://example.com/article" in str(refused("example.com/article"))
    assert "https://xn--bcher-kva.example/" in str(refused("bücher.example"))
    assert refused("localhost/admin").reason is Reason.SCHEME


def test_a_password_in_a_link_is_not_repeated() -> None:
    assert "secret" not in str(refused("https://anna:secret@example.com/"))


def test_a_link_of_the_greatest_length_passes() -> None:
    longest = "https://example.com/".ljust(2_048, "a")
    assert check(longest, POLICY).url == longest
    assert check(f"https://{'a' * 63}.example/", POLICY).host.text == f"{'a' * 63}.example"


def test_other_ports_pass_where_the_policy_names_them() -> None:
    policy = Policy.production(ports=(80, 443, 8080))
    assert check("http://example.com:8080/", policy).port == 8080
    assert refused("http://127.0.0.1:8080/", policy).reason is Reason.ADDRESS


def test_a_test_may_open_one_port_of_this_machine_and_nothing_beside_it() -> None:
    policy = Policy(allowed=frozenset({("127.0.0.1", 4321)}))
    assert check("http://127.0.0.1:4321/", policy).url == "http://127.0.0.1:4321/"
    for url in ("http://127.0.0.1/", "http://127.0.0.2:4321/", "http://[::1]:4321/", "http://127.0.0.1:4322/"):
        refused(url, policy)


def test_only_addresses_of_this_machine_can_be_allowed_beside_the_public_ones() -> None:
    for address in ("10.0.0.1", "169.254.169.254", "8.8.8.8", "localhost"):
        with pytest.raises(ValueError, match="address"):
            Policy(allowed=frozenset({(address, 80)}))
    assert Policy.production() == Policy()
    assert not Policy.production(ports=(80, 443, 8080)).allowed


@given(
    st.text(st.characters(exclude_categories=())).map("http://{}".format)
    | st.from_regex(r"https?://[!-~]{1,60}", fullmatch=True)
)
@example("http://a.b:80/?#")
@example("https://bücher.example:443/x?y=é")
def test_whatever_passes_is_plain_stays_as_it_is_and_means_the_same_machine_to_all_parsers(url: str) -> None:
    try:
        link = check(url, POLICY)
    except Refused:
        return
    assert link.url.isascii()
    assert link.url.isprintable()
    assert " " not in link.url
    assert check(link.url, POLICY) == link
    for host, port in (
        (URL(link.url, encoded=True).raw_host, URL(link.url, encoded=True).port),
        (urlsplit(link.url).hostname, urlsplit(link.url).port or {"http": 80, "https": 443}[link.scheme]),
    ):
        assert (host, port) == (link.host.text, link.port)


@given(st.from_regex(r"[0-9xX.a-f]{1,14}", fullmatch=True))
@example("0x7f.1")
@example("1.0x")
def test_no_name_passes_that_the_operating_system_takes_for_an_address(host: str) -> None:
    try:
        link = check(f"http://{host}/", POLICY)
    except Refused:
        return
    if link.address is None:
        with pytest.raises(OSError, match="illegal IP address"):
            socket.inet_aton(link.host.text)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/b", "https://example.com/b"),
        ("b", "https://example.com/dir/b"),
        ("../b", "https://example.com/b"),
        ("?x=1", "https://example.com/dir/a?x=1"),
        ("#part", "https://example.com/dir/a"),
        ("//other.example/b", "https://other.example/b"),
        ("http://bücher.example/é", "http://xn--bcher-kva.example/%C3%A9"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, expected: str) -> None:
    assert join(check("https://example.com/dir/a", POLICY), location, POLICY).url == expected


@pytest.mark.parametrize(
    "location",
    r"""/a\b //127.0.0.1/ //127.0.0.1:1/ ///example.com/ http://169.254.169.254/latest/ http://[::1]/ file:///etc/passwd
    javascript:alert(1) data:,x http://[::1 //[ http:///example.com https://user:pass@example.com/ https://localhost/
    https://example.com:22/""".split(),
)
def test_a_redirect_that_is_hostile_or_malformed_is_refused(location: str) -> None:
    with pytest.raises(Refused) as caught:
        join(check("https://example.com/dir/a", POLICY), location, POLICY)
    assert caught.value.reason is Reason.REDIRECT


@pytest.mark.parametrize("location", ["", "ht tp://x", "/a b", "/a\nb", "https://example.com/\x00", "/\u202eb"])
def test_a_redirect_with_signs_that_no_link_has_is_refused(location: str) -> None:
    with pytest.raises(Refused):
        join(check("https://example.com/dir/a", POLICY), location, POLICY)


SAME = [
    "https://example.com/a/b?id=3&page=2",
    "http://example.com/a/b?id=3&page=2",
    "HTTPS://WWW.Example.com:443/a/b/?page=2&id=3",
    "https://example.com./a//b?id=3&page=2#part",
    "https://example.com/a/b?utm_source=x&id=3&UTM_Medium=y&page=2&fbclid=z&gclid=1&xtor=RSS-1&at_medium=m&mc_cid=&&",
    "https://example.com/%61/b?id=3&page=2&_ga=1.2",
    " https://example.com/a/b?id=3&page=2\n",
]
OTHERS = [
    "https://example.com/a/b",
    "https://example.com/a/b?id=4&page=2",
    "https://example.com/A/b?id=3&page=2",
    "https://other.example.com/a/b?id=3&page=2",
    "https://example.com:8443/a/b?id=3&page=2",
    "https://example.com/a%2Fb?id=3&page=2",
    "https://example.com/a/b?id=3%26page=2",
]


def test_links_of_one_page_are_recognised_and_those_of_others_are_not() -> None:
    assert len({canonical(url) for url in SAME}) == 1
    assert len({canonical(url) for url in [SAME[0], *OTHERS]}) == len(OTHERS) + 1
    assert canonical("https://bücher.example/café/") == canonical("http://xn--bcher-kva.example/caf%c3%a9")


def test_what_is_no_link_of_the_web_is_recognised_as_it_is() -> None:
    assert canonical(" doi:10.1000/182 ") == "doi:10.1000/182"
    assert canonical("http://[::1/") == "http://[::1/"


@given(st.text(max_size=60) | st.from_regex(r"https?://example\.com/[!-~é]{1,60}", fullmatch=True))
def test_what_is_recognised_once_is_recognised_again(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.com/files/report%202025.pdf?x=1", "report 2025.pdf"),
        ("https://example.com/a/", "a"),
        ("https://example.com/", "example.com"),
        ("https://example.com/..%2f..%5cetc%00passwd%0a", "....etcpasswd"),
        ("https://example.com/%E2%80%AEfdp.exe", "fdp.exe"),
    ],
)
def test_a_page_is_named_after_the_last_part_of_its_link(url: str, name: str) -> None:
    assert file_name(check(url, POLICY)) == name
