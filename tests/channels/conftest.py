"""Other systems that the channels talk to: real where they run here, doubles of their published shapes where not."""

from collections.abc import Iterator

import pytest

from tests.channels.synapse import Synapse, missing


@pytest.fixture(scope="session")
def synapse() -> Iterator[Synapse]:
    """A real homeserver. It outlives the test: use members and rooms of your own."""
    if why := missing():
        pytest.skip(why)
    server = Synapse()
    server.start()
    yield server
    server.remove()
