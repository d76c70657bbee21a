"""Personal data leaves the machine as placeholders, and comes back as it was."""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.recognise.entities import IDENTIFYING, entities
from console.conversation.message import Message
from console.conversation.people import Customer

PLACEHOLDER: Final = re.compile(r"\[([A-Z]{2,12}_\d{1,6})\]")


class Redaction:
    """What stands for what in the texts of one conversation. Not shared between threads."""

    def __init__(self, values: Sequence[tuple[str, str]]) -> None:
        """``values`` are kinds and texts that are hidden wherever they stand."""
        self._values = sorted(values, key=lambda value: -len(value[1]))
        self._placeholders: dict[str, str] = {}

    @classmethod
    def of(cls, customer: Customer, messages: Sequence[Message]) -> "Redaction":
        """Return a redaction that knows the record's fields."""
        orders = [("ORDER", text) for o in customer.orders for text in (o.number, o.tracking) if text]
        names = [("NAME", name) for name in (customer.name, customer.first_name, *customer.name.split()) if name]
        reach = [("EMAIL", customer.email), ("PHONE", customer.phone)]
        extra = [("FIELD", text) for text in customer.extra.values()]
        return cls([value for value in (*names, *reach, *orders, *extra) if value[1].strip()])

    def hidden(self, text: str) -> str:
        """Return ``text`` with a placeholder for what may be somebody's own, and for what looks like a placeholder."""
        found = {entity.text: entity.kind.name for entity in entities(text) if entity.kind in IDENTIFYING}
        found |= {value: kind for kind, value in self._values if value in text}
        found |= {match.group(): "TEXT" for match in PLACEHOLDER.finditer(text)}
        if not found:
            return text
        wanted = "|".join(re.escape(value) for value in sorted(found, key=len, reverse=True))
        return re.sub(wanted, lambda match: self._placeholder(match.group(), found), text)

    def restored(self, text: str) -> str:
        """Return ``text`` with what its placeholders stand for; those that nothing is known of stay."""
        texts = {placeholder: value for value, placeholder in self._placeholders.items()}
        return PLACEHOLDER.sub(lambda match: texts.get(match.group(), match.group()), text)

    def unknown(self, text: str) -> tuple[str, ...]:
        """Return the placeholders in ``text`` that nothing is known of, as they are written there."""
        return tuple(m.group() for m in PLACEHOLDER.finditer(text) if m.group() not in self._placeholders.values())

    def _placeholder(self, value: str, kinds: dict[str, str]) -> str:
        if value not in self._placeholders:
            self._placeholders[value] = f"[{kinds[value]}_{len(self._placeholders) + 1}]"
        return self._placeholders[value]
