"""How many conversations there were, what was flagged in them, which lines of summaries people put right: a fold."""

from collections import Counter
from datetime import datetime
from typing import Any, ClassVar

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.message import Author


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

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        _count_talk(event, self._talks, self._flags)
        match event.data:
            case a.SummaryCorrected(before=before, text=text) if text != before:
                self._summaries["corrected" if text else "removed"] += 1
            case _:
                pass

    def figures(self) -> dict[str, Any]:
        """Return ``conversations``, ``flags`` and ``summary_lines``."""
        counts = {"conversations": self._talks, "flags": self._flags, "summary_lines": self._summaries}
        return {name: dict(counted) for name, counted in counts.items()}


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
