"""The command palette: every deed by name."""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from console.terminal.actions import DEEDS, Deed


class Deeds(Provider):
    """Offers all deeds of the main screen, with their keys."""

    async def discover(self) -> Hits:
        """Yield every deed while nothing is typed."""
        for deed in DEEDS:
            yield DiscoveryHit(_title(deed), partial(self.app.run_action, deed.do, self.screen), help=deed.help)

    async def search(self, query: str) -> Hits:
        """Yield the deeds whose name or help matches."""
        matcher = self.matcher(query)
        for deed in DEEDS:
            score = matcher.match(f"{deed.title} {deed.help}")
            if score > 0:
                callback = partial(self.app.run_action, deed.do, self.screen)
                yield Hit(score, matcher.highlight(_title(deed)), callback, help=deed.help)


def _title(deed: Deed) -> str:
    return f"{deed.title} ({deed.shown})"
