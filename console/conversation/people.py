"""The people of a conversation: the customer with their record, and the staff."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a member of staff may do."""

    AGENT = "agent"
    LEAD = "lead"
    TRAINER = "trainer"
    DESIGNER = "designer"
    ADMIN = "admin"


class Presence(StrEnum):
    """Whether an agent takes conversations right now."""

    ONLINE = "online"
    BREAK = "break"
    OFFLINE = "offline"


class Identity(StrEnum):
    """How sure the desk is of who writes."""

    ANONYMOUS = "anonymous"
    CLAIMED = "claimed"
    MATCHED = "matched"
    """What they told fits a record that the company holds: an order's number and its postcode, say."""
    VERIFIED = "verified"

    def reaches(self, least: "Identity") -> bool:
        """Return whether it is at least as sure as ``least``."""
        order = list(Identity)
        return order.index(self) >= order.index(least)


@dataclass(frozen=True, slots=True)
class Agent:
    """A member of staff."""

    id: str
    name: str
    role: Role = Role.AGENT


@dataclass(frozen=True, slots=True)
class Order:
    """One order in a customer's record; every field as the order system writes it, dates as ISO days."""

    number: str
    item: str = ""
    placed: str = ""
    due: str = ""
    total: str = ""
    status: str = ""
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class PastContact:
    """An earlier contact of the customer, newest first in the record."""

    at: str
    subject: str
    outcome: str = ""


HIGH_VALUE: Final = 1_000.0
"""What a customer has spent, in the company's currency, from which on they count as one of high value."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer and what the company knows of them."""

    id: str
    name: str = ""
    first_name: str = ""
    email: str = ""
    phone: str = ""
    since: str = ""
    contract: str = ""
    value: float = 0.0
    """What they have spent with the company, in its currency."""
    country: str = ""
    language: str = ""
    vulnerable: bool = False
    complaints: int = 0
    notes: str = ""
    usage: tuple[float, ...] = ()
    """How much they used the service in each of the last months, oldest first, in whatever the company counts."""
    orders: tuple[Order, ...] = ()
    history: tuple[PastContact, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    """Other fields of the record, as text."""

    @property
    def called(self) -> str:
        """The name to use in a greeting: the first name, else the first word of the name, else nothing."""
        return self.first_name or (self.name.split()[0] if self.name else "")

    @property
    def shown(self) -> str:
        """The name to show staff; never empty."""
        return self.name or f"Visitor {self.id[:6]}"
