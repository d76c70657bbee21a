"""A draft in other words: asked for, being written, there. The draft itself stays as the agent left it."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.conversation import commands as c
from console.terminal.errors import DeskError

if TYPE_CHECKING:
    from console.terminal.controller import Controller


@dataclass(frozen=True, slots=True)
class Version:
    """A rewrite as far as it has come. Only a ``whole`` one can be taken."""

    title: str
    """What was asked for, in a word or the agent's own words."""
    draft: str
    """The text that was to be rewritten."""
    text: str = ""
    """What is written of it so far."""
    whole: c.Rewritten | None = None
    why: str = ""
    """Why there is none."""

    @property
    def writing(self) -> bool:
        """Whether it is still being written."""
        return self.whole is None and not self.why


class Rewriting:
    """The rewrites of all conversations, at most one for each."""

    def __init__(self, controller: "Controller") -> None:
        self._controller = controller
        self._versions: dict[str, Version] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def version(self) -> Version | None:
        """The rewrite beside the draft on the screen."""
        return self._versions.get(self._controller.state.current)

    def ask(self, title: str, body: c.Rewrite) -> None:
        """Have a text of the conversation on the screen rewritten, in place of an earlier rewrite of it."""
        current = self._controller.state.current
        self.leave(current)
        self._put(current, Version(title, body.text))
        self._running[current] = asyncio.create_task(self._run(current, title, body))

    def leave(self, conversation: str) -> None:
        """Put the rewrite of a conversation away; one that is being written is given up."""
        task = self._running.pop(conversation, None)
        if task is not None:
            task.cancel()
        if self._versions.pop(conversation, None) is not None:
            self._controller.view.state_changed()

    async def _run(self, conversation: str, title: str, body: c.Rewrite) -> None:
        def heard(text: str) -> None:
            self._put(conversation, Version(title, body.text, text))

        try:
            whole = await self._controller.desk.rewrite(conversation, body, heard)
            self._put(conversation, Version(title, body.text, whole.text, whole))
        except DeskError as error:
            self._put(conversation, Version(title, body.text, why=str(error)))

    def _put(self, conversation: str, version: Version) -> None:
        self._versions[conversation] = version
        self._controller.view.state_changed()
