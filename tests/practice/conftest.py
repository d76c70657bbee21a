"""What tests of practice sessions share."""

import pytest

from knowledge import Embedder
from tests.practice.scripted import Remembering


@pytest.fixture(scope="session")
def remembering(embedder: Embedder) -> Remembering:
    """The real model, which embeds no text twice."""
    return Remembering(embedder)
