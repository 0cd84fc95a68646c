"""Which addresses are public: at the edges of each range, and whatever they are wrapped in."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.reading.fetching.addresses import is_public

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0
192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0
223.255.255.255 2000::1 2001:200::1 2001:4860:4860::8888 2003::1 2606:2800:21f:cb07:6820:80da:af6b:8b2c 2a00:1450::1
3ffd::1 3fff:1000::1
""".split()

CLOSED = """
0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255 127.0.0.0 127.255.255.255
168.63.129.16 169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.9 192.0.0.170
192.0.0.192 192.0.0.255 192.0.2.0 192.0.2.255 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.0 192.168.255.255
192.175.48.1 198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255 224.0.0.0 233.252.0.1
239.255.255.255 240.0.0.0 255.255.255.255 :: ::1 ::2 100::1 1fff:ffff::1 2001::1 2001:1::1 2001:1ff:ffff::1 2001:db8::1
2001:db8:ffff::1 2002::1 2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1 4000::1 5f00::1 64:ff9b::1 64:ff9b:1::1 fc00::1
fd00:ec2::254 fdff::1 fe80::1 fe80::1%1 febf::1 fec0::1 feff::1 ff00::1 ffff::1 2a00:1450::1%eth0
""".split()

ODD = [
    "",
    " ",
    "localhost",
    "127.1",
    "0x7f.1",
    "2130706433",
    "8.8.8",
    "8.8.8.08",
    "8.8.8.8 ",
    "8.8.8.8/32",
    "[2a00::1]",
    "٨.8.8.8",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_beside_a_closed_range_is_public(address: str) -> None:
    assert is_public(address)
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_inside_a_closed_range_is_not_public(address: str) -> None:
    assert not is_public(address)
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_address_in_its_usual_form_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.integers(0, 2**32 - 1))
@example(int(IPv4Address("127.0.0.1")))
@example(int(IPv4Address("8.8.8.8")))
def test_no_ipv6_address_that_wraps_an_ipv4_address_is_public(number: int) -> None:
    wrapped = {
        "compatible": number,
        "mapped": 0xFFFF << 32 | number,
        "translated": 0xFFFF << 48 | number,
        "NAT64": 0x64FF9B << 96 | number,
        "NAT64 of a network": 0x64FF9B0001 << 80 | number,
        "6to4": 0x2002 << 112 | number << 80 | 1,
        "Teredo, as its server": 0x20010000 << 96 | number << 64,
        "Teredo, as its client": 0x20010000 << 96 | number ^ 0xFFFF_FFFF,
        "ISATAP": 0x2A001450 << 96 | 0x5EFE << 32 | number,
        "ISATAP, as public": 0x2A001450 << 96 | 0x0200_5EFE << 32 | number,
    }
    assert not [name for name, value in wrapped.items() if is_public(IPv6Address(value))]


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_is_public_that_the_standard_library_does_not_call_global(address: IPv4Address | IPv6Address) -> None:
    assert not is_public(address) or (address.is_global and not address.is_multicast)
