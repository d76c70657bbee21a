"""A site may be hostile: it lies about sizes, never ends, or leads into the network that it is read from."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from knowledge import Document, SiteError, Skipped
from knowledge.loaders.site import load_site
from knowledge.loaders.site.addresses import site_of
from knowledge.loaders.site.connecting import is_public
from knowledge.loaders.site.fetching import Fetcher, Unfetched
from knowledge.loaders.site.pace import Pace
from knowledge.loaders.site.robots import Rules
from tests.knowledge.loaders.sites import FAST, Clock, Reply, Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with one page that is good."""
    with running() as made:
        made.html("/good", "Good pages")
        yield made


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_private_addresses_are_known_in_every_dress(address: str) -> None:
    """Also those of version 4 inside those of version 6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_public(address: str) -> None:
    """Or nothing could be read."""
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_private_host_is_refused_however_it_is_written(site: Site, host: str) -> None:
    """Nothing is asked for."""
    with pytest.raises(SiteError, match=r"private hosts are read only|cannot be reached|is no address"):
        list(load_site(f"http://{host}:{site.port}/", limits=FAST))
    assert site.asked == []


def test_a_name_that_turns_private_later_is_refused(site: Site) -> None:
    """Each connection goes to the address that was checked for it."""
    answers = iter([["93.184.215.14", "127.0.0.1"]])

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return next(answers)

    with pytest.raises(SiteError, match=r"help\.test is the private address 127\.0\.0\.1"):
        list(load_site(f"http://help.test:{site.port}/", limits=FAST, resolve=resolve))
    assert site.asked == []


def test_the_name_is_kept_though_the_address_is_connected_to(site: Site) -> None:
    """A server of many sites has to know which one is meant."""
    site.html("/", "Start")

    async def resolve(host: str, _port: int) -> Sequence[str]:
        assert host == "help.test"
        return ["127.0.0.1"]

    (found,) = load_site(f"http://help.test:{site.port}/", private_hosts=True, limits=FAST, resolve=resolve)
    assert isinstance(found, Document)
    assert found.url == f"http://help.test:{site.port}/"


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/", "file:///etc/passwd", "//example.com/"],
)
def test_a_redirect_to_another_host_is_not_followed(site: Site, target: str) -> None:
    """Whether it is a private one or not."""
    site.pages["/x"] = Reply(status=302, headers={"Location": target})
    site.sitemap("/x", "/good")
    (skipped,) = site.skipped()
    assert skipped.reason == f"leads to another site ({target})"
    assert skipped.stays == ""


def test_redirects_in_a_circle_end(site: Site) -> None:
    """After a few."""
    site.pages["/x"] = Reply(status=302, headers={"Location": "/y"})
    site.pages["/y"] = Reply(status=302, headers={"Location": "/x"})
    site.sitemap("/x", "/good")
    assert [item.reason for item in site.skipped()] == ["leads from redirect to redirect"]
    assert site.names() == ["/good"]


def _packed(size: int) -> Reply:
    return Reply(gzip.compress(b"x" * size), headers={"Content-Encoding": "gzip"})


LIMITS = replace(FAST, page_bytes=1024**2)
IMPATIENT = replace(FAST, page_seconds=2)
"""Long enough for the pages that come at once, also on a machine that has much to do."""


@pytest.mark.parametrize(
    ("reply", "reason", "stays"),
    [
        (_packed(50 * 1024**2), "is larger than 1 MB", False),
        (Reply(b"x" * (2 * 1024**2)), "is larger than 1 MB", False),
        (
            Reply(gzip.compress(b"y" * 9999)[:-20], headers={"Content-Encoding": "gzip"}),
            "breaks off on its way",
            True,
        ),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "is damaged on its way", True),
        (Reply(b"x", headers={"Content-Encoding": "br"}), "encoded in a way that was not asked for (br)", False),
        (Reply(b"x", headers={"Content-Encoding": "gzip, gzip"}), "encoded in a way that was not asked for", False),
        (Reply(b"short", headers={"Content-Length": "5000"}), "breaks off on its way", True),
        (Reply(b"", status=403), "asks for a sign-in (403)", True),
        (Reply(b""), "is empty", False),
        (Reply(b"%PDF-1.7 broken", "application/pdf"), "is damaged or cut short", False),
    ],
    ids=["bomb", "large", "cut", "no-gzip", "brotli", "twice", "short", "forbidden", "empty", "pdf"],
)
def test_a_page_that_cannot_be_read_is_named_and_the_next_one_is(
    site: Site, reply: Reply, reason: str, stays: bool
) -> None:
    """With its reason, and whether an index keeps what it has of it."""
    site.pages["/x"] = reply
    site.sitemap("/x", "/good")
    skipped, good = site.load(limits=LIMITS)
    assert isinstance(good, Document)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason
    assert skipped.stays == (f"127.0.0.1:{site.port}/x" if stays else "")


def test_a_page_that_never_ends_is_given_up_and_the_next_one_read(site: Site) -> None:
    """An index keeps what it has of it."""
    site.pages["/x"] = Reply(b"slow", drips=True)
    site.sitemap("/x", "/good")
    skipped, good = site.load(limits=IMPATIENT)
    assert isinstance(good, Document)
    assert skipped == Skipped(f"{site.url}x", "took more than 2 seconds", f"127.0.0.1:{site.port}/x")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(b" " * 60 * 1024**2), "inflates to more than 50 MB"),
        (gzip.compress(b"<urlset></urlset>" * 99)[:-12], "is cut short"),
        (b"<urlset><url><loc>http://127.0.0.1/a</loc></url><ur", "is damaged after 1 addresses"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><urlset>&a;</wrong>', "is no sitemap"),
    ],
    ids=["bomb", "cut", "broken", "entities"],
)
def test_a_sitemap_that_cannot_be_read_keeps_everything(site: Site, body: bytes, reason: str) -> None:
    """Since nobody knows what it would have named."""
    site.pages["/robots.txt"] = Reply(f"Sitemap: {site.url}map.xml", "text/plain")
    site.pages["/map.xml"] = Reply(body, "application/xml")
    site.sitemap("/good")
    (skipped,) = site.skipped()
    assert reason in skipped.reason
    assert skipped.stays == "/"


def test_what_is_said_of_a_page_cannot_end_the_run(site: Site) -> None:
    """A date in no zone that there can be, a day that is none, and an encoding in which no page is written."""
    text = "After-seven days a parcel is lost."
    site.pages["/zone"] = Reply(text, "text/plain", headers={"Last-Modified": f"Mon, 02 Mar 2026 10:00:00 +{'9' * 20}"})
    site.pages["/day"] = Reply(text, "text/plain", headers={"Last-Modified": f"Mon, {'9' * 20} Mar 2026 10:00:00 GMT"})
    site.pages["/slow"] = Reply(text, "text/plain; charset=punycode")
    site.pages["/head"] = Reply(f"<meta charset=punycode><p>{text}", "text/html")
    site.sitemap("/zone", "/day", "/slow", "/head")
    found = [item for item in site.load() if isinstance(item, Document)]
    assert [(item.text, item.updated) for item in found] == [(text, "")] * 4


def test_a_link_to_no_host_cannot_end_the_run(site: Site) -> None:
    """One of dots alone, or in brackets that hold no address, leads nowhere."""
    odd = (
        "//.",
        "http://../x",
        "//[.]/",
        "//[::1",
        "http://[v1.x]/",
        "//\u3002/",
        "http://a..b/",
        "//%2e/",
        "http://:80/",
    )
    site.html("/", "Start", "".join(f"<a href='{link}'>x</a>" for link in odd) + "<a href='/good'>Good</a>")
    assert site.names() == ["/", "/good"]
    for address in ("http://./", "http://../x"):
        with pytest.raises(SiteError, match="is no address of a site"):
            site_of(address)


def test_a_pace_beyond_all_numbers_is_none_that_is_kept() -> None:
    """The longest pause is, or none."""
    for rate in (f"1/{'9' * 400}s", f"{'9' * 400}/1s", "1/0s", "0/1s"):
        assert 0 <= Rules.of(f"User-agent: *\nRequest-rate: {rate}").pause(longest=10) <= 10


def test_the_pace_is_the_slower_of_ours_and_theirs() -> None:
    """A robots.txt may ask for a pause, up to a limit."""
    clock = Clock()
    pace = Pace(0.25, 100, clock.now, clock.sleep)
    pace.wait()
    pace.wait()
    pace.slow_down(Rules.of("User-agent: *\nCrawl-delay: 4").pause(longest=10))
    pace.wait()
    pace.wait()
    assert clock.slept == [0.25, 0.25, 4.0]
    assert Rules.of("User-agent: *\nCrawl-delay: 99999").pause(longest=10) == 10
    assert Rules.of("User-agent: SecondChair\nRequest-rate: 1/5s").pause(longest=10) == 5
    assert not pace.is_over()
    clock.sleep(100)
    assert pace.is_over()


def test_waiting_is_what_a_busy_site_asks_for_and_no_more(site: Site) -> None:
    """Half a minute at the most."""
    clock = Clock()
    with Fetcher(site_of(site.url), FAST, Pace(0, 100, clock.now, clock.sleep), private_hosts=True) as fetcher:
        for after, waited in (("7", 7.0), ("86400", 30.0), ("tomorrow", 3.0)):
            site.pages["/x"] = Reply(status=429, headers={"Retry-After": after})
            with pytest.raises(Unfetched, match="answers with an error"):
                fetcher.get(f"{site.url}x")
            assert clock.slept[-1] == waited
