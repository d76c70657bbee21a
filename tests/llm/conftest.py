"""Servers that models are asked at."""

from collections.abc import Iterator

import pytest

from tests.llm.misbehaving import Misbehaving


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    """One that behaves as its path says."""
    with Misbehaving() as running:
        yield running
