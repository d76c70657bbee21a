"""Which articles were published on the desk, and when: how often was asked in vain before and after is told of them."""

from collections.abc import Iterable
from datetime import datetime

from console.conversation import events as e
from console.conversation.draft_events import DraftApproved, DraftReopened


def published_in(history: Iterable[e.Event]) -> dict[str, datetime]:
    """Return when each article that still is published was approved, by its file."""
    found: dict[str, tuple[str, datetime]] = {}
    for event in history:
        match event.data:
            case DraftApproved(draft=draft, file=file):
                found[draft] = file, event.at
            case DraftReopened(draft=draft):
                found.pop(draft, None)
            case _:
                pass
    return dict(found.values())
