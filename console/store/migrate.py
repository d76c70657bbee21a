"""Brings a database to the present schema, or says why it cannot be used."""

from importlib.resources import as_file, files

from sqlalchemy import Connection

from console.store.errors import LogVersion


def migrate(connection: Connection, name: str) -> None:
    """Bring the database to the present schema inside the caller's transaction; ``name`` is for the message.

    Raises :class:`LogVersion` when a newer program wrote it.
    """
    from alembic import command
    from alembic.config import Config

    current, head, known = _revisions(connection)
    if current not in known:
        raise LogVersion(
            f"{name} was written by a newer Second Chair (schema {current}; this one knows {head}). "
            "Install that version, or open another workspace."
        )
    if current == head:
        return
    with as_file(files("console.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_present(connection: Connection, name: str) -> None:
    """Raise :class:`LogVersion` unless the database has the present schema."""
    current, head, known = _revisions(connection)
    if current == head:
        return
    if current in known:
        raise LogVersion(f"{name} has an older schema. Start the desk server on it once; that brings it up to date.")
    raise LogVersion(
        f"{name} was written by a newer Second Chair (schema {current}; this one knows {head}). Install that version."
    )


def _revisions(connection: Connection) -> tuple[str | None, str | None, set[str | None]]:
    """Return the database's revision (``None`` for a new one), the newest known, and all that are known."""
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    current = MigrationContext.configure(connection).get_current_revision()
    with as_file(files("console.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        script = ScriptDirectory.from_config(config)
        return current, script.get_current_head(), {None, *(step.revision for step in script.walk_revisions())}
