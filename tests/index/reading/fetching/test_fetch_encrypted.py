"""Encrypted pages: who answers is known, or the page is not read."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from index.reading.fetching.fetch import Fetched, Fetcher
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused
from tests.index.reading.fetching.loopback_pages import serving


class Authority(NamedTuple):
    """Who signs the certificates of a test."""

    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    def sign(self, public: ec.EllipticCurvePublicKey, subject: str, days: tuple[int, int], *, is_ca: bool) -> bytes:
        now = datetime.now(UTC)
        names = x509.SubjectAlternativeName(
            [x509.IPAddress(ip_address(subject)) if subject[0].isdigit() else x509.DNSName(subject)]
        )
        certificate = (
            x509.CertificateBuilder()
            .subject_name(self.name if is_ca else x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=days[0]))
            .not_valid_after(now + timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(names, critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM)


def authority() -> tuple[Authority, ssl.SSLContext]:
    """Make an authority, and the trust in it and in no other."""
    signer = Authority(
        ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    )
    own = signer.sign(signer.key.public_key(), "test.example", (-9, 9), is_ca=True)
    trust = ssl.create_default_context(cadata=own.decode())
    trust.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return signer, trust


def certified(signer: Authority, folder: Path, subject: str, days: tuple[int, int]) -> ssl.SSLContext:
    """Return what a server needs that has a certificate for a name and days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{subject}{days}.pem"
    path.write_bytes(private + signer.sign(key.public_key(), subject, days, is_ca=False))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def over_tls(tls: ssl.SSLContext, trust: ssl.SSLContext | None, path: str = "/ok") -> Fetched:
    async with serving(tls) as pages:
        policy = Policy(allowed=frozenset({pages.place}), total_seconds=5)
        async with Fetcher(policy, trust=trust) as fetcher:
            return await fetcher.fetch(pages.url(path, "https"))


async def test_a_page_with_a_valid_certificate_is_read(tmp_path: Path) -> None:
    signer, trust = authority()
    fetched = await over_tls(certified(signer, tmp_path, "127.0.0.1", (-1, 1)), trust, "/gzip")
    assert fetched.document is not None


async def test_a_certificate_that_is_not_valid_is_refused_with_its_reason(tmp_path: Path) -> None:
    signer, trust = authority()
    for subject, days, trusted, reason in (
        ("127.0.0.1", (-9, -1), trust, Reason.CERTIFICATE_EXPIRED),
        ("127.0.0.1", (1, 9), trust, Reason.CERTIFICATE),
        ("127.0.0.2", (-1, 1), trust, Reason.CERTIFICATE_NAME),
        ("other.example", (-1, 1), trust, Reason.CERTIFICATE_NAME),
        ("127.0.0.1", (-1, 1), None, Reason.CERTIFICATE),
    ):
        with pytest.raises(Refused) as caught:
            await over_tls(certified(signer, tmp_path, subject, days), trusted)
        assert caught.value.reason is reason


async def test_what_does_not_speak_tls_is_refused_and_what_says_nothing_is_left() -> None:
    for greeting, reason in ((b"SSH-2.0-OpenSSH_9.6\r\n", Reason.ENCRYPTION), (b"", Reason.SLOW)):
        async with serving(greeting=greeting) as pages:
            policy = Policy(allowed=frozenset({pages.place}), total_seconds=0.3)
            async with Fetcher(policy) as fetcher:
                with pytest.raises(Refused) as caught:
                    await fetcher.fetch(pages.url("/ok", "https"))
        assert caught.value.reason is reason


async def test_encrypted_answers_have_the_same_limits(tmp_path: Path) -> None:
    signer, trust = authority()
    tls = certified(signer, tmp_path, "127.0.0.1", (-1, 1))
    for path, reason in (("/endless", Reason.LARGE), ("/endless100", Reason.BROKEN), ("/reset", Reason.BROKEN)):
        with pytest.raises(Refused) as caught:
            await over_tls(tls, trust, path)
        assert caught.value.reason is reason


async def test_a_redirect_from_https_to_http_is_refused(tmp_path: Path) -> None:
    signer, trust = authority()
    async with serving() as pages, serving(certified(signer, tmp_path, "127.0.0.1", (-1, 1))) as secure:
        policy = Policy(allowed=frozenset({pages.place, secure.place}))
        async with Fetcher(policy, trust=trust) as fetcher:
            down = secure.url(f"/r?to={pages.url('/ok')}", "https")
            with pytest.raises(Refused) as caught:
                await fetcher.fetch(down)
            assert caught.value.reason is Reason.DOWNGRADE
            assert not pages.connections
            up = await fetcher.fetch(pages.url(f"/r?to={secure.url('/ok', 'https')}"))
    assert up.document is not None
    assert up.document.url == secure.url("/ok", "https")
