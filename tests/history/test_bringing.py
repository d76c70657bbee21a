"""The desk brings the history while it works: durable, whole, and nowhere where live work is."""

import asyncio
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from console.commands.init import HISTORY, prepare
from console.conversation.commands import Reopen
from console.conversation.events import Event
from console.conversation.generated_events import HistoryWritten
from console.demo.history import Shape, a_day_of, batches, material
from console.desk.desk import Desk
from console.desk.errors import Refused
from console.review.report import report_of
from console.review.table import table_of
from console.server.attendance import Attendance
from console.server.generating import KINDS, bring_history
from console.server.stream import followed
from console.settings import load_settings
from console.store import SqlEventLog, open_log
from console.workspace import Workspace
from tests.desks import MARTA, ROBIN, arrive
from tests.history.conftest import UNTIL, numbered

DAYS = 1


async def brought(desk: Desk) -> list[Event]:
    """Let the desk write a small history; return what is in its log then."""
    await bring_history(desk, DAYS)
    return await desk.live.history()


async def test_the_history_is_in_the_log_and_the_log_is_whole(desk: Desk, real_log: SqlEventLog) -> None:
    """Numbers, chain and read models are what they would be had it happened."""
    events = [event for event in await brought(desk) if event.generated]
    assert isinstance(events[-1].data, HistoryWritten)
    assert events[-1].data.events == len(events) - len(KINDS)
    verdict = real_log.verify()
    assert (verdict.whole, verdict.reason) == (True, "")
    assert real_log.outbox_depths() == {}


async def test_none_of_it_is_where_live_work_is(desk: Desk, real_log: SqlEventLog) -> None:
    """No row, nobody who is there, nothing to do, nothing to listen to, nothing to count."""
    await arrive(desk, "c1", "hi")
    heard: list[Event] = []
    desk.live.watchers.append(heard.append)
    desk.live.written.append(heard.append)
    await brought(desk)
    assert set(desk.live.rows) == {"c1"}
    assert [row.id for row in real_log.inbox(closed=True)] == ["c1"]
    assert desk.live.presences == {}
    assert (await desk.follow_ups.page(MARTA)).follow_ups == ()
    assert [event for event in heard if event.generated] == []


async def test_live_work_goes_on_and_is_heard_while_it_is_written(desk: Desk) -> None:
    """In between, in order, and a desk that starts again shows the same."""
    heard: list[Event] = []
    desk.live.watchers.append(heard.append)
    writing = asyncio.create_task(bring_history(desk, DAYS))
    for number in range(20):
        await arrive(desk, f"c{number}", "hi")
    await writing
    assert {event.conversation for event in heard if event.conversation} == {f"c{n}" for n in range(20)}
    assert len(desk.live.rows) == 20
    assert desk.live.seq == await desk.live.call(lambda log: log.head())


async def test_consoles_that_come_back_are_sent_none_of_it(desk: Desk) -> None:
    """Though their last number lies before it."""
    await brought(desk)
    stream = followed(desk.live, 0, Attendance())
    await arrive(desk, "c1", "hi")
    sent = b""
    async with asyncio.timeout(10):
        async for part in stream:
            sent += part
            if b"c1" in sent:
                break
    await stream.aclose()  # type: ignore[attr-defined]
    assert b"generated" not in sent


async def test_what_was_cut_short_goes_on_at_the_next_start(desk: Desk, real_log: SqlEventLog) -> None:
    """Nothing twice: the same history as in one go, though it is another hour by then."""
    shape = Shape(desk.now(), days=DAYS)
    for batch in islice(batches(shape, material()), 3):
        real_log.append(batch)
    await desk.live.catch_up()
    events = [event for event in await brought(desk) if event.generated]
    expected = [new for batch in batches(shape, material()) for new in batch]
    assert [(e.conversation, e.data, e.at) for e in events] == [(n.conversation, n.data, n.at) for n in expected]


async def test_a_whole_history_is_not_written_again(desk: Desk) -> None:
    """Nor is one where none is wanted."""
    await bring_history(desk, 0)
    assert desk.live.seq == 0
    await brought(desk)
    written = desk.live.seq
    await bring_history(desk, DAYS)
    assert desk.live.seq == written


async def test_a_generated_conversation_can_be_read_and_not_taken_up_again(desk: Desk) -> None:
    """There is nobody to write to."""
    events = await brought(desk)
    name = next(event.conversation for event in events if event.kind == "conversation-closed")
    state = await desk.live.state(name)
    assert state.generated
    assert state.messages
    with pytest.raises(Refused, match="generated history"):
        await desk.casework.reopen(ROBIN, name, Reopen("by mistake"))


async def test_the_report_says_how_much_of_it_was_generated(desk: Desk) -> None:
    """In a line, and as a count."""
    await arrive(desk, "c1", "hi")
    report = report_of(await brought(desk))
    generated = report["conversations"]["generated"]
    assert generated == report["conversations"]["opened"] - 1
    assert f"{generated} of them are generated history and never happened." in list(table_of(report, 80))


async def test_a_desk_that_starts_again_has_the_inbox_it_had(tmp_path: Path, desk: Desk, real_log: SqlEventLog) -> None:
    """Also where the history was cut short in the middle of its talks."""
    for batch in islice(batches(Shape(desk.now(), days=DAYS), material(), 40), 6):
        real_log.append(batch)
    with_open = open_log(tmp_path / "workspace", tmp_path / "keys", read_only=True)
    try:
        assert with_open.inbox() == []
        assert with_open.verify().whole
    finally:
        with_open.close()


def test_a_demo_has_two_months_of_it_and_no_other_workspace_any(tmp_path: Path) -> None:
    """By its settings, which say so."""
    demo, plain = Workspace(tmp_path / "demo"), Workspace(tmp_path / "plain")
    prepare(demo, demo=True)
    prepare(plain, demo=False)
    assert load_settings(demo.config, {}).replay.history == HISTORY
    assert load_settings(plain.config, {}).replay.history == 0


def test_what_goes_on_from_a_history_is_as_busy_as_that_was() -> None:
    """Also where another number is usual by now."""
    (begun,) = next(batches(Shape(UNTIL, days=1, a_day=3), material()))
    later = replace(begun, data=replace(begun.data, since=UNTIL, a_day=5))
    assert a_day_of(numbered((begun, later))) == 3
    assert a_day_of([]) == Shape(UNTIL).a_day
