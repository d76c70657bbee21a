"""A moment: the recent context of an agent's turn, the same for past conversations and for the live one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from console.assist.ports import Moment
from console.conversation.message import Author, Message

LONGEST: Final = 400
"""Characters of each part that count."""

MOST_SAID: Final = 12
"""Turns of the agent that count, the last ones …"""

LONGEST_SAID: Final = 200
"""… and characters of each."""

MOST_SLOTS: Final = 40


def with_course(
    moment: Moment, messages: Sequence[Message], template: Callable[[Message], str], slots: Iterable[str]
) -> Moment:
    """Return ``moment`` with what agents wrote in ``messages``, as ``template`` gives it, and the known ``slots``."""
    said = [message for message in messages if message.role is Author.AGENT][-MOST_SAID:]
    return replace(
        moment,
        said=tuple(template(message)[:LONGEST_SAID] for message in said),
        slots=tuple(sorted(slots)[:MOST_SLOTS]),
    )


def moment_before(messages: Sequence[Message], slotted: Callable[[Message], str]) -> Moment:
    """Return the moment after ``messages``, every text as ``slotted`` gives it (personal values as slots)."""
    parts: dict[str, list[str]] = {"customer": [], "answered": [], "lookup": [], "before": []}
    place = "customer"

    def add(name: str, message: Message) -> None:
        if sum(map(len, parts[name])) < LONGEST:  # what is older would be cut off again
            parts[name].append(slotted(message))

    for message in reversed(messages):
        if message.role is Author.SYSTEM:
            if place == "customer":
                add("lookup", message)
        elif message.role is Author.CUSTOMER:
            if place == "answered":
                place = "before"
            add(place, message)
        elif place == "before":
            break
        else:
            place = "answered"
            add("answered", message)
    opening = next((slotted(m) for m in messages if m.role is Author.CUSTOMER), "")
    joined = {name: " ".join(reversed(texts))[-LONGEST:] for name, texts in parts.items()}
    joined["lookup"] = parts["lookup"][0][:LONGEST] if parts["lookup"] else ""  # the newest
    return Moment(joined["customer"], joined["answered"], joined["lookup"], joined["before"], opening[:LONGEST])
