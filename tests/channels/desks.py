"""A desk with one channel, and what its one conversation says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.conversation.commands import SendMessage
from console.conversation.message import Author
from console.conversation.state import Conversation
from console.desk.attachments import FileStore
from console.desk.bot import BotTerms
from console.desk.channels.channel import Channel
from console.desk.desk import Desk, utc_now
from console.store import SqlEventLog
from tests.desks import ROBIN, Chair, until


@dataclass
class Later:
    """The time of day, moved on by the test."""

    hours: float = 0.0

    def __call__(self) -> datetime:
        """Return the time."""
        return utc_now() + timedelta(hours=self.hours)


@asynccontextmanager
async def running(
    log: SqlEventLog,
    channel: Callable[[Desk], Channel],
    now: Callable[[], datetime] = utc_now,
    files: FileStore | None = None,
    bot: BotTerms | None = None,
) -> AsyncIterator[Desk]:
    """Run a desk with a channel, which takes files of up to four kilobytes; its log outlives it."""
    desk = Desk(log, Chair(), now=now, files=files, most_bytes=4096, bot=bot)
    made = channel(desk)
    await desk.start({made.name: made})
    try:
        yield desk
    finally:
        desk.live.hub.close()
        for task in desk._tasks:
            task.cancel()
        await asyncio.gather(*desk._tasks, return_exceptions=True)
        await desk.bot.close()
        await desk.assistance.close()


async def only(desk: Desk) -> Conversation:
    """Return the one conversation."""
    (row,) = desk.live.rows.values()
    return await desk.live.state(row.id)


async def customers_texts(desk: Desk) -> list[str]:
    """Return what the customer of the one conversation has written; nothing while there is none."""
    if not desk.live.rows:
        return []
    return [m.text for m in (await only(desk)).messages if m.role is Author.CUSTOMER]


async def when_written(desk: Desk, *texts: str) -> Conversation:
    """Wait until the customer has written exactly this."""

    async def written() -> bool:
        return await customers_texts(desk) == list(texts)

    try:
        await until(written, within=20)
    except TimeoutError:
        assert await customers_texts(desk) == list(texts)
    return await only(desk)


async def answer(desk: Desk, text: str, key: str = "k1") -> None:
    """Answer the one conversation as an agent."""
    state = await only(desk)
    await desk.casework.claim(ROBIN, state.id)
    assert (await desk.sending.send(ROBIN, state.id, SendMessage(text, key))).sent
