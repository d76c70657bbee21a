"""A generated history into a log, in few transactions; what was begun and cut short goes on where it stopped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from console.conversation.events import WORKSPACE, ConversationOpened, Event, NewEvent
from console.conversation.generated_events import GENERATED, HistoryBegun, HistoryWritten
from console.demo.history.generator import events_of
from console.demo.history.material import Material
from console.demo.history.shape import A_DAY, Shape

BATCH: Final = 250
"""Events of one transaction: it keeps others from writing for some hundredths of a second."""


def unwritten(known: Sequence[Event], wanted: Shape, edition: str) -> Shape | None:
    """Return the history that is still to be written, or to be finished; ``None`` where nothing is.

    ``known`` are the log's events of the kinds ``history-begun`` and ``history-written``; the histories of a log are
    told apart by where they go on from. One that another edition began cannot be finished, and stays as it is.
    """
    begun = next((found for event in known if (found := _begun(event)) and found.since == wanted.since), None)
    if begun is None:
        return wanted
    if begun.edition != edition or wanted.since in written(known):
        return None
    return Shape(begun.until, begun.seed, begun.days, begun.a_day, begun.since)


def written(known: Sequence[Event]) -> frozenset[datetime | None]:
    """Return from when on each history went on that is whole; ``None`` stands for the first."""
    whole, newest = set(), None
    for event in known:
        if begun := _begun(event):
            newest = begun.since
        elif isinstance(event.data, HistoryWritten):
            whole.add(newest)
    return frozenset(whole)


def a_day_of(known: Sequence[Event]) -> float:
    """Return how many conversations a day the first history has, or would have: what goes on from it has as many."""
    return next((begun.a_day for event in known if (begun := _begun(event)) and begun.since is None), A_DAY)


def _begun(event: Event) -> HistoryBegun | None:
    return event.data if isinstance(event.data, HistoryBegun) else None


def batches(shape: Shape, material: Material, size: int = BATCH) -> Iterator[list[NewEvent]]:
    """Yield the batches to append, in order; each is known by an id, so that appending one again changes nothing."""
    name = shape.name
    begun = HistoryBegun(shape.seed, shape.until, shape.days, shape.a_day, material.edition, shape.since)
    yield [NewEvent(WORKSPACE, "desk", begun, shape.since or shape.until, GENERATED, f"{name}-begun")]
    events, number, written, opened = events_of(shape, material), 0, 0, 0
    while batch := list(islice(events, size)):
        number, written = number + 1, written + len(batch)
        opened += sum(isinstance(event.data, ConversationOpened) for event in batch)
        yield [replace(batch[0], external_id=f"{name}-{number}"), *batch[1:]]
    yield [NewEvent(WORKSPACE, "desk", HistoryWritten(opened, written), shape.until, GENERATED, f"{name}-written")]
