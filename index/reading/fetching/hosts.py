"""The part of a link that says which machine is meant: a name or an address, in one plain form."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NamedTuple

from index.reading.fetching.addresses import Address
from index.reading.fetching.refusals import Reason, Refused

_LONGEST_NAME = 253  # characters (RFC 1035, section 2.3.4, without the length bytes)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_IPV6 = re.compile(r"\[([0-9a-f:.]+)\]")

_LOCAL = frozenset(
    # Never given out: RFC 2606, RFC 6761, RFC 6762 (appendix G), RFC 7686, RFC 8375, RFC 9476, ICANN's .internal.
    "alt arpa corp domain home host internal intranet invalid lan local localdomain localhost mail onion "
    "private test "
    # Of container networks.
    "cluster docker svc".split()
)


class Host(NamedTuple):
    """A machine as a link names it: ``text`` in ASCII and small letters; ``address`` where that is one."""

    text: str
    address: Address | None

    @property
    def bracketed(self) -> str:
        """Return the text as it stands in a link."""
        return f"[{self.text}]" if isinstance(self.address, IPv6Address) else self.text


def read_host(written: str) -> Host:
    """Read a host as a link has it, an IPv6 address in its brackets.

    Other alphabets become ASCII as UTS #46 and IDNA 2008 say, and only what comes out is judged. An IPv4 address has
    four decimal numbers; the short, hexadecimal and octal forms that some programs understand are refused. Raises
    ``Refused``.
    """
    if written.startswith("["):
        return _ipv6(written.lower())
    name = _ascii(written).removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused(Reason.MALFORMED)
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(name)
    if len(labels) == 1 or labels[-1] in _LOCAL:
        raise Refused(Reason.LOCAL_NAME, host=name)
    return Host(name, None)


def _ipv4(text: str) -> Host:
    try:
        address = IPv4Address(text)
    except AddressValueError as error:
        raise Refused(Reason.MALFORMED) from error
    return Host(str(address), address)


def _ipv6(text: str) -> Host:
    """Read an address in brackets; one with a zone or of a future version is none of the open web's."""
    inner = _IPV6.fullmatch(text)
    try:
        address = IPv6Address(inner[1] if inner else "")
    except AddressValueError as error:
        raise Refused(Reason.MALFORMED) from error
    return Host(str(address), address)


def _ascii(written: str) -> str:
    """Return a name in ASCII and small letters."""
    if written.isascii() and "xn--" not in written.lower():
        return written.lower()
    import idna

    if len(written) > _LONGEST_NAME:
        raise Refused(Reason.MALFORMED)
    try:
        labels = idna.uts46_remap(written, std3_rules=True).split(".")
        return ".".join(idna.alabel(label).decode("ascii") if label else "" for label in labels)
    except UnicodeError as error:  # IDNAError is one
        raise Refused(Reason.MALFORMED) from error
