"""How many conversations there were and from when to when, what was flagged, which lines people put right: a fold."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.message import Author
from console.text import counted


class Talks:
    """The conversations so far."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "conversation-opened",
        "handed-over",
        "conversation-closed",
        "message-added",
        "flags-raised",
        "flag-dismissed",
        "warning-passed",
        "approval-requested",
        "approval-decided",
        "summary-corrected",
    )

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self._talks: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._summaries: Counter[str] = Counter({"corrected": 0, "removed": 0})
        self._first: datetime | None = None
        self._last: datetime | None = None

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order of their numbers, which generated history writes later than it tells."""
        at = event.at
        if self._first is None or at < self._first:
            self._first = at
        if self._last is None or at > self._last:
            self._last = at
        _count_talk(event, self._talks, self._flags)
        match event.data:
            case a.SummaryCorrected(before=before, text=text) if text != before:
                self._summaries["corrected" if text else "removed"] += 1
            case _:
                pass

    def stretch(self) -> tuple[datetime, datetime] | None:
        """Return the moments of the earliest and the latest event of a conversation; ``None`` where there is none."""
        return (self._first, self._last) if self._first is not None and self._last is not None else None

    def figures(self) -> dict[str, Any]:
        """Return ``conversations``, ``flags`` and ``summary_lines``."""
        counts = {"conversations": self._talks, "flags": self._flags, "summary_lines": self._summaries}
        return {name: dict(counted) for name, counted in counts.items()}


def said_of(talks: Mapping[str, int]) -> str:
    """Return what was counted of conversations in words; one that is opened again can be closed more than once."""
    opened, handed, closed = (talks.get(name, 0) for name in ("opened", "handed_over", "closed"))
    counts = f"{counted(handed, 'hand-over')} and {counted(closed, 'closing')}"
    resolved = talks.get("resolved", 0)
    return f"{opened:,} opened; {counts} ({resolved:,} resolved): one that is opened again can have several"


def _count_talk(event: e.Event, talks: Counter[str], flags: Counter[str]) -> None:
    match event.data:
        case e.ConversationOpened():
            talks["opened"] += 1
            if event.generated:
                talks["generated"] += 1
        case e.HandedOver():
            talks["handed_over"] += 1
        case e.ConversationClosed(resolved=resolved):
            talks["closed"] += 1
            talks["resolved"] += resolved
        case e.MessageAdded(role=role):
            talks["agent_messages"] += role is Author.AGENT
            talks["customer_messages"] += role is Author.CUSTOMER
        case a.FlagsRaised(flags=raised):
            flags["raised"] += len(raised)
        case a.FlagDismissed():
            flags["dismissed"] += 1
        case a.WarningPassed(override=override):
            flags["overrides" if override else "passed"] += 1
        case e.ApprovalRequested():
            flags["approvals_asked"] += 1
        case e.ApprovalDecided(approved=True):
            flags["approvals_given"] += 1
        case _:
            pass
