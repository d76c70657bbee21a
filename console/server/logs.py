"""What the server writes down of its own work: lines of JSON on standard error, and never what people wrote.

Words of exceptions from elsewhere may quote what was being worked on: a driver its parameters, a parser its input. So
of those the kind and the place are written down, and words only where they are ours.
"""

import contextlib
import io
import logging
import sys
import traceback
from typing import Any, Final, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor

OURS: Final = ("console.", "knowledge.")
"""Modules whose exceptions say only what they are meant to say."""

FRAMES: Final = 12
"""Places that are written down of an exception, the innermost."""


class Unfailing(io.TextIOBase):
    """A stream for the server's log that never raises: a full disk must not turn a clear answer into a fault."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Pass on what can be passed on."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def log_to_stderr(level: str = "info") -> None:
    """Write down what is of this level or above; libraries are heard from warnings on."""
    least = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        told_exception,
    ]
    stream = cast("TextIO", Unfailing(sys.stderr))
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    libraries = logging.StreamHandler(stream)
    libraries.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[libraries], level=max(least, logging.WARNING), force=True)


def told_exception(_: object, __: str, line: EventDict) -> EventDict:
    """Put an exception into a line as its kinds and places."""
    given = line.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        line["exception"] = told(error)
    return line


def told(error: BaseException) -> dict[str, Any]:
    """Return an exception as it may be written down: its kind, where it came from, and what caused it."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    said: dict[str, Any] = {"kind": type(error).__qualname__}
    if type(error).__module__.startswith(OURS):
        said["says"] = str(error)
    elif isinstance(error, OSError) and error.strerror:
        said["says"] = error.strerror
    said["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and cause is not error:
        said["from"] = told(cause)
    if isinstance(error, BaseExceptionGroup):
        said["holds"] = [told(one) for one in error.exceptions]
    return said
