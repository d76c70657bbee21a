"""Writes that may wait: on a busy desk they go along with others, on a quiet one they do not wait."""

import asyncio
from collections.abc import Sequence

import pytest

from console.conversation.events import MessageAdded, NewEvent
from console.conversation.message import Author
from console.desk import holding
from console.desk.live import LiveLog
from console.desk.log import Appended, LogError, LogMoved, Write
from console.store import SqlEventLog
from tests.desks import Clock


def message(text: str, conversation: str = "c1") -> NewEvent:
    """Return a customer's message to append."""
    return NewEvent(conversation, "customer:x", MessageAdded(Author.CUSTOMER, text), Clock()(), "test")


@pytest.fixture
def live(real_log: SqlEventLog) -> LiveLog:
    """Return a live log over a real one."""
    return LiveLog(real_log)


@pytest.fixture
def transactions(live: LiveLog, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return what is written, by transaction."""
    written: list[list[str]] = []
    append_all = live.log.append_all

    def noted(writes: Sequence[Write]) -> Sequence[Appended | Exception]:
        written.append([new.data.text for w in writes for new in w.batch if isinstance(new.data, MessageAdded)])
        return append_all(writes)

    monkeypatch.setattr(live.log, "append_all", noted)
    return written


async def make_busy(live: LiveLog, transactions: list[list[str]]) -> None:
    """Write as often as a busy desk does."""
    for number in range(holding.BUSY):
        await live.record([message(f"{number}", "other")])
    transactions.clear()


async def test_on_a_quiet_desk_nothing_waits(live: LiveLog, transactions: list[list[str]]) -> None:
    """It is written by itself, as if nobody had said that it may wait."""
    await live.record_soon([message("one")])
    await live.record([message("two")])
    assert transactions == [["one"], ["two"]]


async def test_on_a_busy_desk_what_may_wait_goes_with_the_next_write(
    live: LiveLog, transactions: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it, for it is older; and whoever wrote it is told what became of it."""
    monkeypatch.setattr(holding, "LONGEST", 600.0)
    await make_busy(live, transactions)
    soon = [asyncio.create_task(live.record_soon([message(text)])) for text in ("one", "two")]
    await asyncio.sleep(0)
    await live.record([message("three")])
    assert transactions == [["one", "two", "three"]]
    assert [len((await done).events) for done in soon] == [1, 1]
    assert live.seq == live.log.head()


async def test_what_waits_is_written_after_a_moment_though_nothing_else_is(
    live: LiveLog, transactions: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever for company."""
    monkeypatch.setattr(holding, "LONGEST", 0.001)
    await make_busy(live, transactions)
    done = await live.record_soon([message("alone")])
    assert transactions == [["alone"]]
    assert live.seq == done.events[-1].seq


async def test_a_decision_that_expects_nothing_new_is_not_upset_by_what_waited(
    live: LiveLog, transactions: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was held of the same conversation comes behind it."""
    monkeypatch.setattr(holding, "LONGEST", 600.0)
    seen = (await live.record([message("first")])).events[-1].seq
    await make_busy(live, transactions)
    soon = asyncio.create_task(live.record_soon([message("held")]))
    await asyncio.sleep(0)
    await live.record([message("decided")], expect=seen)
    assert transactions == [["decided", "held"]]
    assert (await soon).events


async def test_what_one_write_does_wrong_is_that_ones_alone(
    live: LiveLog, transactions: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others of its transaction stand."""
    monkeypatch.setattr(holding, "LONGEST", 600.0)
    await live.record([message("first")])
    await make_busy(live, transactions)
    wrong = NewEvent("c1", "x", MessageAdded(Author.CUSTOMER, "no time zone"), Clock()().replace(tzinfo=None))
    soon = [asyncio.create_task(live.record_soon([new])) for new in (wrong, message("right"))]
    await asyncio.sleep(0)
    with pytest.raises(LogMoved):
        await live.record([message("too late")], expect=0)
    with pytest.raises(ValueError, match="time zone"):
        await soon[0]
    assert (await soon[1]).events
    texts = [event.data.text for event in await live.history("c1") if isinstance(event.data, MessageAdded)]
    assert texts == ["first", "right"]


async def test_where_the_log_fails_everybody_is_told(
    live: LiveLog, transactions: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those who waited, and each kind of failure is counted."""
    monkeypatch.setattr(holding, "LONGEST", 600.0)
    await make_busy(live, transactions)

    def fail(writes: Sequence[Write]) -> Sequence[Appended | Exception]:
        raise LogError("away")

    monkeypatch.setattr(live.log, "append_all", fail)
    soon = asyncio.create_task(live.record_soon([message("one")]))
    await asyncio.sleep(0)
    with pytest.raises(LogError, match="away"):
        await live.record([message("two")])
    with pytest.raises(LogError, match="away"):
        await soon


async def test_a_desk_that_ends_writes_what_waited(
    live: LiveLog, transactions: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settled means that nothing is held any more, though its caller has gone."""
    monkeypatch.setattr(holding, "LONGEST", 600.0)
    await make_busy(live, transactions)
    soon = asyncio.create_task(live.record_soon([message("one")]))
    await asyncio.sleep(0)
    soon.cancel()
    await live.settled()
    assert transactions == [["one"]]
    assert live.seq == live.log.head()
