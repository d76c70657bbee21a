"""Whether a new web chat comes to the bot, and what its customer sees."""

from contextlib import aclosing

import pytest

from console.assist.bot.mind import Mind
from console.conversation.message import Status
from console.desk.bot import BotTerms
from console.desk.channels.projection import Said, Speaker
from console.desk.channels.webchat import WebChat, anonymous
from console.desk.desk import Desk
from console.store import SqlEventLog
from tests.bot.conftest import Talking
from tests.desks import Chair, Clock

VISITOR = anonymous("cd" * 32)


async def test_where_the_setting_is_on_a_chat_begins_with_the_bot(talking: Talking) -> None:
    webchat = WebChat(talking.desk)
    await webchat.write(VISITOR, "what are your opening hours?", "key-0001")
    await talking.desk.bot.settled(VISITOR.conversation)
    assert (await talking.desk.live.state(VISITOR.conversation)).status is Status.BOT
    async with aclosing(webchat.follow(VISITOR, 0)) as following:
        seen = [await anext(following) for _ in range(2)]
    assert [item.speaker for item in seen if isinstance(item, Said)] == [Speaker.YOU, Speaker.BOT]


async def test_look_ups_stay_inside(talking: Talking) -> None:
    """The customer reads the answer, not what the system said."""
    webchat = WebChat(talking.desk)
    await webchat.write(VISITOR, "where is my order LF-88213?", "key-0001")
    await talking.desk.bot.settled(VISITOR.conversation)
    await webchat.write(VISITOR, "QX1 1AA", "key-0002")
    await talking.desk.bot.settled(VISITOR.conversation)
    async with aclosing(webchat.follow(VISITOR, 0)) as following:
        seen = [await anext(following) for _ in range(4)]
    assert not any("nothing found" in item.text for item in seen if isinstance(item, Said))


@pytest.mark.parametrize(("opens", "ready"), [(False, True), (True, False)])
async def test_else_it_begins_with_people(
    real_log: SqlEventLog,
    clock: Clock,
    mind: Mind,
    opens: bool,
    ready: bool,
) -> None:
    """Also where the bot is not ready yet: nobody waits for a machine to warm up."""
    desk = Desk(real_log, Chair(), now=clock, bot=BotTerms("Larkfell", opens=opens))
    await desk.start({})
    if ready:
        desk.bot.ready(mind)
    await WebChat(desk).write(VISITOR, "what are your opening hours?", "key-0001")
    assert (await desk.live.state(VISITOR.conversation)).status is Status.WAITING
    await desk.stop()
