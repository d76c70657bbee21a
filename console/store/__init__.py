"""The event log: append-only, chained, folded into its read models, on SQLite."""

from console.store.errors import KeyMissing, LogAbsent, LogLocked, LogVersion
from console.store.log import SqlEventLog
from console.store.opening import open_log
from console.store.verify import Verdict

__all__ = ["KeyMissing", "LogAbsent", "LogLocked", "LogVersion", "SqlEventLog", "Verdict", "open_log"]
