"""What conversations came with: the first message of the customer that asks or tells something. Pure."""

from typing import Final

from console.assist.asking import is_question, masked
from console.assist.slotting import known_in
from console.conversation import events as e

LONGEST: Final = 400
"""Characters of a question."""


def question_of(opened: e.Event | None, *said: e.Event | None) -> tuple[str, str]:
    """Return the question, personal details as slots, and who asked; empty where nothing was asked or it was erased."""
    if opened is None or not isinstance(opened.data, e.ConversationOpened):
        return "", ""
    customer = opened.data.customer
    for event in said:
        if event is not None and isinstance(event.data, e.MessageAdded) and is_question(event.data.text):
            return masked(event.data.text[:LONGEST], known_in(customer, (), {})), customer.id
    return "", customer.id
