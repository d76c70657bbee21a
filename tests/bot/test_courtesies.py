"""Who asks whether a person writes is told the truth at any moment, and thanks end politely; nothing of it failed."""

import pytest

from console.conversation.bot_events import Decided
from console.conversation.message import Status
from console.demo.order_system import OrderSystem, postcode_of
from tests.bot.conftest import Talking, bot_said

HONEST = "You are writing to a program, not to a person."


@pytest.mark.parametrize("said", ["are you a robot?", "am I talking to a person?", "who are you", "bot or human?"])
async def test_the_first_words_may_ask_it(talking: Talking, said: str) -> None:
    await talking.open()
    state = await talking.says(said)
    assert (state.status, state.bot.failed) == (Status.BOT, 0)
    assert HONEST in bot_said(state)[-1]
    assert "ask for a person at any time" in bot_said(state)[-1]


async def test_it_may_be_asked_at_every_step_and_the_question_stands(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("where is my order", "are you human?", "LF-88213", "is this a bot?")
    assert state.bot.failed == 0
    assert bot_said(state)[-1].startswith(HONEST)
    assert bot_said(state)[-1].endswith("Which postcode did it go to?")
    state = await talking.says(postcode_of("dana-kovel"), "am I talking to a real person?", "are you a robot?")
    assert state.status is Status.BOT
    assert "in transit" in bot_said(state)[-3]


async def test_a_question_for_a_yes_stands_too(talking: Talking, system: OrderSystem) -> None:
    await talking.open("callum-reith")
    state = await talking.says("cancel my fitting please", "are you a real person?")
    assert bot_said(state)[-1].endswith("Shall I cancel your fitting appointment?")
    await talking.says("yes")
    assert "callum-reith" not in system.appointments


async def test_what_is_asked_beside_it_is_answered_as_well(talking: Talking) -> None:
    await talking.open("callum-reith")
    (said,) = bot_said(await talking.says("are you a robot? what time is my fitting"))
    assert HONEST in said
    assert "Your fitting is on" in said


async def test_who_asks_and_wants_a_person_gets_one(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("are you a robot? I want a person")
    assert state.status is Status.WAITING
    assert HONEST in bot_said(state)[-1]


@pytest.mark.parametrize("said", ["ok thanks", "ok", "great, thank you", "no, that's all", "👍"])
async def test_thanks_end_politely_however_often(talking: Talking, said: str) -> None:
    await talking.open("dana-kovel")
    state = await talking.says("where is my order?", said, said, said)
    assert (state.status, state.bot.failed) == (Status.BOT, 0)
    assert state.bot.decisions[-1].decision is Decided.ANSWER
    assert bot_said(state)[-1] == "Glad I could help. Just write again if there is anything else."


async def test_who_has_only_heard_what_is_asked_is_asked_again(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("where is my order", "ok")
    assert state.bot.failed == 0
    assert bot_said(state)[-1].endswith("Which postcode did it go to?")
    state = await talking.says("thanks, bye")
    assert bot_said(state)[-1].startswith("You're welcome.")


async def test_who_has_not_got_it_is_given_to_a_person_with_this_reason(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("where is my order", "I don't know the number")
    assert state.status is Status.WAITING
    assert state.bot.decisions[-1].reason == "Order status: the customer cannot give what is asked for"
