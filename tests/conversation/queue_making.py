"""Rows and agents for tests of the queue."""

from datetime import UTC, datetime, timedelta

from console.conversation.inbox import InboxRow
from console.conversation.message import Status
from console.conversation.queue import AtWork

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    """Return a moment so many minutes before now."""
    return NOW - timedelta(minutes=minutes)


def waiting(name: str, minutes: float = 1, **more: object) -> InboxRow:
    """Return a row that has waited so long."""
    since = ago(minutes)
    said = {"status": Status.WAITING, "waiting_since": since, "queued_at": since, "handed_at": since, **more}
    return InboxRow(name, name=name, **said)  # type: ignore[arg-type]  # the tests name the fields


def held(name: str, agent: str, **more: object) -> InboxRow:
    """Return a row that an agent has."""
    return waiting(name, **{"status": Status.ACTIVE, "agent": agent, "agent_name": agent.title(), **more})  # type: ignore[arg-type]


def at_work(name: str = "robin", **more: object) -> AtWork:
    """Return an agent who is there."""
    return AtWork(name, name.title(), **more)  # type: ignore[arg-type]
