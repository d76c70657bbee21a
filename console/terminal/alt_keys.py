"""Alt with a digit, as most terminals send it.

A terminal without the kitty keyboard protocol sends Alt+1 as Escape and ``1``. Textual 8.2 takes that for the character
that the Option key of one macOS terminal types (``¡``), so Alt+1 would write into the composer and take no reply.
"""

from typing import Final, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

DIGITS: Final = "0123456789"


def read_alt_digits_as_keys() -> None:
    """Let Escape and a digit be the key ``alt+digit``, here and for every app of this process."""
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    for digit in DIGITS:
        table.pop(f"\x1b{digit}", None)
