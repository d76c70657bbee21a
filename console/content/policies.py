"""Policies: what may not be said or must be watched for, one TOML file each."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.content.conditions import Condition, Record, all_hold
from console.conversation.assistance import Severity

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
    matter: str = ""
    """What it is about, where a policy watches for several things; a flag stands once for each of them."""


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
    """All must hold for the policy to apply."""
    bot_advice: str = ""
    """What to do where the bot has said it already; empty: derived from ``advice``."""
    again: bool = False
    """Whether it is raised anew after a dismissal when the customer writes it again: what must not be missed."""
    built_in: bool = False
    """Whether it comes with the product; where a policy of the company points at the same words, that one speaks."""

    def applies_to(self, record: Record) -> bool:
        """Return whether every condition holds."""
        return all_hold(self.when, record)
