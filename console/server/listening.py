"""How the server may be reached: on this machine, with a certificate, or behind a proxy; never in the clear."""

import ipaddress
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from console.addresses import is_loopback
from console.server.faults import fault
from console.server_settings import ServerSettings
from console.settings import SettingsError
from console.workspace import Workspace

OPEN: Final = frozenset({"/health", "/ready", "/metrics"})
"""What others than the proxy may ask: whoever watches the servers; the last has a door of its own."""


def encryption(workspace: Workspace, settings: ServerSettings) -> dict[str, Any]:
    """Return uvicorn's options for encryption; none where it is not needed.

    Raises :class:`SettingsError` where strangers could reach the server in the clear, or the certificate does not do.
    """
    if not settings.certificate:
        if not is_loopback(settings.host) and not settings.behind_proxy:
            raise SettingsError(
                f"[server] host = {settings.host} would serve other machines without encryption: name a certificate "
                "and its key, or set behind_proxy = true where a proxy in front ends the encryption"
            )
        return {}
    certificate, key = (workspace.root / name for name in (settings.certificate, settings.key))
    _require_pair(certificate, key)
    return {"ssl_certfile": str(certificate), "ssl_keyfile": str(key)}


def _require_pair(certificate: Path, key: Path) -> None:
    """Raise :class:`SettingsError` unless the two belong together and can be used."""
    for file, name in ((certificate, "certificate"), (key, "key")):
        try:
            file.read_bytes()
        except OSError as error:
            raise SettingsError(f"[server] {name}: {file} cannot be read ({error.strerror})") from error
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: b"")
    except (ssl.SSLError, ValueError) as error:
        raise SettingsError(
            f"[server] certificate and key: {certificate} and {key} are no pair that can be used "
            "(PEM, the key without a password)"
        ) from error


class BehindProxy:
    """Takes requests from the proxies alone, and believes them whom they pass on."""

    def __init__(self, app: ASGIApp, proxies: Iterable[str]) -> None:
        trusted = list(proxies)
        self._networks = [ipaddress.ip_network(one) for one in trusted]
        self._plain = app
        self._passed_on: Any = ProxyHeadersMiddleware(app, trusted_hosts=trusted)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._plain(scope, receive, send)
            return
        peer = (scope.get("client") or ("", 0))[0]
        if self._is_proxy(peer):
            await self._passed_on(scope, receive, send)
        elif is_loopback(peer) or scope["path"] in OPEN:
            await self._plain(scope, receive, send)
        else:
            said = "this server is behind a proxy; ask that (see [server] proxies)"
            await fault(403, "forbidden", said)(scope, receive, send)

    def _is_proxy(self, peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self._networks)
