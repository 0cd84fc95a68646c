"""Where the fetch goes: to the addresses that were checked and nowhere else, whatever is asked and answered."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest

from index.reading.fetching.fetch import Fetcher
from index.reading.fetching.names import Names
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused
from index.reading.fetching.sockets import Gate
from index.reading.fetching.turns import Turns
from tests.index.reading.fetching.loopback_pages import Pages, serving
from tests.index.reading.fetching.watched_connections import watched

LINKS = json.loads((Path(__file__).parent / "hostile_links.json").read_text(encoding="utf-8"))


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    async with serving() as pages:
        yield pages


@pytest.fixture
async def fetcher(pages: Pages) -> AsyncIterator[Fetcher]:
    """A fetcher that may open the server's one port, looks up nothing, and has the time of production."""
    async with Fetcher(Policy(allowed=frozenset({pages.place})), look_up=KnownNames({})) as fetcher:
        yield fetcher


class KnownNames:
    """A look-up that knows some names; ``asked`` is what it was asked."""

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        self.known = known
        self.asked: list[str] = []

    async def __call__(self, name: str) -> Sequence[str]:
        self.asked.append(name)
        if name not in self.known:
            raise OSError("no such name")
        return self.known[name]


async def refused(fetcher: Fetcher, url: str, by: str | None = None) -> Reason:
    with pytest.raises(Refused) as caught:
        await fetcher.fetch(url, by=by)
    assert str(caught.value).endswith(".")
    return caught.value.reason


async def test_no_hostile_link_opens_a_connection_or_looks_up_a_name(pages: Pages, fetcher: Fetcher) -> None:
    with watched() as seen:
        for urls in LINKS["refused"].values():
            for url in urls:
                await refused(fetcher, url)
    assert seen == ([], [])
    assert not pages.connections


@pytest.mark.parametrize("addresses", LINKS["names"]["refused"], ids=str)
async def test_a_name_with_one_address_that_is_not_public_is_never_connected_to(addresses: list[str]) -> None:
    async with Fetcher(Policy.production(), look_up=KnownNames({"hostile.example": addresses})) as fetcher:
        with watched() as seen:
            assert await refused(fetcher, "http://hostile.example/") is Reason.UNKNOWN_HOST
    assert seen == ([], [])


async def test_a_private_name_cannot_be_told_from_one_that_does_not_exist() -> None:
    told = []
    for known in ({"db.corp-name.example": ["10.0.0.7"]}, {}):
        async with Fetcher(Policy.production(), look_up=KnownNames(known)) as fetcher:
            with pytest.raises(Refused) as caught:
                await fetcher.fetch("http://db.corp-name.example/")
        told.append(str(caught.value))
    assert told[0] == told[1]
    assert "10.0.0.7" not in told[0]


@pytest.mark.parametrize("addresses", LINKS["names"]["accepted"], ids=str)
async def test_connections_go_to_the_addresses_that_were_looked_up(addresses: list[str]) -> None:
    look_up = KnownNames({"xn--bcher-kva.example": addresses})
    async with Fetcher(Policy.production(), look_up=look_up) as fetcher:
        with watched() as seen:
            assert await refused(fetcher, "http://bücher.example/") is Reason.UNREACHABLE
    assert look_up.asked == ["xn--bcher-kva.example"]
    assert set(seen.connections) == {(address, 80) for address in addresses}
    assert not seen.names


async def test_of_many_addresses_a_few_are_tried_and_of_both_families() -> None:
    fourth = [f"93.184.215.{last}" for last in range(1, 200)]
    sixth = [f"2606:2800:21f::{last}" for last in range(1, 200)]
    async with Fetcher(Policy.production(), look_up=KnownNames({"many.example": [*sixth, *fourth]})) as fetcher:
        with watched() as seen:
            assert await refused(fetcher, "https://many.example/") is Reason.UNREACHABLE
    assert len(seen.connections) == 4
    assert set(seen.connections) == {(address, 443) for address in (*sixth[:2], *fourth[:2])}


async def test_a_literal_public_address_is_connected_to_and_nothing_is_looked_up() -> None:
    look_up = KnownNames({})
    async with Fetcher(Policy.production(), look_up=look_up) as fetcher:
        with watched() as seen:
            for url in ("http://93.184.215.14/", "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"):
                assert await refused(fetcher, url) is Reason.UNREACHABLE
    assert set(seen.connections) == {("93.184.215.14", 80), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 80)}
    assert not look_up.asked


def test_a_socket_connects_to_nothing_but_what_was_checked() -> None:
    def open_to(addresses: list[str], place: tuple[str, int] | tuple[str, int, int, int]) -> socket.socket:
        gate = Gate(Policy(attempts=2))
        gate.open_to(addresses, 80)
        family = socket.AF_INET if len(place) == 2 else socket.AF_INET6
        return gate.socket((family, socket.SOCK_STREAM, 0, "", place))

    checked = ["93.184.215.14", "2606:2800:21f::1"]
    for place in (("8.8.8.8", 80), ("93.184.215.14", 443), ("127.0.0.1", 80), ("2606:2800:21f::1", 80, 0, 2)):
        with pytest.raises(PermissionError):
            open_to(checked, place)
    for private in (("127.0.0.1", 80), ("::1", 80, 0, 0), ("169.254.169.254", 80)):
        with pytest.raises(PermissionError):
            open_to([private[0]], private)
    with watched() as seen, open_to(checked, ("93.184.215.14", 80)) as opened:
        for other in (("127.0.0.1", 80), ("8.8.8.8", 80), ("93.184.215.14", 22), "/var/run/docker.sock"):
            with pytest.raises(PermissionError):
                opened.connect(other)
        with pytest.raises(ConnectionRefusedError):
            opened.connect(("93.184.215.14", 80))
    assert seen.connections == [("93.184.215.14", 80)]


async def test_a_name_may_lead_to_the_one_port_that_a_test_allows(pages: Pages) -> None:
    policy = Policy(allowed=frozenset({pages.place}))
    known = {"presse.example": ["127.0.0.1"], "other.example": ["127.0.0.2"]}
    async with Fetcher(policy, look_up=KnownNames(known)) as fetcher:
        with watched() as seen:
            fetched = await fetcher.fetch(f"http://presse.example:{pages.port}/ok")
            assert await refused(fetcher, "http://presse.example/ok") is Reason.UNKNOWN_HOST
            assert await refused(fetcher, f"http://other.example:{pages.port}/ok") is Reason.UNKNOWN_HOST
    assert fetched.document is not None
    assert fetched.document.url == f"http://presse.example:{pages.port}/ok"
    assert pages.requests[0].headers["host"] == f"presse.example:{pages.port}"
    assert seen.connections == [pages.place]


async def test_a_name_that_changes_between_two_redirects_is_checked_each_time(pages: Pages) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1", "10.0.0.1"]])

    async def rebinding(_name: str) -> Sequence[str]:
        return next(answers)

    async with Fetcher(Policy(allowed=frozenset({pages.place})), look_up=rebinding) as fetcher:
        with watched() as seen:
            assert await refused(fetcher, f"http://rebind.example:{pages.port}/chain/3") is Reason.UNKNOWN_HOST
    assert seen.connections == [pages.place]


async def test_the_time_for_a_page_covers_the_look_up_of_its_name() -> None:
    async def never(_name: str) -> Sequence[str]:
        await asyncio.Event().wait()
        raise AssertionError

    async with Fetcher(Policy(total_seconds=0.1), look_up=never) as fetcher:
        assert await refused(fetcher, "http://slow.example/") is Reason.SLOW


async def test_names_are_looked_up_by_the_operating_system_where_nothing_else_is_said() -> None:
    names = Names()
    assert await names.addresses("127.0.0.1") == ["127.0.0.1"]
    names.close()
    async with Fetcher(Policy.production()) as fetcher:
        with watched() as seen:
            assert await refused(fetcher, "http://bücher.example/") is Reason.UNKNOWN_HOST
    assert seen == ([], ["xn--bcher-kva.example"])


async def test_proxies_and_credentials_of_the_environment_are_not_used(
    pages: Pages, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with serving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url(""))
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login anna password secret", encoding="utf-8")
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        await fetcher.fetch(pages.url("/ok"))
        assert not proxy.connections
    assert "authorization" not in pages.requests[0].headers


async def test_a_request_says_who_reads_and_nothing_else(pages: Pages, fetcher: Fetcher) -> None:
    await fetcher.fetch(pages.url("/echo"))
    headers = pages.requests[0].headers
    assert headers["user-agent"].startswith("sourcier")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert set(headers) <= {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"}


REDIRECTS = [
    ("/r?to=/ok", "/ok"),
    ("/r?status=301&to=ok", "/ok"),
    ("/r?status=303&to=./ok", "/ok"),
    ("/r?status=307&to=?x=1", "/r?x=1"),
    ("/r?status=308&to=/ok%23part", "/ok"),
    ("/r?to=/caf%C3%A9", "/caf%C3%A9"),
    ("/r?to=/caf%E9", "/caf%E9"),
    ("/chain/3", "/chain/0"),
    ("/chain/5", "/chain/0"),
    ("/r-cookie", "/ok"),
]


@pytest.mark.parametrize(("path", "end"), REDIRECTS)
async def test_a_redirect_is_followed_over_a_new_connection(
    pages: Pages, fetcher: Fetcher, path: str, end: str
) -> None:
    with watched() as seen:
        if end == "/r?x=1":
            assert await refused(fetcher, pages.url(path)) is Reason.REDIRECT  # where nothing more is said
        else:
            fetched = await fetcher.fetch(pages.url(path))
            assert fetched.document is not None
            assert fetched.document.url == pages.url(end)
    assert pages.paths()[-1] == end
    assert set(seen.connections) == {pages.place}
    assert len(seen.connections) == len(pages.requests)


HOSTILE_REDIRECTS = """http://169.254.169.254/latest/ http://[::1]/ file:///etc/passwd //127.0.0.1:1/ http://127.0.0.1/
http://localhost/ http://127.1/ http://2130706433/ gopher://127.0.0.1:6379/_x javascript:alert(1) data:text/html,x
http://user:pass@example.com/ http://example.com:22/ http://[::1 ///example.com /%5Cexample.com http:///x
http://10.0.0.1/ https://metadata.google.internal/ http://[64:ff9b::7f00:1]/""".split()


@pytest.mark.parametrize("location", [*HOSTILE_REDIRECTS, "", "ht%20tp://x", "/a%20b", "%01", "http://a%00.example/"])
async def test_a_redirect_to_what_must_not_be_read_ends_there(pages: Pages, fetcher: Fetcher, location: str) -> None:
    with watched() as seen:
        assert await refused(fetcher, pages.url(f"/r?to={location}")) in {Reason.REDIRECT, Reason.BROKEN}
    assert seen == ([pages.place], [])


async def test_other_answers_with_an_address_are_not_followed(pages: Pages, fetcher: Fetcher) -> None:
    for path in ("/r?status=300&to=/ok", "/r?status=304&to=/ok", "/r?status=305&to=/ok", "/r?status=201&to=/ok"):
        assert await refused(fetcher, pages.url(path)) is Reason.STATUS
    for path in ("/nolocation", "/twolocations"):
        assert await refused(fetcher, pages.url(path)) is Reason.REDIRECT
    assert await refused(fetcher, pages.url("/refreshhdr")) is Reason.FORWARDS
    assert "/ok" not in pages.paths()


async def test_redirects_without_end_are_left_after_a_few(pages: Pages, fetcher: Fetcher) -> None:
    assert await refused(fetcher, pages.url("/chain/6")) is Reason.REDIRECTS
    assert len(pages.requests) == 6
    for path, requests in (("/pingpong/a", 2), ("/self", 1)):
        pages.requests.clear()
        assert await refused(fetcher, pages.url(path)) is Reason.REDIRECTS
        assert len(pages.requests) == requests


async def test_cookies_are_never_sent_back(pages: Pages, fetcher: Fetcher) -> None:
    for path in ("/r-cookie", "/cookie", "/ok"):
        await fetcher.fetch(pages.url(path))
    assert len(pages.requests) == 4
    assert not [request for request in pages.requests if "cookie" in request.headers]


async def test_a_validator_is_not_sent_to_another_machine(pages: Pages) -> None:
    async with serving() as other:
        policy = Policy(allowed=frozenset({pages.place, other.place}))
        async with Fetcher(policy) as fetcher:
            fetched = await fetcher.fetch(pages.url(f"/r?to={other.url('/validated')}"), etag='"v1"')
        assert fetched.status == "fresh"
        assert "if-none-match" in pages.requests[0].headers
        assert "if-none-match" not in other.requests[0].headers


async def test_one_person_has_a_few_fetches_under_way_and_the_others_theirs(pages: Pages) -> None:
    policy = Policy(allowed=frozenset({pages.place}), total_seconds=0.3, patience_seconds=0.5)
    async with Fetcher(policy) as fetcher, asyncio.TaskGroup() as group:
        many = [group.create_task(refused(fetcher, pages.url("/hang"), by="anna")) for _ in range(50)]
        await asyncio.sleep(0)
        other = group.create_task(fetcher.fetch(pages.url("/ok"), by="bernard"))
        assert (await other).document is not None
        assert pages.most <= policy.each + 1
    reasons = [task.result() for task in many]
    assert reasons.count(Reason.CROWDED) >= 50 - policy.each - policy.waiting_each
    assert set(reasons) == {Reason.CROWDED, Reason.SLOW}
    assert pages.most <= policy.each + 1


async def test_all_together_have_a_limit_and_wait_for_their_turn(pages: Pages) -> None:
    policy = Policy(allowed=frozenset({pages.place}), at_once=3, waiting=20)
    async with Fetcher(policy) as fetcher:
        fetched = await asyncio.gather(
            *(fetcher.fetch(pages.url("/ok"), by=f"person {number}") for number in range(20)),
            *(fetcher.fetch(pages.url("/ok")) for _ in range(3)),
        )
    assert {one.status for one in fetched} == {"fresh"}
    assert len(pages.requests) == 23
    assert pages.most <= 3


async def test_a_fetch_that_is_broken_off_gives_its_turn_to_the_next(pages: Pages) -> None:
    policy = Policy(allowed=frozenset({pages.place}), at_once=1)
    async with Fetcher(policy) as fetcher:
        hanging = asyncio.create_task(fetcher.fetch(pages.url("/hang")))
        waiting = [asyncio.create_task(fetcher.fetch(pages.url("/ok"))) for _ in range(2)]
        await pages.asked.wait()
        waiting[0].cancel()
        hanging.cancel()
        assert (await waiting[1]).document is not None
        assert await asyncio.gather(hanging, waiting[0], return_exceptions=True)
        assert (await fetcher.fetch(pages.url("/ok"))).document is not None


async def test_a_turn_that_comes_to_one_who_has_just_left_is_not_lost() -> None:
    turns = Turns(Policy(at_once=1, patience_seconds=0.2))

    async def wait() -> None:
        async with turns.take("anna"):
            raise AssertionError

    async with turns.take("bernard"):
        leaving = asyncio.create_task(wait())
        await asyncio.sleep(0)
    leaving.cancel()
    assert isinstance((await asyncio.gather(leaving, return_exceptions=True))[0], asyncio.CancelledError)
    async with turns.take("chloé"):
        pass
