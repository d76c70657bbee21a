"""Reads a site from its first page to its last: what its sitemaps name, or what its links lead to, nearest first."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from knowledge.document import Document, Skipped
from knowledge.errors import SiteError, SitePrivate
from knowledge.loaders.isolation import Isolation, Stopped
from knowledge.loaders.site import page
from knowledge.loaders.site.addresses import Site, is_sitemap, site_of
from knowledge.loaders.site.connecting import Resolve, resolve
from knowledge.loaders.site.fetching import Fetched, Fetcher, Unfetched
from knowledge.loaders.site.limits import Limits
from knowledge.loaders.site.listing import Listing, listing
from knowledge.loaders.site.pace import Pace
from knowledge.loaders.site.reading import placed, read
from knowledge.loaders.site.robots import EVERYTHING, MAX_BYTES, Rules
from knowledge.loaders.walk import WHOLE_SOURCE

SiteProgress = Callable[[int, int | None], None]
"""Told before each page: how many were asked for, and of how many, where that is known."""

_NO_PAGE = re.compile(
    r"\.(?:7z|avi|bmp|css|csv|dmg|exe|gif|gz|ico|jpe?g|js|json|mov|mp[34]|msi|ogg|png|pptx?|rar|rss|svg|tar|tgz|tiff?|ttf"
    r"|wav|webm|webp|woff2?|xlsx?|xml|zip)$",
    re.IGNORECASE,
)
"""Ends of links that lead to nothing readable, and are not asked for."""


def load_site(
    url: str,
    *,
    private_hosts: bool = False,
    limits: Limits | None = None,
    progress: SiteProgress | None = None,
    resolve: Resolve = resolve,
) -> Iterator[Document | Skipped]:
    """Every document of a site, as they come; a page that cannot be read comes out as Skipped.

    `url` is a page, below whose folder everything is read, or a sitemap. The id of a document is its host and path.
    Pages that cannot be fetched for now stay in an index; those that the site says are gone do not. Hosts that are
    not on the public internet are refused unless `private_hosts`. Raises SiteError where the address names no site,
    and, once it is read, where nobody answers or its robots.txt forbids it.
    """
    # Not a generator itself, so that a wrong address is told before anything is done with what it would hold.
    site = site_of(url)
    limits = limits or Limits()
    pace = Pace(1 / limits.requests_per_second, limits.seconds)
    fetcher = Fetcher(site, limits, pace, private_hosts=private_hosts, resolve=resolve)
    return _Crawl(site, limits, pace, fetcher, progress or (lambda _done, _total: None)).documents()


class _Crawl:
    """One reading of a site."""

    def __init__(self, site: Site, limits: Limits, pace: Pace, fetcher: Fetcher, progress: SiteProgress) -> None:
        self._site = site
        self._limits = limits
        self._pace = pace
        self._fetcher = fetcher
        self._progress = progress
        self._isolation = Isolation()
        self._rules = EVERYTHING
        self._listing = Listing()
        self._follows = False
        self._waiting: deque[str] = deque()
        self._known: set[str] = set()
        self._given: set[str] = set()
        self._forbidden: set[str] = set()
        self._unwanted = 0

    def documents(self) -> Iterator[Document | Skipped]:
        with self._fetcher, self._isolation:
            self._begin()
            yield from self._listing.faults
            asked = 0
            while self._waiting:
                if asked >= self._limits.pages or self._pace.is_over():
                    yield Skipped(self._site.start, f"is read only in part: {asked} pages are the limit", WHOLE_SOURCE)
                    break
                self._progress(asked, None if self._follows else asked + len(self._waiting))
                asked += 1
                yield from self._page(self._waiting.popleft())
            yield from self._left_out()

    def _begin(self) -> None:
        """Read the rules, and find out where to begin."""
        self._rules = self._read_rules()
        self._pace.slow_down(self._rules.pause(self._limits.crawl_delay_seconds))
        self._listing = listing(self._fetcher, self._isolation, self._site, self._rules)
        for address in self._listing.pages:
            self._note(address)
        if not self._waiting and not is_sitemap(self._site.start):
            self._follows = True
            if not self._rules.allow(self._site.start):
                raise SiteError(f"{self._site.start}: the site's robots.txt does not allow this to be read")
            self._note(self._site.start)

    def _read_rules(self) -> Rules:
        address = urljoin(self._site.start, "/robots.txt")
        try:
            return Rules.of(self._fetcher.get(address).data[:MAX_BYTES].decode("utf-8", "replace"))
        except Unfetched as error:
            # RFC 9309: where a site has none, or keeps it to itself, everything is allowed; where it does not
            # answer, nothing is.
            if error.status in range(400, 500) and error.status != 429:  # noqa: PLR2004 - as HTTP has it
                return EVERYTHING
            raise _unreadable(self._site.start, error) from error

    def _note(self, address: str) -> None:
        """Put an address in the queue unless it is known or may not be read."""
        name = self._site.name(address)
        if name in self._known:
            return
        self._known.add(name)
        if self._rules.allow(address):
            self._waiting.append(address)
        else:
            self._forbidden.add(name)

    def _page(self, address: str) -> Iterator[Document | Skipped]:
        try:
            fetched = self._fetcher.get(address, self._rules.allow)
        except Unfetched as error:
            if self._follows and address == self._site.start:
                raise _unreadable(address, error) from error
            yield Skipped(address, str(error), self._stays(address) if error.for_now else "")
            return
        name = self._site.name(fetched.address)
        self._known.add(name)
        if name in self._given or not self._site.covers(fetched.address):
            return
        try:
            found = read(fetched, name, self._isolation)
        except ValueError as error:
            yield Skipped(address, str(error))
            return
        except Stopped as error:
            yield Skipped(address, str(error), self._stays(address))
            return
        target = self._follow(found.head, fetched) if found.head else fetched.address
        name = self._site.name(target)
        if found.head and not found.head.wanted:
            self._unwanted += 1
        elif name not in self._given:
            self._given.add(name)
            day = self._listing.pages.get(address, "")
            for item in found.items:
                yield (
                    placed(item, name, target, day, fetched)
                    if isinstance(item, Document)
                    else Skipped(address, item.reason)
                )

    def _follow(self, head: page.Head, fetched: Fetched) -> str:
        """Note where a page leads; returns the address that it calls its own, if that is on this site."""
        base = urljoin(fetched.address, head.base)
        if self._follows:
            for link in head.links:
                target = self._site.page(link, base)
                if target and self._site.covers(target) and _may_be_page(target):
                    self._note(target)
        own = self._site.page(head.canonical, base) if head.canonical else None
        return own if own and self._site.covers(own) else fetched.address

    def _stays(self, address: str) -> str:
        """What an index keeps while an address cannot be read: its document, and what only it may lead to."""
        return WHOLE_SOURCE if self._follows else self._site.name(address)

    def _left_out(self) -> Iterator[Skipped]:
        counts = {
            "are not allowed by the site's robots.txt": len(self._forbidden),
            "ask not to be found by a search": self._unwanted,
            "in its sitemaps are on other hosts": self._listing.elsewhere,
        }
        for why, count in counts.items():
            if count:
                yield Skipped(self._site.start, f"{count} addresses {why}")


def _may_be_page(address: str) -> bool:
    return not _NO_PAGE.search(urlsplit(address).path)


def _unreadable(address: str, error: Unfetched) -> SiteError:
    """Why a site is not read at all, where its first address gave no page."""
    return (SitePrivate if error.private else SiteError)(f"{address}: {error}")
