"""Alt with another key, as most terminals send it.

They send Escape and the key's character. Textual waits whether more comes, and takes what follows at once (a fast hand,
a slow line, another Alt) for one long sequence that it does not know: then it types it out, Escape as ``^``. It also
hands the character on with the key, and a text field would write it; and Escape and a digit, a minus or an equals sign
it takes for what the Option key of one macOS terminal types (``¡`` for Alt+1). Here Escape and a character is that key
with Alt, at once, and Alt is for commands, never for text.
"""

from dataclasses import dataclass
from typing import Final, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.events import Event, Key
from textual.keys import _character_to_key

ALT: Final = "alt+"

TYPED_BY_ONE: Final = "0123456789-="
"""Keys whose Alt form Textual takes for the character that one terminal's Option key types."""

_BEGIN_MORE: Final = frozenset("[]OPNX^_\\")
"""What a longer sequence begins with, behind Escape."""


@dataclass(frozen=True, slots=True)
class AltKey:
    """A key of Textual's table: it asks for the name alone."""

    value: str


def read_alt_as_keys() -> None:
    """Let Escape and a character be that key with Alt, here and for every app of this process.

    What terminals send for the arrows with Ctrl (``b`` and ``f``) stays that.
    """
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    for character in TYPED_BY_ONE:
        table.pop(f"\x1b{character}", None)
    for character in map(chr, range(ord(" "), ord("~") + 1)):
        if character not in _BEGIN_MORE:
            name = character if character.isalnum() else _character_to_key(character)
            table.setdefault(f"\x1b{character}", (AltKey(f"{ALT}{name}"),))
    table.setdefault("\x1b\r", (AltKey(f"{ALT}enter"),))


def as_command(event: Event) -> None:
    """Take the character from a key that was pressed with Alt, so that no text field writes it."""
    if isinstance(event, Key) and event.key.startswith(ALT):
        event.character = None
