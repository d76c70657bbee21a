"""The command palette: every deed by name."""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from console.terminal.actions import DEEDS, Deed


class Deeds(Provider):
    """Offers all deeds of the main screen, with their keys where they have some."""

    async def discover(self) -> Hits:
        """Yield every deed while nothing is typed."""
        for deed in DEEDS:
            yield DiscoveryHit(_title(deed), partial(self.app.run_action, deed.do, self.screen), help=deed.help)

    async def search(self, query: str) -> Hits:
        """Yield the deeds whose name or help has words that begin like those asked for, or whose name is like them."""
        matcher = self.matcher(query)
        found = {deed: _fit(query, deed) for deed in DEEDS}
        if not any(found.values()):
            found = {deed: matcher.match(deed.title) for deed in DEEDS}
        for deed, score in found.items():
            if score > 0:
                callback = partial(self.app.run_action, deed.do, self.screen)
                yield Hit(score, matcher.highlight(_title(deed)), callback, help=deed.help)


def _fit(query: str, deed: Deed) -> float:
    """Return how well a deed fits: 2 where its name begins so, 1 by its name or key, 0.5 by its help too, else 0."""
    asked = query.casefold().split()
    if asked and deed.title.casefold().startswith(" ".join(asked)):
        return 2.0
    for score, text in ((1.0, f"{deed.title} {deed.shown}"), (0.5, f"{deed.title} {deed.shown} {deed.help}")):
        words = text.casefold().split()
        if all(any(word.startswith(part) for word in words) for part in asked):
            return score
    return 0.0


def _title(deed: Deed) -> str:
    return f"{deed.title} ({deed.shown})" if deed.key else deed.title
