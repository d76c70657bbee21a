"""The contract of the event log, part two: many writers, and readers who must miss nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from console.conversation import events as e
from console.desk.log import Cursor, LogMoved
from console.store import SqlEventLog
from tests.store.desks import Desk, before_commit
from tests.store.making import answered, opened, wrote

WRITERS = 8
EACH = 25


class ConcurrencyContract:
    """What holds while several write and others read."""

    def test_a_reader_who_follows_eight_writers_misses_nothing(self, desk: Desk) -> None:
        """Numbers come without gaps, each once, in order, and every batch stays together."""
        writers = desk.writers()
        finished = threading.Event()
        with ThreadPoolExecutor(WRITERS + 1) as pool:
            following = pool.submit(_follow, writers[1], finished)
            work = [pool.submit(_write, writers[n % 2], n) for n in range(WRITERS)]
            acknowledged = [event for done in work for event in done.result()]
            finished.set()
            seen = following.result()
        assert [event.seq for event in seen] == list(range(1, WRITERS * EACH * 2 + 1))
        assert sorted(acknowledged, key=lambda event: event.seq) == seen
        pairs = list(zip(seen[::2], seen[1::2], strict=True))
        assert all(one.conversation == two.conversation for one, two in pairs)
        assert writers[0].verify().whole

    def test_a_later_number_never_shows_before_an_earlier_one(self, desk: Desk) -> None:
        """One writer is held up before its commit; a reader who goes on meanwhile gets its event all the same."""
        first, second = desk.writers()
        inside, release = threading.Event(), threading.Event()

        def hold() -> None:
            if not inside.is_set():
                inside.set()
                assert release.wait(20)

        before_commit(first, hold)
        with ThreadPoolExecutor(2) as pool:
            slow = pool.submit(first.append, [wrote("slow")])
            assert inside.wait(20)
            fast = pool.submit(second.append, [wrote("fast")])
            threading.Event().wait(0.2)  # time for a database that would let the second one overtake
            seen = second.read()
            release.set()
            appended = [*slow.result().events, *fast.result().events]
        seen += second.read(seen[-1].seq if seen else 0)
        assert seen == sorted(appended, key=lambda event: event.seq)
        assert [event.seq for event in seen] == [1, 2]

    def test_of_two_who_claim_at_once_one_is_told_to_look_again(self, desk: Desk) -> None:
        """An expectation is checked where nobody can come in between."""
        writers = desk.writers()
        seq = writers[0].append([opened()]).events[-1].seq
        with ThreadPoolExecutor(WRITERS) as pool:
            work = [pool.submit(writers[n % 2].append, [answered(f"mine {n}")], expect=seq) for n in range(WRITERS)]
            errors = [done.exception() for done in work]
        assert errors.count(None) == 1
        assert all(isinstance(error, LogMoved) for error in errors if error is not None)

    def test_of_many_who_bring_the_same_delivery_one_writes_it(self, desk: Desk) -> None:
        """The others get the same event as repeated."""
        writers = desk.writers()
        with ThreadPoolExecutor(WRITERS) as pool:
            work = [pool.submit(writers[n % 2].append, [wrote("hello", external_id="x")]) for n in range(WRITERS)]
            results = [done.result() for done in work]
        assert [result.repeated for result in results].count(False) == 1
        assert {result.events[0].seq for result in results} == {1}

    def test_one_callers_failure_leaves_the_others_of_its_transaction_alone(self, desk: Desk) -> None:
        """Those who shared a commit with somebody who was refused are written all the same."""
        log = desk.open()
        log.append([opened()])
        with ThreadPoolExecutor(WRITERS) as pool:
            good = [pool.submit(log.append, [wrote(f"good {n}", "c2")]) for n in range(20)]
            bad = [pool.submit(log.append, [wrote("bad")], expect=0) for _ in range(20)]
            assert all(isinstance(done.exception(), LogMoved) for done in bad)
            assert all(done.exception() is None for done in good)
        assert log.head() == 21

    def test_a_reader_beside_the_writer_sees_what_is_committed_and_may_not_write(self, desk: Desk) -> None:
        """A headless command reads while the desk runs."""
        log = desk.open()
        log.append([opened()])
        beside = desk.open(read_only=True)
        log.append([wrote("later")])
        assert beside.read() == log.read()
        assert beside.verify().whole
        with pytest.raises(Exception, match="reading only"):
            beside.append([wrote("no")])


def _write(log: SqlEventLog, number: int) -> list[e.Event]:
    mine = f"c{number}"
    written: list[e.Event] = []
    for n in range(EACH):
        batch = [wrote(f"{number}.{n}", mine, external_id=f"{number}-{n}"), answered(f"{number}.{n}", mine)]
        written += log.append(batch, cursor=Cursor(f"channel{number}", str(n))).events
    return written


def _follow(log: SqlEventLog, finished: threading.Event) -> list[e.Event]:
    """Read as a console does, always after the last event seen, until the writers are done and nothing is left."""
    seen: list[e.Event] = []
    while True:
        last = finished.is_set()
        news = log.read(seen[-1].seq if seen else 0, limit=50)
        seen += news
        if last and not news:
            return seen
