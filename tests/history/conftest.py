"""A generated history that is shared by the tests which only look at it."""

from datetime import UTC, datetime
from functools import cache

import pytest

from console.conversation.events import Event, NewEvent
from console.demo.history import Material, Shape, conversations, events_of, material
from console.demo.history.generator import Told

UNTIL = datetime(2026, 11, 20, 9, tzinfo=UTC)


def numbered(events: tuple[NewEvent, ...]) -> list[Event]:
    """Return events as a log would give them back."""
    return [
        Event(seq, event.conversation, event.actor, event.data, event.at, event.channel, event.external_id)
        for seq, event in enumerate(events, 1)
    ]


@cache
def _events(seed: int) -> tuple[NewEvent, ...]:
    return tuple(events_of(Shape(UNTIL, seed), material()))


@cache
def _told(seed: int) -> tuple[Told, ...]:
    return tuple(conversations(Shape(UNTIL, seed), material()))


@pytest.fixture(scope="session")
def made() -> Material:
    """What it is made from."""
    return material()


@pytest.fixture(scope="session")
def events() -> tuple[NewEvent, ...]:
    """Two months of it, in order."""
    return _events(1)


@pytest.fixture(scope="session")
def told() -> tuple[Told, ...]:
    """The same, conversation by conversation, with what was planted."""
    return _told(1)
