"""A desk in a process of its own that kills itself (SIGKILL) at a named point of its way, the first or a later time."""

import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import event

from console.conversation.commands import SendMessage
from console.conversation.message import Author
from console.desk.desk import Desk, utc_now
from console.desk.log import Appended, Write
from console.store import SqlEventLog, open_log
from tests.desks import ROBIN, Chair, until
from tests.faults.far_end import CONVERSATION, NAME, FarChannel, FarEnd, Passed

POINTS = ("received", "taken in", "to be sent", "sent", "committing", "committed")
"""Where it can be killed: with what it was given and has not written; before the point has moved with it; before and
after the other system has shown an answer, whose delivery is not written yet; and around each commit."""

ANSWERS = ("I am looking into it.", "It is on its way.")


def run(folder: Path, address: str, point: str, times: int, written: int) -> None:
    """Take in so many messages, answer twice, and see it delivered; killed when ``point`` is passed the nth time."""
    left = times

    def passed(here: str) -> None:
        nonlocal left
        if here == point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    log = open_log(folder / "workspace", folder / "keys", address=address)
    event.listen(log.database.writer, "commit", lambda _: passed("committing"))
    _tell_commits(log, passed)
    asyncio.run(_work(log, FarEnd(folder / "far.db"), passed, written))


def _tell_commits(log: SqlEventLog, passed: Passed) -> None:
    append_all = log.append_all

    def told(writes: Sequence[Write]) -> list[Appended | Exception]:
        done = append_all(writes)
        passed("committed")
        return done

    log.append_all = told  # type: ignore[method-assign]


async def _work(log: SqlEventLog, far: FarEnd, passed: Passed, written: int) -> None:
    desk = Desk(log, Chair(), now=utc_now)
    await desk.start({NAME: FarChannel(desk, far, passed)})

    async def all_in() -> bool:
        if CONVERSATION not in desk.live.rows:
            return False
        messages = (await desk.live.state(CONVERSATION)).messages
        return sum(message.role is Author.CUSTOMER for message in messages) >= written

    await until(all_in, within=60)
    await desk.casework.claim(ROBIN, CONVERSATION)
    for number, answer in enumerate(ANSWERS):
        assert (await desk.sending.send(ROBIN, CONVERSATION, SendMessage(answer, f"answer-{number}"))).sent
    await until(lambda: not log.undelivered(NAME), within=60)
    await desk.stop()
