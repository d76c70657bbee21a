"""Which flags are raised: one for a matter, however often it comes up. Pure."""

from collections.abc import Iterable, Set

from console.conversation.assistance import Flag
from console.conversation.message import Author, Message

Matter = tuple[str, str, str]
"""A policy, whose words ran into it, and what of it they are about."""


def due(
    found: Iterable[tuple[Message, Flag]], raised: Set[str], dismissed: Set[str], again: Set[str] = frozenset()
) -> tuple[Flag, ...]:
    """Return the flags to raise, of all that the messages of a conversation give, oldest first.

    A matter that stands (an id of it is in ``raised``) is not raised a second time. One that was ``dismissed`` stays
    dismissed, in whatever words it comes up again; but for the policies in ``again``, where a false alarm that was
    dismissed must not hide a true one: words written after those that were dismissed raise them anew.
    """
    matters: dict[Matter, list[Flag]] = {}
    for message, flag in found:
        matters.setdefault(_matter(message, flag), []).append(flag)
    chosen = (_due(flags, raised, dismissed, again) for flags in matters.values())
    return tuple(flag for flag in chosen if flag is not None)


def _matter(message: Message, flag: Flag) -> Matter:
    """Return the matter of a flag; every look-up result is one of its own, for each has a source to be looked at."""
    return flag.policy, message.id if message.role is Author.SYSTEM else message.role.value, flag.matter


def _due(flags: list[Flag], raised: Set[str], dismissed: Set[str], again: Set[str]) -> Flag | None:
    if any(flag.id in raised for flag in flags):
        return None
    last = max((place for place, flag in enumerate(flags) if flag.id in dismissed), default=-1)
    if last >= 0 and flags[0].policy not in again:
        return None
    return flags[last + 1] if last + 1 < len(flags) else None
