"""The event log of a team on PostgreSQL, and what its servers tell each other."""

from console.store.postgres.database import PostgresDatabase

__all__ = ["PostgresDatabase"]
