"""The tables of the event log: what is final, what may be erased, and what is folded from them.

SQLite and PostgreSQL share them; the migrations create them, and a test holds the two equal.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

REVISION: Final = "0002"
"""The newest step of the migrations; they end in the tables below."""

NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")
"""An event's number; SQLite makes an ``INTEGER PRIMARY KEY`` the row's own address."""

metadata: Final = MetaData()

meta: Final = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts of the workspace: its id, the fingerprint of its audit key, the fold its read models were made by."""

events: Final = Table(
    "events",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("batch", NUMBER, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index("events_by_batch", "batch"),
    Index("events_by_conversation", "conversation", "seq"),
    Index(
        "events_by_external_id",
        "channel",
        "external_id",
        unique=True,
        sqlite_where=text("external_id <> ''"),
        postgresql_where=text("external_id <> ''"),
    ),
)
"""What never changes. ``batch`` is the first number of the batch; ``actor`` says of a customer only that it was one."""

payloads: Final = Table(
    "payloads",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("actor", Text),
    Column("customer", Text),
    Column("payload", Text),
    Column("salt", LargeBinary),
    Column("erased", LargeBinary),
    Index("payloads_by_customer", "customer"),
)
"""What was said and who said it. An erased row holds only ``erased``, the mark that the desk itself erased it."""

cursors: Final = Table(
    "cursors",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

conversations: Final = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", NUMBER, nullable=False),
    Column("status", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("row", Text, nullable=False),
    Index("conversations_by_status", "status", "seq"),
    Index("conversations_by_agent", "agent"),
    Index("conversations_by_customer", "customer"),
)
"""Read model: the inbox, one ``InboxRow`` as JSON with the fields that are searched beside it."""

outbox: Final = Table(
    "outbox",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("channel", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("message", Text, nullable=False),
    Index("outbox_by_channel", "channel", "seq"),
    Index("outbox_by_message", "conversation", "message", unique=True),
)
"""Read model: messages that a channel has still to take, by the number of their event."""

drafts: Final = Table(
    "drafts",
    metadata,
    Column("agent", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

files: Final = Table(
    "files",
    metadata,
    Column("name", Text, primary_key=True),
    Column("added", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Files that came with messages, by their SHA-256, with the second since 1970 when they came.

The servers of a team share them; where the log is a file, they lie beside it instead."""

content_files: Final = Table(
    "content_files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""The published content of a team, file by file, with the SHA-256 of each: every server judges by it.

``origin`` is ``folder`` for what was published from where people write, and ``desk`` for articles approved on the desk.
"""

ended_visits: Final = Table(
    "ended_visits",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("until", BigInteger, nullable=False),
    Index("ended_visits_by_time", "until"),
)
"""Visits to the web chat that ended before their cookies do, shared likewise; ``until`` is in seconds since 1970."""
