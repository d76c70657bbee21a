"""A fitting is moved to the day that the customer wants, and said yes to."""

import pytest

from console.demo.order_system import OrderSystem
from tests.bot.conftest import Talking, bot_said


@pytest.mark.parametrize(
    "text",
    ["I can't make Tuesday, please move my fitting appointment", "change my fitting appointment on thursday please"],
)
async def test_a_day_that_does_not_suit_is_not_the_new_one(talking: Talking, system: OrderSystem, text: str) -> None:
    await talking.open("aiko-sandford")
    before = dict(system.appointments)
    assert "Which day would suit you?" in bot_said(await talking.says(text))[-1]
    assert system.appointments == before


async def test_a_yes_is_to_the_day_that_was_named(talking: Talking, system: OrderSystem) -> None:
    """Not to another one that was written after the question."""
    await talking.open("aiko-sandford")
    before = dict(system.appointments)
    state = await talking.says("please move my fitting appointment to monday", "hmm, my wife has wednesday off", "yes")
    assert system.appointments == before
    assert "wednesday?" in bot_said(state)[-1]
