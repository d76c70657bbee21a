"""What the console says in passing when the bot brings a conversation back to its agent. Pure."""

from collections.abc import Mapping

from console.conversation.events import Event
from console.conversation.inbox import InboxRow
from console.conversation.task_events import TaskEnded
from console.conversation.tasks import TaskOutcome


def task_news(event: Event, rows: Mapping[str, InboxRow], agent: str) -> str:
    """Return a line for the agent whose task has ended by itself; empty for anybody else and anything else."""
    ended, row = event.data, rows.get(event.conversation)
    if not isinstance(ended, TaskEnded) or row is None or row.agent != agent or not row.task_back:
        return ""
    if ended.outcome is TaskOutcome.TAKEN_BACK:
        return ""
    return f"{row.name or 'A visitor'} is back from the bot: {ended.reason}."
