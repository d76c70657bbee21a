"""Another system that customers write on, kept in a file so that it outlives every kill; and the channel to it.

It gives out what was written after a point as often as it is asked, and shows a message once for each transaction id,
as a homeserver does. The channel is written as the port asks: the point moves with the messages, the id follows from
the message.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.desk.log import Cursor

NAME = "far"
CONVERSATION = "far-room"

Passed = Callable[[str], None]
"""Is told each point of its way that the desk passes."""


class FarEnd:
    """The system itself."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with self._opened() as database:
            database.execute("CREATE TABLE IF NOT EXISTS written (id INTEGER PRIMARY KEY, text TEXT)")
            database.execute("CREATE TABLE IF NOT EXISTS shown (transaction_id TEXT PRIMARY KEY, text TEXT)")
            database.execute("CREATE TABLE IF NOT EXISTS asked (transaction_id TEXT)")

    def write(self, *texts: str) -> None:
        """Let the customer write."""
        with self._opened() as database:
            database.executemany("INSERT INTO written (text) VALUES (?)", [(text,) for text in texts])

    def after(self, point: int, most: int = 2) -> list[tuple[int, str]]:
        """Return some of what was written after a point."""
        with self._opened() as database:
            question = "SELECT id, text FROM written WHERE id > ? ORDER BY id LIMIT ?"
            return database.execute(question, (point, most)).fetchall()

    def show(self, transaction: str, text: str) -> None:
        """Show a message to the customer, unless it was shown under this id."""
        with self._opened() as database:
            database.execute("INSERT INTO asked VALUES (?)", (transaction,))
            database.execute("INSERT OR IGNORE INTO shown VALUES (?, ?)", (transaction, text))

    def shown(self) -> list[str]:
        """Return what the customer has seen, in its order."""
        with self._opened() as database:
            return [text for (text,) in database.execute("SELECT text FROM shown ORDER BY rowid")]

    def asked(self) -> int:
        """Return how often it was asked to show something."""
        with self._opened() as database:
            return int(database.execute("SELECT count(*) FROM asked").fetchone()[0])

    def _opened(self) -> "_Closing":
        return _Closing(self._file)


class _Closing:
    """A connection that commits and is closed when the block ends."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, timeout=20)

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._connection.commit()
        self._connection.close()


class FarChannel:
    """The channel to it."""

    name = NAME
    everywhere = False

    def __init__(self, desk: Desk, far: FarEnd, passed: Passed) -> None:
        self._desk, self._far, self._passed = desk, far, passed

    async def deliver(self, conversation: str, message: Message) -> str:
        """Show a message."""
        transaction = f"{conversation}.{message.id}"
        self._passed("to be sent")
        self._far.show(transaction, message.text)
        self._passed("sent")
        return transaction

    async def run(self) -> None:
        """Take in what is written, page by page, until cancelled."""
        while True:
            point = int(await self._desk.live.call(lambda log: log.cursor(NAME)) or 0)
            page = self._far.after(point)
            if not page:
                await asyncio.sleep(0.01)
                continue
            self._passed("received")
            for number, (name, text) in enumerate(page, 1):
                # the point moves once the whole page is in: what comes before is asked for again after a kill
                cursor = Cursor(NAME, str(page[-1][0])) if number == len(page) else None
                await self._take(name, text, cursor)
                self._passed("taken in")

    async def _take(self, name: int, text: str, cursor: Cursor | None) -> None:
        incoming = Incoming(Author.CUSTOMER, text, str(name))
        if CONVERSATION not in self._desk.live.rows:
            customer = Customer("iris-tam", "Iris Tam")
            await self._desk.intake.open(NAME, customer, conversation=CONVERSATION, handover="wrote")
        done = await self._desk.intake.receive(CONVERSATION, incoming, cursor=cursor)
        if done.repeated and cursor is not None:
            await self._desk.live.record([], cursor=cursor)
