"""What agents made of proposed wrap-ups, and what is still to do: a fold of events."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

from console.conversation import events as e
from console.conversation.wrap_up import LineFate
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp


class WrapUpTally:
    """The wrap-ups so far."""

    KINDS: ClassVar[tuple[str, ...]] = ("wrapped-up", "follow-up-ticked")

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self._count, self._added = 0, 0
        self._fates: Counter[str] = Counter()
        self._newest: dict[str, list[tuple[str, bool]]] = {}
        """The follow-ups of each conversation's newest wrap-up, and whether they are done."""

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        where = event.conversation
        match event.data:
            case WrappedUp() as closed:
                self._count += 1
                self._fates.update(line.fate.value for line in closed.proposed)
                self._added += closed.added
                self._newest[where] = [(one.id, one.done) for one in closed.wrap_up.follow_ups]
            case FollowUpTicked(follow_up=name, done=done) if where in self._newest:
                self._newest[where] = [(one, done if one == name else was) for one, was in self._newest[where]]
            case _:
                pass

    def figures(self) -> dict[str, Any]:
        """Return the counts; ``kept_rate`` is the share of the proposed lines that agents kept as they were."""
        proposed = sum(self._fates.values())
        every = [done for follow_ups in self._newest.values() for _, done in follow_ups]
        return {
            "wrap_ups": self._count,
            "proposed": proposed,
            **{fate.value: self._fates[fate.value] for fate in LineFate},
            "kept_rate": round(self._fates[LineFate.KEPT.value] / proposed, 4) if proposed else None,
            "added": self._added,
            "follow_ups": len(every),
            "to_do": every.count(False),
        }


def lines_of(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield the counts in a line; nothing where nothing was closed with a wrap-up."""
    if figures["wrap_ups"]:
        lines = f"{figures['proposed']} lines proposed: {figures['kept']} kept, {figures['edited']} edited, "
        lines += f"{figures['removed']} removed; {figures['added']} added by agents"
        follow_ups = f"Follow-ups: {figures['follow_ups']}, {figures['to_do']} to do."
        yield f"Wrap-ups: {figures['wrap_ups']}. {lines}. {follow_ups}"
