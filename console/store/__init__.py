"""The event log: append-only, chained, folded into its read models, on SQLite."""

from console.store.opening import open_log

__all__ = ["open_log"]
