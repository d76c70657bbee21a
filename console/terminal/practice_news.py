"""What the console says in passing when a simulated customer is done. Pure."""

from collections.abc import Mapping

from console.conversation.events import Event
from console.conversation.inbox import InboxRow
from console.conversation.practice_events import PracticeEnded


def practice_news(event: Event, rows: Mapping[str, InboxRow], agent: str) -> str:
    """Return a line for the agent whose session is over while they still have it; empty for anybody else."""
    row = rows.get(event.conversation)
    if not isinstance(event.data, PracticeEnded) or row is None or row.agent != agent:
        return ""
    return "The session is over. Close the chat (Alt+X) to read what it was worth."
