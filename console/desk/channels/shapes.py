"""JSON of other servers, read without trust: a value of another kind than was asked for counts as missing."""

from typing import Any


def a_dict(value: object) -> dict[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def a_list(value: object) -> list[object]:
    """Return a list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def a_text(value: object) -> str:
    """Return a text without halves of characters, which JSON can spell and nothing else can write."""
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def a_number(value: object) -> int:
    """Return a whole number; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
