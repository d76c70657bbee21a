"""Whether a server lives, and whether it is to be sent requests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from console.desk.log import LogUnwritable
from console.server import health
from console.store.errors import LogAbsent
from tests.server.conftest import Served


async def asked(served: Served) -> tuple[int, dict[str, Any]]:
    """Ask as a load balancer does, without a token and past what was asked before."""
    served.app.state.health._looked = float("-inf")
    async with served.client(None) as client:
        answer = await client.get("/ready")
    return answer.status_code, answer.json()


async def test_a_server_that_works_is_sent_requests(served: Served) -> None:
    """The keys that consoles and scripts read say that assistance is there; what judges has a name."""
    served.desk.content = "0123456789ab"
    status, said = await asked(served)
    assert (status, said["ready"], said["assist"], said["knowledge"]) == (200, True, "ready", True)
    assert (said["serves"], said["log"], said["draining"], said["content"]) == (True, "ok", False, "0123456789ab")


async def test_a_server_that_is_about_to_end_is_sent_none(served: Served) -> None:
    """It lives all the same."""
    served.desk.leaving = True
    status, said = await asked(served)
    assert (status, said["ready"], said["serves"], said["draining"]) == (503, False, False, True)
    async with served.client(None) as client:
        assert (await client.get("/health")).json()["status"] == "ok"


async def test_a_log_that_is_away_is_said_without_its_address(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the server is sent requests again as soon as the log is back."""

    def away() -> None:
        raise LogAbsent("the database app@db.internal/desk cannot be reached")

    with monkeypatch.context() as broken:
        broken.setattr(served.desk.live.log, "head", away)
        status, said = await asked(served)
        assert (status, said["serves"], said["log"]) == (503, False, health.AWAY)
        assert "db.internal" not in str(said)
    assert (await asked(served))[0] == 200


async def test_a_log_that_hangs_holds_nobody_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer comes in time, and however many ask, one look is under way."""
    monkeypatch.setattr(health, "WITHIN", 0.05)
    with hanging(served) as looks:
        assert [(await asked(served))[1]["log"] for _ in range(3)] == [health.SILENT] * 3
        assert len(looks) == 1


@contextmanager
def hanging(served: Served) -> Iterator[list[int]]:
    """Let looks at the log hang while the block runs; yields one item for each."""
    release, looks, log = threading.Event(), [], served.desk.live.log
    probe = log.probe

    def hang() -> None:
        looks.append(1)
        release.wait()

    log.probe = hang  # type: ignore[method-assign]
    try:
        yield looks
    finally:
        log.probe = probe  # type: ignore[method-assign]
        release.set()


async def test_what_could_not_be_written_is_tried_in_earnest(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full shows when something is written, not when a transaction begins."""
    log: Any = served.desk.live.log
    full = LogUnwritable("the disk is full")

    def refuse(_: object) -> None:
        raise full

    with monkeypatch.context() as broken:
        broken.setattr(log._commits, "run", refuse)
        with pytest.raises(LogUnwritable):
            log.save_draft("robin", "c1", "Dear")
    written = []
    monkeypatch.setattr("console.store.log._touch", lambda _: written.append(1))
    await asked(served)
    await asked(served)
    assert written == [1]
