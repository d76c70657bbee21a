"""How much of a site is read, and how fast."""

from dataclasses import dataclass

from knowledge.loaders.walk import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults suit a help centre of some thousand articles; a larger one is read on request."""

    pages: int = 5000
    """Most addresses that are asked for."""
    seconds: float = 2 * 3600
    """Longest time for the whole site."""
    page_bytes: int = MAX_BYTES
    """Largest page, inflated."""
    page_seconds: float = 60
    """Longest time for one page, from the first look-up to its last byte."""
    requests_per_second: float = 4
    """Help centres answer search engines faster than this."""
    crawl_delay_seconds: float = 10
    """Longest pause between two requests that a robots.txt is granted."""
