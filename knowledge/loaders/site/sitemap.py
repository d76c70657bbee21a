"""Sitemaps (https://www.sitemaps.org/protocol.html): lists of pages, lists of sitemaps, plain lists; packed or not."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from knowledge.text import one_line

MAX_BYTES = 50 * 1024**2
"""Largest sitemap, inflated; the protocol's own limit."""

MAX_ENTRIES = 50_000
"""In one sitemap; the protocol's own limit."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sitemap names."""

    address: str
    changed: str
    """The day as YYYY-MM-DD, or nothing."""
    is_sitemap: bool


def read(file: BinaryIO, name: str) -> Iterator[Entry]:
    """The entries of a sitemap. Raises ValueError where it is none; XML entities in it are left alone."""
    from lxml import etree

    data = _inflated(file.read())
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from _of_lines(data)
        return
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    count = 0
    try:
        for _, element in etree.iterparse(BytesIO(data), tag=("{*}url", "{*}sitemap"), **options):
            address = one_line(element.findtext("{*}loc") or "", 2000)
            if address:
                is_sitemap = etree.QName(element).localname == "sitemap"
                yield Entry(address, _day(element.findtext("{*}lastmod") or ""), is_sitemap)
                count += 1
            element.clear()
            if count >= MAX_ENTRIES:
                return
    except etree.XMLSyntaxError as error:
        if not count:
            raise ValueError(f"is no sitemap ({one_line(str(error), 100)})") from error
        # What stands before a fault is good, and what stands behind it cannot be told.
        raise ValueError(f"is damaged after {count} addresses") from error


def _of_lines(data: bytes) -> Iterator[Entry]:
    lines = data.decode("utf-8", "replace").splitlines()[:MAX_ENTRIES]
    named = [line.strip() for line in lines if line.strip().lower().startswith(("http://", "https://"))]
    if not named:
        raise ValueError("is no sitemap")
    yield from (Entry(one_line(line, 2000), "", is_sitemap=False) for line in named)


def _inflated(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        inflated = unpack.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError("is a damaged gzip file") from error
    if len(inflated) > MAX_BYTES:
        raise ValueError(f"inflates to more than {MAX_BYTES // 1024**2} MB")
    if not unpack.eof:
        raise ValueError("is cut short")
    return inflated


def _day(text: str) -> str:
    day = text.strip()[:10]
    return day if len(day) == len("2026-01-31") and day[4] == day[7] == "-" and day.replace("-", "").isdecimal() else ""
