"""Under which addresses the console is served, and what a request must say to come from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from console.addresses import is_loopback


class NotSafe(ValueError):
    """Passwords and customers' data would go over the network unencrypted; one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """The origins (``https://console.example``) of our own pages; all are encrypted, or all are this machine's."""

    origins: frozenset[str]
    secure: bool
    cookie: str
    """Name of the session's cookie."""

    @property
    def url(self) -> str:
        """The address to tell people."""
        return min(self.origins, key=lambda origin: ("127.0.0.1" not in origin, origin))

    def has_host(self, headers: Mapping[str, str]) -> bool:
        """Return whether ``Host`` names us: a name that was bent to our address (DNS rebinding) is refused."""
        return any(urlsplit(origin).netloc == headers.get("Host", "").lower() for origin in self.origins)

    def has_origin(self, headers: Mapping[str, str]) -> bool:
        """Return whether ``Origin`` is the page at this very host: another site's page is refused."""
        origin = headers.get("Origin", "").lower()
        return origin in self.origins and urlsplit(origin).netloc == headers.get("Host", "").lower()


def place_of(host: str, port: int, public_url: str) -> Place:
    """Return where a server that listens on ``host`` and ``port`` is reached; raises :class:`NotSafe`."""
    if public_url:
        return Place(frozenset({public_url.lower()}), secure=True, cookie="__Host-secondchair")
    if not is_loopback(host):
        raise NotSafe(
            f"{host} is reached from other machines, and nothing encrypts what goes there: put a TLS proxy in front "
            "and name its address with --public-url https://…, or listen on 127.0.0.1"
        )
    names = {"127.0.0.1", "localhost"} | ({"[::1]"} if ":" in host else set())
    origins = frozenset(f"http://{name}" + ("" if port == 80 else f":{port}") for name in names)  # noqa: PLR2004
    return Place(origins, secure=False, cookie=f"secondchair-{port}")  # browsers send cookies to every port
