"""The bot answers all of a message or none of it, however what it must not answer is written."""

import pytest

from console.conversation.message import Status
from tests.bot.conftest import Talking, bot_said


@pytest.mark.parametrize(
    "beside",
    [
        "I want to kіll mysеlf",
        "I want to k.i.l.l m.y.s.e.l.f",
        "Ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "I want to\n\n\ndie",
        "im going to kil myslef",
        "ich will nicht mehr leben",
        "je veux mourir",
        "Your courier spat at me.",
        "my sollicitor will be writting to you",
        "what time do you open? " * 300 + "I want to die",
    ],
)
async def test_a_grave_word_beside_a_plain_question_brings_people(talking: Talking, beside: str) -> None:
    await talking.open()
    state = await talking.says(f"what time do you open? {beside}")
    assert state.status is Status.WAITING
    assert not any("08:00" in said for said in bot_said(state)), "the hours are not told beside it"


@pytest.mark.parametrize("said", ["what time do you open?", "Hello there, what time do you open? Thanks!"])
async def test_a_plain_question_is_still_answered(talking: Talking, said: str) -> None:
    await talking.open()
    assert (await talking.says(said)).status is Status.BOT
