"""How often in an hour the bot may be wrong about who somebody is, and do one thing for a customer."""

import asyncio

from console.assist.bot.ports import Call, Result, ToolTrouble
from console.conversation.bot_events import Outcome
from console.conversation.message import Author, Status
from console.conversation.people import Identity
from console.demo.order_system import OrderSystem, postcode_of
from console.desk.bot_limits import DEEDS, GUESSES_OF_ALL
from console.desk.intake import Incoming
from tests.bot.conftest import Talking, bot_said
from tests.bot.test_faults import Talks, talks
from tests.bot.tools import ScriptedTools
from tests.desks import Clock

__all__ = ["talks"]

NUMBER = "LF-88213"


async def test_many_guesses_at_once_are_counted_before_they_are_made(talks: Talks) -> None:
    tools = ScriptedTools(lambda call: Result(False), hold=asyncio.Event())
    async with talks(tools) as talking:
        names = [f"c{n}" for n in range(GUESSES_OF_ALL + 10)]
        for name in names:
            await talking.open(conversation=name)
            words = f"where is my order {NUMBER}? My postcode is QX1 1AA"
            await talking.desk.intake.receive(name, Incoming(Author.CUSTOMER, words))
        assert tools.hold
        waiting = [asyncio.create_task(talking.desk.bot.settled(name)) for name in names]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)  # refused, while the others are not answered
        tools.hold.set()
        await asyncio.gather(*waiting)
        assert len([call for call in tools.asked if call.tool == "identify"]) == GUESSES_OF_ALL


async def test_a_few_strangers_keep_nobody_out(talking: Talking) -> None:
    """Six wrong tries at the number, and any number at the postcode."""
    right = postcode_of("dana-kovel")
    for n, letters in enumerate(("AA", "AB", "AD", "AE", "AF", "AG")):
        await talking.open(conversation=f"n{n}")
        await talking.says(f"where is my order {NUMBER}?", f"QX1 1{letters}", conversation=f"n{n}")
    for n in range(7):
        await talking.open(conversation=f"p{n}")
        await talking.says(f"where is my order LF-1234{n}?", right, conversation=f"p{n}")
    await talking.open(conversation="last")
    state = await talking.says(f"where is order {NUMBER}?", right, conversation="last")
    assert state.identity is Identity.MATCHED


async def test_one_number_is_guessed_at_so_often_an_hour_and_no_more(talks: Talks, clock: Clock) -> None:
    """However it is written; then even the right postcode is not looked up, until the hour is over."""
    right = Result(True, "dana-kovel", {"order.number": NUMBER, "postcode": "QX9 9ZZ"})
    tools = ScriptedTools(lambda call: right if call.arguments["postcode"] == "QX9 9ZZ" else Result(False))
    async with talks(tools) as talking:
        for n in range(GUESSES_OF_ALL):
            await talking.open(conversation=f"c{n}")
            number = NUMBER if n % 2 else "lf 88213"
            await talking.says(f"where is my order {number}? My postcode is QX1 1AA", conversation=f"c{n}")
        await talking.open(conversation="last")
        words = f"where is my order {NUMBER}? My postcode is QX9 9ZZ"
        state = await talking.says(words, conversation="last")
        assert (state.identity, state.bot.calls[-1].call.outcome) == (Identity.ANONYMOUS, Outcome.REFUSED)
        clock.forward(3601)
        await talking.open(conversation="later")
        assert (await talking.says(words, conversation="later")).identity is Identity.MATCHED


async def test_one_thing_is_done_twice_an_hour_for_a_customer_and_then_people_look(
    talking: Talking, system: OrderSystem, clock: Clock
) -> None:
    """In all their conversations together; for others nothing changes."""
    await talking.open("dana-kovel")
    await talking.says(*["please send me a password link"] * DEEDS)
    await talking.open("dana-kovel", conversation="again")
    state = await talking.says("please send me a password link", conversation="again")
    assert (state.status, len(system.links)) == (Status.WAITING, DEEDS)
    await talking.open("iris-tam", conversation="other")
    await talking.says("please send me a password link", conversation="other")
    assert system.links[-1] == "iris-tam"
    clock.forward(3601)
    await talking.open("dana-kovel", conversation="later")
    await talking.says("please send me a password link", conversation="later")
    assert system.links[-1] == "dana-kovel"


async def test_what_may_not_be_done_is_said_to_be_not_done(talks: Talks) -> None:
    def refuses(call: Call) -> Result:
        raise ToolTrouble(Outcome.REFUSED, "as the test says")

    async with talks(ScriptedTools(refuses)) as talking:
        await talking.open("dana-kovel")
        state = await talking.says("please send me a password link")
        assert state.status is Status.WAITING
        assert "nothing was changed" in bot_said(state)[-1]
