"""What people look at: the conversation on the screen of each console, as the consoles say.

An agent with five chats reads one at a time. What is worked out to be read (replies, knowledge, summary, next step) is
worked out for conversations that somebody looks at or that wait for somebody, and for the others once somebody looks;
what the desk itself needs to know (routing, flags, mood) is worked out for all. Who does not say what is on their
screen counts as looking at all they have.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from console.conversation.inbox import InboxRow
from console.conversation.message import Status
from console.desk.presence import Signs

GONE: Final = 45.0
"""Seconds without a sign of an agent after which what their consoles showed counts no more."""

CONSOLES: Final = 8
"""Consoles of one agent that are remembered; the one that said something longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What one console of an agent shows; ``conversation`` is empty where it shows none."""

    agent: str
    console: str
    conversation: str


class Attention:
    """Remembers what the consoles show, those of other servers too."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self._agents: dict[str, OrderedDict[str, str]] = {}
        self._lately: dict[tuple[str, str], Screen] = {}
        self.watchers: list[Callable[[str], None]] = []
        """Called with each conversation that comes on a screen."""
        self.changed: list[Callable[[Screen], None]] = []
        """Called for each change of a screen that was told to this server."""

    def show(self, screen: Screen) -> None:
        """Note what a console says that it shows."""
        self._lately[screen.agent, screen.console] = screen
        if self.heard_of(screen):
            for tell in self.changed:
                tell(screen)

    def heard_of(self, screen: Screen) -> bool:
        """Note what was told to another server; return whether it is news."""
        consoles = self._agents.setdefault(screen.agent, OrderedDict())
        news = consoles.get(screen.console) != screen.conversation
        consoles[screen.console] = screen.conversation
        consoles.move_to_end(screen.console)
        if len(consoles) > CONSOLES:
            consoles.popitem(last=False)
        if news and screen.conversation:
            for watch in self.watchers:
                watch(screen.conversation)
        return news

    def lately(self) -> tuple[Screen, ...]:
        """Return what consoles said here since this was last asked."""
        lately, self._lately = tuple(self._lately.values()), {}
        return lately

    def elsewhere(self, row: InboxRow) -> bool:
        """Return whether an agent has this conversation, and neither they nor anybody else has it on a screen."""
        if row.status not in {Status.ACTIVE, Status.PARKED} or not self._there(row.agent):
            return False
        return not any(row.id in consoles.values() and self._there(agent) for agent, consoles in self._agents.items())

    def _there(self, agent: str) -> bool:
        return agent in self._agents and self._signs.gone_for(agent) < GONE
