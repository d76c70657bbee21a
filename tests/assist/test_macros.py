"""A macro has its place, or is not offered."""

import pytest

from console.assist.facts import facts_of
from console.assist.replies.macros import MacroReplies
from console.assist.slots import record_of, slot_values
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


def test_a_retired_macro_is_neither_offered_nor_completed_to(embed: VectorCache) -> None:
    """Others are, as before."""
    told = talk("c: where is my parcel?", customer=STRANGER)
    other = Macro("wait", "Wait", "Give it a day.", situations=("where is my parcel",))
    macros, retired = MacroReplies((ASK, other), embed), frozenset({"macro:ask-number"})
    assert [c.text for c in macros.propose(told, {}, "", retired)] == ["Give it a day."]
    assert list(macros.sentences({}, record_of(told), "", retired)) == ["Give it a day."]
