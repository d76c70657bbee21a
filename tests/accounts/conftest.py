"""Where accounts lie in the contract: a file, and a database of their own on a real PostgreSQL."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.accounts.opening import postgres_engine
from tests.accounts.making import Seconds

Open = Callable[..., Accounts]


@pytest.fixture
def seconds() -> Seconds:
    """A clock that stands still until the test moves it."""
    return Seconds()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Return a new engine on the same store each time it is called, as another process has one."""
    if request.param == "sqlite":
        yield lambda: sqlite_engine(tmp_path / "workspace" / "accounts.db")
        return
    server = request.getfixturevalue("postgres")
    name = f"accounts_{secrets.token_hex(6)}"
    server.execute(f"create database {name}")
    yield lambda: postgres_engine(server.dsn.replace("/postgres?", f"/{name}?"))
    server.execute(f"drop database {name} with (force)")


@pytest.fixture
def opened(engine: Callable[[], Engine], seconds: Seconds) -> Iterator[Open]:
    """Return the accounts as one more process opens them."""
    made: list[Accounts] = []

    def open_(**more: Any) -> Accounts:  # noqa: ANN401 - what Accounts takes
        made.append(Accounts(engine(), now=seconds, **more))
        return made[-1]

    yield open_
    for accounts in made:
        accounts.close()


@pytest.fixture
def accounts(opened: Open) -> Accounts:
    """The accounts of one server."""
    return opened()
