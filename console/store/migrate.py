"""Brings a database to the present schema, or says why it cannot be used."""

from importlib.resources import as_file, files

from sqlalchemy import Connection, inspect, text

from console.store.errors import LogVersion
from console.store.schema import REVISION


def migrate(connection: Connection, name: str) -> None:
    """Bring the database to the present schema inside the caller's transaction; ``name`` is for the message.

    Raises :class:`LogVersion` when a newer program wrote it.
    """
    current = revision(connection)
    if current == REVISION:
        return
    from alembic import command  # after the common case: a log that is up to date opens without it
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    with as_file(files("console.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
        if current is not None and current not in known:
            raise LogVersion(
                f"{name} was written by a newer Second Chair (schema {current}; this one knows {REVISION}). "
                "Install that version, or use another workspace."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_present(connection: Connection, name: str) -> None:
    """Raise :class:`LogVersion` unless the database has the present schema."""
    current = revision(connection)
    if current != REVISION:
        raise LogVersion(
            f"{name} was written by another version of Second Chair (schema {current}; this one reads {REVISION}). "
            "An older one is brought up to date when the desk server is started on it; for a newer one, install that."
        )


def revision(connection: Connection) -> str | None:
    """Return the schema's revision that the database was left at; ``None`` for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
