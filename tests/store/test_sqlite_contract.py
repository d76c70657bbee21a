"""SQLite keeps the contract of the event log."""

from tests.store.contract import (
    AppendingContract,
    ExpectationContract,
    ReadModelContract,
    SeveralContract,
    TogetherContract,
)
from tests.store.contract_chain import ChainContract, ErasureContract, TamperingContract
from tests.store.contract_concurrency import ConcurrencyContract


class TestAppending(AppendingContract):
    """What one append does, on SQLite."""


class TestSeveral(SeveralContract):
    """What several callers want at once, on SQLite."""


class TestExpectation(ExpectationContract):
    """Deciding on what one has seen, on SQLite."""


class TestTogether(TogetherContract):
    """Events, cursor and read models together, on SQLite."""


class TestReadModels(ReadModelContract):
    """Inbox, outbox and drafts, on SQLite."""


class TestConcurrency(ConcurrencyContract):
    """Many writers and readers, on SQLite."""


class TestChain(ChainContract):
    """A whole chain, on SQLite."""


class TestTampering(TamperingContract):
    """A broken chain, on SQLite."""


class TestErasure(ErasureContract):
    """A customer's erasure, on SQLite."""
