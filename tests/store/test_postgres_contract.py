"""PostgreSQL keeps the contract of the event log; what the contract calls two writers are two servers here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.store.contract import (
    AppendingContract,
    ExpectationContract,
    ReadModelContract,
    SeveralContract,
    TogetherContract,
)
from tests.store.contract_chain import ChainContract, ErasureContract, TamperingContract
from tests.store.contract_concurrency import ConcurrencyContract
from tests.store.desks import PostgresDesk


@pytest.fixture
def desk(postgres: Server, tmp_path: Path) -> Iterator[PostgresDesk]:
    """A place for one log, on PostgreSQL."""
    place = PostgresDesk(postgres, tmp_path / "workspace", tmp_path / "config")
    yield place
    place.remove()


class TestAppending(AppendingContract):
    """What one append does, on PostgreSQL."""


class TestSeveral(SeveralContract):
    """What several callers want at once, on PostgreSQL."""


class TestExpectation(ExpectationContract):
    """Deciding on what one has seen, on PostgreSQL."""


class TestTogether(TogetherContract):
    """Events, cursor and read models together, on PostgreSQL."""


class TestReadModels(ReadModelContract):
    """Inbox, outbox and drafts, on PostgreSQL."""


class TestConcurrency(ConcurrencyContract):
    """Many writers and readers, on PostgreSQL."""


class TestChain(ChainContract):
    """A whole chain, on PostgreSQL."""


class TestTampering(TamperingContract):
    """A broken chain, on PostgreSQL."""


class TestErasure(ErasureContract):
    """A customer's erasure, on PostgreSQL."""
