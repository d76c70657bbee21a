"""Small changes beside the events; every function does its part of one write transaction."""

from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert

from console.store.schema import drafts, meta

_FORGET_DRAFT: Final = delete(drafts).where(
    drafts.c.agent == bindparam("of_agent"), drafts.c.conversation == bindparam("of_conversation")
)


def save_draft(connection: Connection, agent: str, conversation: str, text: str) -> None:
    """Keep or forget an agent's unsent text."""
    connection.execute(_FORGET_DRAFT, {"of_agent": agent, "of_conversation": conversation})
    if text:
        connection.execute(insert(drafts), {"agent": agent, "conversation": conversation, "text": text})


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Set a fact of the workspace."""
    connection.execute(delete(meta).where(meta.c.name == name))
    connection.execute(insert(meta), {"name": name, "value": value})
