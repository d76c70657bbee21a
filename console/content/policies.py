"""Policies: what may not be said or must be watched for, one TOML file each."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.conversation.assistance import Severity
from console.conversation.people import Customer

DEFAULT_THRESHOLD: Final = 0.62
"""Cosine from which a sentence counts as meaning the same as an example of a policy."""


class Watched(StrEnum):
    """Whose text a policy is checked against."""

    CUSTOMER = "customer"
    DRAFT = "draft"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way a policy fires: a pattern (and a sum above ``amount_over`` where given), or a likeness of meaning."""

    pattern: re.Pattern[str] | None = None
    amount_over: float | None = None
    """Fires only if the text names a sum of money above this, in the company's currency."""
    unless: re.Pattern[str] | None = None
    examples: tuple[str, ...] = ()
    threshold: float = DEFAULT_THRESHOLD


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the customer's record, such as ``value >= 1000``."""

    field: str
    op: str
    value: object

    def holds(self, customer: Customer) -> bool:
        """Return whether the record meets the condition; a field that the record lacks meets none."""
        found = getattr(customer, self.field, customer.extra.get(self.field))
        if found is None:
            return False
        return OPERATORS[self.op](found, self.value)


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule of the company; ``text`` is the clause as an agent may read it."""

    id: str
    title: str
    clause: str
    severity: Severity
    on: tuple[Watched, ...]
    text: str
    advice: str
    triggers: tuple[Trigger, ...]
    when: tuple[Condition, ...] = ()
    """All must hold for the policy to apply to a customer."""

    def applies_to(self, customer: Customer) -> bool:
        """Return whether every condition on the customer's record holds."""
        return all(condition.holds(customer) for condition in self.when)


def _ordered(found: object, value: object) -> tuple[float, float] | None:
    try:
        return float(str(found)), float(str(value))
    except ValueError:
        return None


def _compare(found: object, value: object, *, least: bool, equal: bool) -> bool:
    pair = _ordered(found, value)
    if pair is None:
        return False
    return (equal and pair[0] == pair[1]) or (pair[0] > pair[1] if least else pair[0] < pair[1])


OPERATORS: Final[Mapping[str, Callable[[object, object], bool]]] = {
    "==": lambda found, value: found == value,
    "!=": lambda found, value: found != value,
    ">": lambda found, value: _compare(found, value, least=True, equal=False),
    ">=": lambda found, value: _compare(found, value, least=True, equal=True),
    "<": lambda found, value: _compare(found, value, least=False, equal=False),
    "<=": lambda found, value: _compare(found, value, least=False, equal=True),
    "in": lambda found, value: isinstance(value, list | tuple) and found in value,
    "contains": lambda found, value: str(value) in str(found),
}
