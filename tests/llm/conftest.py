"""Servers that models are asked at."""

from collections.abc import Iterator

import pytest

from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from knowledge import Embedder
from tests.assist.making import LIBRARY
from tests.llm.misbehaving import Misbehaving


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    """One that behaves as its path says."""
    with Misbehaving() as running:
        yield running


@pytest.fixture(scope="session")
def engine(embedder: Embedder) -> Engine:
    """The embedded engine over the test library."""
    return Engine(LIBRARY, VectorCache(embedder), version="test")
