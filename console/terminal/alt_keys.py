"""Alt with another key, as most terminals send it.

They send Escape and the key's character. Textual hands that character on with the key, and a text field would write
it; here Alt is for commands, never for text. Escape and a digit Textual 8.2 takes for what the Option key of one macOS
terminal types (``¡`` for Alt+1); here it is Alt and that digit.
"""

from typing import Final, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.events import Event, Key

ALT: Final = "alt+"

DIGITS: Final = "0123456789"


def read_alt_digits_as_keys() -> None:
    """Let Escape and a digit be the key ``alt+digit``, here and for every app of this process."""
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    for digit in DIGITS:
        table.pop(f"\x1b{digit}", None)


def as_command(event: Event) -> None:
    """Take the character from a key that was pressed with Alt, so that no text field writes it."""
    if isinstance(event, Key) and event.key.startswith(ALT):
        event.character = None
