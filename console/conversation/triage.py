"""What is known of somebody who waits, in a few words: what it is about, what they told, what is missing, why. Pure."""

from dataclasses import dataclass
from typing import Final

from console.conversation.packet import FactKind, Packet
from console.text import shorten

MOST_KNOWN: Final = 3
"""Facts that are named; whoever takes the conversation sees all of them in the packet."""

WIDTH: Final = 40
"""Characters of a fact."""

REASON: Final = 80
"""Characters of why it waits."""


@dataclass(frozen=True, slots=True)
class Triage:
    """A waiting conversation as agents choose by; in human-only there is nothing but why it waits."""

    matter: str = ""
    """What it is about, as the behaviour is called; empty where none matches."""
    known: tuple[str, ...] = ()
    """Facts that are there: ``order LF-88213``."""
    missing: tuple[str, ...] = ()
    """Facts that this kind of matter needs and nobody has given."""
    why: str = ""
    """Why people take over."""

    @property
    def line(self) -> str:
        """The matter, what is known and what is missing, in a line; empty where nothing is known."""
        parts = [self.matter, *self.known]
        if self.missing:
            parts.append(f"missing: {', '.join(self.missing)}")
        return " · ".join(part for part in parts if part)


def triage_of(packet: Packet) -> Triage:
    """Return what a packet says in a few words."""
    facts = [fact for fact in packet.facts if fact.kind in {FactKind.IDENTIFIER, FactKind.AMOUNT, FactKind.DATE}]
    known = (shorten(f"{fact.label.lower()} {fact.value}".strip(), WIDTH) for fact in facts[:MOST_KNOWN])
    why = packet.triggers[0].reason if packet.triggers else packet.reason
    return Triage(packet.matter, tuple(known), packet.missing, shorten(why, REASON))


def darkened(triage: Triage) -> Triage:
    """Return it for a conversation in which the second chair is silent."""
    return Triage(why=triage.why)
