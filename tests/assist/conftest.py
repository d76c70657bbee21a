"""The real model, remembered over all assist tests."""

import pytest

from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from knowledge import Embedder
from tests.assist.making import LIBRARY


@pytest.fixture(scope="session")
def embed(embedder: Embedder) -> VectorCache:
    """The real model behind a cache."""
    return VectorCache(embedder)


@pytest.fixture(scope="session")
def engine(embed: VectorCache) -> Engine:
    """An engine over the test library, without articles and past conversations."""
    return Engine(LIBRARY, embed, version="test")
