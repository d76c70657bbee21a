"""Addresses: of other servers, as settings name them, and of those who ask."""

from ipaddress import IPv6Address, ip_address, ip_network
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


def neighbourhood(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 that one holder of IPv6 has at least."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False))
    return address
