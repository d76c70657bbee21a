"""A macro has its place, or is not offered."""

import pytest

from console.assist.facts import facts_of
from console.assist.replies.macros import MacroReplies
from console.assist.slots import slot_values
from console.assist.vectors import VectorCache
from console.content.macros import Macro
from console.conversation.people import Customer
from tests.assist.making import LATE, talk

STRANGER = Customer("web-1")
ASK = Macro(
    "ask-number", "Ask for the number", "Which order is it?", situations=("where is my parcel",), asks=("order.number",)
)


@pytest.mark.parametrize(
    ("said", "offered"), [("c: where is my parcel?", True), ("c: where is my parcel? it is order LF-88213", False)]
)
def test_what_the_customer_has_just_told_is_not_asked_for(embed: VectorCache, said: str, offered: bool) -> None:
    """Though no record holds it."""
    conversation = talk(said, customer=STRANGER)
    values = slot_values(conversation, facts_of(conversation.messages, LATE.collect))
    assert bool(list(MacroReplies((ASK,), embed).propose(conversation, values, ""))) is offered
