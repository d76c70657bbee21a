"""One server for all tests of a process that attack a server: none of them may break it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.conftest import customers, library, mind, system, talking
from tests.security.serving import Team, serving
from tests.server.conftest import served

__all__ = ["customers", "library", "mind", "served", "system", "talking"]


@pytest.fixture(scope="session")
def team(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Team]:
    """A team's desk server, as a process of its own."""
    with serving(tmp_path_factory.mktemp("team"), models) as running:
        yield running
        assert running.process.poll() is None, "the server did not live through it"
