"""Makes the contract's assertions explain themselves, and opens logs for the tests of one database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.store.contract", "tests.store.contract_chain", "tests.store.contract_concurrency")

from console.store import SqlEventLog  # noqa: E402 - the contract is rewritten before it is first imported
from tests.store.desks import Desk, SqliteDesk  # noqa: E402


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A place for one log, on SQLite; the tests of another database put their own in its stead."""
    place = SqliteDesk(tmp_path / "workspace", tmp_path / "config")
    yield place
    place.close()


@pytest.fixture
def log(desk: Desk) -> SqlEventLog:
    """The desk's log, opened for writing."""
    return desk.open()
