"""A history of a million events to measure the lead's review on: the demo's two months, again and again.

Every conversation that a person took is marked once it is closed, as the desk does it and by its own engine; a lead
marks two criteria of one conversation in forty.
"""

import heapq
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.quality_data import demo
from console.assist.quality.examiner import Examiner
from console.conversation.events import ConversationClosed, Event, NewEvent
from console.conversation.quality_events import QualityMarked
from console.conversation.quality_review import MARKS
from console.conversation.state import fold
from console.demo.history import Shape, conversations, events_of, material
from console.desk.assistant import talk_of
from knowledge import open_embedder

UNTIL: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
BLOCKS: Final = 3
BLOCK: Final = timedelta(days=63)
BY_A_LEAD: Final = 40
"""One conversation of so many is marked by a lead too, two criteria of it."""


def history(count: int) -> Iterator[NewEvent]:
    """Yield so many events in the order of their times."""
    made = list(heapq.merge(events_of(Shape(UNTIL), material()), _marks(), key=lambda event: event.at))
    copies, left = -(-count // (BLOCKS * len(made))), count
    for block in range(BLOCKS):
        for event in made:
            for copy in range(min(copies, left)):
                at = event.at - BLOCK * (BLOCKS - 1 - block)
                name = event.conversation and f"{event.conversation}-{block}-{copy}"
                yield replace(event, conversation=name, at=at)
            left -= min(copies, left)


def _marks() -> Sequence[NewEvent]:
    """Return the marks of the two months, the earliest first."""
    found: list[NewEvent] = []
    with tempfile.TemporaryDirectory() as folder:
        rubric, tools = demo(Path(folder), open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models"))
        examiner, chance = Examiner(rubric, tools), random.Random(1)
        for told in conversations(Shape(UNTIL), material()):
            events = [
                Event(place, one.conversation, one.actor, one.data, one.at, one.channel, one.external_id)
                for place, one in enumerate(told.events, 1)
            ]
            closed = [event for event in events if isinstance(event.data, ConversationClosed)]
            state = fold(events[0].conversation, events)
            if not closed or not state.taken_at:
                continue
            scored = examiner.examine(state, talk_of(state, closed[-1].at.date()))
            at = closed[-1].at + timedelta(minutes=1)
            found.append(NewEvent(state.id, "assist", scored, at, events[0].channel))
            for mark in scored.marks[:2] if chance.randrange(BY_A_LEAD) == 0 else ():
                said = QualityMarked(mark.criterion, chance.choice((mark.mark, *MARKS[:3])), by="Lea", sampled=True)
                found.append(NewEvent(state.id, "agent:lead", said, at + timedelta(days=1), events[0].channel))
    return sorted((one for one in found if one.at < UNTIL), key=lambda event: event.at)
