"""Past conversations taken apart: each turn of an agent with the moment it answered, personal values as slots.

Nothing else of a past conversation is kept: what was somebody's own is a slot before it is embedded or stored.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from console.assist.flags.rules import steers
from console.assist.moments import moment_before, with_course
from console.assist.ports import Moment
from console.assist.slots import slot_values
from console.assist.slotting import Known, context_text, known_in
from console.assist.talk import Talk
from console.assist.templates import template_of
from console.content.conversations import Transcript
from console.content.macros import SLOT
from console.conversation.codec import encode_json
from console.conversation.message import Author, Message
from console.past.ending import outcome_of

LONGEST_REPLY = 600
"""Characters of an agent's turn that is still a reply; longer ones are pasted texts."""


@dataclass(frozen=True, slots=True)
class PastMoment:
    """One turn of an agent: the moment in words to embed, and the slotted reply."""

    moment: Moment
    template: str


@dataclass(frozen=True, slots=True)
class PastCase:
    """What is kept of a past conversation."""

    id: str
    customer: str
    """A digest of the customer's id: to count people, not to name them."""
    digest: str
    """Of the conversation as it was read: an unchanged one is not read again."""
    moments: tuple[PastMoment, ...]
    resolved: bool = False
    disposition: str = ""
    """What came of it, as written at its end, personal values as slots."""
    matter: str = ""
    """What the customer came with (:func:`console.assist.matter.matter_of`); also of an unresolved one."""
    intent: str = ""
    """The behaviour it was worked under; empty where nobody said."""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON types."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "PastCase":
        """Return what :meth:`to_json` wrote."""
        moments = tuple(PastMoment(_moment_from(m["moment"]), m["template"]) for m in row["moments"])
        told = {name: row[name] for name in ("resolved", "disposition", "matter", "intent") if name in row}
        return cls(row["id"], row["customer"], row["digest"], moments, **told)


def _moment_from(row: dict[str, Any]) -> Moment:
    """Return a moment from JSON types; one that was written before agents' earlier texts were kept has none."""
    return Moment(**{**row, "said": tuple(row.get("said", ())), "slots": tuple(row.get("slots", ()))})


def customer_digest(customer: str) -> str:
    """Return what stands for a customer in a collection, given their id."""
    return hashlib.sha256(customer.encode()).hexdigest()[:12]


def digest_of(transcript: Transcript) -> str:
    """Return a digest of everything in a conversation."""
    return hashlib.sha256(encode_json(transcript)).hexdigest()[:16]


def case_of(transcript: Transcript) -> PastCase:
    """Return what is kept of ``transcript``: how it began and ended, and if it was resolved its agents' turns.

    Never the bot's.
    """
    customer = customer_digest(transcript.customer.id or transcript.id)
    moments = tuple(_moments(transcript)) if transcript.resolved else ()
    matter, disposition = outcome_of(transcript)
    return PastCase(
        transcript.id,
        customer,
        digest_of(transcript),
        moments,
        transcript.resolved,
        disposition,
        matter,
        transcript.intent,
    )


def _moments(transcript: Transcript) -> Iterator[PastMoment]:
    messages = transcript.messages
    slotted: dict[str, str] = {}
    said: dict[str, str] = {}
    for place, message in enumerate(messages):
        if message.role is not Author.AGENT:
            continue
        answers_somebody = place > 0 and messages[place - 1].role is not Author.AGENT
        if not answers_somebody or not message.text or len(message.text) > LONGEST_REPLY or steers(message.text):
            continue
        if SLOT.search(message.text):
            continue  # a slot that nobody filled was no reply then, and is none now
        before = messages[:place]
        talk = Talk(transcript.id, transcript.customer, before, message.author or transcript.agent)
        known = known_in(transcript.customer, before, slot_values(talk, ()))

        def in_slots(earlier: Message, known: Known = known) -> str:
            if earlier.id not in slotted:
                slotted[earlier.id] = context_text(earlier, known)
            return slotted[earlier.id]

        def as_template(earlier: Message, known: Known = known) -> str:
            if earlier.id not in said:
                said[earlier.id] = template_of(earlier.text, known)
            return said[earlier.id]

        moment = with_course(moment_before(before, in_slots), before, as_template, known.values)
        yield PastMoment(moment, template_of(message.text, known))
