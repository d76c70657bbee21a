"""Tells the desk which conversation the console shows: what nobody looks at is worked out in part only."""

import contextlib
from typing import TYPE_CHECKING, Final

from console.terminal.errors import DeskError
from console.terminal.later import Later

if TYPE_CHECKING:
    from console.terminal.controller import Controller

SOON: Final = 0.05
"""Seconds after which the desk is told: who moves through the inbox stops at the last one."""


class OnScreen:
    """Speaks for one console."""

    def __init__(self, controller: "Controller") -> None:
        self._controller = controller
        self._soon = Later(SOON, self.tell)

    def show(self, conversation: str) -> None:
        """Put a conversation on the screen."""
        self._controller.state.show(conversation)
        self._soon.ask()

    async def tell(self) -> None:
        """Tell the desk now; it is said again before long, so that it is no matter when that fails."""
        with contextlib.suppress(DeskError):
            await self._controller.desk.screen(self._controller.state.current)
