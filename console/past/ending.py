"""What is kept of how a past conversation began and ended, whether it was resolved or not."""

from console.assist.matter import matter_of
from console.assist.slots import slot_values
from console.assist.slotting import known_in
from console.assist.talk import Talk
from console.assist.templates import template_of
from console.content.conversations import Transcript


def outcome_of(transcript: Transcript) -> tuple[str, str]:
    """Return what the customer came with and what came of it, personal values in both as slots."""
    talk = Talk(transcript.id, transcript.customer, transcript.messages, transcript.agent)
    known = known_in(transcript.customer, transcript.messages, slot_values(talk, ()))
    return matter_of(transcript.messages, known), template_of(transcript.disposition, known)
