"""Addresses of pages: written one way, told apart from those of other sites, and turned into ids."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from knowledge.errors import SiteError
from knowledge.text import one_line

MAX_LENGTH = 2000

_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|_ga|_gl|ref_src", re.IGNORECASE)
_SAFE = "/:@!$&'()*+,;=~-._%"
"""What a path keeps as it is; what is escaped already stays so."""

_SITEMAP = re.compile(r"sitemap[^/]*\.(?:xml|txt)(?:\.gz)?$|\.xml(?:\.gz)?$", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9._-]+")
_FOLDER = re.compile(r"/[^/]*$")


@dataclass(frozen=True, slots=True)
class Site:
    """What belongs to the site that is read: one host, and what lies below the path that was named."""

    start: str
    host: str
    port: int | None
    """None for the usual ports of http and https, which are one site."""
    folder: str
    """Path below which pages are, with a slash at its end."""

    def page(self, link: str, base: str = "") -> str | None:
        """A link as the address of a page of this site, or None; `base` is the page that it stands on."""
        try:
            address = normal(urljoin(base or self.start, link.strip()))
        except ValueError:
            return None
        return address if address and self.holds(address) else None

    def holds(self, address: str) -> bool:
        """Whether an address, written the normal way, lies on the host."""
        parts = urlsplit(address)
        return parts.hostname == self.host and _port(parts.scheme, parts.port) == self.port

    def covers(self, address: str) -> bool:
        """Whether an address of the host lies below the path that was named."""
        path = urlsplit(address).path
        return path.startswith(self.folder) or f"{path}/" == self.folder

    def name(self, address: str) -> str:
        """The id of the document at an address: host and path, and what is asked if anything is."""
        parts = urlsplit(address)
        host = self.host if self.port is None else f"{self.host}:{self.port}"
        asked = f"?{parts.query}" if parts.query else ""
        return one_line(f"{host}{unquote(parts.path)}{asked}", MAX_LENGTH)


def site_of(url: str) -> Site:
    """The site that an address names. Raises SiteError where it names none."""
    try:
        start = normal(url.strip())
    except ValueError as error:
        raise SiteError(f"{one_line(url)}: is no address of a site ({error})") from error
    if start is None:
        raise SiteError(
            f"{one_line(url)}: is no address of a site; it begins with http:// or https:// and names a host"
        )
    parts = urlsplit(start)
    last = parts.path.rsplit("/", 1)[-1]
    folder = "/" if is_sitemap(start) else _FOLDER.sub("/", parts.path) if "." in last else f"{parts.path.rstrip('/')}/"
    return Site(start, parts.hostname or "", _port(parts.scheme, parts.port), folder)


def is_sitemap(address: str) -> bool:
    """Whether an address looks like one of a sitemap."""
    return bool(_SITEMAP.search(urlsplit(address).path))


def normal(url: str) -> str | None:
    """An address as it is compared: without fragment, tracking, default port and password; None if it is no http one.

    Raises ValueError where it cannot be taken apart.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname or len(url) > MAX_LENGTH:
        return None
    netloc = f"[{parts.hostname}]"
    if ":" not in parts.hostname:
        netloc = parts.hostname.rstrip(".").encode("idna").decode("ascii").lower()
        if not _HOST.fullmatch(netloc):
            return None
    if parts.port not in (None, _PORTS[scheme]):
        netloc = f"{netloc}:{parts.port}"
    path = quote(_without_dots(parts.path), safe=_SAFE)
    asked = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)
    ]
    return urlunsplit((scheme, netloc, path, urlencode(asked), ""))


def _without_dots(path: str) -> str:
    """A path without `.` and `..`, and without empty parts."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            kept = kept[:-1]
        elif part not in ("", "."):
            kept.append(part)
    end = "/" if parts[-1] in ("", ".", "..") and kept else ""
    return f"/{'/'.join(kept)}{end}"


def _port(scheme: str, port: int | None) -> int | None:
    return None if port in (None, *_PORTS.values()) else port
