"""What a tool says somebody is called is said to nobody unless it can be a name."""

from collections.abc import Mapping

import pytest

from console.assist.bot.called import can_be_a_name
from console.assist.bot.mind import Mind
from console.assist.bot.ports import Call, Result
from console.conversation.message import Status
from console.conversation.people import Customer, Identity
from console.store import SqlEventLog
from tests.bot.conftest import Talking, new_desk
from tests.bot.tools import ScriptedTools
from tests.desks import Clock


@pytest.mark.parametrize(
    "name",
    [
        "Dana Kovel",
        "Jo",
        "Siobhán O'Hare",
        "Jean-Luc d'Arc",
        "Ludwig van der Berg",
        "van Dijk",
        "J. R. Smith",
        "Bin Li",
        "María de la Cruz",
        "李小龍",
        "रवि शर्मा",
        "محمد بن سلمان",
        "Zoë ’t Hooft",
        "MARTA QUILL",
        "May Rook",
    ],
)
def test_names_of_all_kinds_are_names(name: str) -> None:
    assert can_be_a_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dana",
        "Dana and your refund is on its way",
        "Dana your refund is approved",
        "call this number now please",
        "Your Account Is Closed",
        "Please Pay",
        "Dana Kovel Of The North Side",
        "Dana, we owe you",
        "Dana\nKovel",
        "Dana  Kovel",
        " Dana",
        "Dana 2",
        "Dana!",
        "D" * 41,
        "van der",
        "--",
        "Dana@example",
        "{customer.email}",
    ],
)
def test_a_sentence_is_no_name(text: str) -> None:
    assert not can_be_a_name(text)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        ({"name": "Dana Kovel", "first_name": "Dana"}, ("Dana Kovel", "Dana")),
        ({"name": "your refund of fifty pounds is approved", "first_name": "dear"}, ("", "")),
        ({"name": "Dana Kovel", "first_name": "go and ask for the refund"}, ("Dana Kovel", "")),
    ],
)
async def test_who_it_is_holds_without_a_name_that_cannot_be_one(
    real_log: SqlEventLog, clock: Clock, mind: Mind, names: Mapping[str, str], kept: tuple[str, str]
) -> None:
    """The conversation goes on, and what stood for the name is in no message."""

    def answer(call: Call) -> Result:
        if call.tool == "identify":
            return Result(True, "dana", {**call.arguments, **names})
        return Result(False, "dana")

    desk = new_desk(real_log, clock, ScriptedTools(answer))
    await desk.start({})
    desk.bot.ready(mind)
    talking = Talking(desk, {}, mind)
    await talking.open()
    state = await talking.says("where is my order?", "LF-88213 and QX1 1AA")
    assert state.identity is Identity.MATCHED
    assert state.customer == Customer("dana", *kept)
    for name in set(names.values()) - set(kept):
        assert not any(name in message.text for message in state.messages)
    assert state.status in {Status.BOT, Status.WAITING}
    await desk.stop()
