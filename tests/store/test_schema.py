"""The migrations end in the tables that the program uses, and what is written stays as it is."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from console.store import LogVersion, SqlEventLog
from console.store.migrate import revision
from console.store.schema import REVISION, metadata
from tests.store.desks import Desk
from tests.store.making import answered, opened, wrote


def test_the_migrations_make_the_schema(log: SqlEventLog) -> None:
    """A migrated database and the table definitions are the same."""
    with log.database.reader.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert revision(connection) == REVISION


def test_the_newest_migration_is_the_one_the_program_looks_for() -> None:
    """A step that is added is a step that is taken."""
    import console.store.migrations

    config = Config()
    config.set_main_option("script_location", str(Path(console.store.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'eve'",
        "DELETE FROM events",
        "DELETE FROM payloads",
        "UPDATE payloads SET payload = '{}'",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(desk: Desk, statement: str) -> None:
    """A mistake in some program is stopped by a trigger."""
    desk.open().append([opened(), wrote("one")])
    desk.close()
    connection = sqlite3.connect(desk.workspace / "desk.db")
    with pytest.raises(sqlite3.IntegrityError, match=r"final|erased"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("there", [False, True])
def test_the_files_of_a_log_are_for_their_owner_alone(desk: Desk, there: bool) -> None:
    """They hold conversations; also those that an earlier version left open to others."""
    if there:
        desk.open().append([opened()])
        desk.close()
        (desk.workspace / "desk.db").chmod(0o644)
    desk.open().append([opened(), wrote("one")])
    modes = {file.name: file.stat().st_mode & 0o777 for file in desk.workspace.glob("desk.db*")}
    assert {modes[f"desk.db{end}"] for end in ("", "-wal", "-shm")} == {0o600}


@pytest.mark.parametrize("read_only", [False, True])
def test_a_log_of_a_newer_program_is_left_alone(desk: Desk, read_only: bool) -> None:
    """The message names both schemas and says what to install."""
    desk.open()
    desk.tamper("UPDATE alembic_version SET version_num = '9001'")
    with pytest.raises(LogVersion, match=r"desk\.db was written by .* \(schema 9001"):
        desk.open(read_only=read_only)


def test_the_searches_use_their_indexes(log: SqlEventLog) -> None:
    """What every append and every reader asks never walks a whole table."""
    log.append([opened(), wrote("one", external_id="1"), answered("two")])
    questions = {
        "SELECT batch FROM events WHERE channel = ? AND external_id = ? AND external_id <> ''": "events_by_external_id",
        "SELECT max(seq) FROM events WHERE conversation = ?": "events_by_conversation",
        "SELECT seq FROM outbox WHERE channel = ? ORDER BY seq": "outbox_by_channel",
    }
    with log.database.reader.connect() as connection:
        for question, index in questions.items():
            filled = question.replace("?", "'x'")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {filled}").all()
            assert index in str(plan), question
