"""The parsers of articles: of every format that is read, and of what a site says of its pages."""

import gzip
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from knowledge.errors import SiteError
from knowledge.loaders import docx, html, jsonl, markdown, pdf, plain
from knowledge.loaders.isolation import Isolation
from knowledge.loaders.site import page, reading, sitemap
from knowledge.loaders.site.addresses import is_sitemap, site_of
from knowledge.loaders.site.fetching import Fetched
from knowledge.loaders.site.robots import Rules
from tests.security import packing
from tests.security.parsing import Parser, Read, said

LONGEST_PAUSE: Final = 10.0
"""Seconds that a site may ask for between two requests."""


def _document(parse: Callable[..., Iterator[object]], *more: object) -> Read:
    return lambda data: list(parse(io.BytesIO(data), "articles/lost.txt", *more))


def _packed(parse: Callable[..., Iterator[object]], pack: Callable[[bytes], bytes], *more: object) -> Read:
    """Return a reader of what stands inside: the file around it is always a good one."""
    read = _document(parse, *more)
    return lambda data: read(pack(data))


def _robots(data: bytes) -> object:
    rules = Rules.of(data.decode("utf-8", "replace"))
    assert 0 <= rules.pause(LONGEST_PAUSE) <= LONGEST_PAUSE
    return rules.allow("https://help.example/articles/lost?part=2"), rules.sitemaps()


_HELP: Final = site_of("https://help.example/articles/")


def _address(data: bytes) -> object:
    link, _, base = data.decode("utf-8", "replace").partition("\n")
    address = _HELP.page(link, "https://help.example/articles/" + base)
    if address is not None:
        assert _HELP.page(address) == address, "what is written the normal way stays as it is"
        _HELP.name(address)
    return address, _HELP.covers(address or _HELP.start), is_sitemap(address or _HELP.start)


def _sent(data: bytes) -> object:
    """Read a text as a site sent it: its encoding and its day stand in the first two lines."""
    charset, _, rest = data.partition(b"\n")
    modified, _, body = rest.partition(b"\n")
    fetched = Fetched(
        "https://help.example/lost.txt", "text/plain", charset.decode("latin-1"), body, modified.decode("latin-1")
    )
    found = reading.read(fetched, "lost.txt", Isolation()).items
    return [reading.placed(item, "lost", fetched.address, "", fetched) for item in found]  # type: ignore[arg-type]


_MARKDOWN: Final = b"---\ntitle: Lost parcels\naudience: public\nupdated: 2026-03-02\n---\n# Lost\nAfter seven days.\n"
_HTML: Final = (
    b"<html><head><title>Lost</title><meta name='audience' content='public'></head><body><main><h1>Lost parcels</h1>"
    b"<p>A parcel counts as lost after seven days without movement, and is sent again.</p></main></body></html>"
)
_PAGE: Final = _HTML.replace(
    b"</head>",
    b"<base href='/articles/'><link rel='canonical' href='lost'><meta name='robots' content='noindex'></head>",
).replace(b"</main>", b"<a href='../found?utm_source=x' rel='nofollow'>Found</a></main>")
_SITEMAP: Final = b"<urlset><url><loc>https://shop.example/help</loc><lastmod>2026-03-02</lastmod></url></urlset>"
_SITEMAPS: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<sitemap><loc>https://shop.example/help.xml.gz</loc><lastmod>2026-03-02</lastmod></sitemap></sitemapindex>"
)
_ARTICLE: Final = {"id": "a1", "title": "Lost", "text": "After seven days.", "updated": "2026-03-02"}
_ROBOTS: Final = (
    b"User-agent: *\nDisallow: /*?part=\nAllow: /articles$\nCrawl-delay: 2\nRequest-rate: 1/5s 0600-0845\n"
    b"User-agent: SecondChair\nSitemap: https://help.example/sitemap.xml\n"
)

ARTICLES: Final[Mapping[str, Parser]] = {
    "articles: Markdown": Parser(_document(markdown.parse), (ValueError,), (_MARKDOWN,)),
    "articles: plain text": Parser(_document(plain.parse), (ValueError,), (b"A parcel counts as lost.",)),
    "articles: JSON lines": Parser(_document(jsonl.parse, {}), (ValueError,), (said(_ARTICLE),)),
    "articles: packed JSON lines": Parser(
        _document(jsonl.parse_packed, {}), (ValueError,), (gzip.compress(said(_ARTICLE), mtime=0),)
    ),
    "articles: web pages": Parser(_document(html.parse), (ValueError,), (_HTML,), slow=True),
    "articles: PDF": Parser(_document(pdf.parse), (ValueError,), (packing.pdf(),)),
    "articles: PDF, its page": Parser(
        _packed(pdf.parse, packing.pdf),
        (ValueError,),
        (
            b"BT /F 12 Tf 40 700 Td (After seven days) Tj 0 -14 Td [(it) -2000 (is lost.)] TJ ET",
            b"q 1 0 0 1 0 0 cm BT /F 9 Tf 1 0 0 1 40 90 Tm 12 TL (Lost) ' T* <4C6F7374> Tj ET Q BI /W 1 ID x EI",
        ),
    ),
    "articles: PDF, its letters": Parser(
        _packed(pdf.parse, lambda letters: packing.pdf(b"BT /F 12 Tf (After ABC) Tj ET", letters)),
        (ValueError,),
        (
            b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <0061> endbfchar endcmap",
            b"begincmap 2 beginbfrange <42> <43> <0062> <44> <45> [<0064> <D83DDE00>] endbfrange endcmap",
        ),
    ),
    "articles: PDF, its properties": Parser(
        _packed(pdf.parse, lambda about: packing.pdf(about=about)),
        (ValueError,),
        (b"/Title(Lost)/Keywords(audience: internal)/ModDate(D:20260302100000+01'00')", b"/Title<FEFF004C>"),
    ),
    "articles: Word": Parser(_document(docx.parse), (ValueError,), (packing.word(),)),
    "articles: Word, its text": Parser(_packed(docx.parse, packing.word), (ValueError,), (packing.TEXT,)),
    "articles: Word, its styles": Parser(
        _packed(docx.parse, lambda styles: packing.word(styles=styles)), (ValueError,), (packing.STYLES,)
    ),
    "articles: Word, its numberings": Parser(
        _packed(docx.parse, lambda numbers: packing.word(numbers=numbers)), (ValueError,), (packing.NUMBERS,)
    ),
    "articles: Word, its properties": Parser(
        _packed(docx.parse, lambda about: packing.word(about=about)), (ValueError,), (packing.ABOUT,)
    ),
    "articles: sitemaps": Parser(
        _document(sitemap.read), (ValueError,), (_SITEMAP, _SITEMAPS, b"https://shop.example/help\n")
    ),
    "articles: packed sitemaps": Parser(_document(sitemap.read), (ValueError,), (gzip.compress(_SITEMAPS, mtime=0),)),
    "sites: pages": Parser(_document(page.read), (ValueError,), (_PAGE,), slow=True),
    "sites: what is said of a page": Parser(
        _sent, (ValueError,), (b"iso-8859-1\nMon, 02 Mar 2026 10:00:00 GMT\nA parcel counts as lost.",)
    ),
    "sites: robots.txt": Parser(_robots, (), (_ROBOTS,)),
    "sites: addresses": Parser(
        _address, (), (b"../a/./b%20c?utm_source=x&q=1#top\nlost", b"https://HELP.example:443//x\n", b"//[::1]:80/\n")
    ),
    "sites: where one begins": Parser(
        lambda data: site_of(data.decode("utf-8", "replace")), (SiteError,), (b"https://help.example:8443/a/b.html",)
    ),
}
