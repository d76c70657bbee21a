"""Several wishes in one message: each is answered, or goes to a person in so many words; none is dropped."""

import pytest

from console.assist.bot.several import wishes_in
from console.conversation.bot_events import Decided
from console.conversation.message import Status
from console.demo.order_system import OrderSystem, postcode_of
from tests.bot.conftest import Talking, bot_said

HOURS = "Both shops are open from 09:30 to 17:30"


@pytest.mark.parametrize(
    ("said", "wishes"),
    [
        ("where is my order?", 1),
        ("hi, my order is late. where is it?", 1),
        ("what are your opening hours and where is my order", 2),
        ("Where is my order? And please send me the invoice.", 2),
        ("cancel my fitting, and tell me where my order is", 2),
        ("I bought boots and a tent, where are they", 1),
    ],
)
def test_the_wishes_of_a_message_are_told_apart(said: str, wishes: int) -> None:
    assert len(wishes_in(said)) == wishes


@pytest.mark.parametrize(
    "said",
    [
        "what are your opening hours and where is order LF-88213",
        "where is order LF-88213? what are your opening hours?",
    ],
)
async def test_what_an_article_answers_comes_before_the_question_who_it_is(talking: Talking, said: str) -> None:
    await talking.open()
    state = await talking.says(said)
    (first,) = bot_said(state)
    assert HOURS in first
    assert first.endswith("Which postcode did it go to?")
    assert [source.id for source in state.bot.cited[state.messages[-1].id]] == ["company/opening-hours.md"]
    state = await talking.says(postcode_of("dana-kovel"))
    assert "LF-88213" in bot_said(state)[-1]
    assert HOURS not in bot_said(state)[-1]


async def test_two_look_ups_are_one_answer(talking: Talking) -> None:
    """Each of what was said of it."""
    await talking.open("callum-reith")
    state = await talking.says("what time is my fitting and what's the status of my order LF-61208")
    (said,) = bot_said(state)
    assert "Your fitting is on" in said
    assert "Order LF-61208" in said
    assert [d.decision for d in state.bot.decisions] == [Decided.LOOK_UP, Decided.LOOK_UP, Decided.ANSWER]


async def test_each_wish_is_about_what_it_names(talking: Talking, system: OrderSystem) -> None:
    await talking.open("dana-kovel")
    state = await talking.says("Where is my order LF-88213? Also please send me the invoice for LF-71940")
    assert system.sent == [("dana-kovel", "LF-71940")]
    assert "LF-88213" in bot_said(state)[-1]


async def test_one_thing_comes_after_the_other_where_a_yes_is_needed(talking: Talking, system: OrderSystem) -> None:
    await talking.open("callum-reith")
    state = await talking.says("cancel my fitting please and tell me where my order LF-61208 is", "yes")
    assert "One thing after the other. Shall I cancel your fitting appointment?" in bot_said(state)[0]
    assert "is cancelled" in bot_said(state)[-1]
    assert "Order LF-61208" in bot_said(state)[-1]
    assert "callum-reith" not in system.appointments


async def test_a_no_to_the_one_leaves_the_other(talking: Talking, system: OrderSystem) -> None:
    await talking.open("callum-reith")
    state = await talking.says("cancel my fitting please and tell me where my order LF-61208 is", "no")
    assert "callum-reith" in system.appointments
    assert "Order LF-61208" in bot_said(state)[-1]


async def test_where_one_is_for_people_the_other_is_answered_and_people_come(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("what are your opening hours and I want a refund for my boots")
    assert state.status is Status.WAITING
    assert HOURS in bot_said(state)[-1]
    assert "olleague" in bot_said(state)[-1]
    assert state.routing
    assert state.routing.intent != "opening-hours"


@pytest.mark.parametrize(
    "said",
    [
        "what is the status of my orders LF-88213 and LF-71940?",
        "where is my order LF-88213 and where is my order LF-66308?",
    ],
)
async def test_of_two_numbers_none_is_dropped(talking: Talking, said: str) -> None:
    """People look at both."""
    await talking.open("dana-kovel")
    state = await talking.says(said)
    assert state.status is Status.WAITING
    assert state.bot.decisions[-1].reason == "Order status: more than one order number in one message"


async def test_a_plan_is_read_once_a_turn(talking: Talking) -> None:
    """And anew for another message."""
    await talking.open("callum-reith")
    state = await talking.says("what time is my fitting and where is order LF-61208")
    assert "Order LF-61208" in bot_said(state)[-1]
    state = await talking.says("and what time is my fitting, and where is order LF-75819")
    assert "Order LF-75819" in bot_said(state)[-1]
