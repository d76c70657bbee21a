"""Which pages a site says that it has, by its sitemaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from knowledge.document import Skipped
from knowledge.errors import SiteError
from knowledge.loaders.isolation import Isolation, Stopped
from knowledge.loaders.site import sitemap
from knowledge.loaders.site.addresses import Site, is_sitemap
from knowledge.loaders.site.fetching import Fetcher, Unfetched
from knowledge.loaders.site.robots import Rules
from knowledge.loaders.walk import WHOLE_SOURCE

_MOST_SITEMAPS = 500
_USUAL = "/sitemap.xml"


@dataclass(slots=True)
class Listing:
    """What the sitemaps name."""

    pages: dict[str, str] = field(default_factory=dict)
    """Addresses of pages in the order in which they are named, with the day of their last change or nothing."""
    faults: list[Skipped] = field(default_factory=list)
    """Sitemaps that could not be read; what they name is not known."""
    elsewhere: int = 0
    """How many addresses lie on other hosts."""


def listing(fetcher: Fetcher, isolation: Isolation, site: Site, rules: Rules) -> Listing:
    """Read the sitemap that was named, or those of robots.txt and the usual one.

    Raises SiteError where one was named and cannot be read.
    """
    found = Listing()
    named = [site.start] if is_sitemap(site.start) else _known(site, rules)
    asked = set(named)
    for address in (waiting := list(named)):
        try:
            data = fetcher.get(address, rules.allow, sitemap.MAX_BYTES).data
            entries = isolation.parse(sitemap.read, data, address, (sitemap.Entry,))
        except (Unfetched, Stopped, ValueError) as error:
            if address == site.start:
                raise SiteError(f"{address}: {error}") from error
            if not (address.endswith(_USUAL) and address in named and _absent(error)):
                found.faults.append(Skipped(address, str(error), WHOLE_SOURCE))
            continue
        for entry in entries:
            target = site.page(entry.address, address)
            if target is None:
                found.elsewhere += 1
            elif not entry.is_sitemap and site.covers(target):
                found.pages.setdefault(target, entry.changed)
            elif entry.is_sitemap and target not in asked and len(asked) < _MOST_SITEMAPS:
                asked.add(target)
                waiting.append(target)
    return found


def _known(site: Site, rules: Rules) -> Sequence[str]:
    """The sitemaps that robots.txt names on this host, and the usual place for one."""
    said = (site.page(address) for address in rules.sitemaps())
    usual = site.page(urljoin(site.start, _USUAL))
    return list(dict.fromkeys(address for address in (*said, usual) if address))


def _absent(error: Exception) -> bool:
    """Whether a site just has no sitemap at the usual place: many answer with a page that says so."""
    return not (isinstance(error, Unfetched) and error.for_now)
