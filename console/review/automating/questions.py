"""What conversations came with: the first message of the customer that asks or tells something. Pure."""

from collections.abc import Sequence
from typing import Final

from console.assist.asking import is_question, masked
from console.assist.slotting import known_in
from console.conversation import events as e
from console.conversation.automation import Sample
from console.conversation.message import Author
from console.conversation.state import fold

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


def told_of(conversation: str, begun: Sequence[e.Event]) -> Sample | None:
    """Return what a conversation came with, by its first events; ``None`` where the customer's words are not there."""
    state = fold(conversation, begun)
    said = [one for one in state.messages if one.role is Author.CUSTOMER and one.text]
    first = next((one for one in said if is_question(one.text)), said[0] if said else None)
    if first is None or first.at is None:
        return None
    question = masked(first.text[:LONGEST], known_in(state.customer, (), {}))
    return Sample(conversation, first.id, question, first.at, routine=False)
