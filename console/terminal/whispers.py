"""What leads have whispered to the agent and the agent has not marked as seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.conversation.events import Event
from console.conversation.message import Author
from console.conversation.queue_events import AsideKind, AsideWritten
from console.conversation.state import Conversation
from console.terminal.desk_state import News

if TYPE_CHECKING:
    from console.terminal.controller import Controller


@dataclass(frozen=True, slots=True)
class Whisper:
    """Said to the agent alone, beside a conversation of theirs."""

    conversation: str
    name: str
    """Who whispers."""
    text: str
    at: datetime


class Whispers:
    """Those of one console: what comes while it runs, and what nobody has answered by yet."""

    def __init__(self, controller: "Controller") -> None:
        self._controller = controller
        self._come: list[Whisper] = []
        self._seen: set[Whisper] = set()

    def take(self, event: Event) -> None:
        """Take in the next event; ring for a whisper to this agent."""
        state, said = self._controller.state, event.data
        if isinstance(said, AsideWritten) and said.kind is AsideKind.WHISPERED and said.to == state.agent:
            self._come.append(Whisper(event.conversation, said.name, said.text, event.at))
            self._controller.view.heard(News(event.conversation, self.customer(event.conversation), mine=True))

    @property
    def standing(self) -> tuple[Whisper, ...]:
        """Those that wait to be seen, the oldest first, in conversations that are the agent's."""
        conversation = self._controller.conversation
        kept = _unanswered(conversation, self._controller.state.agent) if conversation else ()
        found = sorted(dict.fromkeys((*kept, *self._come)), key=lambda whisper: whisper.at)
        return tuple(whisper for whisper in found if whisper not in self._seen and self._mine(whisper.conversation))

    def customer(self, conversation: str) -> str:
        """Return what the customer of a conversation is called in the inbox."""
        row = self._controller.state.rows.get(conversation)
        return (row.name if row else "") or "a visitor"

    def see(self) -> bool:
        """Put the oldest away as seen; ``False`` where there is none."""
        standing = self.standing
        self._seen.update(standing[:1])
        self._controller.view.state_changed()
        return bool(standing)

    def drop(self, conversations: frozenset[str] | set[str]) -> None:
        """Let go of what was whispered in these: they were erased."""
        self._come = [whisper for whisper in self._come if whisper.conversation not in conversations]
        self._seen = {whisper for whisper in self._seen if whisper.conversation not in conversations}

    def _mine(self, conversation: str) -> bool:
        row = self._controller.state.rows.get(conversation)
        return row is not None and row.agent == self._controller.state.agent


def _unanswered(conversation: Conversation, agent: str) -> tuple[Whisper, ...]:
    """Return what was whispered to the agent since a person last wrote to the customer."""
    written = [m.at for m in conversation.messages if m.role is Author.AGENT and m.at is not None]
    return tuple(
        Whisper(conversation.id, aside.name, aside.text, aside.at)
        for aside in conversation.team.asides
        if aside.kind is AsideKind.WHISPERED and aside.to == agent and not any(at > aside.at for at in written)
    )
