"""The part of the desk's interface that the figures by layer need."""

from typing import Protocol

from console.conversation.layers import AskedTalks, Layers, ToldTalks


class LayersDesk(Protocol):
    """These calls of the desk's interface, for leads. All raise :class:`~console.terminal.errors.DeskError`."""

    async def layers(self, weeks: int) -> Layers:
        """Return the figures of each layer, or how far the look is."""

    async def talks_behind(self, weeks: int, asked: AskedTalks) -> ToldTalks:
        """Return the conversations behind a figure."""
