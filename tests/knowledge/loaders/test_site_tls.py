"""TLS to an address that was checked: the certificate has to be that of the host's name."""

import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from knowledge import Document, SiteError
from knowledge.loaders.site import load_site
from tests.knowledge.loaders.sites import FAST, running


async def _here(_host: str, _port: int) -> Sequence[str]:
    return ["127.0.0.1"]


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's context with a certificate for help.test, which this machine trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "help.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("help.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_the_certificate_is_that_of_the_name_and_not_of_the_address(tls: ssl.SSLContext) -> None:
    """Though the connection goes to the address."""
    with running(tls) as site:
        site.html("/", "Start")
        (found,) = load_site(f"https://help.test:{site.port}/", private_hosts=True, limits=FAST, resolve=_here)
    assert isinstance(found, Document)
    assert found.title == "Start"


def test_a_certificate_of_another_name_is_refused(tls: ssl.SSLContext) -> None:
    """Nothing is asked for."""
    with running(tls) as site:
        with pytest.raises(SiteError, match="cannot be reached"):
            list(load_site(f"https://other.test:{site.port}/", private_hosts=True, limits=FAST, resolve=_here))
        assert site.asked == []
