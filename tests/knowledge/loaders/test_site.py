"""A whole site to documents: what it names, what it leads to, and what it asks not to be read."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import Document, KnowledgeIndex, SiteError, Skipped
from knowledge.loaders.site import Limits, load_site
from tests.knowledge.fakes import WordEmbedder
from tests.knowledge.loaders.made import LOST, pdf
from tests.knowledge.loaders.sites import FAST, Reply, Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without any page."""
    with running() as made:
        yield made


def test_links_are_followed_nearest_first(site: Site) -> None:
    """Where there is no sitemap; each page once, and nothing of other hosts."""
    site.html("/", "Start", '<a href="a">A</a> <a href="/b#part">B</a> <a href="https://example.com/">other</a>')
    site.html("/a", "Apples", '<a href="/c?utm_source=mail">C</a> <a href="/">back</a>')
    site.html("/b", "Bears", '<a href="../a/">A</a> <a href="mailto:a@b.c">mail</a> <a href="/x.png">picture</a>')
    site.html("/c", "Crows")
    assert site.names() == ["/", "/a", "/b", "/c"]
    assert "/x.png" not in site.asked


def test_a_sitemap_names_the_pages(site: Site) -> None:
    """Also one of sitemaps, packed, with the day of each page's last change; links are not followed then."""
    site.html("/a", "Apples", '<a href="/hidden">not named</a>')
    site.html("/b", "Bears", head='<meta property="article:modified_time" content="2026-02-02T10:00:00Z">')
    pages = "".join(f"<url><loc>{site.url}{name}</loc><lastmod>2026-01-31T10:00Z</lastmod></url>" for name in "ab")
    site.pages["/part.xml.gz"] = Reply(gzip.compress(f"<urlset>{pages}</urlset>".encode()), "application/gzip")
    site.pages["/sitemap.xml"] = Reply(
        f"<sitemapindex><sitemap><loc>{site.url}part.xml.gz</loc></sitemap></sitemapindex>", "text/xml"
    )
    found = site.load()
    assert all(isinstance(item, Document) for item in found)
    assert [(item.title, item.updated) for item in found if isinstance(item, Document)] == [
        ("Apples", "2026-01-31"),
        ("Bears", "2026-02-02"),
    ]


def test_a_sitemap_may_be_named_itself_or_by_robots(site: Site) -> None:
    """And may be a plain list of addresses."""
    site.html("/a", "Apples")
    site.html("/b", "Bears")
    site.sitemap("/a", at="/maps/articles.xml")
    site.pages["/list.txt"] = Reply(f"{site.url}b\n", "text/plain")
    assert site.names("maps/articles.xml") == ["/a"]
    site.pages["/robots.txt"] = Reply(f"Sitemap: {site.url}list.txt", "text/plain")
    assert site.names() == ["/b"]


def test_only_what_lies_below_the_folder_that_was_named_is_read(site: Site) -> None:
    """A help centre is often a part of a site."""
    site.html("/help/", "Help", '<a href="lost">lost</a> <a href="/shop">shop</a> <a href="/helpless">other</a>')
    site.html("/help/lost", "Lost")
    site.html("/shop", "Shop")
    site.html("/helpless", "Helpless")
    site.pages["/help"] = Reply(status=301, headers={"Location": "/help/"})
    for named in ("help", "help/"):
        assert site.names(named) == ["/help/", "/help/lost"]


def test_robots_txt_is_respected(site: Site) -> None:
    """The longest rule counts, as search engines have it; what is left out is counted."""
    site.pages["/robots.txt"] = Reply(
        "User-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: /*?print=\n\nUser-agent: b\nDisallow: /"
    )
    links = ' <a href="/private/x">1</a> <a href="/private/open">2</a> <a href="/a?print=1">3</a>'
    site.html("/", "Start", links)
    for path in ("/private/x", "/private/open", "/a?print=1"):
        site.html(path, "Page")
    assert site.names() == ["/", "/private/open"]
    assert "/private/x" not in site.asked
    assert [item.reason for item in site.skipped()] == ["2 addresses are not allowed by the site's robots.txt"]


def test_a_page_can_ask_not_to_be_found(site: Site) -> None:
    """Its links count unless it asks for that too."""
    site.html("/", "Start", '<a href="/a">a</a>', head='<meta name="robots" content="noindex">')
    site.html("/a", "Apples", '<a href="/b">b</a>', head='<meta name="robots" content="nofollow">')
    site.html("/b", "Bears")
    assert site.names() == ["/a"]


def test_one_page_under_two_addresses_is_one_document(site: Site) -> None:
    """By its canonical address, or since one leads to the other."""
    site.html("/", "Start", '<a href="/a?sort=1">1</a> <a href="/a?sort=2">2</a> <a href="/old">3</a>')
    for path in ("/a", "/a?sort=1", "/a?sort=2"):
        site.html(path, "Apples", head='<link rel="canonical" href="/a">')
    site.pages["/old"] = Reply(status=301, headers={"Location": "/a"})
    assert site.names() == ["/", "/a"]


def test_other_formats_are_read_by_their_media_type(site: Site, tmp_path: Path) -> None:
    """What cannot be read is named; an encoding that the server names is taken from it."""
    site.html("/", "Start", "".join(f'<a href="/{name}">x</a>' for name in ("pdf", "md", "latin", "font")))
    book = pdf(tmp_path / "a.pdf", lambda made: made.paragraph(LOST))
    site.pages["/pdf"] = Reply(
        book.read_bytes(), "application/pdf", headers={"Last-Modified": "Sat, 31 Jan 2026 10:00:00 GMT"}
    )
    site.pages["/md"] = Reply("---\naudience: internal\n---\n# Notes\n\nText.", "text/markdown")
    site.pages["/latin"] = Reply("Café.".encode("latin-1"), "text/plain; charset=iso-8859-1")
    site.pages["/font"] = Reply(b"x", "font/woff2")
    by_path = {item.url.removeprefix(site.url): item for item in site.load() if isinstance(item, Document)}
    assert by_path["pdf"].text == LOST.strip()
    assert by_path["md"].audience == "internal"
    assert by_path["latin"].text == "Café."
    assert [item.reason for item in site.skipped()] == ["is font/woff2, which cannot be read"]


def test_pages_that_are_gone_leave_an_index_and_those_that_fail_stay(site: Site, tmp_path: Path) -> None:
    """An error of today is no reason to forget what was known yesterday."""
    for name in "abc":
        site.html(f"/{name}", f"Page {name}")
    site.sitemap("/a", "/b", "/c")
    index = KnowledgeIndex(tmp_path / "index", WordEmbedder())
    assert index.update(site.load(), source=site.url).added == 3
    site.pages["/a"] = Reply("busy", status=500)
    site.pages["/b"] = Reply("gone", status=410)
    report = index.update(site.load(), source=site.url)
    assert (report.removed, report.documents, report.unchanged) == (1, 2, 1)
    assert [(item.where.removeprefix(site.url), item.reason) for item in report.skipped] == [
        ("a", "answers with an error (500)"),
        ("b", "is not there (410)"),
    ]


def test_where_links_are_followed_a_failing_page_keeps_all_that_it_may_lead_to(site: Site, tmp_path: Path) -> None:
    """The pages behind it cannot be seen for now."""
    site.html("/", "Start", '<a href="/hub">hub</a>')
    site.html("/hub", "Hub", '<a href="/far">far</a>')
    site.html("/far", "Far")
    index = KnowledgeIndex(tmp_path / "index", WordEmbedder())
    index.update(site.load(), source=site.url)
    site.pages["/hub"] = Reply("busy", status=502)
    assert index.update(site.load(), source=site.url).documents == 3


def test_a_busy_site_is_asked_again_when_it_says(site: Site) -> None:
    """Once."""
    site.html("/b", "Busy")
    page = site.pages["/b"]
    site.pages["/"] = lambda: (
        page if site.asked.count("/") > 1 else Reply(status=503, headers={"Retry-After": "0"})  # type: ignore[return-value]
    )
    assert site.names() == ["/"]


def test_the_number_of_pages_and_the_time_are_limited(site: Site) -> None:
    """A calendar has no last page. What was not reached stays in an index."""
    for number in range(20):
        site.html(f"/{number or ''}", f"Day {number}", f'<a href="/{number + 1}">next</a>')
    limits = Limits(requests_per_second=1000, pages=5)
    found = site.load(limits=limits)
    assert len([item for item in found if isinstance(item, Document)]) == 5
    (cut,) = [item for item in found if isinstance(item, Skipped)]
    assert ("5 pages are the limit" in cut.reason, cut.stays) == (True, "/")
    assert site.names(limits=Limits(requests_per_second=1000, seconds=0)) == []


def test_progress_is_told_as_pages_come(site: Site) -> None:
    """Of how many, where a sitemap says it."""
    site.html("/a", "Apples")
    site.html("/b", "Bears")
    site.sitemap("/a", "/b")
    told: list[tuple[int, int | None]] = []
    reading = load_site(
        site.url, private_hosts=True, limits=FAST, progress=lambda done, total: told.append((done, total))
    )
    assert isinstance(next(reading), Document)
    assert told == [(0, 2)]
    list(reading)
    assert told == [(0, 2), (1, 2)]


def test_the_agent_says_who_it_is(site: Site) -> None:
    """By the name that a robots.txt may use."""
    site.html("/", "Start")
    site.load()
    assert all("SecondChair/" in agent for agent in site.agents)


@pytest.mark.parametrize("url", ["ftp://example.com/", "http://", "https:///path", "http://[::1", "http://a b/"])
def test_a_wrong_address_is_told_at_once(url: str) -> None:
    """Before anything is asked for."""
    with pytest.raises(SiteError, match="is no address of a site"):
        load_site(url)


def test_a_site_that_does_not_answer_or_forbids_all_is_an_error(site: Site) -> None:
    """It would otherwise look like one whose pages are all gone."""
    with pytest.raises(SiteError, match=r"is not there \(404\)"):
        site.load()
    site.html("/", "Start")
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /", "text/plain")
    with pytest.raises(SiteError, match="does not allow"):
        site.load()
    site.pages["/robots.txt"] = Reply("broken", status=500)
    with pytest.raises(SiteError, match=r"answers with an error \(500\)"):
        site.load()
    site.pages["/robots.txt"] = Reply(status=404)
    site.pages["/sitemap.xml"] = Reply("nothing")
    with pytest.raises(SiteError, match="is no sitemap"):
        site.load("sitemap.xml")
