"""What a robots.txt allows. Protego reads it as search engines do: longest match, wildcards (RFC 9309)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

AGENT = "SecondChair"
"""The name by which a robots.txt may address us."""

MAX_BYTES = 500 * 1024
"""What RFC 9309 asks to be read at least; the rest is left."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for us."""

    _parsed: "Protego | None" = None

    @classmethod
    def of(cls, text: str) -> "Rules":
        """The rules of a robots.txt; what is not understood in it is passed over."""
        from protego import Protego

        return cls(Protego.parse(text))

    def allow(self, address: str) -> bool:
        """Whether an address may be read."""
        return self._parsed is None or bool(self._parsed.can_fetch(address, AGENT))

    def pause(self, longest: float) -> float:
        """Seconds between two requests that it asks for, up to the longest that it is granted."""
        if self._parsed is None:
            return 0.0
        asked = float(self._parsed.crawl_delay(AGENT) or 0.0)
        rate = self._parsed.request_rate(AGENT)
        if rate is not None and rate.requests > 0:
            try:
                asked = max(asked, rate.seconds / rate.requests)
            except OverflowError:  # of two numbers as long as a site likes
                asked = longest
        return min(max(asked, 0.0), longest)

    def sitemaps(self) -> Sequence[str]:
        """The sitemaps that it names."""
        return list(self._parsed.sitemaps) if self._parsed else []


EVERYTHING = Rules()
