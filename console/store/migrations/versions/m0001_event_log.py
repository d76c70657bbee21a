"""The event log, its read models, and the triggers that keep written events as they are.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE_TRIGGERS = (
    "CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are final'); END",
    "CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are final'); END",
    "CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads WHEN NEW.payload IS NOT NULL"
    " BEGIN SELECT RAISE(ABORT, 'a payload can only be erased'); END",
    "CREATE TRIGGER payloads_remain BEFORE DELETE ON payloads"
    " BEGIN SELECT RAISE(ABORT, 'a payload can only be erased'); END",
)
_POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '% is final', TG_TABLE_NAME; END $$",
    "CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads"
    " FOR EACH ROW WHEN (NEW.payload IS NOT NULL) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER payloads_remain BEFORE DELETE OR TRUNCATE ON payloads"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)


def upgrade() -> None:
    """Create the tables, their indexes and the triggers."""
    _create_log()
    _create_read_models()
    sqlite = op.get_context().dialect.name == "sqlite"
    for statement in _SQLITE_TRIGGERS if sqlite else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


def _create_log() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("batch", _NUMBER, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("conversation", "kind", "actor", "at")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("channel", "external_id")),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("digest", "previous", "mac")),
    )
    op.create_index("events_by_batch", "events", ["batch"])
    op.create_index("events_by_conversation", "events", ["conversation", "seq"])
    named = sa.text("external_id <> ''")
    op.create_index(
        "events_by_external_id",
        "events",
        ["channel", "external_id"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )
    op.create_table(
        "payloads",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text) for name in ("actor", "customer", "payload")),
        *(sa.Column(name, sa.LargeBinary) for name in ("salt", "erased")),
    )
    op.create_index("payloads_by_customer", "payloads", ["customer"])
    op.create_table(
        "cursors",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _create_read_models() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("seq", _NUMBER, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("status", "agent", "customer", "channel", "row")),
    )
    op.create_index("conversations_by_status", "conversations", ["status", "seq"])
    op.create_index("conversations_by_agent", "conversations", ["agent"])
    op.create_index("conversations_by_customer", "conversations", ["customer"])
    op.create_table(
        "outbox",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("channel", "conversation", "message")),
    )
    op.create_index("outbox_by_channel", "outbox", ["channel", "seq"])
    op.create_index("outbox_by_message", "outbox", ["conversation", "message"], unique=True)
    op.create_table(
        "drafts",
        sa.Column("agent", sa.Text, primary_key=True),
        sa.Column("conversation", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
