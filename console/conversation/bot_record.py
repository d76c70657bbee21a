"""What the bot did in a conversation, as the fold of its events."""

from dataclasses import dataclass, replace

from console.conversation.bot_events import BotDecided, Outcome, ToolCalled


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a tool, and the system message that holds its answer."""

    call: ToolCalled
    message: str


@dataclass(frozen=True, slots=True)
class BotRecord:
    """Everything the bot decided and called, in order."""

    decisions: tuple[BotDecided, ...] = ()
    calls: tuple[Called, ...] = ()

    @property
    def last(self) -> BotDecided | None:
        """The newest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def failed(self) -> int:
        """How many turns brought the customer no further."""
        return sum(decision.failed for decision in self.decisions)

    @property
    def errand(self) -> str:
        """The tool that the newest decisions lead to; empty before the first."""
        return next((decision.errand for decision in reversed(self.decisions) if decision.errand), "")

    def missed(self, tool: str) -> int:
        """Return how often a tool knew nothing of what it was asked."""
        return sum(c.call.tool == tool and c.call.outcome is Outcome.NOT_FOUND for c in self.calls)


def with_decision(record: BotRecord, decision: BotDecided) -> BotRecord:
    """Return the record after another decision."""
    return replace(record, decisions=(*record.decisions, decision))


def with_call(record: BotRecord, call: ToolCalled, message: str) -> BotRecord:
    """Return the record after another call, whose answer is in ``message``."""
    return replace(record, calls=(*record.calls, Called(call, message)))
