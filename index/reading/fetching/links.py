"""Links as people give them: which may be fetched, and which are of the same page."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from index.errors import Phrase
from index.reading.fetching.addresses import Address
from index.reading.fetching.hosts import Host, read_host
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused

_DEFAULT_PORTS = {"http": 80, "https": 443}
_PARTS = re.compile(r"(https?)://([^/?#]+)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL | re.ASCII)
_HOST_AND_PORT = re.compile(r"(\[[^\]]*\]|[^:\[\]]+)(?::([0-9]{1,5}))?")
_LONGEST_GUESS = 200  # characters that a sentence may show
_HIGHEST_PORT = 65_535
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
"""The categories of Unicode whose characters are not seen: controls, formats, surrogates, white space."""

_UNRESERVED = re.compile(r"%(2d|2e|5f|7e|3[0-9]|[46][1-9a-f]|[57][0-9a])", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_IN_PATH = "!$%&'()*+,-./:;=@_~|[]"
_IN_QUERY = f"{_IN_PATH}?"

_TRACKING = frozenset(
    "at_campaign at_creation at_emailtype at_format at_link at_link_id at_link_origin at_link_type at_medium "
    "at_platform at_ptr_name at_recipient_id at_send_date at_variant cmpid dclid dicbo ef_id epik fb_action_ids "
    "fb_action_types fb_ref fb_source fbclid gad_source gbraid gclid gclsrc guccounter igsh igshid li_fat_id mc_cid "
    "mc_eid mkt_tok msclkid ncid oly_anon_id oly_enc_id ref_src ref_url rb_clickid s_cid srsltid ttclid twclid "
    "vero_conv vero_id wbraid wickedid xtor yclid ysclid __twitter_impression _ga _gl _hsenc _hsmi _openstat "
    "_branch_match_id".split()
)
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "at_custom", "__hs")


class Link(NamedTuple):
    """A link that may be fetched: ``url`` in ASCII and without a fragment, and what it says of the machine."""

    url: str
    scheme: str
    host: Host
    port: int

    @property
    def address(self) -> Address | None:
        """Return the address that stands in the link instead of a name."""
        return self.host.address


def check(url: str, policy: Policy) -> Link:
    """Return a link in the one form in which it is fetched; raises ``Refused``.

    What is percent-encoded stays so: it is never decoded here. Whether a name leads to a public address is not known
    until it is looked up.
    """
    if not url:
        raise Refused(Reason.NO_LINK)
    if len(url) > policy.longest_link:
        raise Refused(Reason.LONG_LINK, most=policy.longest_link)
    if _is_odd(url):
        raise Refused(Reason.ODD_CHARACTERS)
    parts = _PARTS.fullmatch(url)
    if parts is None:
        raise _no_web_link(url, policy)
    scheme = parts[1].lower()
    host, port = _machine(parts[2], _DEFAULT_PORTS[scheme])
    if not policy.permits_port(port):
        raise Refused(Reason.PORT, ports=Phrase(" and ".join(map(str, policy.ports))))
    if host.address is not None and not policy.permits(host.address, port):
        raise Refused(Reason.ADDRESS, host=host.text)
    place = host.bracketed if port == _DEFAULT_PORTS[scheme] else f"{host.bracketed}:{port}"
    normal = f"{scheme}://{place}{quote(parts[3], safe=_IN_PATH) or '/'}{quote(parts[4] or '', safe=_IN_QUERY)}"
    if len(normal) > policy.longest_link:
        raise Refused(Reason.LONG_LINK, most=policy.longest_link)
    return Link(normal, scheme, host, port)


def join(link: Link, location: str, policy: Policy) -> Link:
    """Return where a page sends its readers on to: an address as it may stand in a page or a header, judged anew.

    Raises ``Refused``.
    """
    has_scheme = location.lower().startswith(("http:", "https:"))
    if (
        not location
        or _is_odd(location)
        or location.startswith("///")
        or (has_scheme and not _PARTS.fullmatch(location))
    ):
        raise Refused(Reason.REDIRECT, host=link.host.text)
    try:
        return check(urljoin(link.url, location), policy)
    except (ValueError, Refused) as error:
        raise Refused(Reason.REDIRECT, host=link.host.text) from error


def canonical(url: str) -> str:
    """Return what the links of one page have in common, to recognise it by; not a link to be fetched.

    The same for http and https, with and without ``www.``, a default port, a fragment, a last slash, parameters that
    only tell where a reader came from, and in whichever order the others are. What is no web link is returned as it is.
    """
    url = url.strip()
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return url
    scheme = parts[1].lower()
    try:
        host, port = _machine(parts[2].rpartition("@")[2], _DEFAULT_PORTS[scheme])
    except Refused:
        return url
    shown = host.bracketed.removeprefix("www.")
    place = shown if port in _DEFAULT_PORTS.values() else f"{shown}:{port}"
    path = re.sub(r"/{2,}", "/", _plain(parts[3], _IN_PATH)).rstrip("/")
    kept = sorted(_telling_parameters(_plain((parts[4] or "?")[1:], _IN_QUERY).split("&")))
    return f"https://{place}{path}{'?' if kept else ''}{'&'.join(kept)}"


def file_name(link: Link) -> str:
    """Return the last part of a link's path, or its host where there is none."""
    last = unquote(urlsplit(link.url).path.rstrip("/").rpartition("/")[2])
    return "".join(sign for sign in last if sign.isprintable() and sign not in "/\\")[:150].strip() or link.host.text


def _is_odd(text: str) -> bool:
    return "\\" in text or any(unicodedata.category(sign) in _UNSEEN for sign in text)


def _machine(authority: str, default_port: int) -> tuple[Host, int]:
    """Read the part of a link between its scheme and its path."""
    if "@" in authority:
        raise Refused(Reason.CREDENTIALS)
    split = _HOST_AND_PORT.fullmatch(authority)
    if split is None or "%" in authority:
        raise Refused(Reason.MALFORMED)
    port = int(split[2] or default_port)
    if not 0 < port <= _HIGHEST_PORT:
        raise Refused(Reason.MALFORMED)
    return read_host(split[1]), port


def _no_web_link(url: str, policy: Policy) -> Refused:
    """Say what is wrong with text that is no link of the web: perhaps only its beginning is missing."""
    if url.lower().startswith(("http:", "https:")):
        return Refused(Reason.MALFORMED)
    if "://" in url or url.startswith("//"):
        return Refused(Reason.SCHEME)
    try:
        guess = check(f"https://{url}", policy)
    except Refused:
        return Refused(Reason.SCHEME)
    return Refused(Reason.NO_SCHEME, guess=guess.url) if len(guess.url) <= _LONGEST_GUESS else Refused(Reason.SCHEME)


def _plain(text: str, safe: str) -> str:
    """Return part of a link with as little percent-encoded as may be, and that in one way."""
    shorter = _UNRESERVED.sub(lambda escape: chr(int(escape[1], 16)), quote(text, safe=safe, errors="replace"))
    return _ESCAPE.sub(lambda escape: escape[0].upper(), shorter)


def _telling_parameters(parameters: Iterable[str]) -> list[str]:
    """Return the parameters that may say which page is meant."""
    named = ((parameter.partition("=")[0].lower(), parameter) for parameter in parameters if parameter)
    return [whole for name, whole in named if name not in _TRACKING and not name.startswith(_TRACKING_PREFIXES)]
