"""The real model, remembered over all tests of past conversations."""

import pytest

from console.assist.vectors import VectorCache
from knowledge import Embedder


@pytest.fixture(scope="session")
def embed(embedder: Embedder) -> VectorCache:
    """The real model behind a cache."""
    return VectorCache(embedder)
