"""How a server may be reached, and who is believed about whom."""

from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from console.server.listening import BehindProxy, encryption
from console.server_settings import ServerSettings
from console.settings import SettingsError
from console.workspace import Workspace
from tests.server.certificates import make

PROXIES = ("127.0.0.1", "10.1.0.0/16")


async def says_who(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer whom the server takes the request to come from."""
    request = Request(scope)
    assert request.client is not None
    await JSONResponse({"who": request.client.host, "scheme": request.url.scheme})(scope, receive, send)


async def asked(peer: str, path: str = "/v1/me", **heads: str) -> httpx.Response:
    """Ask through a server behind a proxy."""
    transport = httpx.ASGITransport(BehindProxy(says_who, PROXIES), client=(peer, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        return await client.get(path, headers={name.replace("_", "-"): value for name, value in heads.items()})


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.7.7"])
async def test_a_proxy_is_believed_whom_it_passes_on(peer: str) -> None:
    """So that limits count customers, not the proxy, and cookies are for encrypted connections alone."""
    answer = await asked(peer, X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https")
    assert answer.json() == {"who": "203.0.113.9", "scheme": "https"}


async def test_what_a_customer_says_of_themselves_counts_for_nothing() -> None:
    """The address next to the proxy is the one that it saw."""
    answer = await asked("10.1.7.7", X_Forwarded_For="127.0.0.1, 203.0.113.9")
    assert answer.json()["who"] == "203.0.113.9"


async def test_a_web_server_before_the_proxy_is_believed_where_it_is_named() -> None:
    """The proxy adds the web server's address; who signs in there is the one before it."""
    assert (await asked("127.0.0.1", X_Forwarded_For="203.0.113.9, 10.1.7.20")).json()["who"] == "203.0.113.9"
    assert (await asked("127.0.0.1", X_Forwarded_For="203.0.113.9, 192.0.2.20")).json()["who"] == "192.0.2.20"


async def test_who_comes_past_the_proxy_is_not_served() -> None:
    """What they say of themselves is not believed; they may see whether the server lives."""
    answer = await asked("203.0.113.9", X_Forwarded_For="127.0.0.1")
    assert (answer.status_code, "[server] proxies" in answer.text) == (403, True)
    for path in ("/health", "/ready", "/metrics"):
        assert (await asked("203.0.113.9", path, X_Forwarded_For="127.0.0.1")).json()["who"] == "203.0.113.9"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])  # noqa: S104 - it is refused
def test_strangers_are_not_served_in_the_clear(tmp_path: Path, host: str) -> None:
    """It is said what to do; a proxy in front is one way."""
    with pytest.raises(SettingsError, match=r"without encryption: name a certificate .* behind_proxy = true"):
        encryption(Workspace(tmp_path), ServerSettings(host=host))
    assert encryption(Workspace(tmp_path), ServerSettings(host=host, behind_proxy=True)) == {}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_needs_no_certificate(tmp_path: Path, host: str) -> None:
    """Nobody is between."""
    assert encryption(Workspace(tmp_path), ServerSettings(host=host)) == {}


def test_a_certificate_that_does_not_do_is_said_before_the_server_starts(tmp_path: Path) -> None:
    """Missing, no certificate at all, or another's key."""
    make(tmp_path, "desk")
    make(tmp_path, "other")
    (tmp_path / "text.pem").write_text("no certificate", encoding="ascii")
    workspace = Workspace(tmp_path)
    good = encryption(workspace, ServerSettings(host="0.0.0.0", certificate="desk.pem", key="desk.key"))  # noqa: S104
    assert good == {"ssl_certfile": str(tmp_path / "desk.pem"), "ssl_keyfile": str(tmp_path / "desk.key")}
    for certificate, key, said in (
        ("none.pem", "desk.key", "certificate: .*none.pem cannot be read"),
        ("desk.pem", "none.key", "key: .*none.key cannot be read"),
        ("text.pem", "desk.key", "no pair that can be used"),
        ("desk.pem", "other.key", "no pair that can be used"),
    ):
        with pytest.raises(SettingsError, match=said):
            encryption(workspace, ServerSettings(certificate=certificate, key=key))


def test_a_certificate_and_its_key_are_named_together() -> None:
    """And proxies by address."""
    with pytest.raises(ValueError, match="'key' is missing"):
        ServerSettings(certificate="desk.pem")
    with pytest.raises(ValueError, match=r"'proxy\.example' should be an address or a network"):
        ServerSettings(proxies=("proxy.example",))
