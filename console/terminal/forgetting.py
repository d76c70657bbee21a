"""Drops what the console holds of conversations that were erased, wherever it lies, and reads anew what was changed."""

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from console.conversation.erasure_events import Forgotten, forgotten
from console.terminal.errors import DeskError

if TYPE_CHECKING:
    from console.conversation.events import Event
    from console.terminal.controller import Controller

WORDS: Final = "A customer's data was erased; what this console knew of it is gone."


class Forgetting:
    """Follows the events that say what is to be dropped."""

    def __init__(self, controller: "Controller") -> None:
        self._controller = controller
        self._rereading: asyncio.Task[None] | None = None

    def take(self, event: "Event") -> None:
        """Take in the next event."""
        lost = forgotten(event.data)
        if lost is None:
            return
        controller, current = self._controller, self._controller.state.current
        if self._drop(lost):
            controller.view.close_all()
            controller.view.draft_replaced()
            controller.view.announce(WORDS)
        if current in lost.changed:
            self._rereading = asyncio.create_task(self._reread(current))

    def _drop(self, lost: Forgotten) -> bool:
        """Let go of it all; returns whether anything of it was held here, so that what stands open must be closed."""
        controller = self._controller
        held = controller.state.drop(lost)
        for name in lost.gone:
            kept = controller.shelves.pop(name, None), controller.notes.pop(name, None)
            written = controller.composing.drop(name)
            held = held or any(one is not None for one in (*kept, written))
            controller.rewriting.leave(name)
        controller.queueing.whispers.drop(lost.gone)
        controller.reported = {known for known in controller.reported if known[0] not in lost.gone}
        return held or bool(lost.drafts)

    async def _reread(self, conversation: str) -> None:
        """Fetch the conversation on the screen anew; where that fails, the next connection does it."""
        controller = self._controller
        controller.state.expect(conversation)
        with contextlib.suppress(DeskError):
            controller.take_page(await controller.desk.conversation(conversation))
