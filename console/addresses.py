"""Addresses of other servers, as settings name them."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def endpoint(address: str) -> str:
    """Return a base address without a slash at its end, or an empty one; raises ``ValueError`` for any other text."""
    if address:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("should be empty, or a whole address such as https://host.example")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("should hold no user, password or question mark; secrets have settings of their own")
    return address.rstrip("/")


def require_private(address: str, *, insecure: bool) -> None:
    """Raise ``ValueError`` for an address at which anybody between could read what is sent, unless that is allowed."""
    parts = urlsplit(address)
    if parts.scheme == "http" and not insecure and not is_loopback(parts.hostname or ""):
        raise ValueError("'address' should begin with https:// or be this machine's own; 'insecure' allows http")


def is_loopback(host: str) -> bool:
    """Return whether a host of an address is this machine, by its name or number; no name server is asked."""
    if host.lower() == "localhost":
        return True
    return is_address(host) and ip_address(host).is_loopback


def is_address(text: str) -> bool:
    """Return whether a text is a network address (IPv4 or IPv6), not a name or something made up."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
