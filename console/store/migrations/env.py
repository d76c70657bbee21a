"""Runs the migrations inside the transaction that the caller has begun; alembic loads this file by its path."""

from alembic import context

from console.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
