"""Callers that share a transaction: what one of them does wrong is theirs alone."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from console.desk.log import LogError
from console.store import SqlEventLog
from tests.desks import until
from tests.store.making import wrote

TWICE = "INSERT INTO meta (name, value) VALUES ('workspace', 'another')"
UNKNOWN = "INSERT INTO nowhere VALUES (1)"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first", "second"])
async def test_what_the_database_refuses_of_one_caller_fails_that_one_alone(
    log: SqlEventLog, order: tuple[int, int]
) -> None:
    """Whoever came before or after it in the same transaction is served."""
    bad, good = together(log, order, lambda transaction: transaction.connection.exec_driver_sql(TWICE))
    await until(lambda: bad.done() and good.done())
    with pytest.raises(LogError):
        bad.result()
    assert good.result() is not None
    assert [event.seq for event in log.read()] == [1]
    assert log.verify().whole


async def test_when_the_database_itself_is_in_trouble_nobody_is_told_it_worked(log: SqlEventLog) -> None:
    """All of the transaction is undone, and each caller hears of it."""
    bad, good = together(log, (1, 0), lambda transaction: transaction.connection.exec_driver_sql(UNKNOWN))
    await until(lambda: bad.done() and good.done())
    for caller in (bad, good):
        with pytest.raises(LogError):
            caller.result()
    assert log.read() == []


def together(log: SqlEventLog, order: tuple[int, int], work: object) -> tuple[Future[object], Future[object]]:
    """Let a caller with this work and one who appends a message share a transaction; return what comes of each."""
    commits = log._commits
    held, waiting = threading.Event(), threading.Event()
    pool = ThreadPoolExecutor(3)
    pool.submit(commits.alone, lambda: (held.set(), waiting.wait(10)))
    assert held.wait(10)
    calls = [lambda: commits.run(work), lambda: log.append([wrote("one")])]  # type: ignore[arg-type]
    futures: dict[int, Future[object]] = {}
    for number, place in enumerate(order, 1):
        futures[place] = pool.submit(calls[place])
        while len(commits._waiting) < number:
            threading.Event().wait(0.001)
    waiting.set()
    pool.shutdown(wait=False)
    return futures[0], futures[1]
