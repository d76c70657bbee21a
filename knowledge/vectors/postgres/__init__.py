"""Vectors in PostgreSQL with pgvector, for an index that several servers read and one at a time writes."""

from knowledge.vectors.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
