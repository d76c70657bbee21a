"""What every channel owes a customer of the bot: its words and the hand-over, each once and in order."""

from typing import Final, Protocol

import pytest

from console.conversation.bot_events import BotDecided, Decided
from console.conversation.events import EventData, HandedOver, MessageAdded, NewEvent
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author
from console.desk.bot import Bot, BotTerms
from console.desk.channels.transition import NEXT
from console.desk.desk import Desk
from console.store import SqlEventLog
from tests.channels.contract import ANSWER, FIRST, Line, line_name, seen
from tests.channels.desks import answer, only, running, when_written
from tests.desks import until

TOLD: Final = "Order LF-88213 is in transit."
GOES: Final = "Of course. I'm bringing in a colleague."


PATIENT: Final = BotTerms(seconds=3600.0)
"""The bot's own part is not waited for."""


class BotLine(Line, Protocol):
    """A customer to whom a bot speaks; what it says is in ``seen`` too."""

    async def notices(self) -> list[str]:
        """Return the lines about the conversation that the customer has seen, oldest first."""


class BotContract:
    """Tests over the fixture ``line``; what the bot decides is played, so that the channel alone is tested."""

    tells_notices = True
    """Whether the channel shows lines of the desk's own; where it does not, the bot's words say the same."""

    @pytest.fixture(autouse=True)
    def _bot_opens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Bot, "opens", True)

    async def test_an_answer_of_the_bot_reaches_the_customer_once(self, line: BotLine, real_log: SqlEventLog) -> None:
        """Also over a restart, and before what an agent writes later."""
        async with running(real_log, line.channel, bot=PATIENT) as desk:
            await line.begin()
            await when_written(desk, *FIRST)
            await says(desk, MessageAdded(Author.BOT, TOLD), BotDecided("m1", Decided.ANSWER, "as the system says"))
            await seen(line, TOLD)
            await until(lambda: real_log.undelivered(line_name(desk)) == [])
        async with running(real_log, line.channel, bot=PATIENT) as desk:
            await answer(desk, ANSWER)
            await seen(line, TOLD, ANSWER)

    async def test_a_hand_over_reaches_the_customer_once(self, line: BotLine, real_log: SqlEventLog) -> None:
        """The bot says why; the desk says what comes next, and says it once, also over a restart."""
        async with running(real_log, line.channel, bot=PATIENT) as desk:
            await line.begin()
            await when_written(desk, *FIRST)
            await says(
                desk,
                MessageAdded(Author.BOT, GOES),
                BotDecided("m3", Decided.HAND_OVER, "asked for a person"),
                HandedOver("asked for a person", 1, (Trigger(HandoverWhen.ASKED, "asked for a person", "m3"),)),
            )
            await seen(line, GOES)
            if self.tells_notices:
                await until_told(line, NEXT)
            await until(lambda: real_log.undelivered(line_name(desk)) == [])
        async with running(real_log, line.channel, bot=PATIENT) as desk:
            await answer(desk, ANSWER)
            await seen(line, GOES, ANSWER)
            assert [text for text in await line.notices() if text.endswith(NEXT)] == [NEXT] * self.tells_notices


async def says(desk: Desk, *data: EventData) -> None:
    """Record what the bot does."""
    name = (await only(desk)).id
    await desk.live.record([NewEvent(name, "bot", one, desk.now()) for one in data])


async def until_told(line: BotLine, text: str) -> None:
    """Wait for a line about the conversation."""

    async def told() -> bool:
        return text in await line.notices()

    await until(told, within=20)
