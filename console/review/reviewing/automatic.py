"""Changes that the desk marks by itself: content that came into force, and another ranker of replies. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from console.conversation import events as e
from console.conversation.content_events import ContentPublished
from console.conversation.ranker_events import RankerPublished
from console.conversation.reviews import Change

TOGETHER: Final = timedelta(minutes=15)
"""Content that comes into force so soon after a lead's mark, or after other content, is no change of its own."""

NAMED: Final = 6
"""Names of what changed that are told."""

DESK: Final = "the desk"


def marked_by_itself(event: e.Event) -> Change | None:
    """Return the change that an event is; ``None`` where content came into force for the first time."""
    match event.data:
        case ContentPublished(changed=changed, named=named) if changed:
            more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
            what = ", ".join(named[:NAMED]) + more if named else ", ".join(changed)
            return Change(f"auto-{event.seq}", event.at, f"Content renewed: {what}", DESK, automatic=True)
        case RankerPublished(version=version, back=back, by=by):
            words = f"Replies are ordered by ranker {version}{' again' if back else ''}"
            return Change(f"auto-{event.seq}", event.at, words, by or DESK, automatic=True)
        case _:
            return None


def without_doubles(newest_first: Iterable[Change]) -> Iterator[Change]:
    """Yield changes but those of the desk's own that follow at once upon a lead's mark that tells the same in words."""
    changes = list(newest_first)
    for place, change in enumerate(changes):
        before = (one for one in changes[place + 1 :] if change.on - one.on <= TOGETHER)
        after = (one for one in changes[:place] if one.on - change.on <= TOGETHER)
        content = change.automatic and change.words.startswith("Content")
        if not (content and any(not one.automatic for one in (*before, *after))):
            yield change
