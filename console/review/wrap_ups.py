"""What agents made of proposed wrap-ups, and what is still to do: a fold of events."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.conversation import events as e
from console.conversation.wrap_up import LineFate, Wrapped
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp


@dataclass(slots=True)
class WrapUpTally:
    """The wrap-ups so far."""

    _count: int = 0
    _fates: Counter[LineFate] = field(default_factory=Counter)
    _added: int = 0
    _newest: dict[str, Wrapped] = field(default_factory=dict)

    def apply(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        match event.data:
            case WrappedUp() as closed:
                self._count += 1
                self._fates.update(line.fate for line in closed.proposed)
                self._added += closed.added
                self._newest[event.conversation] = Wrapped(closed.wrap_up, closed.agent, closed.name, event.at)
            case FollowUpTicked(follow_up=name, done=done) if event.conversation in self._newest:
                self._newest[event.conversation] = self._newest[event.conversation].ticked(name, done=done)
            case _:
                pass

    def figures(self) -> dict[str, Any]:
        """Return the counts; ``kept_rate`` is the share of the proposed lines that agents kept as they were."""
        proposed = sum(self._fates.values())
        every = [f for wrapped in self._newest.values() for f in wrapped.wrap_up.follow_ups]
        return {
            "wrap_ups": self._count,
            "proposed": proposed,
            **{fate.value: self._fates[fate] for fate in LineFate},
            "kept_rate": round(self._fates[LineFate.KEPT] / proposed, 4) if proposed else None,
            "added": self._added,
            "follow_ups": len(every),
            "to_do": sum(not f.done for f in every),
        }


def lines_of(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield the counts in a line; nothing where nothing was closed with a wrap-up."""
    if figures["wrap_ups"]:
        lines = f"{figures['proposed']} lines proposed: {figures['kept']} kept, {figures['edited']} edited, "
        lines += f"{figures['removed']} removed; {figures['added']} added by agents"
        follow_ups = f"Follow-ups: {figures['follow_ups']}, {figures['to_do']} to do."
        yield f"Wrap-ups: {figures['wrap_ups']}. {lines}. {follow_ups}"
