"""What may be wrong with a stored log, beyond the errors of the port.

LogError
├── LogUnwritable      disk full, read-only, closed
│   ├── LogLocked      another process writes
│   └── LogVersion     another version of the program wrote it
├── LogDamaged         the file or the chain does not hold
├── LogAbsent          there is none to read
└── KeyMissing         the audit key is not where it should be
"""

from console.desk.log import LogError, LogUnwritable


class LogLocked(LogUnwritable):
    """Another process writes to this workspace."""


class LogVersion(LogUnwritable):
    """The log was written by another version of the program."""


class LogAbsent(LogError):
    """There is no event log where one was to be read."""


class KeyMissing(LogError):
    """The audit key is not where it should be, or is no key."""
