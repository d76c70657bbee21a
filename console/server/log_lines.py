"""Lines of the server's log without what people wrote: what a check refused is not quoted with its reason."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any, Final

_QUOTED: Final = re.compile(r"input_value=.*?(?=, input_type=|\Z)", re.DOTALL)
"""How pydantic quotes what it was given."""


def unquoted(text: str) -> str:
    """Return a message or a traceback without the values that were refused."""
    return _QUOTED.sub("input_value=…", text)


def without_values(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take refused values out of a structured line; one of structlog's processors, after tracebacks are text."""
    return {key: unquoted(value) if isinstance(value, str) else value for key, value in line.items()}


class Unquoting(logging.Formatter):
    """Formats lines of the standard library's logging, tracebacks too, without refused values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return unquoted(super().format(record))
