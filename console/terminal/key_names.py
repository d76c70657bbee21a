"""How keys are written for people."""

from typing import Final

_PLAIN: Final = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "plus": "+",
    "minus": "-",
    "escape": "Esc",
    "enter": "Enter",
    "delete": "Del",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_names(keys: str) -> str:
    """Return the keys of a binding, separated by commas, as they stand on a keyboard."""
    return ", ".join(_PLAIN.get(key, _name(key)) for key in keys.split(","))


def _name(key: str) -> str:
    if key.startswith("ctrl+"):
        return f"^{key[5:].upper()}"
    return "+".join(map(str.capitalize, key.split("+"))) if len(key) > 1 else key
