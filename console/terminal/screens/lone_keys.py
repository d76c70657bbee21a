"""Single keys of a part are for whoever presses them alone; letters of a burst of typing are words for the composer.

An agent who types on while a reply has the focus must not open a dialog or judge a suggestion with a letter of “sorry”.
"""

from dataclasses import dataclass
from typing import Final

from textual import events
from textual.binding import ActiveBinding
from textual.timer import Timer
from textual.widget import Widget

from console.terminal.screens.deeds import Deeds
from console.terminal.widgets.composer import Composer

ALONE: Final = 0.4
"""Seconds in which no other character comes, before and after one that is pressed alone.

Between letters of a word even slow typists take less; as a wait for what a key does it is just felt.
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A key that may be pressed alone or begin a word: what comes next tells."""

    character: str
    active: ActiveBinding
    focused: Widget | None
    timer: Timer


class LoneKeys(Deeds):
    """Takes the keys that are pressed beside the composer."""

    ready = False
    """Whether the parts stand and can be painted."""

    _held: Held | None = None
    _typed_at = -ALONE

    async def key_beside(self, event: events.Key) -> bool:
        """Take a key that is pressed beside the composer; return whether nothing is left to do.

        A command is done before the next key is read. What is no command is written in the composer: words go nowhere
        else on this screen, and the focus is there before the key is handed on, so that all arrive in their order.
        """
        held = self._release()
        if not self.ready or self.focused is self.query_one(Composer).area:
            return False
        if not event.is_printable:
            self._typed_at = event.time - ALONE
            if held is not None:
                await self._do_alone(held)
            return await self._do_active(event.key)
        typing = held is not None or event.time - self._typed_at < ALONE
        self._typed_at = event.time
        active = self.active_bindings.get(event.key)
        if active is not None and not typing:
            if event.key == "space":  # it shows more or less of a reply, and no word begins with it
                return await self._do_active(event.key)
            timer = self.set_timer(ALONE, self._nothing_followed)
            self._held = Held(event.character or "", active, self.focused, timer)
            return True
        if not self.controller.mine:
            return active is not None
        self.to_composer()
        if held is not None:
            self.query_one(Composer).area.insert(held.character)
        return False

    async def _nothing_followed(self) -> None:
        held = self._release()
        if held is not None:
            await self._do_alone(held)

    def _release(self) -> Held | None:
        held, self._held = self._held, None
        if held is not None:
            held.timer.stop()
        return held

    async def _do_alone(self, held: Held) -> None:
        """Do what the key is for, unless the agent has turned to something else meanwhile."""
        if held.active.enabled and self.app.screen is self and self.focused is held.focused:
            await self.app.run_action(held.active.binding.action, held.active.node)

    async def _do_active(self, key: str) -> bool:
        active = self.active_bindings.get(key)
        return active is not None and active.enabled and await self.app.run_action(active.binding.action, active.node)
