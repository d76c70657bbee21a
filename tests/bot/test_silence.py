"""Whom the bot matched is nobody again after half an hour of silence."""

from console.conversation.message import Status
from console.demo.order_system import postcode_of
from tests.bot.conftest import Talking, bot_said
from tests.desks import Clock

NUMBER = "LF-88402"


async def matched(talking: Talking) -> None:
    """Let somebody come who tells who they are."""
    await talking.open()
    await talking.says("where is my order?", f"{NUMBER} and {postcode_of('iris-tam')}")


async def test_within_half_an_hour_the_customer_is_known(talking: Talking, clock: Clock) -> None:
    await matched(talking)
    clock.forward(29 * 60)
    assert "…@example.com" in bot_said(await talking.says("which email address do you have for me?"))[-1]


async def test_after_half_an_hour_of_silence_they_are_asked_again(talking: Talking, clock: Clock) -> None:
    """At the second message too: what was told before the silence does not help."""
    await matched(talking)
    clock.forward(31 * 60)
    state = await talking.says("which email address do you have for me?")
    assert "So that nobody but you gets this" in bot_said(state)[-1]
    state = await talking.says(NUMBER)
    assert bot_said(state)[-1] == "Which postcode did it go to?"


async def test_told_anew_they_are_known_again(talking: Talking, clock: Clock) -> None:
    await matched(talking)
    clock.forward(31 * 60)
    anew = f"{NUMBER}, {postcode_of('iris-tam')}"
    state = await talking.says("which email address do you have for me?", anew)
    assert "i…@example.com" in bot_said(state)[-1]


async def test_who_signed_in_stays_who_they_are(talking: Talking, clock: Clock) -> None:
    await talking.open("iris-tam")
    await talking.says("where is my order?")
    clock.forward(31 * 60)
    state = await talking.says("which email address do you have for me?")
    assert state.status is Status.BOT
    assert "…@example.com" in bot_said(state)[-1]
