"""What a customer came with: their words up to now, the same for past conversations and for the live one."""

from collections.abc import Sequence
from typing import Final

from console.assist.asking import is_question
from console.assist.replies.claims import claims_a_deed
from console.assist.sentences import texts
from console.assist.slots import slot_values
from console.assist.slotting import Known, context_text, known_in
from console.assist.talk import Talk
from console.conversation.goodbyes import says_goodbye
from console.conversation.message import Author, Message

LONGEST: Final = 400
"""Characters that count: a matter is told in the first few messages."""


def matter_of(messages: Sequence[Message], known: Known) -> str:
    """Return the customer's words in order, personal values as slots; empty where they have written nothing."""
    words = ""
    for message in messages:
        if message.role is Author.CUSTOMER and len(words) < LONGEST:
            words = f"{words} {context_text(message, known)}".strip()
    return words[:LONGEST]


def open_matter(talk: Talk) -> str:
    """Return what the customer still waits for; empty where they take their leave.

    Once an agent has said that something is done, what was said before counts as dealt with: only a question after
    that is a matter again.
    """
    done = [place for place, m in enumerate(talk.messages) if m.role is Author.AGENT and claims_a_deed(m.text)]
    left = talk.messages[done[-1] + 1 :] if done else talk.messages
    said = [piece for m in left if m.role is Author.CUSTOMER for piece in texts(m.text)]
    if not talk.last_customer_text or says_goodbye(talk.last_customer_text):
        return ""
    if not any(is_question(piece) for piece in said):
        return ""
    return matter_of(left, known_in(talk.customer, talk.messages, slot_values(talk, ())))
