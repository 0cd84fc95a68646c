"""Which addresses are public: those where anybody may run a site, and where nothing else is to be found.

Stricter than ``is_global`` of the standard library, which lets relays, tunnels and translators pass that lead back
inside. Sources: the special-purpose registries of IANA for IPv4 and IPv6 (RFC 6890) and what the makers of clouds
publish of their own services.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_CLOSED_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by the customers of a provider; some clouds' metadata
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local; most clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments; one cloud's metadata
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # multicast tunnels (AMT)
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
            "161.26.0.0/16",  # IBM Cloud's inner services
            "166.8.0.0/14",  # IBM Cloud's inner services
            "168.63.129.16/32",  # Azure's host to its guests
            "199.36.153.4/30",  # Google Cloud's inner services
            "199.36.153.8/30",  # Google Cloud's inner services
        ),
    )
)

_UNICAST_V6 = IPv6Network("2000::/3")
"""All that is given out for use in public; outside lie the mapped, translated, local and multicast addresses."""

_CLOSED_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks, relays
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: any IPv4 address may be in it
            "2600:2d00:2:1000::/64",  # Google Cloud's inner services
            "2600:2d00:2:2000::/64",  # Google Cloud's inner services
            "2620:4f:8000::/48",  # AS112
            "3ffe::/16",  # a test network of the past
            "3fff::/20",  # documentation
        ),
    )
)

_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""The first half of an interface's identifier that has an IPv4 address as its other half (RFC 5214)."""


def is_public(address: str | Address) -> bool:
    """Tell whether an address is public; text that is no address in its usual form is not."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    if isinstance(known, IPv4Address):
        return not any(known in network for network in _CLOSED_V4)
    if known.scope_id is not None or known not in _UNICAST_V6:
        return False
    if int(known) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return False
    return not any(known in network for network in _CLOSED_V6)
